import copy
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from expo.importers import base, city_events
from expo.importers.lookup import Names
from expo.importers.reading import Unreadable
from expo.models import Event, Occasion, Venue
from tests.builders import make_organisation
from tests.expo.builders import make_access_feature, make_event, make_expo, make_venue
from tests.expo.importers.recorded import CITY_EVENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def expo(db):
    """With what the recorded event names."""
    make_organisation(slug="testforvaltningen", name_sv="Testförvaltningen")
    make_organisation(slug="biblioteket", name_sv="Biblioteket")
    make_access_feature(slug="step-free", aliases=["Elevator/ramp"])
    make_venue(slug="hamntorget", name_sv="Hamntorget")
    return make_expo(slug="h22")


@pytest.fixture
def record():
    return copy.deepcopy(CITY_EVENT)


def plan(*records):
    programme = city_events.parse(list(records), expo="h22", names=Names.held())
    return base.plan(base.with_kept_addresses(programme))


def run(*records):
    proposed = plan(*records)
    base.apply(proposed, source=city_events.NAME)
    return proposed


def when() -> list[tuple[str, str]]:
    rows = Occasion.objects.order_by("starts_at")
    return [(f"{timezone.localtime(row.starts_at):%Y-%m-%d %H:%M}", row.status) for row in rows]


# ── The recorded answer ───────────────────────────────────────────────────────
def test_city_event_becomes_a_draft_with_its_facts(expo, record):
    proposed = run(record)

    event = Event.objects.get()
    assert proposed.problems == []
    assert (event.slug, event.title_sv) == ("bygg-din-stad-bo-i-den", "Bygg din stad & bo i den")
    assert (event.visibility, event.expo) == ("draft", expo)
    assert (event.lead_sv, event.text_sv) == (
        "Kom och bygg.",
        "<p>Kom och <strong>bygg</strong>.</p>",
    )
    assert (event.min_age, event.max_age, event.price_sek) == (10, 12, 0)
    assert (event.booking_url, event.booking_kind) == ("https://x.test", "submit-interest")
    assert event.organiser.slug == "testforvaltningen"
    assert [row.slug for row in event.hosts.all()] == ["biblioteket"]
    assert [row.slug for row in event.access_features.all()] == ["step-free"]


def test_city_event_occasions_are_in_stockholm_time_at_their_venues(expo, record):
    run(record)

    assert when() == [("2022-06-01 10:00", "scheduled"), ("2022-06-02 10:00", "cancelled")]
    first, second = Occasion.objects.order_by("starts_at")
    assert (first.venue.slug, first.venue.position) == ("testtorget", (56.04, 12.69))
    assert first.venue.street_address == "Testgatan 1"
    assert (second.venue.slug, second.reason_sv) == ("hamntorget", "Det stormar.")


def test_city_events_twice_change_nothing(expo, record):
    run(record)
    before = list(Occasion.objects.order_by("pk").values())

    again = run(record)

    assert {name: count for name, count in again.totals.items() if count} == {"unchanged": 3}
    assert list(Occasion.objects.order_by("pk").values()) == before


# ── What changes at the source ────────────────────────────────────────────────
def test_city_event_with_a_new_title_keeps_its_address(expo, record):
    run(record)
    record["title"]["rendered"] = "Bygg om din stad"

    run(record)

    event = Event.objects.get()
    assert (event.slug, event.title_sv) == ("bygg-din-stad-bo-i-den", "Bygg om din stad")


def test_city_event_with_the_address_of_another_gets_a_number(expo, record):
    make_event(slug="bygg-din-stad-bo-i-den")

    run(record)
    run(record)

    assert Event.objects.get(expo=expo).slug == "bygg-din-stad-bo-i-den-2"


def test_city_occasion_that_is_rescheduled_is_moved_and_not_doubled(expo, record):
    run(record)
    first = Occasion.objects.earliest("starts_at")
    record["occasions"][0] |= {
        "start_date": "2022-06-03 13:00",
        "end_date": "2022-06-03 14:30",
        "status": "rescheduled",
    }

    run(record)

    moved = Occasion.objects.get(pk=first.pk)
    assert (moved.uid, moved.sequence) == (first.uid, 1)
    assert when() == [("2022-06-02 10:00", "cancelled"), ("2022-06-03 13:00", "moved")]


def test_city_occasion_that_the_source_no_longer_names_is_kept(expo, record):
    run(record)
    del record["occasions"][0]

    run(record)

    assert len(when()) == 2


def test_city_occasion_cancelled_without_a_reason_says_so(expo, record):
    record["occasions"][1]["occ_exeption_information"] = None

    run(record)

    cancelled = Occasion.objects.get(status="cancelled")
    assert cancelled.reason_sv == "Källan anger ingen anledning."


def test_city_event_does_not_bring_back_a_cancelled_occasion_as_moved(expo, record):
    run(record)
    record["occasions"] = [
        {"start_date": "2022-06-09 10:00", "end_date": None, "status": "rescheduled"}
    ]

    run(record)

    assert when() == [("2022-06-02 10:00", "cancelled"), ("2022-06-09 10:00", "moved")]


# ── Bad input ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": None}, "event 1: it has no title and id, and is left out"),
        (
            {"price_adult": "gratis"},
            "event 99: price_adult can't be 'gratis': a number of 0 or more is",
        ),
        ({"accessibility": ["Rutschkana"]}, "event 99: there is no access feature 'Rutschkana'"),
        (
            {"organizers": {"organizer": "Okända"}},
            "event 99: the catalogue has no organisation 'Okända'",
        ),
        (
            {"booking_link_type": {}},
            "event 99: booking_link_type can't be {}: buy, book, submit_interest, book_free can",
        ),
        ({"occasions": ["snart"]}, "event 99: an occasion can't be 'snart'"),
        (
            {"occasions": [{"start_date": "imorgon"}]},
            "event 99: start_date can't be 'imorgon': a time is written 2022-06-01 10:00",
        ),
        ({"occasions": [{}]}, "event 99: start_date is missing"),
        (
            {"occasions": [{"start_date": "2022-06-01 10:00", "status": "maybe"}]},
            "event 99: status can't be 'maybe': scheduled, rescheduled, cancelled can",
        ),
        (
            {"booking_link": "javascript:alert(1)"},
            "event bygg-din-stad-bo-i-den: booking_url: Enter a valid URL.",
        ),
        (
            {"occasions": [{"start_date": "2022-06-01 10:00", "end_date": "2022-06-01 09:00"}]},
            "bygg-din-stad-bo-i-den 2022-06-01 10:00:00+02:00: "
            "Constraint “occasion_ends_after_it_starts” is violated.",
        ),
    ],
)
def test_city_event_that_is_wrong_gets_a_sentence(expo, record, change, sentence):
    proposed = run(record | change)

    assert proposed.problems == [sentence]


def test_city_occasion_that_is_named_twice_is_made_once(expo, record):
    record["occasions"].append(record["occasions"][0])

    proposed = run(record)

    assert len(when()) == 2
    assert [text.split(": ")[1] for text in proposed.problems] == ["the source names it twice"]


@pytest.mark.parametrize("data", [None, 7, "text", {"code": "rest_no_route"}])
def test_city_events_of_another_kind_are_unreadable(data):
    with pytest.raises(Unreadable, match="no list of events"):
        city_events.parse(data, expo="h22", names=Names())


# ── The command ───────────────────────────────────────────────────────────────
def test_import_expo_shows_first_and_writes_then(expo, record, tmp_path, capsys):
    file = tmp_path / "events.json"
    file.write_text(json.dumps([record]))

    call_command("import_expo", "city-events", str(file), expo="h22", dry_run=True)
    assert not Event.objects.exists()
    call_command("import_expo", "city-events", str(file), expo="h22")

    assert capsys.readouterr().out.splitlines() == [
        "4 would be created, 0 would be updated, 0 unchanged, 0 would be skipped.",
        "4 created, 0 updated, 0 unchanged, 0 skipped.",
    ]
    assert Venue.objects.filter(slug="testtorget").exists()


def test_import_expo_refuses_with_a_sentence(expo, tmp_path):
    file = tmp_path / "events.json"
    file.write_text("<html>")

    for path, expo_slug, sentence in (
        (file, "h23", "There is no expo 'h23'. There are: h22."),
        (tmp_path / "none.json", "h22", "can't be read: No such file"),
        (file, "h22", "This is no JSON"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("import_expo", "city-events", str(path), expo=expo_slug)
