"""The programme's address: what is kept of it, what is named as unknown, and how it is written."""

from datetime import date

import pytest
from django.http import QueryDict

from expo import snapshot
from expo.filters import MAX_UNKNOWN, OccasionFilter, matching_occasions
from expo.finding import Choices
from tests.expo.builders import at, make_area, make_event, make_occasion, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def snap():
    venue = make_venue(area=make_area(slug="hamnen"))
    return snapshot.current(make_occasion(venue=venue).event.expo.slug)


def read(query: str, snap):
    return OccasionFilter.read(QueryDict(query), snap)


def test_address_is_read_by_key(snap):
    asked = read(
        "q=buss&area=hamnen&time=morning&time=evening&from=2022-06-01&to=2022-06-03"
        "&age=8&age_unknown=1&seats=25&open_now=1&drop_in=1&online=1&past=1&view=timetable&page=2",
        snap,
    )

    assert asked.choices == Choices(
        q="buss",
        facets={"time": ("evening", "morning"), "area": ("hamnen",)},
        first_day=date(2022, 6, 1),
        last_day=date(2022, 6, 3),
        age=8,
        age_unknown=True,
        seats=25,
        open_now=True,
        drop_in=True,
        online=True,
        past=True,
        page=2,
    )
    assert (asked.shape, asked.unknown) == ("timetable", ())


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=buss",
        "day=2022-06-01&time=evening&time=morning&area=hamnen",
        "from=2022-06-01&to=2022-06-03&age=8&age_unknown=1&seats=25&drop_in=1&view=map",
        "area=nowhere&age=many",
    ],
)
def test_query_is_the_address_that_was_asked(snap, query):
    assert read(query, snap).query() == query


def test_query_is_changed_key_by_key(snap):
    asked = read("time=evening&time=morning&age=8&view=timetable", snap)

    assert asked.query(without=("time", "evening")) == "time=morning&age=8&view=timetable"
    assert asked.query(without=("age", None), page=3) == (
        "time=evening&time=morning&view=timetable&page=3"
    )
    assert asked.query(view="list", past=True) == "time=evening&time=morning&age=8&past=1"


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("area=nowhere", ("area", "nowhere")),
        ("day=2022-01-01", ("day", "2022-01-01")),
        ("from=yesterday", ("from", "yesterday")),
        ("to=2022-02-30", ("to", "2022-02-30")),
        ("age=-1", ("age", "-1")),
        ("age=121", ("age", "121")),
        ("seats=0", ("seats", "0")),
        ("seats=²", ("seats", "²")),
    ],
)
def test_what_cannot_be_understood_is_named_and_narrows_nothing(snap, query, unknown):
    asked = read(query, snap)

    assert asked.choices == Choices()
    assert asked.unknown == (unknown,)
    assert asked.query(without=unknown) == ""


def test_only_the_first_unknown_values_are_named(snap):
    asked = read("&".join(f"area=x{number}" for number in range(500)), snap)

    assert len(asked.unknown) == MAX_UNKNOWN


def test_days_in_the_wrong_order_are_turned_round(snap):
    choices = read("from=2022-06-03&to=2022-06-01", snap).choices

    assert (choices.first_day, choices.last_day) == (date(2022, 6, 1), date(2022, 6, 3))


@pytest.mark.parametrize(
    ("value", "is_set"), [("1", True), ("on", True), ("0", False), ("", False)]
)
def test_flag_is_a_box_that_is_ticked(snap, value, is_set):
    assert read(f"drop_in={value}", snap).choices.drop_in is is_set


def test_feeds_have_what_the_programme_has_and_what_has_been():
    event = make_event()
    gone = make_occasion(event=event)
    make_occasion(event=event, starts_at=at("2022-06-01 19:00"))
    make_occasion(event=make_event())

    found = matching_occasions(QueryDict("time=morning&open_now=1&page=9"), event.expo)

    assert [row.pk for row in found] == [gone.pk]
