from datetime import date, timedelta

import pytest
from django.db.models import F

from expo import occasions
from expo.choices import OccasionStatus
from expo.models import Occasion
from tests.builders import make_user
from tests.expo.builders import at, make_event, make_occasion, make_venue

pytestmark = pytest.mark.django_db


def history(occasion) -> list[tuple[int, list[str]]]:
    return list(occasion.revisions.order_by("sequence").values_list("sequence", "changed"))


def test_new_occasion_has_its_first_revision():
    occasion = make_occasion()

    assert history(occasion) == [(0, [])]


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"starts_at": at("2022-06-01 10:30")}, ["starts_at"]),
        ({"ends_at": at("2022-06-01 12:00")}, ["ends_at"]),
        ({"venue": None}, ["venue_id"]),
        ({"status": "cancelled", "reason_sv": "Regn."}, ["status"]),
        (
            {"starts_at": at("2022-06-02 10:00"), "ends_at": at("2022-06-02 11:00")},
            ["starts_at", "ends_at", "first_day", "last_day"],
        ),
    ],
    ids=["start", "end", "venue", "status", "day"],
)
def test_save_of_what_calendars_show_raises_the_sequence(change, changed):
    occasion = make_occasion()
    for name, value in change.items():
        setattr(occasion, name, value)

    occasion.save()

    assert occasion.sequence == 1
    assert history(occasion) == [(0, []), (1, changed)]


def test_save_of_text_and_seats_leaves_the_sequence():
    occasion = make_occasion()
    before = occasion.revised_at

    occasion.reason_sv, occasion.capacity, occasion.visit_minutes = "Ny text.", 40, 20
    occasion.save()
    occasion.event.title_sv = "Ny titel"
    occasion.event.save()

    occasion.refresh_from_db()
    assert (occasion.sequence, occasion.revised_at) == (0, before)
    assert history(occasion) == [(0, [])]


def test_save_of_the_same_values_leaves_the_sequence():
    occasion = Occasion.objects.get(pk=make_occasion().pk)

    occasion.save()

    assert history(occasion) == [(0, [])]


def test_save_of_an_old_object_never_lowers_the_sequence():
    stale = make_occasion()
    fresh = Occasion.objects.get(pk=stale.pk)
    fresh.venue = make_venue()
    fresh.save()

    stale.ends_at = at("2022-06-01 12:00")
    stale.save()

    assert [number for number, _changed in history(stale)] == [0, 1, 2]
    assert Occasion.objects.get(pk=stale.pk).sequence == 2


def test_save_of_an_old_object_gives_away_no_booked_seat():
    stale = make_occasion(capacity=10)
    Occasion.objects.update(seats_taken=8)

    stale.capacity = 12
    stale.save()

    stored = Occasion.objects.get(pk=stale.pk)
    assert (stored.capacity, stored.seats_taken) == (12, 8)


def test_update_writes_a_revision_for_each_that_changes():
    venue = make_venue()
    there, elsewhere = make_occasion(venue=venue), make_occasion()

    Occasion.objects.update(venue=venue)

    assert history(there) == [(0, [])]
    assert history(elsewhere) == [(0, []), (1, ["venue_id"])]


def test_update_by_expression_writes_revisions():
    occasion = make_occasion()

    Occasion.objects.update(ends_at=F("ends_at") + timedelta(hours=1))

    assert history(occasion) == [(0, []), (1, ["ends_at"])]


def test_update_of_seats_writes_none():
    occasion = make_occasion(capacity=10)

    Occasion.objects.update(seats_taken=F("seats_taken") + 1)

    assert history(occasion) == [(0, [])]


def test_bulk_create_writes_first_revisions_and_days():
    event, venue = make_event(), make_venue()
    starts = [at("2022-06-01 10:00"), at("2022-06-02 10:00")]

    Occasion.objects.bulk_create(
        Occasion(event=event, venue=venue, starts_at=start, ends_at=start + timedelta(hours=1))
        for start in starts
    )

    rows = list(Occasion.objects.order_by("starts_at"))
    assert [row.first_day for row in rows] == [date(2022, 6, 1), date(2022, 6, 2)]
    assert [history(row) for row in rows] == [[(0, [])], [(0, [])]]


def test_bulk_update_writes_revisions():
    rows = [make_occasion(), make_occasion()]
    for row in rows:
        row.ends_at += timedelta(minutes=30)

    Occasion.objects.bulk_update(rows, ["ends_at"])

    assert [history(row)[-1] for row in rows] == [(1, ["ends_at"])] * 2


def test_deeds_count_on_from_each_other():
    editor, occasion = make_user("moderator"), make_occasion()

    occasions.move(occasion, by=editor, starts_at=at("2022-06-01 12:00"))
    occasions.cancel(occasion, by=editor, reason_sv="Storm.")

    assert (occasion.sequence, occasion.status) == (2, OccasionStatus.CANCELLED)
    assert history(occasion) == [(0, []), (1, ["starts_at", "ends_at", "status"]), (2, ["status"])]


def test_copy_begins_its_own_history_under_its_own_key():
    occasion = make_occasion()
    occasion.venue = make_venue()
    occasion.save()

    copied = occasions.copy_occasion(occasion, by=make_user("moderator"), every="day", times=1)

    assert history(copied.made[0]) == [(0, [])]
    assert copied.made[0].uid != occasion.uid
