"""The archive: the expo of 2022 and the summit of 2020, as the files have them."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from expo.importers import base, demo
from expo.models import AccessFeature, Area, Audience, Event, Expo, Occasion, Theme, Venue
from innovation.choices import Visibility
from innovation.models import ImportReport
from tests.builders import make_initiative, make_organisation

EXPO, SUMMIT = "h22-city-expo-2022", "h22-summit-2020"


def make_what_they_link_to(data) -> None:
    """The organisations and initiatives of the catalogue that the files name."""
    organisations = {slug for record in data["events"] for slug in record["organisers"]}
    initiatives = {record["initiative"] for record in data["events"]} - {None}
    for slug in sorted(organisations):
        make_organisation(slug=slug)
    driver = make_organisation()
    for slug in sorted(initiatives):
        make_initiative(slug=slug, driven_by=driver)


@pytest.fixture
def archive(db):
    data = demo.read()
    make_what_they_link_to(data)
    plan = base.plan(demo.parse(data))
    base.apply(plan, source=demo.NAME, visibility=Visibility.PUBLISHED)
    return plan


def test_archive_is_loaded_whole(archive):
    counts = {
        model.__name__: model.objects.count()
        for model in (Expo, Area, Venue, Theme, Audience, AccessFeature)
    }

    assert counts == {
        "Expo": 2, "Area": 4, "Venue": 26, "Theme": 12, "Audience": 6, "AccessFeature": 7,
    }  # fmt: skip
    assert Event.objects.filter(expo__slug=EXPO).count() == 60
    assert Event.objects.visible().count() == 61
    assert archive.problems == []


def test_archive_says_what_is_known_of_days_and_places(archive):
    rows = Occasion.objects.filter(event__expo__slug=EXPO)

    assert rows.count() == 57  # three have no day
    assert rows.exclude(starts_at=None).count() == 6
    assert [row.event.slug for row in rows.exclude(starts_at=None).filter(ends_at=None)] == [
        "uf22-helsingborg-day"
    ]
    assert {row.inferred_fields.count("first_day") for row in rows} == {0, 1}
    assert sum("first_day" not in row.inferred_fields for row in rows) == 18
    assert Event.objects.filter(expo__slug=EXPO, occasions=None).count() == 3


def test_archive_marks_what_was_concluded(archive):
    event = Event.objects.get(slug="uf22")

    assert event.inferred_fields == ["audiences", "theme"]
    assert event.occasions.get().inferred_fields == ["venue"]
    assert Venue.objects.get(slug="tryckeriet").inferred_fields == ["area"]


def test_archive_has_hours_in_the_time_of_stockholm(archive):
    occasion = Occasion.objects.get(event__slug="uf22-baltic")

    hours = [timezone.localtime(moment) for moment in (occasion.starts_at, occasion.ends_at)]
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in hours] == [
        "2022-06-01 16:00",
        "2022-06-01 17:30",
    ]


def test_archive_knows_what_is_part_of_what_and_who_arranged_it(archive):
    parts = Event.objects.filter(part_of__slug="uf22").order_by("slug")
    visit = Event.objects.get(slug="1972-flat")

    assert len(parts) == 6
    assert visit.organiser.slug == "kulturforvaltningen"
    assert [host.slug for host in visit.hosts.all()] == ["helsingborgshem"]
    assert [row.slug for row in visit.initiatives.all()] == ["72-pa-h22"]


def test_archive_leaves_unknown_positions_unknown(archive):
    unknown = [venue.slug for venue in Venue.objects.order_by("slug") if venue.position is None]

    assert unknown == [
        "drottninghog-1972", "havoteket", "prismahuset", "space-to-innovate", "stadskvarteret",
        "tryckeriet", "vattentornet",
    ]  # fmt: skip


def test_summit_was_online_for_five_days(archive):
    summit = Expo.objects.get(slug=SUMMIT)
    occasion = Occasion.objects.get(event__expo=summit)

    assert (summit.starts_on, summit.ends_on) == (date(2020, 11, 2), date(2020, 11, 6))
    assert (occasion.first_day, occasion.last_day) == (summit.starts_on, summit.ends_on)
    assert (occasion.event.attendance, occasion.venue) == ("online", None)


def test_archive_a_second_time_changes_nothing(archive):
    again = base.plan(demo.parse(demo.read()))

    assert {name: count for name, count in again.totals.items() if count} == {"unchanged": 176}


def test_archive_keeps_what_an_editor_found_out(archive):
    Event.objects.filter(slug="the-sounds").update(text_sv="<p>Det regnade.</p>")

    base.apply(base.plan(demo.parse(demo.read())), source=demo.NAME)

    assert Event.objects.get(slug="the-sounds").text_sv == "<p>Det regnade.</p>"


def test_archive_puts_a_changed_day_back_with_a_revision(archive):
    occasion = Occasion.objects.get(event__slug="royal-inauguration")
    occasion.first_day = occasion.last_day = date(2022, 6, 5)
    occasion.save()

    plan = base.plan(demo.parse(demo.read()))
    report = base.apply(plan, source=demo.NAME)

    occasion.refresh_from_db()
    assert (occasion.first_day, occasion.sequence) == (date(2022, 5, 31), 2)
    assert [change["field"] for change in report.changes] == ["first_day", "last_day"]
    assert report.counts["occasion"] == {"created": 0, "updated": 1, "unchanged": 57, "skipped": 0}


def test_load_demo_expo_tells_of_it_and_leaves_one_report(db, capsys):
    make_what_they_link_to(demo.read())

    call_command("load_demo_expo")
    call_command("load_demo_expo")

    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "176 created, 0 updated, 0 unchanged, 0 skipped."
    assert lines[4:] == ["0 created, 0 updated, 176 unchanged, 0 skipped."]
    assert ImportReport.objects.filter(source=demo.NAME).count() == 1
