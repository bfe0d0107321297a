"""What search engines are told of an event."""

import json
import re
from datetime import date

import pytest
from django.utils import translation

from expo import structured_data
from expo.choices import Attendance, OccasionKind, OccasionStatus
from expo.moves import moved_from
from expo.templatetags.expo import json_ld
from tests.builders import make_organisation
from tests.expo.builders import at, make_audience, make_event, make_occasion, make_venue

pytestmark = pytest.mark.django_db


def blocks(event) -> list[dict]:
    occasions = list(event.occasions.for_lists())
    with translation.override("en"):
        return structured_data.of_event(event, occasions, moved_from(occasions))


def block(**fields) -> dict:
    """Of an event with one occasion; what begins with `event__` goes to the event."""
    of_event = {key.removeprefix("event__"): value for key, value in fields.items()
                if key.startswith("event__")}  # fmt: skip
    of_occasion = {key: value for key, value in fields.items() if "event__" not in key}
    event = make_event(**of_event)
    make_occasion(event=event, **of_occasion)
    (found,) = blocks(event)
    return found


def test_block_holds_what_search_engines_require_and_the_offset_of_the_day():
    venue = make_venue(name_en="The square", street_address="Torget 1")

    found = block(venue=venue, event__title_en="Harbour day", starts_at=at("2022-06-01 10:00"))

    assert found["@type"] == "Event"
    assert found["name"] == "Harbour day"
    assert found["startDate"] == "2022-06-01T10:00:00+02:00"
    assert found["endDate"] == "2022-06-01T11:00:00+02:00"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["location"]["name"] == "The square"
    assert found["location"]["address"]["streetAddress"] == "Torget 1"
    assert found["location"]["geo"]["latitude"] == 56.0464
    assert block(starts_at=at("2022-01-01 10:00"))["startDate"] == "2022-01-01T10:00:00+01:00"


def test_drop_in_and_what_nobody_knows_the_hour_of_are_no_events():
    event = make_event()
    make_occasion(event=event, kind=OccasionKind.DROP_IN)
    make_occasion(event=event, starts_at=None, first_day=date(2022, 6, 2))

    assert blocks(event) == []


def test_cancelled_occasion_is_told_of_as_cancelled():
    found = block(status=OccasionStatus.CANCELLED, reason_sv="Regn.")

    assert found["eventStatus"] == "https://schema.org/EventCancelled"
    assert "previousStartDate" not in found


def test_moved_occasion_tells_when_it_would_have_begun():
    event = make_event()
    occasion = make_occasion(event=event, starts_at=at("2022-06-01 10:00"))
    for hour in (13, 15):
        occasion.starts_at = at(f"2022-06-01 {hour}:00")
        occasion.ends_at, occasion.status = at("2022-06-01 16:00"), OccasionStatus.MOVED
        occasion.save()

    (found,) = blocks(event)

    assert found["eventStatus"] == "https://schema.org/EventRescheduled"
    assert found["previousStartDate"] == "2022-06-01T13:00:00+02:00"


@pytest.mark.parametrize(
    ("attendance", "mode", "places"),
    [
        (Attendance.IN_PLACE, "OfflineEventAttendanceMode", ["Place"]),
        (Attendance.ONLINE, "OnlineEventAttendanceMode", ["VirtualLocation"]),
        (Attendance.BOTH, "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_block_tells_how_to_take_part(attendance, mode, places):
    found = block(event__attendance=attendance, event__online_url="https://example.org/direkt")

    location = found["location"] if isinstance(found["location"], list) else [found["location"]]
    assert found["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [place["@type"] for place in location] == places
    assert {place.get("url", "https://example.org/direkt") for place in location} == {
        "https://example.org/direkt"
    }


def test_event_without_a_known_venue_takes_place_in_the_city(settings):
    assert block(venue=None)["location"]["name"] == settings.CITY_NAME


@pytest.mark.parametrize(
    ("price", "is_free", "offered"), [(0, True, 0), (120, False, 120), (None, None, None)]
)
def test_price_is_told_when_it_is_known(price, is_free, offered):
    found = block(event__price_sek=price)

    assert found.get("isAccessibleForFree") == is_free
    assert found.get("offers", {}).get("price") == offered


@pytest.mark.parametrize(
    ("taken", "availability"),
    [(0, "https://schema.org/InStock"), (10, "https://schema.org/SoldOut")],
)
def test_offer_of_a_full_occasion_is_sold_out(taken, availability):
    found = block(event__price_sek=0, capacity=10, seats_taken=taken)

    assert found["offers"]["availability"] == availability
    assert found["remainingAttendeeCapacity"] == 10 - taken


@pytest.mark.parametrize(
    ("youngest", "oldest", "span"), [(6, 12, "6-12"), (6, None, "6-"), (None, 12, "0-12")]
)
def test_ages_are_a_span(youngest, oldest, span):
    assert block(event__min_age=youngest, event__max_age=oldest)["typicalAgeRange"] == span


def test_block_names_organiser_audience_and_languages():
    organiser = make_organisation(name_en="The Library", website="https://example.org/")

    found = block(
        event__organiser=organiser,
        event__audiences=[make_audience(name_en="Families")],
        event__languages=["sv", "swl"],
    )

    assert found["organizer"] == {
        "@type": "Organization", "name": "The Library", "url": "https://example.org/"
    }  # fmt: skip
    assert found["audience"]["audienceType"] == "Families"
    assert found["inLanguage"] == ["sv", "swl"]


def test_organiser_that_is_not_public_is_not_named():
    assert "organizer" not in block(event__organiser=make_organisation(visibility="draft"))


def test_what_nobody_has_said_is_left_out():
    found = block(event__lead_sv="", event__lead_en="")

    assert {"description", "typicalAgeRange", "audience", "offers", "inLanguage"} & {
        *found
    } == set()


def test_data_block_can_not_be_ended_by_a_text():
    html = json_ld({"name": "</script><b>&"})

    assert html.count("<") == 2  # the block's own beginning and end
    assert json.loads(re.search(">(.*)<", html)[1]) == {"name": "</script><b>&"}


def test_breadcrumb_counts_from_the_top_and_ends_with_the_page(settings):
    data = structured_data.breadcrumb([("Expo", "/en/expo/")], "Areas")

    assert data["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "name": "Expo",
            "item": f"{settings.SITE_URL}/en/expo/",
        },
        {"@type": "ListItem", "position": 2, "name": "Areas"},
    ]
