"""`find()` and a count by hand say the same, whatever is chosen; days and pages hold together."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from expo import snapshot
from expo.choices import Attendance, EventKind, OccasionKind, OccasionStatus
from expo.finding import FACETS, FLAGS, Choices, find, reliefs
from expo.models import Expo, Occasion
from innovation.choices import Visibility
from tests.builders import make_initiative, make_organisation
from tests.expo.builders import (
    FIRST_DAY,
    LAST_DAY,
    at,
    make_access_feature,
    make_area,
    make_audience,
    make_event,
    make_expo,
    make_occasion,
    make_theme,
    make_venue,
)

pytestmark = pytest.mark.django_db

DURING = at("2022-06-02 14:15")
BEFORE = at("2022-01-01 12:00")
HIDDEN = {"visibility": Visibility.DRAFT}


# ── An expo by chance ─────────────────────────────────────────────────────────
def make_many(chance: random.Random, count: int = 60) -> tuple[Expo, dict[str, list[str]]]:
    """`count` occasions by chance; gives the values of each key of the address."""
    access = [make_access_feature() for _ in range(3)]
    areas = [make_area() for _ in range(2)]
    venues = [
        make_venue(area=area, access_features=chance.sample(access, 1)) for area in [*areas, None]
    ]
    hosts = [*(make_organisation() for _ in range(3)), make_organisation(**HIDDEN)]
    rows = {
        "theme": [make_theme() for _ in range(2)],
        "audience": [make_audience() for _ in range(2)],
        "host": hosts,
        "initiative": [*(make_initiative() for _ in range(2)), make_initiative(internal=True)],
        "access": access,
        "area": areas,
        "venue": venues,
    }
    expo = make_expo(areas=areas)
    events = [_event(chance, expo, rows) for _ in range(12)]
    for _ in range(count):
        _occasion(chance, chance.choice(events), venues)
    slugs = {key: [row.slug for row in found] for key, found in rows.items()}
    days = [FIRST_DAY + timedelta(days=number) for number in range(8)]
    return expo, slugs | {
        "day": [day.isoformat() for day in days],
        "time": ["morning", "afternoon", "evening", "unknown"],
        "kind": ["talk", "workshop"],
        "language": ["sv", "en"],
        "area": [*slugs["area"], "unknown"],
    }


def _event(chance, expo, rows):
    ages = chance.choice([(None, None), (6, 12), (13, None), (None, 5)])
    return make_event(
        expo=expo,
        theme=chance.choice([*rows["theme"], None]),
        kind=chance.choice([EventKind.TALK, EventKind.WORKSHOP]),
        organiser=chance.choice([*rows["host"], None]),
        hosts=chance.sample(rows["host"], chance.randint(0, 2)),
        initiatives=chance.sample(rows["initiative"], chance.randint(0, 2)),
        audiences=chance.sample(rows["audience"], chance.randint(0, 2)),
        access_features=chance.sample(rows["access"], chance.randint(0, 2)),
        languages=chance.choice([[], ["sv"], ["sv", "en"]]),
        attendance=chance.choice(Attendance.values),
        min_age=ages[0],
        max_age=ages[1],
        visibility=chance.choice([Visibility.PUBLISHED] * 5 + [Visibility.DRAFT]),
    )


def _occasion(chance, event, venues):
    start = at("2022-05-30 00:00") + timedelta(minutes=30 * chance.randrange(8 * 48))
    status = chance.choice([OccasionStatus.SCHEDULED] * 5 + [OccasionStatus.CANCELLED])
    capacity = chance.choice([None, 5, 30])
    fields = {
        "event": event,
        "venue": chance.choice([*venues, None]),
        "kind": chance.choice(OccasionKind.values),
        "status": status,
        "reason_sv": "Regn." if status == OccasionStatus.CANCELLED else "",
        "capacity": capacity,
        "seats_taken": chance.randint(0, capacity or 0),
        "smallest_group": chance.choice([None, 10]),
        "largest_group": chance.choice([None, 20]),
    }
    if chance.random() < 0.2:
        first = start.date()
        days = {"first_day": first, "last_day": first + timedelta(days=chance.choice([0, 0, 3]))}
        make_occasion(starts_at=None, ends_at=None, **days, **fields)
        return
    length = timedelta(hours=chance.choice([1, 1, 2, 5, 30]))
    wanted = Occasion.objects.filter(event=event, venue=fields["venue"], starts_at=start)
    if not wanted.exists():
        ends_at = chance.choice([start + length, None])
        make_occasion(starts_at=start, ends_at=ends_at, **fields)


def choices_of(values: dict[str, list[str]]):
    facets = st.fixed_dictionaries(
        {},
        optional={
            key: st.lists(st.sampled_from(values[key]), min_size=1, max_size=2, unique=True).map(
                lambda slugs: tuple(sorted(slugs))
            )
            for key in FACETS
        },
    )
    day = st.none() | st.dates(FIRST_DAY - timedelta(days=1), FIRST_DAY + timedelta(days=9))
    flag = st.sampled_from([False, False, False, True])
    return st.builds(
        Choices,
        facets=facets,
        first_day=day,
        last_day=day,
        age=st.none() | st.sampled_from([0, 5, 7, 40]),
        age_unknown=flag,
        seats=st.none() | st.sampled_from([1, 10, 25]),
        open_now=flag,
        drop_in=flag,
        online=flag,
        past=flag,
    )


# ── The same by hand ──────────────────────────────────────────────────────────
def allows(key: str, row: Occasion, choices: Choices, now: datetime) -> bool:
    """Whether `row` passes what was chosen of `key`, in plain words."""
    event = row.event
    wanted = choices.facets.get(key)
    start = row.starts_at and row.starts_at.astimezone(now.tzinfo)
    if key == "dates":
        first, last = choices.first_day or date.min, choices.last_day or date.max
        return row.first_day <= last and row.last_day >= first
    if key == "past":
        return row.last_day >= now.date()
    if key == "age":
        if event.min_age is None and event.max_age is None:
            return choices.age_unknown
        return (event.min_age or 0) <= choices.age <= (event.max_age or 999)
    if key == "seats":
        return (
            not row.is_cancelled
            and (row.capacity is None or row.capacity - row.seats_taken >= choices.seats)
            and (row.smallest_group or 0) <= choices.seats <= (row.largest_group or 10**6)
        )
    if key == "open_now":
        if row.is_cancelled or start is None:
            return False
        return start <= now < (row.ends_at or start + row.visit_length)
    if key == "drop_in":
        return row.kind == OccasionKind.DROP_IN
    if key == "online":
        return event.attendance != Attendance.IN_PLACE
    if key == "day":
        return any(row.first_day <= date.fromisoformat(day) <= row.last_day for day in wanted)
    if key == "time":
        return not parts_of_day(row, start).isdisjoint(wanted)
    if key == "access":
        return row.has["access"].issuperset(wanted)
    return not row.has[key].isdisjoint(wanted)


def with_facts(row: Occasion) -> Occasion:
    """`row` with the slugs that it has by key, read once."""
    event, venue = row.event, row.venue
    hosts = [event.organiser, *event.hosts.all()]
    features = [*event.access_features.all(), *(venue.access_features.all() if venue else ())]
    row.has = {
        "area": {venue.area.slug if venue and venue.area else "unknown"},
        "venue": {venue.slug} if venue else set(),
        "theme": {event.theme.slug} if event.theme else set(),
        "kind": {event.kind},
        "audience": {audience.slug for audience in event.audiences.all()},
        "access": {feature.slug for feature in features},
        "language": set(event.languages),
        "host": {host.slug for host in hosts if host and host.is_published},
        "initiative": {row.slug for row in event.initiatives.visible()},
    }
    return row


def parts_of_day(row: Occasion, start) -> set[str]:
    if start is None:
        return {"unknown"}
    if row.last_day > row.first_day:
        return {"morning", "afternoon", "evening"}
    length = row.ends_at - row.starts_at if row.ends_at else row.visit_length
    midnight = start.replace(hour=0, minute=0)
    hours = {"morning": (0, 12), "afternoon": (12, 17), "evening": (17, 48)}
    return {
        part
        for part, (first, last) in hours.items()
        if start < midnight + timedelta(hours=last)
        and start + length > midnight + timedelta(hours=first)
    }


def chosen_keys(choices: Choices, now: datetime) -> list[str]:
    keys = list(choices.facets)
    keys += [key for key in FLAGS if getattr(choices, key)]
    keys += [key for key in ("age", "seats") if getattr(choices, key) is not None]
    has_days = choices.first_day or choices.last_day or "day" in choices.facets
    if choices.first_day or choices.last_day:
        keys.append("dates")
    if not choices.past and not has_days and FIRST_DAY <= now.date() <= LAST_DAY:
        keys.append("past")
    return keys


def by_hand(rows: list[Occasion], choices: Choices, now: datetime) -> list[Occasion]:
    keys = chosen_keys(choices, now)
    return [row for row in rows if all(allows(key, row, choices, now) for key in keys)]


def going(rows: list[Occasion]) -> int:
    return sum(not row.is_cancelled for row in rows)


def visible_rows(expo: Expo) -> list[Occasion]:
    rows = Occasion.objects.visible().filter(event__expo=expo).for_lists()
    return [with_facts(row) for row in rows]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("now", [BEFORE, DURING], ids=["before", "during"])
def test_find_says_what_a_count_by_hand_says(seed, now):
    expo, values = make_many(random.Random(seed))
    rows, snap = visible_rows(expo), snapshot.current(expo.slug)

    @settings(max_examples=25, deadline=None)
    @given(choices=choices_of(values))
    def agree(choices):
        choices = known(choices, snap)
        found = find(choices, expo=expo, now=now, snap=snap)

        expected = by_hand(rows, choices, now)
        assert set(found.ids) == {row.pk for row in expected}
        assert found.total == going(expected)
        assert found.cancelled == len(expected) - going(expected)
        shown = by_hand(rows, replace(choices, past=True), now)
        assert found.past == going(shown) - going(expected)
        assert_counts(found, rows, choices, now)

    agree()


def known(choices: Choices, snap) -> Choices:
    """As an address is read: without what doesn't exist, and days in order."""
    facets = {
        key: tuple(slug for slug in slugs if slug in snap.options[key])
        for key, slugs in choices.facets.items()
    }
    first, last = choices.first_day, choices.last_day
    if first and last:
        first, last = sorted([first, last])
    facets = {key: slugs for key, slugs in facets.items() if slugs}
    return replace(choices, facets=facets, first_day=first, last_day=last)


def assert_counts(found, rows, choices, now):
    for key in FACETS:
        before = choices.facets.get(key, ()) if key == "access" else ()
        for slug, count in found.counts[key].items():
            facets = {**choices.facets, key: tuple({*before, slug})}
            expected = going(by_hand(rows, replace(choices, facets=facets), now))
            assert (key, slug, count) == (key, slug, expected)
    for key in FLAGS:
        expected = going(by_hand(rows, replace(choices, **{key: True}), now))
        assert (key, found.counts[key][True]) == (key, expected)


@pytest.mark.parametrize("seed", range(3))
def test_every_occasion_stands_on_a_page_once_unless_it_is_asked_for_by_day(seed):
    expo, _ = make_many(random.Random(seed), count=120)
    pages = find(Choices(), expo=expo, now=BEFORE).pages

    told = []
    for number in range(1, len(pages) + 1):
        found = find(Choices(page=number), expo=expo, now=BEFORE)
        told += found.lasting + [slot for day in found.days for slot in day.slots]

    assert sorted(told) == list(range(len(visible_rows(expo))))
    assert len(pages) > 1


@pytest.mark.parametrize("seed", range(3))
def test_number_of_a_day_is_what_its_page_shows(seed):
    expo, values = make_many(random.Random(seed))
    choices = Choices(facets={"kind": ("talk",), "day": (values["day"][0],)}, past=False)

    counts = find(choices, expo=expo, now=DURING).day_counts
    totals = {day: find(choices, expo=expo, now=DURING, on_day=day).total for day in counts}

    assert counts == totals
    assert sum(totals.values()) > 0


def test_reliefs_say_what_each_choice_dropped_would_give():
    expo, values = make_many(random.Random(1))
    snap = snapshot.current(expo.slug)
    choices = known(
        Choices(
            facets={"kind": ("talk",), "time": ("morning",), "area": (values["area"][0],)},
            age=99,
        ),
        snap,
    )
    found = find(choices, expo=expo, now=BEFORE)

    told = {way.key: way.total for way in reliefs(found, choices, now=BEFORE)}

    rows = visible_rows(expo)
    keys = chosen_keys(choices, BEFORE)
    expected = {
        left_out: going(
            [r for r in rows if all(allows(k, r, choices, BEFORE) for k in keys if k != left_out)]
        )
        for left_out in keys
    }
    assert told == {key: total for key, total in expected.items() if total}
    assert (found.total, bool(told)) == (0, True)


# ── One thing at a time ───────────────────────────────────────────────────────
def test_day_tells_of_drop_in_first_and_of_unknown_hours_last():
    event = make_event()
    late = make_occasion(event=event, starts_at=at("2022-06-01 15:00"))
    unknown = make_occasion(event=event, starts_at=None, first_day=date(2022, 6, 1))
    drop_in = make_occasion(event=event, kind=OccasionKind.DROP_IN)
    early = make_occasion(event=event)
    also_early = make_occasion(event=event)

    [day] = find(Choices(), expo=event.expo, now=BEFORE).days

    snap = snapshot.current(event.expo.slug)
    assert pks(snap, day.open) == [drop_in.pk]
    assert [(time, pks(snap, slots)) for time, slots in day.timed] == [
        ("10:00", [early.pk, also_early.pk]),
        ("15:00", [late.pk]),
    ]
    assert pks(snap, day.unknown) == [unknown.pk]


def pks(snap, slots) -> list[int]:
    return [snap.rows[slot].pk for slot in slots]


def test_time_that_an_hour_begins_at_is_stockholms_over_a_change_of_summer_time():
    event = make_event(expo=make_expo(starts_on=date(2022, 3, 26), ends_on=date(2022, 3, 28)))
    for day in (26, 27, 28):
        make_occasion(event=event, starts_at=at(f"2022-03-{day} 10:00"))

    days = find(Choices(), expo=event.expo, now=BEFORE).days

    assert [[time for time, _ in day.timed] for day in days] == [["10:00"]] * 3


def test_evening_that_ends_past_midnight_belongs_to_the_day_it_began():
    late = make_occasion(starts_at=at("2022-06-01 22:00"), ends_at=at("2022-06-02 02:00"))

    def on_at(now):
        return find(Choices(open_now=True), expo=late.event.expo, now=at(now)).total

    assert [day.date for day in find(Choices(), expo=late.event.expo, now=BEFORE).days] == [
        date(2022, 6, 1)
    ]
    assert on_at("2022-06-01 23:30") == 1
    assert on_at("2022-06-02 02:00") == 0


def test_what_lasts_for_days_is_told_once_and_on_each_days_own_page():
    event = make_event()
    lasting = make_occasion(
        event=event, starts_at=at("2022-06-01 10:00"), ends_at=at("2022-06-03 16:00")
    )
    make_occasion(event=event, starts_at=at("2022-06-02 10:00"))
    snap = snapshot.current(event.expo.slug)

    found = find(Choices(), expo=event.expo, now=BEFORE)
    [second] = find(Choices(), expo=event.expo, now=BEFORE, on_day=date(2022, 6, 2)).days

    assert pks(snap, found.lasting) == [lasting.pk]
    assert [len(day.slots) for day in found.days] == [1]
    assert pks(snap, second.open) == [lasting.pk]


def test_search_finds_texts_hosts_places_themes_and_initiatives():
    host, initiative = (
        make_organisation(name_sv="Räddningstjänsten"),
        make_initiative(title_sv="Livbojen"),
    )
    venue = make_venue(name_sv="Dockanparken", area=make_area(name_sv="Oceanhamnen"))
    event = make_event(
        title_sv="Simma lugnt",
        text_sv="<p>Ta med badkläder.</p>",
        hosts=[host],
        initiatives=[initiative],
        theme=make_theme(name_sv="Trygghet"),
    )
    there = make_occasion(event=event, venue=venue)
    elsewhere = make_occasion(event=event, starts_at=at("2022-06-02 10:00"))
    other = make_occasion(event=make_event(expo=event.expo, title_sv="Något annat"))

    def ids(q):
        return find(Choices(q=q), expo=event.expo, now=BEFORE).ids

    both = [there.pk, elsewhere.pk]
    assert {
        q: ids(q) for q in ("simma", "badkläder", "räddningstjänsten", "livboj", "trygghet")
    } == {
        "simma": both,
        "badkläder": both,
        "räddningstjänsten": both,
        "livboj": both,
        "trygghet": both,
    }
    assert ids("dockanparken") == ids("oceanhamnen") == [there.pk]
    assert ids("annat") == [other.pk]


@pytest.mark.parametrize(
    "hidden",
    [
        {"event": {"visibility": Visibility.DRAFT}},
        {"expo": {"visibility": Visibility.DRAFT}},
        {"event": {"is_example": True}},
    ],
    ids=["a draft", "an edition that is a draft", "an invented event of a real edition"],
)
def test_hidden_occasion_is_never_found(hidden):
    expo = make_expo(**hidden.get("expo", {}))
    make_occasion(event=make_event(expo=expo, title_sv="Hemligt", **hidden.get("event", {})))

    snap = snapshot.current(expo.slug)

    shown = find(Choices(q="hemligt"), expo=expo, now=BEFORE, snap=snap).ids if snap else []
    assert shown == []


@pytest.mark.parametrize("kind", ["host", "initiative"])
def test_name_of_what_is_hidden_neither_narrows_nor_is_searched(kind):
    rows = {
        "host": lambda: {"hosts": [make_organisation(name_sv="Hemligt", slug="dold", **HIDDEN)]},
        "initiative": lambda: {
            "initiatives": [make_initiative(title_sv="Hemligt", slug="dold", internal=True)]
        },
    }
    event = make_event(**rows[kind]())
    make_occasion(event=event)

    snap = snapshot.current(event.expo.slug)

    assert "dold" not in snap.options[kind]
    assert find(Choices(q="hemligt"), expo=event.expo, now=BEFORE).ids == []


def test_open_now_is_what_goes_on_by_the_clock_it_is_given():
    event = make_event()
    on = make_occasion(event=event, starts_at=at("2022-06-02 14:00"))
    make_occasion(event=event, starts_at=at("2022-06-02 14:30"))
    make_occasion(event=event, starts_at=at("2022-06-02 12:00"))
    make_occasion(
        event=event,
        starts_at=at("2022-06-02 14:10"),
        status=OccasionStatus.CANCELLED,
        reason_sv="Regn.",
    )

    found = find(Choices(open_now=True), expo=event.expo, now=DURING)

    assert found.ids == [on.pk]
    assert found.cancelled == 0


@pytest.mark.parametrize(
    ("now", "total", "past"),
    [("2022-05-01 12:00", 2, 0), ("2022-06-02 12:00", 1, 1), ("2022-08-01 12:00", 2, 0)],
    ids=["before", "while it is on", "after"],
)
def test_what_has_been_is_one_press_away_while_the_edition_is_on(now, total, past):
    event = make_event()
    make_occasion(event=event, starts_at=at("2022-06-01 10:00"))
    make_occasion(event=event, starts_at=at("2022-06-02 10:00"))

    with time_machine.travel(at(now), tick=False):
        found = find(Choices(), expo=event.expo)
        everything = find(Choices(past=True), expo=event.expo)

    assert (found.total, found.past) == (total, past)
    assert everything.total == 2
