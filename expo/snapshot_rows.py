"""What the database says of one edition's occasions and of what they have in common, for the
snapshot: a dozen statements, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone, translation
from django.utils.dateformat import format as in_words
from django.utils.translation import gettext_lazy as _

from expo.choices import Attendance, EventKind, OccasionKind, OccasionStatus, SpokenLanguage
from expo.models import AccessFeature, Area, Audience, Event, Expo, Theme, Venue
from expo.models.occasion import TIMED_MINUTES, VISIT_MINUTES
from expo.shown import events_of, occasions_of
from innovation.choices import Band
from innovation.hits import ALSO
from innovation.models import Initiative, Organisation
from innovation.snapshot import Option
from innovation.swedish_order import sort_key

# What occasions share: ("area", "oceanhamnen"), ("day", "2027-06-01"), EVERYONE …
Mark = tuple[str, str]
EVERYONE, CANCELLED, LASTING = ("all", ""), ("cancelled", ""), ("lasting", "")
ONLINE, DROP_IN, AGE_UNKNOWN = ("online", ""), ("drop_in", ""), ("age_unknown", "")
# Instead of a slug, for those without a known time or area.
UNKNOWN = "unknown"
# From this hour on; an occasion belongs to each part of the day that it overlaps.
PARTS_OF_DAY = {"morning": 0, "afternoon": 12, "evening": 17}
_PART_NAMES = {
    "morning": _("Morning, before 12"),
    "afternoon": _("Afternoon, 12 to 17"),
    "evening": _("Evening, from 17"),
    UNKNOWN: _("Time not known"),
}
_NO_AREA = _("Elsewhere, online or place not known")
# An occasion is listed on each day that it lasts, but not for ever by a slip of an editor.
_MOST_DAYS = 400


class Row(NamedTuple):
    """What lists ask of one occasion. Days are ordinals. `begins`: "10:00" in Stockholm, "" when
    it isn't known. `until`: when it is over, a usual length after its start if nobody has said.

    `said`: all else that a line of it says: who keeps a line knows by it when to make it anew.
    """

    pk: int
    event: int
    first_day: int
    last_day: int
    begins: str
    starts_at: datetime | None
    until: datetime | None
    is_drop_in: bool
    is_cancelled: bool
    seats_left: int | None
    smallest_group: int | None
    largest_group: int | None
    min_age: int | None
    max_age: int | None
    title_sv: str
    title_en: str
    slug: str
    area: str  # its slug, or UNKNOWN
    band: str
    place: tuple  # the event and the venue: what a search finds
    said: tuple


class Places(NamedTuple):
    """By key: the venue's slug and names, with its area's key."""

    venues: dict[int, tuple]
    areas: dict[int, Option]
    bands: dict[int, str]


class Read(NamedTuple):
    """`marks` beside each of `rows`; `options` by key and slug, in display order."""

    rows: list[Row]
    marks: list[set[Mark]]
    options: dict[str, dict[str, Option]]


def read(expo: Expo) -> Read:
    lists = _lists_of(expo)
    areas, area_bands = _areas()
    venues = {row[0]: row[1:] for row in Venue.objects.values_list(
        "pk", "slug", "name_sv", "name_en", "area_id")}  # fmt: skip
    terms = {
        "theme": _terms(Theme),
        "audience": _terms(Audience),
        "access": _terms(AccessFeature),
        "host": _organisations(lists["host"]),
        "initiative": _initiatives(lists["initiative"], expo),
    }
    events = _events(expo, lists, terms)
    access_of_venues = _access_of_venues(terms["access"])
    rows, marks = [], []
    for values in _occasions(expo):
        made = _occasion(values, events, Places(venues, areas, area_bands), access_of_venues)
        rows.append(made[0])
        marks.append(made[1])
    options = {key: {option.slug: option for option in found.values()}
               for key, found in terms.items()}  # fmt: skip
    options |= _fixed_options(expo, rows)
    options["area"] = {o.slug: o for o in areas.values()} | _unknown_area()
    options["venue"] = {
        slug: Option(pk, slug, name_sv, name_en)
        for pk, (slug, name_sv, name_en, _area) in sorted(
            venues.items(), key=lambda item: sort_key(item[1][1])
        )
    }
    return Read(rows, marks, options)


# ── What they have in common ──────────────────────────────────────────────────
def _terms(model) -> dict[int, Option]:
    names = ["pk", "slug", "name_sv", "name_en"]
    if model is AccessFeature:
        names.append("aliases")
    found = {}
    for pk, slug, name_sv, name_en, *also in model.objects.values_list(*names):
        found[pk] = Option(pk, slug, name_sv, name_en, ALSO.join(also[0]) if also else "")
    return found


def _areas() -> tuple[dict[int, Option], dict[int, str]]:
    rows = Area.objects.values_list("pk", "slug", "name_sv", "name_en", "band")
    return {row[0]: Option(*row[:4]) for row in rows}, {row[0]: row[4] for row in rows}


def _organisations(pairs: Iterable[tuple[int, int]]) -> dict[int, Option]:
    visible = Organisation.objects.visible().filter(pk__in={pk for _, pk in pairs})
    names = visible.values_list("pk", "slug", "name_sv", "name_en", "short_name")
    return {row[0]: Option(*row) for row in names}


def _initiatives(pairs: Iterable[tuple[int, int]], expo: Expo) -> dict[int, Option]:
    visible = Initiative.objects.visible().filter(pk__in={pk for _, pk in pairs})
    if not expo.is_example:
        visible = visible.without_examples()
    return {row[0]: Option(*row)
            for row in visible.values_list("pk", "slug", "title_sv", "title_en")}  # fmt: skip


def _fixed_options(expo: Expo, rows: list[Row]) -> dict[str, dict[str, Option]]:
    known_days = {day for row in rows for day in _days(row)}
    days = sorted({*(day.toordinal() for day in expo.days), *known_days})
    return {
        "day": {o.slug: o for o in map(_day_option, days)},
        "time": _labelled(_PART_NAMES.items()),
        "kind": _labelled(EventKind.choices),
        "language": _labelled(SpokenLanguage.choices),
    }


def _day_option(ordinal: int) -> Option:
    day = datetime.fromordinal(ordinal)
    with translation.override("sv"):
        swedish = in_words(day, "D j M").lower()
    with translation.override("en"):
        english = in_words(day, "D j M")
    return Option(ordinal, f"{day:%Y-%m-%d}", swedish, english)


def _labelled(choices: Iterable[tuple[str, object]]) -> dict[str, Option]:
    return {slug: Option(0, slug, *_in_both(label)) for slug, label in choices}


def _in_both(label) -> tuple[str, str]:
    with translation.override("sv"):
        swedish = str(label)
    with translation.override("en"):
        return swedish, str(label)


def _unknown_area() -> dict[str, Option]:
    return _labelled([(UNKNOWN, _NO_AREA)])


# ── Lists of values ───────────────────────────────────────────────────────────
_LISTS = {
    "host": Event.hosts,
    "initiative": Event.initiatives,
    "audience": Event.audiences,
    "access": Event.access_features,
}


def _lists_of(expo: Expo) -> dict[str, list[tuple[int, int]]]:
    """By key: (event, other row) of each list, and the organisers among the hosts; one query."""
    # Names of our own tables, and a number.
    events = f"SELECT id FROM {Event._meta.db_table} WHERE expo_id = {expo.pk:d}"  # noqa: S608
    parts = [
        f"SELECT '{key}', event_id, {_other_column(relation)} "  # noqa: S608
        f"FROM {relation.through._meta.db_table} WHERE event_id IN ({events})"
        for key, relation in _LISTS.items()
    ]
    parts.append(
        f"SELECT 'host', id, organiser_id FROM {Event._meta.db_table} "  # noqa: S608
        f"WHERE expo_id = {expo.pk:d} AND organiser_id IS NOT NULL"
    )
    found = {key: [] for key in _LISTS}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts))
        for key, event, other in cursor:
            found[key].append((event, other))
    return found


def _other_column(relation) -> str:
    return relation.field.m2m_reverse_name()


def _access_of_venues(features: dict[int, Option]) -> dict[int, set[Mark]]:
    found = defaultdict(set)
    for venue, feature in Venue.access_features.through.objects.values_list(
        "venue_id", "accessfeature_id"
    ):
        found[venue].add(("access", features[feature].slug))
    return found


# ── Events ────────────────────────────────────────────────────────────────────
class _EventRow(NamedTuple):
    said: tuple
    marks: frozenset[Mark]


_EVENT_FIELDS = (
    "pk",
    "title_sv",
    "title_en",
    "slug",
    "min_age",
    "max_age",
    "kind",
    "theme_id",
    "languages",
    "attendance",
    "price_sek",
)


def _events(expo: Expo, lists, terms) -> dict[int, _EventRow]:
    marks = defaultdict(set)
    for key, pairs in lists.items():
        for event, other in pairs:
            if option := terms[key].get(other):
                marks[event].add((key, option.slug))
    found = {}
    for values in events_of(expo).values_list(*_EVENT_FIELDS):
        pk, *said = values
        kind, theme, languages, attendance = said[5:9]
        mine = marks[pk] | {("kind", kind), *(("language", code) for code in languages)}
        if theme in terms["theme"]:
            mine.add(("theme", terms["theme"][theme].slug))
        if attendance != Attendance.IN_PLACE:
            mine.add(ONLINE)
        if said[3] is None and said[4] is None:
            mine.add(AGE_UNKNOWN)
        said[7] = tuple(languages)
        found[pk] = _EventRow(tuple(said), frozenset(mine))
    return found


# ── Occasions ─────────────────────────────────────────────────────────────────
_FIELDS = (
    "pk",
    "event_id",
    "venue_id",
    "kind",
    "first_day",
    "last_day",
    "starts_at",
    "ends_at",
    "visit_minutes",
    "capacity",
    "seats_held",
    "seats_taken",
    "smallest_group",
    "largest_group",
    "status",
    "reason_sv",
    "reason_en",
)


def _occasions(expo: Expo) -> list[tuple]:
    return occasions_of(expo).order_by().values_list(*_FIELDS)


def _occasion(values, events, places: Places, access_of_venues) -> tuple[Row, set[Mark]]:
    pk, event_key, venue_key, kind, first_day, last_day, starts_at, ends_at, visit = values[:9]
    capacity, held, taken, smallest, largest, status = values[9:15]
    event = events[event_key]
    title_sv, title_en, slug, min_age, max_age = event.said[:5]
    venue = places.venues.get(venue_key)
    area = places.areas.get(venue[3]) if venue else None
    is_drop_in = kind == OccasionKind.DROP_IN
    local = timezone.localtime(starts_at) if starts_at else None
    row = Row(
        pk,
        event_key,
        first_day.toordinal(),
        last_day.toordinal(),
        f"{local:%H:%M}" if local else "",
        starts_at,
        _until(starts_at, ends_at, is_drop_in, visit),
        is_drop_in,
        status == OccasionStatus.CANCELLED,
        None if capacity is None else max(0, capacity - held - taken),
        smallest,
        largest,
        min_age,
        max_age,
        title_sv,
        title_en,
        slug,
        area.slug if area else UNKNOWN,
        places.bands[area.pk] if area else Band.NEUTRAL.value,
        (event_key, venue_key),
        (*values[7:9], *values[14:], event.said, venue, area),
    )
    marks = {EVERYONE, *event.marks, *(("day", _iso(day)) for day in _days(row))}
    marks |= {("time", part) for part in _parts_of_day(row, local)}
    marks.add(("area", row.area))
    if venue:
        marks.add(("venue", venue[0]))
        marks |= access_of_venues.get(venue_key, set())
    if row.is_cancelled:
        marks.add(CANCELLED)
    if is_drop_in:
        marks.add(DROP_IN)
    if row.last_day > row.first_day:
        marks.add(LASTING)
    return row, marks


def _until(starts_at, ends_at, is_drop_in: bool, visit_minutes: int | None) -> datetime | None:
    if ends_at or starts_at is None:
        return ends_at
    minutes = (visit_minutes or VISIT_MINUTES) if is_drop_in else TIMED_MINUTES
    return starts_at + timedelta(minutes=minutes)


def _days(row: Row) -> range:
    return range(row.first_day, min(row.last_day, row.first_day + _MOST_DAYS) + 1)


def _iso(ordinal: int) -> str:
    return datetime.fromordinal(ordinal).strftime("%Y-%m-%d")


def _parts_of_day(row: Row, local: datetime | None) -> list[str]:
    """Those of PARTS_OF_DAY that it overlaps; what lasts for days overlaps all."""
    if local is None:
        return [UNKNOWN]
    if row.last_day > row.first_day:
        return list(PARTS_OF_DAY)
    start = local.hour * 60 + local.minute
    # By the clock on the wall, on past midnight.
    end = start + max(1, int((row.until - row.starts_at).total_seconds()) // 60)
    hours = [*PARTS_OF_DAY.values(), 48]
    return [
        part
        for number, part in enumerate(PARTS_OF_DAY)
        if start < hours[number + 1] * 60 and end > hours[number] * 60
    ]
