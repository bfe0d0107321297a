from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from expo.models import Occasion
from tests.expo.builders import at, make_event, make_occasion, make_venue

pytestmark = pytest.mark.django_db


# ── Days ──────────────────────────────────────────────────────────────────────
def test_occasion_belongs_to_the_day_that_it_begins_in_stockholm():
    # 22:30 UTC is half past midnight there.
    start = datetime(2022, 6, 1, 22, 30, tzinfo=UTC)

    occasion = make_occasion(starts_at=start, ends_at=start + timedelta(hours=1))

    assert (occasion.first_day, occasion.last_day) == (date(2022, 6, 2), date(2022, 6, 2))


def test_occasion_past_midnight_belongs_to_the_evening():
    occasion = make_occasion(starts_at=at("2022-06-01 22:00"), ends_at=at("2022-06-02 01:00"))

    assert (occasion.first_day, occasion.last_day) == (date(2022, 6, 1), date(2022, 6, 1))


def test_occasion_of_a_whole_day_and_more_has_a_last_day():
    occasion = make_occasion(starts_at=at("2022-06-01 10:00"), ends_at=at("2022-06-03 09:00"))

    assert (occasion.first_day, occasion.last_day) == (date(2022, 6, 1), date(2022, 6, 3))


def test_occasion_without_hours_keeps_the_days_that_it_was_given():
    occasion = make_occasion(starts_at=None, first_day=date(2022, 6, 1), last_day=date(2022, 6, 3))

    assert (occasion.first_day, occasion.last_day) == (date(2022, 6, 1), date(2022, 6, 3))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2027-03-27 22:00", "2027-03-28 04:00", 5),  # the clocks go forward at 2
        ("2027-10-30 22:00", "2027-10-31 04:00", 7),  # and back at 3
    ],
)
def test_occasion_over_a_change_of_summer_time_is_as_long_as_it_is(start, end, hours):
    occasion = make_occasion(starts_at=at(start).astimezone(UTC), ends_at=at(end).astimezone(UTC))

    assert occasion.visit_length == timedelta(hours=hours)
    assert occasion.first_day == occasion.last_day == at(start).date()


def test_occasion_that_is_moved_by_its_start_alone_gets_the_new_day():
    occasion = make_occasion()
    occasion.starts_at, occasion.ends_at = at("2022-06-05 10:00"), at("2022-06-05 11:00")

    occasion.save(update_fields=["starts_at", "ends_at"])

    occasion.refresh_from_db()
    assert occasion.first_day == date(2022, 6, 5)


# ── Constraints ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": at("2022-06-01 10:00"), "ends_at": at("2022-06-01 10:00")},
        {"starts_at": None, "ends_at": at("2022-06-01 10:00")},
        {"starts_at": None, "first_day": date(2022, 6, 2), "last_day": date(2022, 6, 1)},
        {"capacity": 10, "seats_held": 4, "seats_taken": 7},
        {"smallest_group": 10, "largest_group": 9},
        {"status": "cancelled"},
    ],
    ids=["no time", "end alone", "days", "oversold", "groups", "no reason"],
)
def test_occasion_that_cannot_be_is_refused(fields):
    event, venue = make_event(), make_venue()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_occasion(event=event, venue=venue, **fields)

    assert not Occasion.objects.exists()


@pytest.mark.parametrize("with_venue", [True, False])
def test_occasion_of_one_event_begins_once_at_a_place(with_venue):
    event, venue = make_event(), make_venue() if with_venue else None
    make_occasion(event=event, venue=venue)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_occasion(event=event, venue=venue)

    assert make_occasion(event=event, venue=make_venue()).pk


def test_occasions_without_hours_may_share_a_day():
    event = make_event()

    rows = [make_occasion(event=event, starts_at=None, venue=None) for _ in range(2)]

    assert len({row.uid for row in rows}) == 2


def test_seats_left_are_those_that_can_be_booked():
    assert make_occasion(capacity=20, seats_held=5, seats_taken=3).seats_left == 12
    assert make_occasion(capacity=None).seats_left is None
