"""A plan in order: clashes, walks, lunch, and times for visits that have none."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.choices import OccasionKind, OccasionStatus
from expo.itinerary import LUNCH, GapKind, Stop, Trouble, TroubleKind, Why, arrange
from expo.models import Occasion
from expo.walking import minutes_between
from tests.expo.builders import at
from tests.expo.plans import (
    FAR,
    HARBOUR,
    NEAR,
    NOWHERE,
    between,
    drop_in,
    event,
    hour,
    place,
    timed,
    told,
)


def only_day(*stops):
    (day,) = arrange(stops).days
    return day


def troubles(entry) -> list[tuple]:
    return [
        (str(t.kind), t.other.stop.key if t.other else None, t.walk_minutes, t.has_minutes)
        for t in entry.troubles
    ]


# ── Order and gaps ────────────────────────────────────────────────────────────
def test_visits_stand_in_order_of_time_with_the_walk_and_the_rest_between():
    day = only_day(timed(2, "14:00", "15:00", NEAR), timed(1, "13:00", "13:40"))

    assert told(day.lines) == [
        (1, "13:00", "13:40"),
        ("walk", 10),
        ("free", 10),
        (2, "14:00", "15:00"),
    ]
    assert day.walk_minutes == 10


def test_gap_in_one_place_has_no_walk():
    day = only_day(timed(1, "13:00", "14:00"), timed(2, "14:30", "15:00"))

    assert told(day.lines)[1:2] == [("free", 30)]


def test_visits_that_follow_at_once_have_no_gap():
    day = only_day(timed(1, "13:00", "14:00"), timed(2, "14:00", "15:00"))

    assert told(day.lines) == [(1, "13:00", "14:00"), (2, "14:00", "15:00")]


@pytest.mark.parametrize(
    ("ends", "begins", "expected"),
    [
        ("11:00", "11:40", [("walk", 10), ("lunch", 30)]),
        ("11:00", "11:39", [("walk", 10), ("free", 29)]),
        ("12:20", "13:30", [("walk", 10), ("lunch", 60)]),
        # Half an hour is free, but by the time one has walked it is past one: eat first.
        ("12:25", "13:15", [("lunch", 40), ("walk", 10)]),
        ("12:40", "14:00", [("walk", 10), ("free", 70)]),
        ("10:00", "11:20", [("walk", 10), ("free", 70)]),
    ],
)
def test_lunch_is_half_an_hour_between_eleven_and_one(ends, begins, expected):
    day = only_day(timed(1, "09:00", ends), timed(2, begins, "16:00", NEAR))

    assert told(day.lines)[1:-1] == expected


def test_there_is_one_lunch_a_day():
    day = only_day(
        timed(1, "10:00", "11:00"), timed(2, "11:45", "12:00"), timed(3, "12:45", "14:00")
    )

    assert [line[0] for line in told(day.lines)] == [1, "lunch", 2, "free", 3]


def test_gap_after_visits_that_overlap_begins_when_the_last_of_them_ends():
    day = only_day(
        timed(1, "14:00", "17:00", NEAR), timed(2, "15:00", "15:30"), timed(3, "18:00", "19:00")
    )

    assert told(day.lines)[2:4] == [("walk", 10), ("free", 50)]


# ── Clash and too tight ───────────────────────────────────────────────────────
def test_overlap_is_a_clash_for_both():
    first, second = only_day(timed(1, "10:00", "11:00"), timed(2, "10:30", "12:00", FAR)).entries

    assert troubles(first) == [("clash", 2, None, None)]
    assert troubles(second) == [("clash", 1, None, None)]


def test_walk_that_takes_longer_than_there_is_is_too_tight_and_no_clash():
    day = only_day(timed(1, "10:00", "11:00"), timed(2, "11:17", "12:00", FAR))

    first, second = day.entries
    assert troubles(first) == [("tight", 2, 30, 17)]
    assert troubles(second) == [("tight", 1, 30, 17)]
    assert [(gap.kind, gap.minutes, gap.is_tight) for gap in day.lines[1:2]] == [
        (GapKind.WALK, 30, True)
    ]


def test_walk_that_takes_just_as_long_as_there_is_fits():
    day = only_day(timed(1, "10:00", "11:00"), timed(2, "11:30", "12:00", FAR))

    assert [troubles(entry) for entry in day.entries] == [[], []]


def test_too_tight_is_said_of_neighbours_only():
    a, b, c = only_day(
        timed(1, "10:00", "11:00"), timed(2, "11:05", "11:10"), timed(3, "11:15", "12:00", FAR)
    ).entries

    assert [troubles(a), troubles(b), troubles(c)] == [
        [],
        [("tight", 3, 30, 5)],
        [("tight", 2, 30, 5)],
    ]


def test_clash_past_midnight_is_seen_across_the_days():
    late = timed(1, "23:00", "01:00")
    night = between(2, at("2027-06-02 00:30"), at("2027-06-02 02:00"), HARBOUR)

    first, second = arrange([late, night]).days

    assert [str(first.date), str(second.date)] == ["2027-06-01", "2027-06-02"]
    assert troubles(first.entries[0]) == [("clash", 2, None, None)]
    assert troubles(second.entries[0]) == [("clash", 1, None, None)]


def test_hour_that_comes_twice_is_counted():
    """The night to 31 October 2027: from 02:30 in summer time to 02:50 in winter time is 80 min."""
    first = between(1, at("2027-10-31 01:30"), at("2027-10-31 02:30"))
    winter = at("2027-10-31 02:50").replace(fold=1)
    second = between(2, winter, at("2027-10-31 04:00"), FAR)

    day = only_day(first, second)

    assert told(day.lines)[1:3] == [("walk", 30), ("free", 50)]
    assert [troubles(entry) for entry in day.entries] == [[], []]


def test_hour_that_is_left_out_is_not_counted():
    """28 March 2027: 01:50 to 03:10 is twenty minutes."""
    first = between(1, at("2027-03-28 01:00"), at("2027-03-28 01:50"))
    second = between(2, at("2027-03-28 03:10"), at("2027-03-28 04:00"), FAR)

    assert troubles(only_day(first, second).entries[0]) == [("tight", 2, 30, 20)]


# ── What isn't known ──────────────────────────────────────────────────────────
def test_occasion_without_hours_is_listed_and_neither_fits_nor_clashes():
    stop = timed(1, "10:00", "11:00")
    stop.occasion.starts_at = stop.occasion.ends_at = None

    day = only_day(stop, timed(2, "10:00", "18:00"))

    assert [(entry.stop.key, entry.why) for entry in day.unplaced] == [(1, Why.NO_HOURS)]
    assert told(day.lines) == [(2, "10:00", "18:00")]
    assert troubles(day.entries[0]) == []


@pytest.mark.parametrize("venue", [None, NOWHERE])
def test_no_walk_is_claimed_to_a_place_that_is_not_known(venue):
    day = only_day(timed(1, "13:00", "14:00", venue), timed(2, "14:05", "15:00", FAR))

    assert told(day.lines)[1:2] == [("free", 5)]
    assert [troubles(entry) for entry in day.entries] == [[], []]


def test_event_online_has_no_walk_though_its_studio_has_a_place():
    online = timed(1, "13:00", "14:00", FAR, event=event(1, online=True))

    day = only_day(online, timed(2, "14:05", "15:00"))

    assert told(day.lines)[1:2] == [("free", 5)]


def test_without_an_end_only_the_start_is_certain():
    day = only_day(timed(1, "10:00", None), timed(2, "10:15", "11:00", FAR))

    assert told(day.lines)[1:3] == [("unknown", 0), ("walk", 30)]
    assert [troubles(entry) for entry in day.entries] == [[], []]


def test_without_an_end_a_clash_with_the_start_is_told():
    first, second = only_day(timed(1, "10:00", None), timed(2, "09:00", "11:00")).entries

    assert troubles(first) == [("clash", 1, None, None)]
    assert troubles(second) == [("clash", 2, None, None)]


def test_cancelled_occasion_takes_no_time():
    cancelled = timed(1, "10:00", "11:00", status=OccasionStatus.CANCELLED)

    day = only_day(cancelled, timed(2, "10:00", "11:00"))

    assert [entry.why for entry in day.unplaced] == [Why.CANCELLED]
    assert troubles(day.entries[0]) == []


def test_what_goes_on_for_days_is_listed_beside_the_plan():
    stop = timed(1, "10:00", "11:00")
    stop.occasion.ends_at += timedelta(days=3)
    stop.occasion.set_days()

    day = only_day(stop, timed(2, "10:00", "11:00"))

    assert [entry.why for entry in day.unplaced] == [Why.MANY_DAYS]
    assert troubles(day.entries[0]) == []


# ── Drop-in ───────────────────────────────────────────────────────────────────
def test_visit_alone_begins_when_it_opens():
    assert told(only_day(drop_in(1, "10:00", "16:00")).lines) == [(1, "10:00", "10:30")]


def test_visit_takes_the_first_gap_where_it_and_both_walks_fit():
    day = only_day(
        drop_in(1, "10:00", "16:00", NEAR),
        timed(2, "10:00", "11:00"),
        timed(3, "11:45", "12:30"),  # 45 minutes: 10 + 30 + 10 don't fit
        timed(4, "14:00", "15:00"),
    )

    assert [entry.stop.key for entry in day.entries] == [2, 3, 1, 4]
    assert told(day.lines)[3:5] == [("walk", 10), (1, "12:40", "13:10")]
    assert [troubles(entry) for entry in day.entries] == [[], [], [], []]


def test_visit_begins_on_a_round_minute_where_there_is_one():
    day = only_day(drop_in(1, "10:00", "16:00", NEAR), timed(2, "10:00", "11:02"))

    assert told(day.lines)[-1] == (1, "11:15", "11:45")


def test_visit_begins_on_any_minute_where_there_is_no_round_one():
    day = only_day(
        drop_in(1, "10:00", "16:00", NEAR, minutes=30),
        timed(2, "09:55", "11:02"),
        timed(3, "11:53", "16:00"),
    )

    assert told(day.entries)[1] == (1, "11:12", "11:42")


def test_visit_that_fits_nowhere_is_said_to():
    day = only_day(drop_in(1, "10:00", "11:00"), timed(2, "09:00", "16:00"))

    assert [entry.why for entry in day.unplaced] == [Why.NO_ROOM]


def test_visit_near_a_place_that_is_not_known_gets_no_time():
    day = only_day(drop_in(1, "10:00", "16:00", NOWHERE), timed(2, "09:00", "10:00"))

    assert [entry.why for entry in day.unplaced] == [Why.NO_POSITION]


def test_time_that_was_chosen_is_kept():
    day = only_day(drop_in(1, "10:00", "16:00", visit_at="13:00"), timed(2, "13:10", "14:00"))

    assert told(day.entries)[0] == (1, "13:00", "13:30")
    assert troubles(day.entries[0]) == [("clash", 2, None, None)]


@pytest.mark.parametrize("chosen", ["09:30", "15:45"])
def test_chosen_time_outside_the_hours_is_told(chosen):
    (entry,) = only_day(drop_in(1, "10:00", "16:00", visit_at=chosen)).entries

    assert entry.troubles == [Trouble(TroubleKind.CLOSED)]


def test_those_that_close_first_choose_first():
    day = only_day(drop_in(1, "10:00", "18:00"), drop_in(2, "10:00", "10:30"))

    assert told(day.lines) == [(2, "10:00", "10:30"), (1, "10:30", "11:00")]


# ── Against brute force ───────────────────────────────────────────────────────
PLACES = [HARBOUR, NEAR, FAR, place(11.9, 5)]
OPENS, CLOSES = hour("09:00"), hour("17:00")


@st.composite
def stops(draw):
    """Up to six visits of a day, on any minute; some drop-in."""
    made = []
    for key in range(1, draw(st.integers(1, 6)) + 1):
        start = OPENS + timedelta(minutes=draw(st.integers(0, 420)))
        span = timedelta(minutes=draw(st.integers(10, 180)))
        is_drop_in = draw(st.booleans())
        occasion = Occasion(
            pk=key,
            event=event(key),
            kind=OccasionKind.DROP_IN if is_drop_in else OccasionKind.TIMED,
            visit_minutes=draw(st.integers(5, 40)) if is_drop_in else None,
            starts_at=start,
            ends_at=start + span,
            venue=draw(st.sampled_from(PLACES)),
        )
        occasion.set_days()
        made.append(Stop(key, occasion))
    return made


def can_do_both(one, other) -> bool:
    """Minute by minute: whoever has been at one can be at the other, in this order or that."""
    (first, second) = sorted([one, other], key=lambda entry: entry.starts_at)
    walk = minutes_between(first.venue, second.venue)
    return first.ends_at + timedelta(minutes=walk) <= second.starts_at


@given(stops())
def test_every_trouble_between_two_is_one_and_none_is_missed(made):
    entries = [entry for day in arrange(made).days for entry in day.entries]
    named = {
        frozenset((entry.stop.key, trouble.other.stop.key))
        for entry in entries
        for trouble in entry.troubles
    }

    for number, later in enumerate(entries):
        for earlier in entries[:number]:
            is_between = any(
                entry.starts_at >= earlier.ends_at and entry.ends_at <= later.starts_at
                for entry in entries
                if entry not in (earlier, later)
            )
            is_named = frozenset((earlier.stop.key, later.stop.key)) in named
            assert is_named == (not can_do_both(earlier, later) and not is_between)


@given(stops())
def test_proposed_time_is_the_earliest_that_goes_with_the_rest(made):
    entries = arrange(made).entries
    placed = [entry for entry in entries if entry.starts_at and not entry.is_proposed]
    waiting = sorted(
        (stop for stop in made if stop.occasion.is_drop_in),
        key=lambda stop: (stop.occasion.ends_at, stop.key),
    )

    for stop in waiting:
        expected = earliest(stop, placed)
        (entry,) = (entry for entry in entries if entry.stop is stop)
        assert entry.starts_at == expected
        if expected:
            placed.append(entry)


def earliest(stop, placed):
    """The first round minute that works, else the first minute."""
    occasion, free = stop.occasion, []
    start = occasion.starts_at.astimezone(UTC)
    while start + occasion.visit_length <= occasion.ends_at:
        end = start + occasion.visit_length
        walks = [timedelta(minutes=minutes_between(e.venue, occasion.venue)) for e in placed]
        if all(
            e.ends_at + walk <= start or end + walk <= e.starts_at
            for e, walk in zip(placed, walks, strict=True)
        ):
            free.append(start)
        start += timedelta(minutes=1)
    return next((one for one in free if one.minute % 5 == 0), free[0] if free else None)


@given(stops(), st.randoms())
def test_same_stops_give_the_same_plan_in_whatever_order_they_come(made, random):
    shuffled = [*made]
    random.shuffle(shuffled)

    assert [told(day.lines) for day in arrange(shuffled).days] == [
        told(day.lines) for day in arrange(made).days
    ]


@given(stops())
def test_gaps_and_visits_fill_the_time_from_first_to_last(made):
    for day in arrange(made).days:
        entries = day.entries
        if any(entry.troubles for entry in entries) or not entries:
            continue
        visits = sum((entry.ends_at - entry.starts_at for entry in entries), timedelta())
        gaps = sum(line.minutes for line in day.lines if line not in entries)
        whole = entries[-1].ends_at - entries[0].starts_at
        assert visits + timedelta(minutes=gaps) == whole


@given(stops())
def test_lunch_is_free_time_in_the_middle_of_the_day(made):
    for day in arrange(made).days:
        lunches = [line for line in day.lines if getattr(line, "kind", None) == GapKind.LUNCH]
        assert len(lunches) <= 1
        assert all(timedelta(minutes=lunch.minutes) >= LUNCH for lunch in lunches)


def test_clock_of_stockholm_decides_the_day():
    start, end = at("2027-06-01 23:30"), at("2027-06-02 00:30")

    (day,) = arrange([between(1, start.astimezone(UTC), end.astimezone(UTC))]).days

    assert str(day.date) == "2027-06-01"
