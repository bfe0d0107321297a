"""The calendar of somebody's own programme, behind its secret address."""

import icalendar
import pytest
from django.urls import reverse
from django.utils import translation

from expo.models import PersonalProgramme
from innovation.choices import Visibility
from tests.expo.builders import make_event, make_occasion, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def occasion(event):
    return make_occasion(event=event)


def personal_path(programme: PersonalProgramme, language: str = "sv") -> str:
    with translation.override(language):
        return reverse("expo:personal-calendar", kwargs={"token": programme.calendar_token})


def events_in(response) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(response.content).events


def uids_in(response) -> set[str]:
    return {str(event["UID"]) for event in events_in(response)}


def test_personal_calendar_holds_what_was_chosen_and_is_private(client, occasion):
    make_occasion(event=occasion.event)
    programme = make_programme(occasions=[occasion], name="Klass 5 B")

    response = client.get(personal_path(programme))

    assert uids_in(response) == {str(occasion.uid)}
    assert response["Cache-Control"] == "private, max-age=900"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Access-Control-Allow-Origin" not in response
    assert icalendar.Calendar.from_ical(response.content)["NAME"] == "Klass 5 B"


def test_empty_programme_is_an_empty_calendar(client, occasion):
    programme = make_programme(occasion.event.expo)

    assert events_in(client.get(personal_path(programme))) == []


def test_personal_calendar_that_is_known_costs_one_query(
    client, occasion, django_assert_num_queries
):
    programme = make_programme(occasions=[occasion, make_occasion(event=occasion.event)])
    tag = client.get(personal_path(programme))["ETag"]

    with django_assert_num_queries(1):
        response = client.get(personal_path(programme), headers={"if-none-match": tag})

    assert response.status_code == 304


@pytest.mark.parametrize("count", [1, 3])
def test_personal_calendar_query_count_does_not_grow(
    client, event, count, django_assert_num_queries
):
    programme = make_programme(occasions=[make_occasion(event=event) for _ in range(count)])

    # The plan, the programme; occasions, events, expo, themes (none), venues, areas.
    with django_assert_num_queries(7):
        response = client.get(personal_path(programme))

    assert len(events_in(response)) == count


def test_what_is_added_and_noted_is_in_the_next_calendar(client, occasion):
    programme = make_programme(occasion.event.expo)
    known = client.get(personal_path(programme))["ETag"]

    item = programme.items.create(occasion=occasion)
    added = client.get(personal_path(programme), headers={"if-none-match": known})
    item.note = "Ta med handduk"
    item.save()
    noted = client.get(personal_path(programme), headers={"if-none-match": added["ETag"]})

    assert uids_in(added) == {str(occasion.uid)}
    assert "Ta med handduk" in events_in(noted)[0]["DESCRIPTION"]


def test_withdrawn_event_leaves_the_personal_calendar(client, occasion):
    programme = make_programme(occasions=[occasion])
    occasion.event.visibility = Visibility.WITHDRAWN
    occasion.event.save()

    assert events_in(client.get(personal_path(programme))) == []


@pytest.mark.parametrize(
    "token",
    ["x", "x" * 32, "x" * 5000, "å" * 32, "%00" * 32, "' OR 1=1 --", "edit", "share"],
)
def test_wrong_token_is_a_sentence_and_no_error(client, occasion, token):
    programme = make_programme(occasions=[occasion], share_token="s" * 32)
    wrong = {"edit": programme.edit_token, "share": programme.share_token}.get(token, token)

    response = client.get(f"/en/my-programme/calendar/{wrong}.ics")

    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response.content.startswith(b"There is no calendar at this address.")
