"""The deeds of `expo/occasions.py`."""

from datetime import date

import pytest
from django.utils import timezone, translation

from expo import occasions
from expo.choices import OccasionStatus
from expo.models import Occasion
from innovation.publishing import NotPossible
from tests.builders import make_organisation, make_user
from tests.expo.builders import at, make_event, make_expo, make_occasion, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def moderator(db):
    return make_user("moderator")


def local(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


# ── Move and cancel ───────────────────────────────────────────────────────────
def test_move_keeps_the_length_and_says_moved(moderator):
    occasion = make_occasion(starts_at=at("2022-06-01 10:00"), ends_at=at("2022-06-01 11:30"))

    occasions.move(occasion, by=moderator, starts_at=at("2022-06-02 13:00"), reason_sv="Regn.")

    assert local(occasion.ends_at) == "2022-06-02 14:30"
    assert (occasion.status, occasion.reason_sv) == (OccasionStatus.MOVED, "Regn.")
    assert occasion.first_day == date(2022, 6, 2)


def test_move_to_another_venue_leaves_the_time(moderator):
    occasion, venue = make_occasion(), make_venue()

    occasions.move(occasion, by=moderator, venue=venue)

    assert (occasion.venue, local(occasion.starts_at)) == (venue, "2022-06-01 10:00")


def test_move_raises_the_version_of_the_event(moderator):
    occasion = make_occasion()

    occasions.move(occasion, by=moderator, venue=None)

    occasion.event.refresh_from_db()
    assert occasion.event.version == 2


def test_move_makes_a_concluded_day_stated(moderator):
    occasion = make_occasion(inferred_fields=["first_day", "kind"])

    occasions.move(occasion, by=moderator, starts_at=at("2022-06-02 13:00"))

    assert occasion.inferred_fields == ["kind"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "It takes place then and there already."),
        (
            {"ends_at": at("2022-06-01 09:00")},
            "It ends before it starts.",
        ),
    ],
)
def test_move_that_moves_nothing_or_cannot_be_is_refused(moderator, change, sentence):
    occasion = make_occasion()

    with pytest.raises(NotPossible) as refused:
        occasions.move(occasion, by=moderator, **change)

    assert str(refused.value) == sentence
    assert Occasion.objects.get().sequence == 0


def test_move_onto_another_occasion_of_the_event_is_refused(moderator):
    first = make_occasion()
    second = make_occasion(event=first.event, venue=first.venue, starts_at=at("2022-06-02 10:00"))

    with pytest.raises(NotPossible, match="already begins there at that time"):
        occasions.move(second, by=moderator, starts_at=first.starts_at)


def test_cancel_keeps_the_occasion_with_its_reason(moderator):
    occasion = make_occasion()

    occasions.cancel(occasion, by=moderator, reason_sv=" Storm. ", reason_en="A storm.")

    assert occasion.is_cancelled
    assert (occasion.reason_sv, occasion.reason_en) == ("Storm.", "A storm.")


def test_cancel_without_a_reason_is_refused(moderator):
    occasion = make_occasion()

    with pytest.raises(NotPossible, match="why it is cancelled"):
        occasions.cancel(occasion, by=moderator, reason_sv=" ", reason_en="A storm.")

    occasion.refresh_from_db()
    assert not occasion.is_cancelled


def test_cancelled_occasion_can_be_neither_moved_nor_cancelled_again(moderator):
    occasion = make_occasion(status=OccasionStatus.CANCELLED, reason_sv="Storm.")

    for deed in (
        lambda: occasions.move(occasion, by=moderator, venue=None),
        lambda: occasions.cancel(occasion, by=moderator, reason_sv="Igen."),
    ):
        with pytest.raises(NotPossible, match="cancelled already"):
            deed()


@pytest.mark.parametrize("is_theirs", [True, False])
def test_deeds_are_for_the_editors_of_the_organiser(is_theirs):
    organisation = make_organisation()
    editor = make_user("editor", organisations=[organisation])
    organiser = organisation if is_theirs else make_organisation()
    occasion = make_occasion(event=make_event(organiser=organiser))

    if is_theirs:
        occasions.cancel(occasion, by=editor, reason_sv="Regn.")
    else:
        with pytest.raises(NotPossible, match="don’t write for the organisation"):
            occasions.cancel(occasion, by=editor, reason_sv="Regn.")

    assert occasion.is_cancelled == is_theirs


# ── Copy ──────────────────────────────────────────────────────────────────────
def test_copy_every_week_keeps_the_hour_over_the_change_of_summer_time(moderator):
    expo = make_expo(starts_on=date(2027, 3, 1), ends_on=date(2027, 4, 30))
    occasion = make_occasion(event=make_event(expo=expo), starts_at=at("2027-03-22 18:00"))

    copied = occasions.copy_occasion(occasion, by=moderator, every="week", times=2)

    assert [local(row.starts_at) for row in copied.made] == ["2027-03-29 18:00", "2027-04-05 18:00"]
    assert [local(row.ends_at) for row in copied.made] == ["2027-03-29 19:00", "2027-04-05 19:00"]


def test_copy_every_day_past_midnight_stays_past_midnight(moderator):
    occasion = make_occasion(starts_at=at("2022-06-01 22:00"), ends_at=at("2022-06-02 01:00"))

    copied = occasions.copy_occasion(occasion, by=moderator, every="day", times=1)

    assert local(copied.made[0].ends_at) == "2022-06-03 01:00"
    assert copied.made[0].first_day == date(2022, 6, 2)


def test_copy_takes_the_seats_and_not_the_bookings(moderator):
    occasion = make_occasion(
        capacity=30,
        seats_held=4,
        seats_taken=9,
        largest_group=10,
        status="moved",
        reason_sv="Regn.",
    )

    copy = occasions.copy_occasion(occasion, by=moderator, every="day", times=1).made[0]

    assert (copy.capacity, copy.seats_held, copy.seats_taken, copy.largest_group) == (30, 4, 0, 10)
    assert (copy.status, copy.reason_sv) == (OccasionStatus.SCHEDULED, "")


def test_copy_twice_makes_each_once(moderator):
    occasion = make_occasion()
    occasions.copy_occasion(occasion, by=moderator, every="day", times=2)

    again = occasions.copy_occasion(occasion, by=moderator, every="day", times=3)

    assert (len(again.made), again.existing) == (1, 2)
    assert Occasion.objects.count() == 4


def test_copy_without_hours_goes_by_days(moderator):
    occasion = make_occasion(starts_at=None, first_day=date(2022, 6, 1), last_day=date(2022, 6, 2))

    copied = occasions.copy_occasion(occasion, by=moderator, every="week", times=1)
    again = occasions.copy_occasion(occasion, by=moderator, every="week", times=1)

    assert (copied.made[0].first_day, copied.made[0].last_day) == (
        date(2022, 6, 8),
        date(2022, 6, 9),
    )
    assert again.existing == 1


def test_copy_stops_at_the_last_day_of_the_expo(moderator):
    occasion = make_occasion(starts_at=at("2022-07-02 10:00"))

    copied = occasions.copy_occasion(occasion, by=moderator, every="day", times=3)

    assert (len(copied.made), copied.outside) == (1, 2)


@pytest.mark.parametrize(("every", "times"), [("month", 1), ("day", 0), ("day", 61)])
def test_copy_refuses_what_forms_should_have_stopped(moderator, every, times):
    with pytest.raises(ValueError, match="day or week"):
        occasions.copy_occasion(make_occasion(), by=moderator, every=every, times=times)


# ── Clashes ───────────────────────────────────────────────────────────────────
def test_clash_at_the_same_venue():
    occasion = make_occasion()
    other = make_occasion(venue=occasion.venue, starts_at=at("2022-06-01 10:30"))

    assert occasions.clashes(occasion) == [occasions.Clash(other, True, ())]


@pytest.mark.parametrize(
    "other",
    [
        {"starts_at": at("2022-06-01 11:00")},
        {"starts_at": at("2022-06-01 09:00")},
        {"starts_at": at("2022-06-01 10:00"), "kind": "drop-in"},
        {"starts_at": at("2022-06-01 10:00"), "status": "cancelled", "reason_sv": "Regn."},
        {"starts_at": None},
    ],
    ids=["right after", "right before", "drop-in", "cancelled", "hours not known"],
)
def test_no_clash_at_the_same_venue(other):
    occasion = make_occasion()
    make_occasion(venue=occasion.venue, **other)

    assert occasions.clashes(occasion) == []


def test_no_clash_where_no_venue_is_known():
    occasion = make_occasion(venue=None)
    make_occasion(venue=None)

    assert occasions.clashes(occasion) == []


def test_clash_with_an_occasion_whose_end_is_not_known():
    occasion = make_occasion()
    other = make_occasion(venue=occasion.venue, starts_at=at("2022-06-01 09:30"), ends_at=None)

    assert [clash.other for clash in occasions.clashes(occasion)] == [other]


def test_clash_for_a_host_elsewhere_names_it():
    host = make_organisation()
    occasion = make_occasion(event=make_event(organiser=host))
    other = make_occasion(event=make_event(hosts=[host]), kind="drop-in")

    assert occasions.clashes(occasion) == [occasions.Clash(other, False, (host,))]


@pytest.mark.parametrize("count", [1, 3])
def test_clashes_query_count_does_not_grow(django_assert_num_queries, count):
    host = make_organisation()
    occasion = make_occasion(event=make_event(organiser=host))
    for _ in range(count):
        make_occasion(event=make_event(hosts=[host, make_organisation()]))

    with django_assert_num_queries(3):  # our hosts, the overlapping, their hosts
        assert len(occasions.clashes(occasion)) == count
