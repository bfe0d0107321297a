"""schedule.json and schedule.xml by the rules of the formats (c3voc.de/wiki/schedule)."""

import json
import re
from datetime import date, datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.utils import translation

from expo.choices import Attendance, OccasionKind, OccasionStatus
from expo.feed_rows import rows
from expo.models import Expo, Occasion
from expo.schedule_formats import RELATIONS, acronym, as_json, as_xml, schedule, track_slug
from tests.builders import make_organisation
from tests.expo.builders import at, make_event, make_expo, make_occasion, make_theme, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def swedish():
    with translation.override("sv"):
        yield


@pytest.fixture
def expo():
    return make_expo(slug="h22-2022")


def content(expo, day=None) -> dict:
    return schedule(expo, rows(Occasion.objects.all(), *RELATIONS), day)


def conference(expo) -> dict:
    return json.loads(as_json(content(expo)))["schedule"]["conference"]


def events(expo) -> list[dict]:
    rooms = [room for day in conference(expo)["days"] for room in day["rooms"].values()]
    return [event for room in rooms for event in room]


def only(expo) -> dict:
    (event,) = events(expo)
    return event


# ── The rules ─────────────────────────────────────────────────────────────────
DURATION, CLOCK = re.compile(r"\d\d:\d\d"), re.compile(r"[0-2]\d:[0-5]\d")
SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
NEEDED = {
    *("id", "guid", "date", "start", "duration", "room", "slug", "url", "title", "subtitle"),
    *("track", "type", "language", "abstract", "persons", "links"),
}


@pytest.fixture
def full(expo):
    """Two days with all kinds of occasions."""
    theme = make_theme(slug="1-hav")
    organiser = make_organisation()
    event = make_event(
        expo=expo, theme=theme, organiser=organiser, languages=["sv", "en"], text_sv="<p>Mer.</p>"
    )
    venue = make_venue(name_sv="Kajen & bryggan")
    make_occasion(event=event, venue=venue)
    make_occasion(event=event, venue=venue, starts_at=at("2022-06-01 22:00"), ends_at=None)
    make_occasion(event=event, venue=None, starts_at=at("2022-06-02 09:00"))
    make_occasion(event=event, kind=OccasionKind.DROP_IN, visit_minutes=10)
    make_occasion(event=event, starts_at=None)
    online = make_event(expo=expo, attendance=Attendance.ONLINE, online_url="https://example.org/")
    make_occasion(event=online)
    return expo


def test_json_keeps_the_rules(full):
    found = events(full)

    assert re.fullmatch(r"[a-z0-9_-][a-z0-9_]{3,}", conference(full)["acronym"])
    assert len({event["id"] for event in found}) == len({event["guid"] for event in found}) == 5
    assert len({event["slug"] for event in found}) == 5
    for event in found:
        assert NEEDED - event.keys() == set()
        assert event["id"] > 0
        assert str(UUID(event["guid"])) == event["guid"]
        assert DURATION.fullmatch(event["duration"])
        assert CLOCK.fullmatch(event["start"])
        assert SLUG.fullmatch(event["slug"])
        assert datetime.fromisoformat(event["date"]).utcoffset() == timedelta(hours=2)
        assert event["url"].startswith("http")


def test_rooms_and_tracks_of_the_whole_are_those_of_the_events(full):
    found = conference(full)

    assert {room["name"] for room in found["rooms"]} == {event["room"] for event in events(full)}
    assert [str(UUID(room["guid"])) for room in found["rooms"]]
    assert [track["slug"] for track in found["tracks"]] == ["track-1-hav"]
    assert {track["name"] for track in found["tracks"]} == {
        event["track"] for event in events(full) if event["track"]
    }


def test_days_hold_their_events_and_follow_each_other(full):
    days = conference(full)["days"]

    assert [day["index"] for day in days] == list(range(1, 36))
    assert [day["day_end"] for day in days[:-1]] == [day["day_start"] for day in days[1:]]
    for day in days:
        for event in (event for room in day["rooms"].values() for event in room):
            assert day["day_start"] <= event["date"] < day["day_end"]


def test_xml_has_its_elements_in_the_order_of_the_format(full):
    root = ElementTree.fromstring(as_xml(content(full)))

    assert [child.tag for child in root][:3] == ["generator", "version", "conference"]
    assert {child.tag for child in root[3:]} == {"day"}
    assert [child.tag for child in root.find("conference")] == [
        *("acronym", "title", "start", "end", "days"),
        *("timeslot_duration", "base_url", "time_zone_name", "track"),
    ]


def test_xml_says_the_same_as_json(full):
    root = ElementTree.fromstring(as_xml(content(full)))

    told = {
        event.get("id"): {child.tag: child.text or "" for child in event}
        for event in root.findall("day/room/event")
    }
    for event in events(full):
        same = told[str(event["id"])]
        for name in NEEDED - {"id", "guid", "persons", "links"}:
            assert same[name] == event[name]
    assert [room.get("name") for room in root.findall("day[@index='3']/room")] == [
        *conference(full)["days"][2]["rooms"]
    ]


def test_xml_can_be_read_whatever_a_text_holds(expo):
    title = 'Ett <b> & "två"\x00\x0b\x1f ]]> ￾'
    make_occasion(event=make_event(expo=expo, title_sv=title.replace("\x00", "")))

    root = ElementTree.fromstring(as_xml(content(expo)))

    assert root.findtext("day/room/event/title") == 'Ett <b> & "två" ]]> '


# ── What is told ──────────────────────────────────────────────────────────────
def test_drop_in_lasts_as_long_as_it_is_open(expo):
    make_occasion(event=make_event(expo=expo), kind=OccasionKind.DROP_IN, visit_minutes=10)

    assert only(expo)["duration"] == "06:00"


def test_unknown_end_is_an_hour(expo):
    make_occasion(event=make_event(expo=expo), ends_at=None)

    assert only(expo)["duration"] == "01:00"


def test_longest_duration_has_two_figures_for_hours(expo):
    make_occasion(event=make_event(expo=expo), ends_at=at("2022-06-20 10:00"))

    assert only(expo)["duration"] == "99:59"


def test_evening_past_midnight_stands_on_the_day_that_it_begins(expo):
    make_occasion(
        event=make_event(expo=expo),
        starts_at=at("2022-06-01 23:00"),
        ends_at=at("2022-06-02 01:30"),
    )

    (day,) = [day for day in conference(expo)["days"] if day["rooms"]]
    assert day["date"] == "2022-06-01"
    assert only(expo)["duration"] == "02:30"


def test_day_of_the_change_of_summer_time_is_25_hours(expo):
    winter = make_expo(starts_on=date(2022, 10, 30), ends_on=date(2022, 10, 30))

    (day,) = schedule(winter, [])["schedule"]["conference"]["days"]

    assert (day["day_start"], day["day_end"]) == (
        "2022-10-30T00:00:00+02:00",
        "2022-10-31T00:00:00+01:00",
    )


def test_cancelled_occasion_says_so(expo):
    event = make_event(expo=expo, title_en="Sailing")
    make_occasion(
        event=event, status=OccasionStatus.CANCELLED, reason_sv="Storm.", reason_en="A gale."
    )

    with translation.override("en"):
        told = only(expo)

    assert (told["title"], told["subtitle"]) == ("Cancelled: Sailing", "A gale.")


def test_unknown_venue_is_a_room_of_its_own(expo):
    make_occasion(event=make_event(expo=expo), venue=None)

    with translation.override("en"):
        assert only(expo)["room"] == "Venue not known"


def test_occasion_outside_the_days_of_the_expo_has_a_day(expo):
    make_occasion(event=make_event(expo=expo), starts_at=at("2022-07-05 10:00"))

    days = conference(expo)["days"]

    assert (len(days), days[-1]["date"], days[-1]["index"]) == (36, "2022-07-05", 36)


def test_organisations_that_are_not_shown_are_not_named(expo):
    shown, hidden = make_organisation(), make_organisation(visibility="draft")
    make_occasion(event=make_event(expo=expo, organiser=hidden, hosts=[shown]))

    assert only(expo)["persons"] == [{"id": shown.pk, "public_name": shown.name_sv}]


@pytest.mark.parametrize(
    ("slug", "told"), [("h22-2022", "h22_2022"), ("h22", "expo_h22"), ("2022", "2022")]
)
def test_acronym_has_at_least_four_characters_and_no_hyphen(slug, told):
    assert acronym(Expo(slug=slug)) == told


@pytest.mark.parametrize(
    ("slug", "told"), [("hav", "hav"), ("2030-malen", "track-2030-malen"), ("x", "track-x")]
)
def test_track_begins_with_a_letter(slug, told):
    assert track_slug(slug) == told
