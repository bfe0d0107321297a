"""What could be seen instead of what can't be done."""

from hypothesis import given

from expo.choices import OccasionStatus
from expo.itinerary import Stop, arrange
from expo.models import Area, Theme
from expo.swaps import BEST, swaps
from tests.expo.plans import FAR, HARBOUR, NEAR, NOWHERE, drop_in, event, place, timed
from tests.expo.test_itinerary import can_do_both, stops

THEME = Theme(pk=1, slug="theme", name_sv="Tema")


def offered(stops, candidates, *, for_key) -> list[int]:
    plan = arrange(stops)
    return [
        swap.occasion.pk
        for swap in swaps(plan.entry(for_key), plan, [one.occasion for one in candidates])
    ]


CONCERT = event(1, theme=THEME)
TROUBLE = [timed(1, "10:00", "11:00", event=CONCERT), timed(2, "10:30", "12:00", FAR)]


def test_another_time_of_the_same_event_that_fits_is_offered():
    fits = timed(11, "13:00", "14:00", event=CONCERT)
    clashes = timed(12, "11:00", "12:00", event=CONCERT)
    too_tight = timed(13, "12:20", "12:30", event=CONCERT)

    assert offered(TROUBLE, [fits, clashes, too_tight], for_key=1) == [11]


def test_nearest_time_comes_first():
    late = timed(11, "16:00", "17:00", event=CONCERT)
    soon = timed(12, "13:00", "14:00", event=CONCERT)

    assert offered(TROUBLE, [late, soon], for_key=1) == [12, 11]


def test_event_of_the_same_theme_or_area_is_offered_about_that_time():
    area = Area(pk=1, slug="area", name_sv="Hamnen")
    here = place(0, 7, area)
    trouble = [timed(1, "10:00", "11:00", here, event=CONCERT), TROUBLE[1]]
    theme = timed(11, "09:00", "09:40", event=event(11, theme=THEME))
    area_too = timed(12, "08:30", "09:10", here, event=event(12, theme=THEME))
    neither = timed(13, "09:00", "09:40", event=event(13))
    too_far_off = timed(14, "15:00", "16:00", event=event(14, theme=THEME))

    assert offered(trouble, [theme, area_too, neither, too_far_off], for_key=1) == [12, 11]


def test_same_event_of_a_planned_day_comes_before_others_and_other_days_after():
    near = timed(11, "09:00", "09:40", event=event(11, theme=THEME))
    same = timed(12, "13:00", "14:00", event=CONCERT)
    another_day = timed(13, "23:30", "23:50", event=CONCERT)
    for name in ("starts_at", "ends_at"):
        moment = getattr(another_day.occasion, name)
        setattr(another_day.occasion, name, moment.replace(day=9))
    another_day.occasion.set_days()

    assert offered(TROUBLE, [another_day, near, same], for_key=1) == [12, 11, 13]


def test_at_most_three_are_offered_and_one_of_each_other_event():
    other = event(20, theme=THEME)
    twice = [timed(20 + n, f"08:{n}0", f"09:{n}0", event=other) for n in range(3)]
    same = [timed(30 + n, f"1{n + 3}:00", f"1{n + 3}:30", event=CONCERT) for n in range(2)]

    found = offered(TROUBLE, [*twice, *same], for_key=1)

    assert len(found) == BEST
    assert found[:2] == [30, 31]


def test_what_is_planned_cancelled_or_not_known_is_not_offered():
    cancelled = timed(11, "13:00", "14:00", event=CONCERT, status=OccasionStatus.CANCELLED)
    timeless = timed(12, "13:00", None, event=CONCERT)
    nowhere = timed(13, "13:00", "14:00", NOWHERE, event=CONCERT)

    assert offered(TROUBLE, [cancelled, timeless, nowhere, *TROUBLE], for_key=1) == []


def test_drop_in_is_offered_at_a_time_that_fits():
    plan = arrange(TROUBLE)
    visit = drop_in(11, "09:00", "18:00", NEAR, event=CONCERT)

    (swap,) = swaps(plan.entry(1), plan, [visit.occasion])

    assert (swap.ends_at - swap.starts_at).seconds == 1800
    assert can_do_both(plan.entry(2), _as_entry(swap))


def _as_entry(swap):
    visit = timed(swap.occasion.pk, "10:00", "11:00", swap.occasion.venue)
    visit.occasion.starts_at, visit.occasion.ends_at = swap.starts_at, swap.ends_at
    return arrange([visit]).entry(swap.occasion.pk)


@given(stops(), stops())
def test_whatever_is_offered_goes_with_all_that_stays(made, others):
    for number, other in enumerate(others, start=100):
        other.occasion.pk = number
        other.occasion.event = event(1 + number % 3, theme=THEME)
    plan = arrange(made)

    for entry in plan.entries:
        kept = [one for one in plan.entries if one is not entry and one.starts_at]
        for swap in swaps(entry, plan, [other.occasion for other in others]):
            is_visit = swap.occasion.is_drop_in
            new = Stop(0, swap.occasion, swap.starts_at if is_visit else None)
            swapped = arrange([*(one.stop for one in kept), new])
            assert swapped.entry(0).troubles == []
            assert [one.why for one in swapped.entries] == [None] * (len(kept) + 1)


def test_visit_without_a_fixed_time_makes_room_for_what_is_swapped_in():
    visit = drop_in(3, "11:00", "18:00")
    (before,) = [one for one in arrange([*TROUBLE, visit]).entries if one.stop is visit]
    fits = timed(11, "12:45", "13:30", event=CONCERT)

    offer = offered([*TROUBLE, visit], [fits], for_key=1)

    assert f"{before.starts_at:%H:%M}" == "10:30"  # 12:30 in Stockholm
    assert offer == [11]


def test_nothing_is_offered_for_what_has_no_time():
    timeless = timed(1, "10:00", "11:00", HARBOUR, event=CONCERT)
    timeless.occasion.starts_at = timeless.occasion.ends_at = None

    assert offered([timeless], [timed(11, "13:00", "14:00", event=CONCERT)], for_key=1) == []
