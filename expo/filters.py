"""What people narrow the programme by: keys, choices and validation of the address, once."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from expo import finding, snapshot
from expo.finding import FACETS, Choices
from expo.models import Expo, Occasion
from expo.shown import occasions_of
from expo.snapshot import Snapshot
from innovation.catalogue import known_page
from innovation.filters import (
    MAX_SEARCH_LENGTH,
    MAX_UNKNOWN,
    one_line,
    split_slugs,
    unfolded_in,
    unknown_looks,
)
from innovation.list_address import ListAddress

SHAPES = ("list", "timetable", "map")
MOST_AGE, MOST_SEATS = 120, 2000
LABELS = {
    "q": _("Search"),
    "day": _("Day"),
    "from": _("From"),
    "to": _("To"),
    "time": _("Time of day"),
    "area": _("Area"),
    "venue": _("Venue"),
    "theme": _("Theme"),
    "kind": _("Kind"),
    "audience": _("Audience"),
    "age": _("Age"),
    "age_unknown": _("Also those that don’t say for which ages"),
    "language": _("Language"),
    "access": _("Access"),
    "seats": _("Free seats"),
    "host": _("Host"),
    "initiative": _("Initiative"),
    "open_now": _("On right now"),
    "drop_in": _("Drop in, without a fixed start"),
    "online": _("Can be followed online"),
    "past": _("Also what has been"),
}
_FLAGS = ("age_unknown", "open_now", "drop_in", "online", "past")
_NUMBERS = {"age": (0, MOST_AGE), "seats": (1, MOST_SEATS)}
# By key of the address: the field of Choices.
_DATES = {"from": "first_day", "to": "last_day"}
_PLAIN = ("from", "to", "age", "age_unknown", "seats", *_FLAGS[1:])


@dataclass(frozen=True)
class Asked(ListAddress):
    """What one address of the programme asks for; `choices` are `finding.Choices`."""

    shape: str = SHAPES[0]

    facet_keys = tuple(FACETS)
    plain_keys = _PLAIN
    shapes = SHAPES
    fields = _DATES

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for anything but another shape or page."""
        return replace(self.choices, page=1) != Choices() or bool(self.unknown)


class OccasionFilter:
    """The keys of the programme's address. Repeated keys are OR (`access`: AND), different keys
    AND."""

    @classmethod
    def read(cls, query: QueryDict, snap: Snapshot) -> Asked:
        """What the address asks for, never an error: what can't be understood is named."""
        unknown: list[tuple[str, str]] = []
        facets = cls._facets(query, snap, unknown)
        fields = {
            key: read(key, query[key], unknown)
            for keys, read in ((_DATES, _date), (_NUMBERS, _number))
            for key in keys
            if query.get(key)
        }
        if fields.get("from") and fields.get("to"):
            fields["from"], fields["to"] = sorted([fields["from"], fields["to"]])
        choices = Choices(
            q=one_line(query.get("q", ""))[:MAX_SEARCH_LENGTH],
            facets=facets,
            **{_DATES.get(key, key): value for key, value in fields.items()},
            **{key: _flag(query[key]) for key in _FLAGS if key in query},
            page=known_page(query.get("page", "")),
        )
        unknown += unknown_looks(query, view=SHAPES)
        shape = query.get("view")
        shape = shape if shape in SHAPES else SHAPES[0]
        unfolded = unfolded_in(query, FACETS)
        return Asked(choices, shape, tuple(unknown[:MAX_UNKNOWN]), unfolded)

    @classmethod
    def _facets(cls, query: QueryDict, snap: Snapshot, unknown: list) -> dict:
        facets = {}
        for key in FACETS:
            wanted = split_slugs(query.getlist(key)) if key in query else ()
            options = snap.options[key]
            unknown += [(key, slug) for slug in wanted if slug not in options]
            if known := tuple(sorted(slug for slug in wanted if slug in options)):
                facets[key] = known
        return facets


def _date(key: str, value: str, unknown: list) -> date | None:
    try:
        return date.fromisoformat(value[:40].strip())
    except ValueError:
        unknown.append((key, one_line(value[:40])))
        return None


def _number(key: str, value: str, unknown: list) -> int | None:
    least, most = _NUMBERS[key]
    text = value[:40].strip()
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    unknown.append((key, one_line(value[:40])))
    return None


def _flag(value: str) -> bool:
    return value.strip().lower() not in ("", "0", "false")


def matching_occasions(query: QueryDict, expo: Expo) -> QuerySet[Occasion]:
    """All that the programme under this address consists of, for feeds and exports: what has been
    as well, whatever the page."""
    snap = snapshot.current(expo.slug)
    choices = replace(OccasionFilter.read(query, snap).choices, past=True, open_now=False)
    found = finding.find(choices, expo=expo, snap=snap)
    return occasions_of(expo).filter(pk__in=found.ids)
