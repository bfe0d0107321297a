"""The invented edition: what it holds, that it is loaded once, and that it moves."""

from collections import Counter
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from expo.demonstration import drawing, moving, writing
from expo.importers import demo
from expo.models import Event, Expo, Occasion, OccasionRevision
from tests.builders import make_initiative, make_organisation
from tests.expo.builders import make_access_feature, make_programme, make_venue

TOPICS = demo.read()["demonstration_topics"]
LOADED_ON = date(2027, 2, 10)
STARTS_ON = date(2027, 3, 8)


@pytest.fixture(scope="module")
def drawn():
    return drawing.draw(TOPICS, STARTS_ON)


def local(moment):
    return timezone.localtime(moment)


# ── What is drawn ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("loaded_on", "monday"),
    [
        (date(2027, 2, 8), date(2027, 3, 1)),  # a Monday, three weeks before a Monday
        (date(2027, 2, 9), date(2027, 3, 8)),
        (date(2027, 2, 14), date(2027, 3, 8)),
    ],
)
def test_first_monday_is_at_least_three_weeks_away(loaded_on, monday):
    assert drawing.first_monday(loaded_on) == monday


def test_drawing_has_700_occasions_on_35_days(drawn):
    days = Counter(one.starts_at.date() for one in drawn)

    assert len(drawn) == 700
    assert sorted(days) == [STARTS_ON + timedelta(days=number) for number in range(35)]
    assert {count for day, count in days.items() if day.weekday() < 5} == {18}
    assert {count for day, count in days.items() if day.weekday() >= 5} == {25}


def test_drawing_shows_every_event_of_the_topics(drawn):
    written = sum(len(topic["events"]) for topic in TOPICS)

    assert len({one.event.slug for one in drawn}) == written == 146


def test_drawing_keeps_to_opening_hours(drawn):
    assert min(one.starts_at.time() for one in drawn) >= time(9)
    assert max(one.ends_at.time() for one in drawn) <= time(21)
    assert all(one.starts_at.date() == one.ends_at.date() for one in drawn)


def test_drawing_has_no_two_at_one_venue_and_time(drawn):
    timed = [one for one in drawn if not one.event.is_drop_in]
    taken = sorted(timed, key=lambda one: (one.venue, one.starts_at))

    overlapping = [
        (first, second)
        for first, second in zip(taken, taken[1:], strict=False)
        if first.venue == second.venue and second.starts_at < first.ends_at
    ]

    assert overlapping == []


def test_drawing_is_the_same_twice(drawn):
    again = drawing.draw(TOPICS, STARTS_ON)

    assert [(one.event.slug, one.venue, one.starts_at) for one in again] == [
        (one.event.slug, one.venue, one.starts_at) for one in drawn
    ]


def test_topics_are_written_in_both_languages():
    texts = [topic[f"lead_{code}"] for topic in TOPICS for code in ("sv", "en")]
    titles = [
        record[f"title_{code}"]
        for topic in TOPICS
        for record in topic["events"]
        for code in ("sv", "en")
    ]

    assert all(texts)
    assert all(titles)
    assert {record["kind"] for topic in TOPICS for record in topic["events"]} == {
        *writing.MANNER_SV
    }
    assert writing.MANNER_SV.keys() == writing.MANNER_EN.keys()


# ── What is stored ────────────────────────────────────────────────────────────
@pytest.fixture
def loaded(db):
    for slug in sorted({slug for topic in TOPICS for slug in topic["venues"]}):
        make_venue(slug=slug)
    make_organisation(slug="nsva")
    make_initiative(slug="recolab")
    for slug in (*drawing.ACCESS, "sign-language"):
        make_access_feature(slug=slug)
    return writing.load(TOPICS, today=LOADED_ON)


def test_load_stores_a_labelled_edition(loaded):
    assert (loaded.starts_on, loaded.ends_on) == (STARTS_ON, date(2027, 4, 11))
    assert loaded.is_example
    assert "emonstration" in loaded.name_sv
    assert "påhittat" in loaded.lead_sv
    assert Occasion.objects.visible().filter(event__expo=loaded).count() == 700


def test_load_moves_and_cancels_some_with_a_reason(loaded):
    told = Occasion.objects.exclude(status="scheduled")

    assert Counter(told.values_list("status", "sequence")) == {
        ("moved", 1): 11,
        ("cancelled", 1): 7,
    }
    assert not told.filter(reason_sv="").exists()
    assert not told.filter(reason_en="").exists()
    assert OccasionRevision.objects.count() == 718


def test_load_links_what_the_catalogue_has(loaded):
    tour = Event.objects.get(slug="demo-water-in-three-pipes-1")

    assert tour.organiser.slug == "nsva"
    assert [row.slug for row in tour.initiatives.all()] == ["recolab"]
    assert Event.objects.filter(access_features__slug="sign-language").exists()


def test_load_twice_changes_nothing(loaded):
    before = list(Occasion.objects.order_by("pk").values())

    again = writing.load(TOPICS, today=date(2030, 1, 1))

    assert again is None
    assert list(Occasion.objects.order_by("pk").values()) == before


def test_load_takes_few_queries(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(330):  # of them some 13 for each moved or cancelled one
        writing.load(TOPICS, today=LOADED_ON)


# ── Moving ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("today", [LOADED_ON, STARTS_ON, date(2027, 4, 11)])
def test_move_waits_until_the_edition_is_over(loaded, today):
    expo, days = moving.move_when_passed(today)

    assert (expo.starts_on, days) == (STARTS_ON, 0)


def test_move_takes_all_occasions_along_at_the_same_hours(loaded):
    before = {
        row.pk: (local(row.starts_at), row.sequence) for row in Occasion.objects.order_by("pk")
    }

    expo, days = moving.move_when_passed(date(2027, 9, 20))

    assert (expo.starts_on, expo.ends_on, days) == (date(2027, 10, 11), date(2027, 11, 14), 217)
    # Over the changes of summer time, in both editions.
    assert {
        row.pk: (local(row.starts_at).replace(tzinfo=None), row.sequence)
        for row in Occasion.objects.order_by("pk")
    } == {
        key: (start.replace(tzinfo=None) + timedelta(days=days), sequence + 1)
        for key, (start, sequence) in before.items()
    }


def test_move_keeps_days_and_hours_together(loaded):
    moving.move_when_passed(date(2027, 9, 20))

    rows = Occasion.objects.all()
    assert [row for row in rows if local(row.starts_at).date() != row.first_day] == []
    assert [row for row in rows if row.first_day != row.last_day] == []


def test_move_takes_planned_visits_along(loaded):
    occasion = Occasion.objects.filter(kind="drop-in").earliest("starts_at")
    programme = make_programme(occasions=[occasion])
    programme.items.update(visit_at=occasion.starts_at)

    _expo, days = moving.move_when_passed(date(2027, 9, 20))

    assert local(programme.items.get().visit_at) == local(occasion.starts_at) + timedelta(days=days)


def test_demo_expo_tells_what_it_did(loaded, capsys):
    with time_machine.travel("2027-04-11 12:00 +0200"):
        call_command("demo_expo")
    with time_machine.travel("2027-04-12 12:00 +0200"):
        call_command("demo_expo")
        call_command("demo_expo")

    assert capsys.readouterr().out.splitlines() == [
        "It lasts until 2027-04-11: nothing to move.",
        "Moved by 56 days: 2027-05-03 to 2027-06-06.",
        "It lasts until 2027-06-06: nothing to move.",
    ]


def test_demo_expo_without_an_edition_says_how_to_get_one(db, capsys):
    call_command("demo_expo")

    assert capsys.readouterr().out == (
        "There is no invented edition: load it with load_demo_expo.\n"
    )
    assert not Expo.objects.exists()
