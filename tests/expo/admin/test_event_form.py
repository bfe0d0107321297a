"""Writing events with their occasions, and what editors are told."""

from datetime import date

import pytest
from django.urls import reverse

from expo.models import Event, Occasion
from tests.admin_forms import (
    add_row,
    change_url,
    errors_of,
    messages_of,
    open_form,
    read_form,
    save,
)
from tests.builders import make_organisation
from tests.expo.admin.conftest import signed_in
from tests.expo.builders import at, make_event, make_expo, make_occasion, make_venue

ADD = "admin:expo_event_add"


def new_occasion(**fields) -> dict[str, str]:
    return add_row("occasions", **{"kind": "timed", "seats_held": "0"} | fields)


# ── Rights ────────────────────────────────────────────────────────────────────
def test_editor_writes_an_event_for_their_own_organisation(editor, organisation):
    expo = make_expo()
    values = read_form(editor.get(reverse(ADD)))

    editor.post(reverse(ADD), {**values, "expo": expo.pk, "title_sv": "Livbojar", "_save": "1"})

    event = Event.objects.get()
    assert (event.slug, event.organiser, event.visibility) == ("livbojar", organisation, "draft")


def test_editor_without_an_organisation_can_add_none(db):
    from tests.builders import make_user

    client = signed_in(make_user("editor"))

    assert client.get(reverse(ADD)).status_code == 403


@pytest.mark.parametrize("is_theirs", [True, False])
def test_editor_changes_events_of_their_organisation_alone(editor, organisation, is_theirs):
    organiser = organisation if is_theirs else make_organisation()
    event = make_event(organiser=organiser, title_sv="Förut")
    values = open_form(editor, event)

    page = editor.post(change_url(event), {**values, "title_sv": "Nu", "_save": "1"})

    event.refresh_from_db()
    assert (page.status_code, event.title_sv) == ((302, "Nu") if is_theirs else (403, "Förut"))


def test_editor_cannot_publish_an_event(editor, organisation):
    event = make_event(organiser=organisation, visibility="draft")

    page = save(editor, event, "_publish")

    event.refresh_from_db()
    assert errors_of(page)[""] == ["Only a moderator publishes and withdraws."]
    assert event.visibility == "draft"


def test_moderator_publishes_an_event(moderator):
    event = make_event(visibility="draft")

    save(moderator, event, "_publish")

    event.refresh_from_db()
    assert event.is_published


def test_second_editor_of_an_event_is_told_of_a_moved_occasion(moderator):
    occasion = make_occasion()
    opened = open_form(moderator, occasion.event)
    moderator.post(
        reverse("admin:expo_occasion_move", args=[occasion.pk]),
        {"starts_at": "2022-06-03T10:00", "venue": occasion.venue_id},
    )

    page = save(moderator, occasion.event, values=opened)

    assert "Nothing is saved yet" in errors_of(page)[""][0]


# ── Occasions ─────────────────────────────────────────────────────────────────
def test_new_occasion_is_in_stockholm_time_and_gets_its_day(moderator):
    event, venue = make_event(), make_venue()
    answers = new_occasion(starts_at="2022-06-01T22:00", ends_at="2022-06-02T01:00", venue=venue.pk)

    save(moderator, event, **answers)

    occasion = event.occasions.get()
    assert occasion.starts_at == at("2022-06-01 22:00")
    assert (occasion.first_day, occasion.last_day) == (date(2022, 6, 1), date(2022, 6, 1))


def test_new_occasion_without_hours_needs_a_day_alone(moderator):
    event = make_event()

    save(moderator, event, **new_occasion(first_day="2022-06-01"))

    occasion = event.occasions.get()
    assert (occasion.starts_at, occasion.last_day) == (None, date(2022, 6, 1))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (
            {"capacity": "10"},
            ("occasions-0-first_day", "Give it a start, or a day if the hours aren’t known."),
        ),
        (
            {"ends_at": "2022-06-01T10:00", "first_day": "2022-06-01"},
            ("occasions-0-starts_at", "It ends, but when does it start?"),
        ),
        (
            {"starts_at": "2022-06-01T10:00", "ends_at": "2022-06-01T10:00"},
            ("occasions-0-ends_at", "It ends before it starts."),
        ),
        (
            {"first_day": "2022-06-02", "last_day": "2022-06-01"},
            ("occasions-0-last_day", "The last day is before the first."),
        ),
        (
            {"starts_at": "2022-06-01T10:00", "capacity": "3", "seats_held": "4"},
            ("occasions-0-capacity", "4 seats are held or booked already."),
        ),
        (
            {"starts_at": "2022-06-01T10:00", "smallest_group": "5", "largest_group": "4"},
            ("occasions-0-largest_group", "The largest group is smaller than the smallest."),
        ),
    ],
)
def test_occasion_that_cannot_be_gets_a_sentence(moderator, typed, error):
    event = make_event()

    page = save(moderator, event, **new_occasion(**typed))

    field, sentence = error
    assert errors_of(page) == {field: [sentence]}
    assert not Occasion.objects.exists()


def test_occasion_in_the_hour_that_summer_time_takes_gets_a_sentence(moderator):
    page = save(moderator, make_event(), **new_occasion(starts_at="2027-03-28T02:30"))

    assert list(errors_of(page)) == ["occasions-0-starts_at"]


def test_event_that_begins_twice_there_and_then_gets_a_sentence(moderator):
    occasion = make_occasion()
    values = open_form(moderator, occasion.event)
    values |= {
        "occasions-TOTAL_FORMS": "2",
        "occasions-1-kind": "timed",
        "occasions-1-seats_held": "0",
        "occasions-1-venue": str(occasion.venue_id),
        "occasions-1-starts_at": "2022-06-01T10:00",
    }

    page = save(moderator, occasion.event, values=values)

    assert list(errors_of(page).values()) == [["The event already begins there at that time."]]


def test_two_new_rows_of_one_time_and_venue_get_a_sentence(moderator):
    event = make_event()
    row = {"kind": "timed", "seats_held": "0", "starts_at": "2022-06-01T10:00"}
    values = open_form(moderator, event) | {"occasions-TOTAL_FORMS": "2"}
    values |= {f"occasions-{n}-{name}": value for n in (0, 1) for name, value in row.items()}

    page = save(moderator, event, values=values)

    sentence = "Two of the rows begin at this time and venue."
    assert errors_of(page) == {"occasions-1-starts_at": [sentence]}
    assert not Occasion.objects.exists()


@pytest.mark.parametrize(("visibility", "status"), [("published", "moved"), ("draft", "scheduled")])
def test_new_time_of_an_announced_occasion_makes_it_moved(moderator, visibility, status):
    occasion = make_occasion(event=make_event(visibility=visibility))

    save(
        moderator,
        occasion.event,
        **{"occasions-0-starts_at": "2022-06-01T12:00", "occasions-0-ends_at": "2022-06-01T13:00"},
    )

    occasion.refresh_from_db()
    assert (occasion.status, occasion.sequence) == (status, 1)


def test_saving_an_event_unchanged_leaves_its_occasions_alone(moderator):
    occasion = make_occasion(starts_at=at("2022-06-01 10:00"), seats_taken=3, capacity=10)

    save(moderator, occasion.event)

    occasion.refresh_from_db()
    assert (occasion.status, occasion.sequence, occasion.seats_taken) == ("scheduled", 0, 3)


def test_occasion_of_a_published_event_cannot_be_deleted(moderator):
    occasion = make_occasion()

    page = moderator.get(change_url(occasion.event)).content.decode()
    save(moderator, occasion.event, **{"occasions-0-DELETE": "on"})

    assert "It can’t be deleted, since the event has been published" in page
    assert Occasion.objects.filter(pk=occasion.pk).exists()


def test_occasion_of_a_draft_can_be_deleted(moderator):
    occasion = make_occasion(event=make_event(visibility="draft"))

    save(moderator, occasion.event, **{"occasions-0-DELETE": "on"})

    assert not Occasion.objects.exists()


# ── Clashes ───────────────────────────────────────────────────────────────────
def test_save_warns_of_a_clash_at_the_venue(moderator):
    other = make_occasion(event=make_event(title_en="Choir"), venue=make_venue(name_en="The Quay"))
    event = make_event()
    answers = new_occasion(
        starts_at="2022-06-01T10:30", ends_at="2022-06-01T12:00", venue=other.venue_id
    )

    page = moderator.get(save(moderator, event, **answers)["Location"])

    assert messages_of(page)[-1] == (
        "2022-06-01 10:30–12:00: at The Quay there is also, 10:00–11:00: "
        f'<a href="{change_url(other.event)}">Choir</a>'
    )


def test_save_warns_of_a_host_that_has_two_at_once(moderator):
    host = make_organisation(name_en="The Harbour")
    other = make_occasion(event=make_event(title_en="Choir", hosts=[host]))
    event = make_event(organiser=host)

    answers = new_occasion(starts_at="2022-06-01T10:00", ends_at="2022-06-01T11:00")
    page = moderator.get(save(moderator, event, **answers)["Location"])

    assert messages_of(page)[-1] == (
        "2022-06-01 10:00–11:00: The Harbour also has, 10:00–11:00: "
        f'<a href="{change_url(other.event)}">Choir</a>'
    )


def test_save_without_a_clash_warns_of_none(moderator):
    make_occasion()

    page = moderator.get(
        save(moderator, make_event(), **new_occasion(starts_at="2022-06-01T10:00"))["Location"]
    )

    assert len(messages_of(page)) == 1
