import re

import pytest
from django.urls import reverse

from innovation.models import OutboxMessage
from tests.builders import PASSWORD, make_user


@pytest.fixture
def asked(client, db):
    """Somebody who has asked for a new password, and the address in the mail."""
    user = make_user("editor", email="anna@example.org")
    client.post(reverse("admin:password_reset"), {"email": "Anna@example.org"})
    text = OutboxMessage.objects.get().payload["text"]
    return user, re.search(r"http://localhost:8000(/\S+)", text)[1]


def test_login_page_leads_to_the_reset(client, db):
    page = client.get(reverse("admin:login")).content.decode()

    assert f'href="{reverse("admin:password_reset")}"' in page


def test_reset_mail_goes_through_the_outbox(client, asked):
    user, _address = asked

    message = OutboxMessage.objects.get()
    assert (message.kind, message.payload["to"]) == ("mail", user.email)


def test_link_opens_a_page_and_writes_nothing(client, asked):
    _user, address = asked

    first, second = client.get(address), client.get(address)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first["Referrer-Policy"] == "no-referrer"
    assert first.cookies.keys() <= {"csrf"}


def test_new_password_is_set_and_the_link_used_up(client, asked):
    user, address = asked
    answers = {"new_password1": "ett-nytt-langt-losen", "new_password2": "ett-nytt-langt-losen"}

    done = client.post(address, answers)
    again = client.get(address)

    user.refresh_from_db()
    assert done.url == reverse("admin:password_reset_done")
    assert client.get(done.url).status_code == 200
    assert user.check_password("ett-nytt-langt-losen")
    assert again.status_code == 404


def test_poor_password_is_refused_in_a_sentence(client, asked):
    user, address = asked

    response = client.post(
        address,
        {"new_password1": "12345678", "new_password2": "12345678"},
        headers={"accept-language": "en"},
    )

    user.refresh_from_db()
    assert "This password is entirely numeric." in response.content.decode()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("email", "role", "fields"),
    [
        ("ingen@example.org", None, {}),
        ("utan@example.org", None, {"email": "utan@example.org"}),
        ("slutat@example.org", "editor", {"email": "slutat@example.org", "is_active": False}),
    ],
)
def test_answer_does_not_tell_who_works_here(client, db, email, role, fields):
    if fields:
        make_user(role, **fields)

    response = client.post(reverse("admin:password_reset"), {"email": email}, follow=True)

    assert response.redirect_chain == [(reverse("admin:password_reset_sent"), 302)]
    assert OutboxMessage.objects.count() == 0


def test_pressing_twice_sends_one_mail(client, asked):
    client.post(reverse("admin:password_reset"), {"email": "anna@example.org"})

    assert OutboxMessage.objects.count() == 1
