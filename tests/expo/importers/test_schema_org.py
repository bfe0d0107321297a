import copy

import pytest
from django.utils import timezone

from expo.importers import base, schema_org
from expo.importers.lookup import Names
from expo.importers.reading import Unreadable
from expo.models import Event, Occasion, Venue
from tests.builders import make_organisation
from tests.expo.builders import make_access_feature, make_expo, make_venue
from tests.expo.importers.recorded import SCHEMA_ORG

pytestmark = pytest.mark.django_db


@pytest.fixture
def expo(db):
    make_organisation(slug="testforvaltningen", name_sv="Testförvaltningen")
    make_access_feature(slug="step-free", aliases=["Elevator/ramp"])
    return make_expo(slug="h22")


@pytest.fixture
def data():
    return copy.deepcopy(SCHEMA_ORG)


def run(data):
    programme = schema_org.parse(data, expo="h22", names=Names.held())
    proposed = base.plan(base.with_kept_addresses(programme))
    base.apply(proposed, source=schema_org.NAME)
    return proposed


def when() -> list[tuple[str, str]]:
    rows = Occasion.objects.order_by("starts_at")
    return [(f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M}", row.status) for row in rows]


def test_schema_org_events_of_one_address_are_occasions_of_one(expo, data):
    proposed = run(data)

    event = Event.objects.get()
    assert proposed.problems == []
    assert (event.slug, event.lead_sv) == ("bygg-din-stad", "Kom och bygg.")
    assert (event.min_age, event.max_age, event.price_sek) == (10, 12, 80)
    assert (event.attendance, event.online_url) == ("both", "https://x.test/live")
    assert event.organiser.slug == "testforvaltningen"
    assert [row.slug for row in event.access_features.all()] == ["step-free"]
    # The second has no offset: it is Stockholm's time.
    assert when() == [("2022-06-01 10:00", "scheduled"), ("2022-06-02 10:00", "moved")]
    assert Occasion.objects.earliest("starts_at").capacity == 25


def test_schema_org_twice_changes_nothing(expo, data):
    run(data)

    again = run(data)

    assert {name: count for name, count in again.totals.items() if count} == {"unchanged": 3}


def test_schema_org_occasion_is_known_by_its_id_when_it_moves(expo, data):
    run(data)
    first = Occasion.objects.earliest("starts_at")
    data["@graph"][1] |= {
        "startDate": "2022-06-05T18:00:00+02:00",
        "endDate": "2022-06-05T19:00:00+02:00",
    }

    run(data)

    moved = Occasion.objects.get(pk=first.pk)
    assert moved.uid == first.uid
    assert moved.sequence == 1
    assert when() == [("2022-06-02 10:00", "moved"), ("2022-06-05 18:00", "scheduled")]


def test_schema_org_place_that_we_have_is_used(expo, data):
    venue = make_venue(slug="torget", name_en="TESTTORGET")

    run(data)

    assert Venue.objects.count() == 1
    assert {row.venue for row in Occasion.objects.all()} == {venue}


def test_schema_org_free_event_costs_nothing(expo, data):
    data["@graph"][1]["isAccessibleForFree"] = True

    run(data)

    assert Event.objects.get().price_sek == 0


@pytest.mark.parametrize(
    ("node", "titles"),
    [
        ({"@type": "Event", "name": "En", "startDate": "2022-06-01T10:00"}, ["En"]),
        ([{"@type": "MusicEvent", "name": {"@value": "Två"}}], ["Två"]),
        (
            {
                "@type": "schema:Event",
                "name": [
                    {"@value": "Three", "@language": "en"},
                    {"@value": "Tre", "@language": "sv"},
                ],
            },
            ["Tre"],
        ),
    ],
    ids=["one", "a list", "languages"],
)
def test_schema_org_is_read_in_its_many_forms(node, titles):
    programme = schema_org.parse(node, expo="h22", names=Names())

    assert [row.title_sv for row in programme.rows] == titles


@pytest.mark.parametrize("data", [None, 7, "text", [], {"@type": "Organization"}, {"@graph": [7]}])
def test_schema_org_without_events_is_unreadable(data):
    with pytest.raises(Unreadable, match="no schema.org Event"):
        schema_org.parse(data, expo="h22", names=Names())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "event 1: it has no name, and is left out"),
        ({"startDate": None}, "event 1: startDate is missing"),
        ({"startDate": 2022}, "event 1: startDate is missing"),
        (
            {"startDate": "9999-01-01"},
            "event 1: startDate can't be '9999-01-01': a time is written 2022-06-01 10:00",
        ),
        (
            {"eventStatus": "EventPostponed"},
            "event 1: eventStatus can't be 'EventPostponed': "
            "EventScheduled, EventRescheduled, EventCancelled can",
        ),
        (
            {"location": {"@type": "Place", "name": "X", "latitude": "norr", "longitude": 12}},
            "event 1: latitude can't be 'norr': degrees between -90 and 90 are",
        ),
        ({"organizer": "Okända"}, "event 1: the catalogue has no organisation 'Okända'"),
    ],
)
def test_schema_org_that_is_wrong_gets_a_sentence(change, sentence):
    node = {"@type": "Event", "name": "Bygg", "startDate": "2022-06-01T10:00"}

    programme = schema_org.parse(node | change, expo="h22", names=Names())

    assert programme.problems == [sentence]
