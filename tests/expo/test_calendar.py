"""Calendar files, read back with a library that had no part in writing them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import translation

from expo.calendar import About, Entry, calendar_file
from expo.choices import Attendance, OccasionKind, OccasionStatus
from expo.feed_rows import rows
from expo.models import Occasion
from innovation.choices import Band
from tests.expo.builders import at, make_area, make_event, make_expo, make_occasion, make_theme
from tests.expo.builders import make_venue as make_place

pytestmark = pytest.mark.django_db

ABOUT = About(
    name="Mitt program",
    address="https://example.org/sv/kalender.ics",
    page="https://example.org/sv/expo/",
    band=Band.CLIMATE,
)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture(autouse=True)
def swedish():
    with translation.override("sv"):
        yield


def written(**about) -> bytes:
    return calendar_file(map(Entry, rows(Occasion.objects.all())), About(**vars(ABOUT) | about))


def read(content: bytes) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    return calendar


def only_event(**about) -> icalendar.Event:
    (event,) = read(written(**about)).events
    return event


# ── The calendar ──────────────────────────────────────────────────────────────
def test_calendar_says_what_it_is_and_how_often_to_ask():
    content = written(name="Hav, strand; sol")
    calendar = read(content)

    assert b"\r\nNAME:Hav\\, strand\\; sol\r\n" in content
    assert b"\r\nX-WR-CALNAME:Hav\\, strand\\; sol\r\n" in content
    assert calendar["VERSION"] == "2.0"
    assert calendar["COLOR"] == "seagreen"
    assert calendar["SOURCE"] == ABOUT.address
    assert calendar["URL"] == ABOUT.page
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert "METHOD" not in calendar


def test_every_band_has_a_colour_of_css():
    assert [written(band=band).count(b"COLOR:") for band in Band] == [1] * len(Band)


def test_calendar_carries_the_rules_of_its_time_zone():
    (zone,) = read(written()).timezones

    offsets = zone.to_tz(lookup_tzid=False)
    moments = [datetime(2027, month, 15, 12) for month in (1, 7)]  # noqa: DTZ001
    assert zone["TZID"] == "Europe/Stockholm"
    assert [moment.replace(tzinfo=offsets).utcoffset() for moment in moments] == [
        moment.replace(tzinfo=STOCKHOLM).utcoffset() for moment in moments
    ]


def test_lines_end_with_crlf_and_have_at_most_75_octets():
    make_occasion(event=make_event(title_sv="Åäö " * 40, lead_sv="Å\nä " * 200))

    content = written()

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert max(map(len, content.split(b"\r\n"))) == 75


def test_same_rows_make_the_same_bytes_in_whatever_order_they_come():
    for day in (3, 1, 2):
        make_occasion(starts_at=at(f"2022-06-0{day} 10:00"))
    found = rows(Occasion.objects.all())

    first = calendar_file(map(Entry, found), ABOUT)
    second = calendar_file(map(Entry, reversed(found)), ABOUT)

    assert first == second
    assert [event.start.day for event in read(first).events] == [1, 2, 3]


def test_occasions_have_identities_of_their_own():
    event = make_event()
    occasions = [make_occasion(event=event) for _ in range(3)]

    uids = {str(entry["UID"]) for entry in read(written()).events}

    assert uids == {str(occasion.uid) for occasion in occasions}


# ── One event ─────────────────────────────────────────────────────────────────
def test_event_has_all_that_a_calendar_shows():
    theme = make_theme(name_sv="Hav, vind", band=Band.HARBOUR)
    venue = make_place(
        name_sv="Dunkers kulturhus",
        street_address="Kungsgatan 11",
        area=make_area(name_sv="Norra hamnen"),
        getting_in_sv="Ring på; hissen finns till höger.",
    )
    event = make_event(title_sv="Segla, ro; paddla", lead_sv="Kom ut på sundet.", theme=theme)
    occasion = make_occasion(event=event, venue=venue)

    entry = only_event()

    assert entry.start == at("2022-06-01 10:00")
    assert entry.end == at("2022-06-01 11:00")
    assert entry["SUMMARY"] == "Segla, ro; paddla"
    assert entry["LOCATION"] == "Dunkers kulturhus, Kungsgatan 11, Norra hamnen"
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == (56.0464, 12.691)
    assert entry["COLOR"] == "cadetblue"
    assert (entry["STATUS"], entry["TRANSP"], entry["SEQUENCE"]) == ("CONFIRMED", "OPAQUE", 0)
    assert entry.categories[0] == "Hav, vind"
    assert entry["URL"].endswith(occasion.get_absolute_url())
    assert entry["URL"].startswith("http")
    description = str(entry["DESCRIPTION"])
    assert description.startswith("Kom ut på sundet.\n\n")
    assert "Ring på; hissen finns till höger." in description
    assert str(entry["URL"]) in description


def test_stamp_and_last_change_are_the_latest_change_and_never_now():
    occasion = make_occasion()
    changed = datetime(2031, 5, 1, 12, 30, 5, 999, tzinfo=UTC)
    type(occasion.event).objects.filter(pk=occasion.event_id).update(updated_at=changed)

    entry = only_event()

    assert entry["DTSTAMP"].dt == changed.replace(microsecond=0)
    assert entry["LAST-MODIFIED"].dt == changed.replace(microsecond=0)


def test_event_past_midnight_ends_on_the_next_day():
    make_occasion(starts_at=at("2022-06-01 22:00"), ends_at=at("2022-06-02 01:30"))

    entry = only_event()

    assert (entry.start, entry.end) == (at("2022-06-01 22:00"), at("2022-06-02 01:30"))


@pytest.mark.parametrize("day", ["2022-03-27", "2022-10-30"])
def test_event_over_the_change_of_summer_time_keeps_its_length(day):
    start = at(f"{day} 01:30").astimezone(UTC)
    make_occasion(starts_at=start, ends_at=start + timedelta(hours=3))

    entry = only_event()

    assert entry.start.astimezone(UTC) == start
    assert entry.end.astimezone(UTC) == start + timedelta(hours=3)


def test_unknown_hours_are_whole_days():
    make_occasion(starts_at=None, first_day=date(2022, 6, 1), last_day=date(2022, 6, 3))

    entry = only_event(alarm_minutes=30)

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2022, 6, 1), date(2022, 6, 4))
    assert entry["TRANSP"] == "TRANSPARENT"
    with translation.override("en"):
        assert "The hours are not known." in only_event()["DESCRIPTION"]
    assert entry.alarms.times == []


def test_unknown_end_is_left_out_and_said():
    make_occasion(ends_at=None)

    with translation.override("en"):
        entry = only_event()

    assert "DTEND" not in entry
    assert "When it ends is not known." in entry["DESCRIPTION"]


def test_unknown_venue_is_left_out_and_said():
    make_occasion(venue=None)

    with translation.override("en"):
        entry = only_event()

    assert "LOCATION" not in entry
    assert "GEO" not in entry
    assert "The venue is not known." in entry["DESCRIPTION"]


def test_venue_without_a_position_has_none_in_the_calendar():
    make_occasion(venue=make_place(latitude=None, longitude=None))

    assert "GEO" not in only_event()


@pytest.mark.parametrize(
    ("attendance", "is_linked"),
    [(Attendance.IN_PLACE, False), (Attendance.ONLINE, True), (Attendance.BOTH, True)],
)
def test_link_to_take_part_stands_only_where_one_can(attendance, is_linked):
    url = "https://example.org/strom"
    make_occasion(event=make_event(attendance=attendance, online_url=url))

    entry = only_event()

    assert ("CONFERENCE" in entry) == is_linked
    assert (url in entry["DESCRIPTION"]) == is_linked


def test_event_that_is_only_online_has_no_place():
    make_occasion(event=make_event(attendance=Attendance.ONLINE))

    with translation.override("en"):
        entry = only_event()

    assert entry["LOCATION"] == "Online"
    assert "GEO" not in entry


def test_invented_event_says_so():
    make_occasion(event=make_event(expo=make_expo(is_example=True)))

    with translation.override("en"):
        assert "An invented event, for demonstration." in only_event()["DESCRIPTION"]


def test_calendar_speaks_the_language_of_the_reader():
    make_occasion(event=make_event(title_sv="Öppet hus", title_en="Open house"))

    titles = {}
    for language in ("sv", "en"):
        with translation.override(language):
            titles[language] = str(only_event()["SUMMARY"])

    assert titles == {"sv": "Öppet hus", "en": "Open house"}


# ── Drop-in and what somebody planned ─────────────────────────────────────────
def drop_in(**fields):
    return make_occasion(kind=OccasionKind.DROP_IN, visit_minutes=20, **fields)


def test_drop_in_is_open_for_its_span_and_takes_no_time():
    drop_in()

    with translation.override("en"):
        entry = only_event(alarm_minutes=30)

    assert (entry.start, entry.end) == (at("2022-06-01 10:00"), at("2022-06-01 16:00"))
    assert entry["TRANSP"] == "TRANSPARENT"
    assert "Drop in 10:00–16:00. A visit takes about 20 min." in entry["DESCRIPTION"]
    assert entry.alarms.times == []


def planned(visit_at, note="") -> icalendar.Event:
    (row,) = rows(Occasion.objects.all())
    entry = Entry(row, visit_at, note, planned_at=datetime(2031, 1, 1, tzinfo=UTC))
    return read(calendar_file([entry], ABOUT)).events[0]


def test_planned_visit_takes_its_own_time():
    drop_in()

    entry = planned(at("2022-06-01 12:15"))

    assert (entry.start, entry.end) == (at("2022-06-01 12:15"), at("2022-06-01 12:35"))
    assert entry["TRANSP"] == "OPAQUE"
    assert entry["LAST-MODIFIED"].dt == datetime(2031, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("visit_at", ["2022-06-01 09:59", "2022-06-01 16:00"])
def test_visit_when_it_is_closed_falls_back_to_the_open_span(visit_at):
    drop_in()

    entry = planned(at(visit_at))

    assert (entry.start, entry.end) == (at("2022-06-01 10:00"), at("2022-06-01 16:00"))


def test_note_comes_first():
    make_occasion()

    with translation.override("en"):
        entry = planned(None, "Bring a towel")

    assert entry["DESCRIPTION"].startswith("My note: Bring a towel\n\n")


# ── Changes ───────────────────────────────────────────────────────────────────
def test_cancelled_occasion_stays_and_says_why():
    make_occasion(
        event=make_event(title_en="Sailing"),
        status=OccasionStatus.CANCELLED,
        reason_sv="Storm.",
        reason_en="A gale.",
    )

    with translation.override("en"):
        entry = only_event(alarm_minutes=30)

    assert (entry["STATUS"], entry["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert entry["SUMMARY"] == "Cancelled: Sailing"
    assert entry["DESCRIPTION"].startswith("Cancelled: A gale.\n\n")
    assert entry.alarms.times == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [("The quay is full.", "Moved: The quay is full."), ("", "Moved to another time or place.")],
)
def test_moved_occasion_says_so(reason, said):
    make_occasion(status=OccasionStatus.MOVED, reason_en=reason)

    with translation.override("en"):
        assert only_event()["DESCRIPTION"].startswith(f"{said}\n\n")


def test_sequence_rises_with_every_move_and_with_nothing_else():
    occasion = make_occasion()
    elsewhere = make_place()
    edits = [
        ({"starts_at": at("2022-06-02 10:00"), "ends_at": at("2022-06-02 11:00")}, 1),
        ({"ends_at": at("2022-06-02 12:00")}, 2),
        ({"reason_sv": "För att fler ska hinna."}, 2),
        ({"venue": elsewhere}, 3),
        ({"capacity": 40}, 3),
        ({"status": OccasionStatus.CANCELLED}, 4),
        ({"status": OccasionStatus.SCHEDULED}, 5),
        ({"starts_at": at("2022-06-01 10:00"), "ends_at": at("2022-06-01 11:00")}, 6),
    ]
    uids, sequences, stamps = set(), [], []

    for fields, _ in edits:
        for name, value in fields.items():
            setattr(occasion, name, value)
        occasion.save()
        entry = only_event()
        uids.add(str(entry["UID"]))
        sequences.append(entry["SEQUENCE"])
        stamps.append(entry["LAST-MODIFIED"].dt)

    assert sequences == [expected for _, expected in edits]
    assert uids == {str(occasion.uid)}
    assert stamps == sorted(stamps)


# ── Alarms ────────────────────────────────────────────────────────────────────
def test_alarm_wakes_before_the_start_for_who_asks():
    make_occasion()

    assert only_event().alarms.times == []
    (alarm,) = only_event(alarm_minutes=30).alarms.times
    assert alarm.trigger == at("2022-06-01 09:30")
