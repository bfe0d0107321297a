"""The page of one event, and what an initiative's page shows of its events."""

import re
from datetime import date

import pytest
from django.utils import translation

from expo.choices import Attendance, BookingKind, OccasionKind, OccasionStatus
from expo.initiative_events import events_of_initiative
from innovation.choices import Visibility
from tests.builders import make_initiative, make_organisation
from tests.expo.builders import (
    at,
    make_access_feature,
    make_event,
    make_expo,
    make_occasion,
    make_venue,
)
from tests.expo.test_pages import html_of, path_of, text_of

pytestmark = pytest.mark.django_db

NOW = "2022-06-01 12:00+02:00"


@pytest.fixture(autouse=True)
def _june(time_machine):
    time_machine.move_to(NOW)


def text_of_event(client, event) -> str:
    return text_of(html_of(client, path_of(event)))


# ── When and where ────────────────────────────────────────────────────────────
def test_past_occasions_are_folded_and_those_ahead_are_not(client):
    event = make_event()
    for day in ("2022-05-30", "2022-05-31", "2022-06-02"):
        make_occasion(event=event, starts_at=at(f"{day} 10:00"))

    html = html_of(client, path_of(event))

    ahead, folded = html.split("<details", 1)
    assert re.findall(r'<time datetime="([\d-]+)"', ahead) == ["2022-06-02"]
    folded = folded[: folded.index("</details>")]
    assert re.findall(r'<time datetime="([\d-]+)"', folded) == ["2022-05-30", "2022-05-31"]
    assert "2 occasions that have passed" in folded


def test_past_occasions_lie_open_when_nothing_is_ahead(client):
    event = make_event()
    make_occasion(event=event, starts_at=at("2022-05-30 10:00"))

    html = html_of(client, path_of(event))

    assert '<details class="event-past" open>' in html
    assert "All occasions have passed." in html


def test_occasion_of_today_without_hours_is_not_over(client):
    event = make_event()
    make_occasion(event=event, starts_at=None, first_day=date(2022, 6, 1), venue=None)

    text = text_of_event(client, event)

    assert "Wednesday 1 June 2022 Time not known" in text
    assert "Venue not known" in text


def test_event_without_occasions_says_that_the_day_is_not_known(client):
    assert "The day is not known." in text_of_event(client, make_event())


def test_cancelled_occasion_says_so_and_why(client):
    event = make_event()
    make_occasion(
        event=event,
        starts_at=at("2022-06-02 10:00"),
        status=OccasionStatus.CANCELLED,
        reason_sv="Regn.",
        reason_en="Rain.",
    )

    assert "Cancelled: Rain." in text_of_event(client, event)


def test_moved_occasion_tells_from_when_and_where(client):
    event = make_event()
    old, new = make_venue(name_en="Old place"), make_venue(name_en="New place")
    occasion = make_occasion(event=event, venue=old, starts_at=at("2022-06-02 10:00"))
    occasion.starts_at, occasion.ends_at = at("2022-06-03 13:00"), at("2022-06-03 14:00")
    occasion.venue, occasion.status = new, OccasionStatus.MOVED
    occasion.save()

    text = text_of_event(client, event)

    assert "Friday 3 June 2022 13:00–14:00" in text
    assert "Moved from Thursday 2 June, 10:00–11:00, Old place" in text


def test_occasion_that_was_entered_as_moved_tells_of_no_other_time(client):
    event = make_event()
    make_occasion(event=event, starts_at=at("2022-06-02 10:00"), status=OccasionStatus.MOVED)

    assert "Moved from" not in text_of_event(client, event)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capacity": 20, "seats_held": 3, "seats_taken": 5}, "12 seats left"),
        ({"capacity": 20, "seats_taken": 19}, "1 seat left"),
        ({"capacity": 5, "seats_taken": 5}, "No seats left"),
        ({"smallest_group": 5, "largest_group": 30}, "Groups of 5–30."),
        ({"largest_group": 30}, "Groups of at most 30."),
        (
            {"kind": OccasionKind.DROP_IN, "visit_minutes": 20},
            "Drop in whenever you like; a visit takes about 20 minutes.",
        ),
    ],
)
def test_occasion_tells_of_seats_groups_and_visits(client, fields, words):
    event = make_event()
    make_occasion(event=event, starts_at=at("2022-06-02 10:00"), **fields)

    assert words in text_of_event(client, event)


def test_occasion_with_room_for_all_tells_of_no_seats(client):
    event = make_event()
    make_occasion(event=event, starts_at=at("2022-06-02 10:00"))

    assert "left" not in text_of_event(client, event)


# ── Taking part ───────────────────────────────────────────────────────────────
BOOKING = {"booking_url": "https://www.tickets.example/1", "booking_kind": BookingKind.BUY}


def test_booking_leads_to_the_other_system_by_its_kind(client):
    event = make_event(**BOOKING)
    make_occasion(event=event, starts_at=at("2022-06-02 10:00"))

    text = text_of_event(client, event)

    assert "Buy tickets Leads to tickets.example, which is not ours." in text


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": at("2022-05-30 10:00")},
        {
            "starts_at": at("2022-06-02 10:00"),
            "status": OccasionStatus.CANCELLED,
            "reason_sv": "Regn.",
        },
    ],
)
def test_what_is_over_or_cancelled_can_not_be_booked(client, fields):
    event = make_event(**BOOKING)
    make_occasion(event=event, **fields)

    assert "Buy tickets" not in text_of_event(client, event)


@pytest.mark.parametrize(
    ("attendance", "is_linked"),
    [(Attendance.ONLINE, True), (Attendance.BOTH, True), (Attendance.IN_PLACE, False)],
)
def test_link_to_take_part_is_for_what_is_online(client, attendance, is_linked):
    event = make_event(attendance=attendance, online_url="https://example.org/live")
    make_occasion(event=event, starts_at=at("2022-06-02 10:00"))

    assert ("https://example.org/live" in html_of(client, path_of(event))) == is_linked


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"price_sek": 0}, "Price Free of charge"),
        ({"price_sek": 120, "price_note_en": "Children free."}, "Price SEK 120 Children free."),
        ({"min_age": 6, "max_age": 12}, "Age 6–12 years"),
        ({"languages": ["sv", "ar"]}, "Language Swedish, Arabic"),
    ],
)
def test_facts_are_told_when_they_are_known(client, fields, words):
    assert words in text_of_event(client, make_event(**fields))
    assert words.split()[0] not in text_of_event(client, make_event()).split()


def test_access_of_the_event_and_of_the_venue_are_told_apart(client):
    event = make_event(access_features=[make_access_feature(name_en="Sign language")])
    venue = make_venue(name_en="The hall", access_features=[make_access_feature(name_en="Lift")])
    make_occasion(event=event, venue=venue)

    assert "At this event: Sign language At The hall: Lift" in text_of_event(client, event)


def test_access_that_nobody_has_told_of_is_said_to_be_unknown(client):
    assert "Access Not known. Ask the host before you go." in text_of_event(client, make_event())


def test_organisations_that_are_not_public_are_not_named(client):
    event = make_event(
        organiser=make_organisation(name_en="Hidden one", visibility="draft"),
        hosts=[make_organisation(name_en="Hidden two", visibility="draft")],
    )

    assert "Hidden" not in html_of(client, path_of(event))


def test_whole_and_parts_lead_to_each_other_when_they_are_public(client):
    expo = make_expo()
    whole = make_event(expo=expo, title_en="The festival")
    part = make_event(expo=expo, part_of=whole, title_en="The concert")
    make_event(expo=expo, part_of=whole, title_en="The secret", visibility=Visibility.DRAFT)

    assert f'href="{path_of(part)}"' in html_of(client, path_of(whole))
    assert "The secret" not in html_of(client, path_of(whole))
    assert f'href="{path_of(whole)}"' in html_of(client, path_of(part))


def test_concluded_values_are_marked(client):
    event = make_event(min_age=6, inferred_fields=["min_age"])
    make_occasion(event=event, inferred_fields=["first_day"])

    html = html_of(client, path_of(event))

    assert html.count(">concluded by us</a>") == 2
    assert (
        "No source states the following; we have concluded it from the rest: the day, the ages."
    ) in text_of(html)


def test_query_count_of_an_event_does_not_grow(client, django_assert_max_num_queries):
    counts = []
    for number in (1, 4):
        event = make_event(
            expo=make_expo(),
            hosts=[make_organisation() for _ in range(number)],
            initiatives=[make_initiative() for _ in range(number)],
        )
        for hour in range(number):
            make_occasion(
                event=event,
                venue=make_venue(access_features=[make_access_feature()]),
                starts_at=at(f"2022-06-02 1{hour}:00"),
            )
        with django_assert_max_num_queries(15) as queries:
            html_of(client, path_of(event))
        counts.append(len(queries))

    assert counts[0] == counts[1]


# ── On an initiative's page ───────────────────────────────────────────────────
def test_initiative_shows_what_is_next_first_and_then_what_was(client):
    initiative, expo = make_initiative(), make_expo(name_en="City Expo")
    days = {"Past": "2022-05-30", "Later": "2022-06-20", "Soon": "2022-06-02"}
    for title, day in days.items():
        event = make_event(expo=expo, title_en=title, initiatives=[initiative])
        make_occasion(event=event, starts_at=at(f"{day} 10:00"))

    text = text_of(html_of(client, path_of(initiative)))

    assert (
        "At the expo Soon City Expo Thursday 2 June 2022, 10:00–11:00 "
        "Later City Expo Monday 20 June 2022, 10:00–11:00 "
        "Past City Expo Was shown 30 May 2022"
    ) in text


def test_initiative_tells_how_many_times_more(client):
    initiative = make_initiative()
    event = make_event(initiatives=[initiative])
    for day in (2, 3, 4):
        make_occasion(event=event, starts_at=at(f"2022-06-0{day} 10:00"))

    assert "10:00–11:00 and 2 more times" in text_of(html_of(client, path_of(initiative)))


def test_initiative_claims_no_day_that_was_concluded():
    initiative = make_initiative()
    event = make_event(initiatives=[initiative])
    make_occasion(
        event=event,
        starts_at=None,
        first_day=date(2022, 5, 1),
        last_day=date(2022, 5, 30),
        inferred_fields=["first_day"],
    )

    (shown,) = events_of_initiative(initiative).past

    assert (shown.first_day, shown.last_day) == (None, None)


def test_initiative_tells_of_a_demonstration_apart_and_says_what_it_is(client):
    initiative = make_initiative()
    real = make_event(initiatives=[initiative])
    invented = make_event(
        expo=make_expo(is_example=True), is_example=True, initiatives=[initiative]
    )

    found = events_of_initiative(initiative)

    assert [shown.event for shown in found.past] == [real]
    assert [shown.event for shown in found.invented] == [invented]
    html = html_of(client, path_of(initiative))
    assert (
        html.index(path_of(real))
        < html.index("An invented programme")
        < html.index(path_of(invented))
    )


def test_initiative_shows_no_event_that_is_not_public(client):
    initiative = make_initiative()
    make_event(initiatives=[initiative], visibility=Visibility.DRAFT)
    make_event(initiatives=[initiative], expo=make_expo(visibility=Visibility.DRAFT))

    assert not events_of_initiative(initiative)
    with translation.override("en"):
        assert "At the expo" not in html_of(client, path_of(initiative))


@pytest.mark.parametrize("count", [1, 4])
def test_events_of_an_initiative_take_two_queries(django_assert_num_queries, count):
    initiative = make_initiative()
    for _ in range(count):
        make_occasion(event=make_event(initiatives=[initiative]))
    events_of_initiative(initiative)  # which initiatives have events is known from here on

    with django_assert_num_queries(2):
        assert len(events_of_initiative(initiative).past) == count


def test_initiative_without_events_asks_nothing_once_that_is_known(django_assert_num_queries):
    initiative = make_initiative()
    make_event(initiatives=[make_initiative()])
    events_of_initiative(initiative)

    with django_assert_num_queries(0):
        assert not events_of_initiative(initiative)
