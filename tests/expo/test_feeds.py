"""The files of the programme as programs ask for them."""

import csv
import json
from datetime import timedelta
from io import StringIO
from itertools import count
from xml.etree import ElementTree

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from expo import conditional
from expo.choices import OccasionStatus
from expo.models import Expo, Occasion
from innovation.choices import Visibility
from innovation.page_cache import Shelf
from tests.builders import make_organisation
from tests.expo.builders import at, make_event, make_expo, make_occasion
from tests.visitor import ask, wsgi

pytestmark = pytest.mark.django_db

EDITION_FILES = [
    "list-calendar",
    "list-table",
    "changes",
    "schedule-xml",
    "schedule-json",
    "schedule-day-xml",
    "schedule-day-json",
    "host-calendar",
    "area-calendar",
    "event-calendar",
]


@pytest.fixture(autouse=True)
def fresh_shelf(monkeypatch):
    monkeypatch.setattr(conditional, "_shelf", Shelf(conditional.MAX_KEPT_BYTES))


@pytest.fixture
def host():
    return make_organisation(slug="vard")


@pytest.fixture
def event(host):
    return make_event(expo=make_expo(slug="massan"), slug="segling", organiser=host)


@pytest.fixture
def occasion(event):
    occasion = make_occasion(event=event)
    area = occasion.venue.area
    area.slug = "hamnen"
    area.save()
    return occasion


def path(name: str, language: str = "sv", **kwargs) -> str:
    known = {"day": "2022-06-01", "slug": SLUGS.get(name)}
    wanted = {"edition": "massan"}
    wanted |= {"day": known["day"]} if "-day-" in name else {}
    wanted |= {"slug": known["slug"]} if known["slug"] else {}
    with translation.override(language):
        return reverse(f"expo:{name}", kwargs=wanted | kwargs)


SLUGS = {"host-calendar": "vard", "area-calendar": "hamnen", "event-calendar": "segling"}


def events_in(response) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(response.content).events


def uids_in(response) -> set[str]:
    return {str(event["UID"]) for event in events_in(response)}


# ── All of them ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", EDITION_FILES)
def test_file_is_the_same_when_it_is_fetched_again(client, occasion, name, monkeypatch):
    first = client.get(path(name))
    monkeypatch.setattr(conditional, "_shelf", Shelf(conditional.MAX_KEPT_BYTES))

    second = client.get(path(name))

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert first["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", EDITION_FILES)
def test_who_has_the_file_is_told_so_without_asking_the_database(
    client, occasion, name, django_assert_num_queries
):
    tag = client.get(path(name))["ETag"]

    with django_assert_num_queries(0):
        response = client.get(path(name), headers={"if-none-match": tag})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("name", EDITION_FILES)
def test_change_is_seen_by_the_next_who_asks(client, occasion, name):
    tag = client.get(path(name))["ETag"]
    occasion.starts_at += timedelta(minutes=30)
    occasion.ends_at += timedelta(minutes=30)
    occasion.save()

    response = client.get(path(name), headers={"if-none-match": tag})

    assert response.status_code == 200


@pytest.mark.parametrize("name", EDITION_FILES)
def test_file_query_count_does_not_grow(client, occasion, host, name):
    other = make_event(expo=occasion.event.expo, hosts=[host])
    make_occasion(event=other)
    client.get(path(name))  # what is loaded once

    counts = []
    for number in (1, 3):
        for _ in range(number):
            make_occasion(event=make_event(expo=occasion.event.expo, hosts=[host]))
            make_occasion(event=occasion.event, venue=occasion.venue, starts_at=next(HOURS))
        with CaptureQueriesContext(connection) as queries:
            client.get(path(name))
        counts.append(len(queries))

    assert counts[0] == counts[1] > 0


HOURS = (at("2022-06-01 12:00") + timedelta(minutes=number) for number in count())


@pytest.mark.parametrize("name", EDITION_FILES)
def test_file_of_a_hidden_expo_is_not_there(client, occasion, name):
    expo = occasion.event.expo
    expo.visibility = Visibility.DRAFT
    expo.save()

    assert client.get(path(name)).status_code == 404


@pytest.mark.parametrize("name", EDITION_FILES)
def test_old_address_of_an_expo_leads_to_the_new_one(client, occasion, name):
    expo = occasion.event.expo
    expo.slug = "nya-massan"
    expo.save()

    response = client.get(path(name))

    assert (response.status_code, response["Location"]) == (301, path(name, edition="nya-massan"))


@pytest.mark.parametrize("name", EDITION_FILES)
def test_kept_pages_leave_files_to_themselves(occasion, name):
    first = ask(wsgi.application, path(name))

    again = ask(wsgi.application, path(name), If_None_Match=f'"x", W/{first.headers["etag"]}')

    assert (first.status, again.status, again.sent) == (200, 304, b"")


@pytest.mark.parametrize("name", ["host-calendar", "area-calendar", "event-calendar"])
def test_calendar_of_nothing_is_not_there(client, occasion, name):
    assert client.get(path(name, slug="okand")).status_code == 404


# ── Calendars ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["host-calendar", "area-calendar", "event-calendar"])
def test_calendar_holds_its_own_occasions_alone(client, occasion, name):
    make_occasion(event=make_event(expo=occasion.event.expo))

    assert uids_in(client.get(path(name))) == {str(occasion.uid)}


def test_calendar_of_the_list_holds_what_the_list_shows(client, occasion):
    other = make_occasion(event=make_event(expo=occasion.event.expo))
    make_occasion()  # of another expo

    everything = client.get(path("list-calendar"))
    narrowed = client.get(f"{path('list-calendar')}?area=hamnen")

    assert uids_in(everything) == {str(occasion.uid), str(other.uid)}
    assert uids_in(narrowed) == {str(occasion.uid)}


def test_calendar_says_where_it_was_fetched_the_same_way_for_every_spelling(client, occasion):
    address = f"{path('list-calendar')}?area=hamnen"

    bodies = [
        client.get(f"{path('list-calendar')}{query}").content
        for query in (
            "?area=hamnen",
            "?utm_source=x&area=hamnen&view=map",
            "?area=hamnen&area=hamnen",
        )
    ]

    assert len(set(bodies)) == 1
    calendar = icalendar.Calendar.from_ical(bodies[0])
    assert calendar["SOURCE"].endswith(address)


def test_calendar_has_the_language_of_its_address(client, occasion):
    found = [events_in(client.get(path("event-calendar", code)))[0] for code in ("sv", "en")]

    assert [str(entry["SUMMARY"]) for entry in found] == [
        occasion.event.title_sv,
        occasion.event.title_en,
    ]
    assert len({str(entry["UID"]) for entry in found}) == 1


@pytest.mark.parametrize(
    ("alarm", "alarms"),
    [("30", 1), ("0", 1), ("", 0), ("x", 0), ("-5", 0), ("99999", 0), ("٣", 0), ("3" * 5000, 0)],
)
def test_alarm_is_only_for_who_asks_for_minutes(client, occasion, alarm, alarms):
    response = client.get(path("event-calendar"), {"alarm": alarm})

    assert response.content.count(b"BEGIN:VALARM") == alarms


def test_cancelled_occasion_stays_until_its_day_is_past(client, occasion, time_machine):
    Occasion.objects.update(status=OccasionStatus.CANCELLED, reason_sv="Storm.")

    statuses = []
    for moment in ("2022-06-01 23:59", "2022-06-02 00:01"):
        time_machine.move_to(at(moment), tick=False)
        found = events_in(client.get(path("event-calendar")))
        statuses.append([str(entry["STATUS"]) for entry in found])

    assert statuses == [["CANCELLED"], []]


@pytest.mark.parametrize(
    ("name", "told"),
    [("City Expo", "City Expo (demonstration)"), ("Demonstration: expo", "Demonstration: expo")],
)
def test_demonstration_says_so_in_its_name_once(client, occasion, name, told):
    Expo.objects.update(is_example=True, name_en=name)

    calendar = icalendar.Calendar.from_ical(client.get(path("list-calendar", "en")).content)

    assert calendar["NAME"] == told


# ── Tables and feeds ──────────────────────────────────────────────────────────
def test_table_holds_what_the_list_shows(client, occasion):
    make_occasion(event=make_event(expo=occasion.event.expo))

    response = client.get(f"{path('list-table')}?area=hamnen")

    (row,) = csv.DictReader(StringIO(response.content.decode("utf-8-sig")))
    assert row["uid"] == str(occasion.uid)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="massan.csv"'


def test_changes_are_a_feed(client, occasion):
    Occasion.objects.update(status=OccasionStatus.CANCELLED, reason_sv="Storm.")

    response = client.get(path("changes"))

    feed = ElementTree.fromstring(response.content)
    assert len(feed.findall("{*}entry")) == 1
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_schedule_of_a_day_holds_that_day_alone(client, occasion):
    make_occasion(event=occasion.event, starts_at=at("2022-06-02 10:00"))

    whole = json.loads(client.get(path("schedule-json")).content)
    day = json.loads(client.get(path("schedule-day-json")).content)

    (only,) = day["schedule"]["conference"]["days"]
    assert only == whole["schedule"]["conference"]["days"][2]
    assert len(whole["schedule"]["conference"]["days"]) == 35


def test_schedule_as_xml_holds_the_same_occasions(client, occasion):
    response = client.get(path("schedule-xml"))

    found = ElementTree.fromstring(response.content).findall("day/room/event")
    assert [event.get("guid") for event in found] == [str(occasion.uid)]
    assert response["Content-Type"] == "application/xml; charset=utf-8"


@pytest.mark.parametrize(
    "day", ["2022-05-29", "2022-07-04", "20220601", "2022-6-1", "idag", "x" * 999]
)
def test_day_that_is_none_of_the_expo_is_not_there(client, occasion, day):
    assert client.get(path("schedule-day-xml", day=day)).status_code == 404


def test_times_of_the_answers_do_not_depend_on_the_clock(client, occasion, time_machine):
    time_machine.move_to(at("2022-05-20 08:00"), tick=False)
    first = client.get(path("list-calendar")).content
    time_machine.move_to(timezone.now() + timedelta(days=1), tick=False)

    assert client.get(path("list-calendar")).content == first
