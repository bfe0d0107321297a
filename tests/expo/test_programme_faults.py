"""What goes wrong between a page of a programme and a press on it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from expo import occasions, programmes
from expo.choices import OccasionKind
from expo.models import ProgrammeItem
from innovation.models import User
from tests.expo.builders import at, make_event, make_expo, make_occasion, make_programme

pytestmark = pytest.mark.django_db

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def event(time_machine):
    time_machine.move_to(at("2022-05-30 08:00"), tick=False)
    return make_event(expo=make_expo())


@pytest.fixture
def drop_in(event):
    return make_occasion(
        event=event,
        kind=OccasionKind.DROP_IN,
        starts_at=at("2022-06-01 10:00"),
        ends_at=at("2022-06-01 16:00"),
        visit_minutes=30,
    )


def press(client, deed: str, programme=None, *, holds=(), **fields):
    held = [programme, *holds] if programme else holds
    client.cookies[settings.PROGRAMME_COOKIE_NAME] = ".".join(row.edit_token for row in held)
    if programme:
        fields["programme"] = programme.pk
    return client.post(reverse(f"expo:programme-{deed}"), fields, headers=OURS)


@pytest.mark.parametrize(
    "visit_at",
    ["2022-06-01T08:00+00:00", "9999-12-31T23:59+00:00", "0001-01-01T00:00+01:00", "soon"],
)
def test_swap_to_a_visit_that_is_closed_then_lets_the_programme_find_a_time(
    client, event, drop_in, visit_at
):
    old = make_occasion(event=event, starts_at=at("2022-06-01 09:00"))
    programme = make_programme(occasions=[old])
    occasions.move(
        drop_in, by=User(is_superuser=True), starts_at=drop_in.starts_at + timedelta(hours=2)
    )

    response = press(client, "swap", programme, old=old.pk, new=f"{drop_in.pk} {visit_at}")

    assert response.status_code == 303
    assert list(programme.items.values_list("occasion", "visit_at")) == [(drop_in.pk, None)]


@pytest.mark.parametrize("day", ["9999-12-31", "2022-06-02"])
def test_visit_on_another_day_is_refused_with_a_sentence(client, drop_in, day):
    programme = make_programme(occasions=[drop_in])

    response = press(
        client, "item", programme, occasion=drop_in.pk, visit_day=day, visit_time="23:59"
    )

    assert response.status_code == 400
    assert "Det är inte öppet den dagen." in response.content.decode()


def test_fault_is_shown_on_the_programme_that_the_form_was_of(client, drop_in):
    own = make_programme(occasions=[drop_in], name="Den med felet")
    other = make_programme(drop_in.event.expo, name="Den andra")

    response = press(
        client, "item", own, holds=[other], occasion=drop_in.pk, note="Träffas vid grinden",
        visit_time="25:00",
    )  # fmt: skip

    html = response.content.decode()
    assert response.status_code == 400
    assert 'value="Träffas vid grinden"' in html
    assert 'href="/en/my-programme/"' in html


def test_swap_of_what_was_taken_out_meanwhile_says_so(client, event, drop_in):
    old = make_occasion(event=event, starts_at=at("2022-06-01 09:00"))
    programme = make_programme(drop_in.event.expo)

    press(client, "swap", programme, old=old.pk, new=drop_in.pk)

    page = client.get(reverse("expo:programme-detail")).content.decode()
    assert programme.items.count() == 0
    assert "Den finns inte längre i ditt program. Inget har ändrats." in page


def test_swap_keeps_the_note_and_time_of_what_is_there(event, drop_in):
    old = make_occasion(event=event, starts_at=at("2022-06-01 09:00"))
    programme = make_programme(occasions=[old, drop_in])
    visit_at = at("2022-06-01 12:00")
    programme.items.filter(occasion=drop_in).update(note="Möt mormor", visit_at=visit_at)

    programmes.swap(programme, old, drop_in)

    item = ProgrammeItem.objects.get(programme=programme)
    assert (item.occasion, item.note, item.visit_at) == (drop_in, "Möt mormor", visit_at)


@pytest.mark.parametrize(
    ("name", "fields"), [("copy", {"token": "a\0"}), ("new", {"expo": "a\0", "name": "x"})]
)
def test_secret_or_edition_with_a_nul_is_unknown(client, event, name, fields):
    response = press(client, name, **fields)

    assert response.status_code == {"copy": 404, "new": 303}[name]


def test_eleventh_secret_link_pushes_none_out(client, event):
    held = [make_programme(event.expo) for _ in range(programmes.MOST_PROGRAMMES)]
    eleventh = make_programme(event.expo)

    response = press(client, "use", holds=held, token=eleventh.edit_token)

    assert settings.PROGRAMME_COOKIE_NAME not in response.cookies
    assert response.status_code == 303


def test_referer_with_two_slashes_leads_to_no_other_host(client, event, drop_in):
    response = client.post(
        reverse("expo:programme-choose"),
        {"add": drop_in.pk},
        headers=OURS | {"Referer": "http://testserver//evil.example/x"},
    )

    assert response["Location"].startswith("/evil.example/x#")
