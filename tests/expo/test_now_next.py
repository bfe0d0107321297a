"""What goes on right now, and what begins next, in each area."""

import pytest

from expo.choices import OccasionKind, OccasionStatus
from expo.finding import Choices, find
from expo.now_next import boards, is_on
from expo.shown import occasions_of
from tests.expo.builders import (
    at,
    make_area,
    make_event,
    make_expo,
    make_occasion,
    make_venue,
)

pytestmark = pytest.mark.django_db

NOON = at("2022-06-01 12:00")


@pytest.fixture
def place():
    """A venue whose occasions the tests ask about."""
    return make_venue()


def occasion(place, start, end=None, **fields):
    return make_occasion(
        venue=place, starts_at=start and at(start), ends_at=end and at(end), **fields
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-06-01 11:00", "2022-06-01 12:30", True),
        ("2022-06-01 12:00", "2022-06-01 12:30", True),
        ("2022-06-01 11:00", "2022-06-01 12:00", False),
        ("2022-06-01 12:01", "2022-06-01 13:00", False),
        ("2022-05-31 22:00", "2022-06-01 13:00", True),
        ("2022-06-01 11:30", None, True),  # for an hour, where nobody has said the end
        ("2022-06-01 10:30", None, False),
        (None, None, False),
    ],
)
def test_occasion_is_on_from_its_start_until_its_end(place, start, end, expected):
    assert is_on(occasion(place, start, end), NOON) is expected


def test_cancelled_occasion_is_neither_on_nor_next(place):
    cancelled = {"status": OccasionStatus.CANCELLED, "reason_sv": "Regn."}
    rows = [
        occasion(place, "2022-06-01 11:00", "2022-06-01 13:00", **cancelled),
        occasion(place, "2022-06-01 14:00", "2022-06-01 15:00", **cancelled),
    ]

    (board,) = boards(rows, [place.area], NOON)

    assert (board.now, board.next) == ([], [])


def test_board_shows_what_ends_first_and_drop_in_last(place):
    all_day = occasion(place, "2022-06-01 10:00", "2022-06-01 12:05", kind=OccasionKind.DROP_IN)
    long = occasion(place, "2022-06-01 11:00", "2022-06-01 14:00")
    short = occasion(place, "2022-06-01 11:00", "2022-06-01 12:30", event=make_event())

    (board,) = boards([all_day, long, short], [place.area], NOON)

    assert board.now == [short, long, all_day]


def test_board_counts_what_it_has_no_room_for(place):
    rows = [occasion(place, f"2022-06-01 11:{minute}", event=make_event()) for minute in
            (10, 20, 30, 40, 50)]  # fmt: skip

    (board,) = boards(rows, [place.area], NOON)

    assert (len(board.now), board.more_now) == (3, 2)


def test_next_is_of_today_while_there_is_anything_today(place):
    tomorrow = occasion(place, "2022-06-02 09:00")
    today = occasion(place, "2022-06-01 20:00")

    (with_today,) = boards([tomorrow, today], [place.area], NOON)
    (without,) = boards([tomorrow], [place.area], NOON)

    assert (with_today.next, without.next) == ([today], [tomorrow])


def test_boards_stand_in_the_order_of_the_areas_and_what_has_none_comes_last(place):
    empty = make_area()
    nowhere = make_occasion(venue=None, starts_at=at("2022-06-01 13:00"))

    found = boards([nowhere], [place.area, empty], NOON)

    assert [board.area for board in found] == [place.area, empty, None]
    assert found[-1].next == [nowhere]


def test_board_of_what_has_no_area_is_left_out_when_it_is_empty(place):
    assert [board.area for board in boards([], [place.area], NOON)] == [place.area]


def test_night_of_summer_time_is_told_by_the_clock_on_the_wall(place):
    """On 27 March 2022 the clocks went from 02:00 to 03:00: 01:30 to 03:30 was one hour."""
    row = occasion(place, "2022-03-27 01:30", "2022-03-27 03:30")

    assert is_on(row, at("2022-03-27 03:15"))
    assert not is_on(row, at("2022-03-27 03:30"))


def test_number_of_what_is_on_besides_is_that_of_the_programme(place):
    expo = make_expo(areas=[place.area])
    for minute in (10, 20, 30, 40, 50):
        event = make_event(expo=expo)
        occasion(place, f"2022-06-01 11:{minute}", event=event)
        make_occasion(event=event, venue=None, starts_at=at(f"2022-06-01 11:{minute}"))

    for board in boards(occasions_of(expo).for_lists(), [place.area], NOON):
        choices = Choices(facets={"area": (board.area_value,)}, open_now=True)
        assert len(board.now) + board.more_now == 5
        assert find(choices, expo=expo, now=NOON).total == 5
