"""Moving, cancelling and copying in the admin."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils import timezone

from expo.models import Occasion
from tests.admin_forms import change_url, messages_of
from tests.builders import make_organisation
from tests.expo.builders import make_event, make_occasion, make_venue

LIST = "admin:expo_occasion_changelist"


def page_of(name: str, occasion) -> str:
    return reverse(f"admin:expo_occasion_{name}", args=[occasion.pk])


def local(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


# ── One occasion ──────────────────────────────────────────────────────────────
def test_move_page_stands_filled_in(moderator):
    occasion = make_occasion()

    page = moderator.get(page_of("move", occasion))

    assert 'value="2022-06-01T10:00"' in str(page.context["form"]["starts_at"])
    assert page.context["form"]["venue"].value() == occasion.venue_id


def test_move_page_moves_and_leads_to_the_event(moderator):
    occasion, venue = make_occasion(), make_venue()
    values = {
        "starts_at": "2022-06-02T13:00",
        "ends_at": "2022-06-02T15:00",
        "venue": venue.pk,
        "reason_sv": "Regn.",
    }

    page = moderator.post(page_of("move", occasion), values, follow=True)

    occasion.refresh_from_db()
    assert page.redirect_chain == [(change_url(occasion.event), 302)]
    assert (local(occasion.ends_at), occasion.venue) == ("2022-06-02 15:00", venue)
    assert (occasion.status, occasion.reason_sv) == ("moved", "Regn.")
    assert messages_of(page) == [f"Moved: {occasion}."]


def test_move_page_lets_the_old_end_follow_a_new_start(moderator):
    occasion = make_occasion()
    values = {
        "starts_at": "2022-06-01T12:00",
        "ends_at": "2022-06-01T11:00",
        "venue": occasion.venue_id,
    }

    moderator.post(page_of("move", occasion), values)

    occasion.refresh_from_db()
    assert local(occasion.ends_at) == "2022-06-01 13:00"


def test_move_page_warns_of_a_clash(moderator):
    occasion, other = make_occasion(), make_occasion(event=make_event(title_en="Choir"))
    values = {
        "starts_at": "2022-06-01T10:00",
        "ends_at": "2022-06-01T11:00",
        "venue": other.venue_id,
    }

    page = moderator.post(page_of("move", occasion), values, follow=True)

    assert "Choir" in messages_of(page)[-1]


def test_cancel_page_asks_for_a_reason(moderator):
    occasion = make_occasion()

    page = moderator.post(page_of("cancel", occasion), {"reason_en": "A storm."})

    occasion.refresh_from_db()
    assert list(page.context["form"].errors) == ["reason_sv"]
    assert page.context["form"]["reason_en"].value() == "A storm."
    assert occasion.status == "scheduled"


def test_cancel_page_cancels(moderator):
    occasion = make_occasion()

    page = moderator.post(page_of("cancel", occasion), {"reason_sv": "Storm."}, follow=True)

    occasion.refresh_from_db()
    assert occasion.is_cancelled
    assert messages_of(page) == [f"Cancelled: {occasion}."]


def test_cancel_page_of_what_is_cancelled_says_so(moderator):
    occasion = make_occasion(status="cancelled", reason_sv="Storm.")

    page = moderator.get(page_of("cancel", occasion))

    assert page.context["form"] is None
    assert messages_of(page) == ["It is cancelled already."]


def test_cancel_sent_twice_says_so_and_changes_nothing(moderator):
    occasion = make_occasion()
    moderator.post(page_of("cancel", occasion), {"reason_sv": "Storm."})

    page = moderator.post(page_of("cancel", occasion), {"reason_sv": "Storm igen."})

    occasion.refresh_from_db()
    assert page.context["form"].non_field_errors() == ["It is cancelled already."]
    assert (occasion.reason_sv, occasion.sequence) == ("Storm.", 1)


def test_copy_page_tells_what_was_made_and_what_was_not(moderator):
    occasion = make_occasion()
    moderator.post(page_of("copy", occasion), {"every": "week", "times": "1"})

    page = moderator.post(page_of("copy", occasion), {"every": "week", "times": "6"}, follow=True)

    assert messages_of(page)[-1] == (
        "3 copies made. 1 was there already. 2 would fall outside the days of the expo."
    )


@pytest.mark.parametrize("times", ["0", "61", "många"])
def test_copy_page_refuses_a_number_that_is_none(moderator, times):
    occasion = make_occasion()

    page = moderator.post(page_of("copy", occasion), {"every": "day", "times": times})

    assert list(page.context["form"].errors) == ["times"]
    assert Occasion.objects.count() == 1


@pytest.mark.parametrize("name", ["move", "cancel", "copy"])
def test_deed_page_is_for_those_who_may_write_the_event(editor, organisation, name):
    theirs = make_occasion(event=make_event(organiser=organisation))
    others = make_occasion(event=make_event(organiser=make_organisation()))

    assert editor.get(page_of(name, theirs)).status_code == 200
    assert editor.get(page_of(name, others)).status_code == 403


@pytest.mark.parametrize("key", ["0", "999999", "x", "²"])
def test_deed_page_of_nothing_is_not_found(moderator, key):
    page = moderator.get(f"/admin/expo/occasion/{key}/cancel/")

    assert page.status_code == 404


# ── Many ──────────────────────────────────────────────────────────────────────
def run(client, action: str, rows, **values):
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    return client.post(reverse(LIST), {**chosen, **values}, follow=True)


def test_cancel_of_many_says_what_it_leaves(editor, organisation):
    theirs = make_occasion(event=make_event(organiser=organisation))
    others = make_occasion()

    asked = run(editor, "cancel_selected", [theirs, others])
    answers = {"confirmed": "cancel", "reason_sv": "Storm."}
    told = run(editor, "cancel_selected", [theirs, others], **answers)
    run(editor, "cancel_selected", [theirs, others], **answers, agreed=told.context["agreed"])

    assert asked.context["possible"] == [theirs]
    assert [row for row, _reason in told.context["impossible"]] == [others]
    statuses = [Occasion.objects.get(pk=row.pk).status for row in (theirs, others)]
    assert statuses == ["cancelled", "scheduled"]


def test_copy_of_many_copies_each(moderator):
    rows = [make_occasion(), make_occasion()]

    run(moderator, "copy_selected", rows, confirmed="copy", every="day", times="2")

    assert Occasion.objects.count() == 6


def test_occasion_list_offers_no_deleting(administrator):
    make_occasion()

    page = administrator.get(reverse(LIST))

    actions = [name for name, _label in page.context["action_form"].fields["action"].choices]
    assert actions == ["", "copy_selected", "cancel_selected"]


def test_occasion_page_shows_its_history(moderator):
    occasion = make_occasion()
    moderator.post(page_of("cancel", occasion), {"reason_sv": "Storm."})

    page = moderator.get(change_url(occasion)).content.decode()

    assert page.count("· Cancelled</li>") == 1
    assert page.count("· Scheduled</li>") == 1
