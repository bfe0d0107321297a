"""The pages of a programme, and the presses on them."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from expo import programmes
from expo.choices import OccasionKind, OccasionStatus
from expo.models import PersonalProgramme
from innovation.choices import Visibility
from tests.expo.builders import (
    at,
    make_event,
    make_expo,
    make_occasion,
    make_programme,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_expo")]

PROGRAMME = "/sv/mitt-program/"
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def before_the_expo():
    with time_machine.travel(at("2022-05-20 12:00"), tick=False):
        yield


@pytest.fixture
def press(client):
    """Sends a form from a page of ours: `press("choose", add=1)`."""

    def send(deed: str, *, headers=None, **fields):
        address = reverse(f"expo:programme-{deed}")
        return client.post(address, fields, headers=OURS | (headers or {}))

    return send


def hold(client, *held: PersonalProgramme) -> None:
    client.cookies["programme"] = ".".join(programme.edit_token for programme in held)


def held_by(client) -> list[str]:
    value = client.cookies["programme"].value if "programme" in client.cookies else ""
    return value.split(".") if value else []


def said_on(client) -> str:
    html = client.get(PROGRAMME).content.decode()
    (said,) = re.findall(r'id="programme-said".*?>(.*?)</div>', html, re.S)
    return re.sub(r"<[^>]+>|\s+", " ", said).strip()


def make_another(occasion, **fields):
    return make_occasion(event=make_event(expo=occasion.event.expo), **fields)


# ── The first press ───────────────────────────────────────────────────────────
def test_first_press_makes_a_programme_and_the_cookie(client, press):
    occasion = make_occasion()

    response = press("choose", add=occasion.pk)

    programme = PersonalProgramme.objects.get()
    cookie = response.cookies["programme"]
    assert (response.status_code, response["Location"]) == (
        303,
        f"{PROGRAMME}#choose-{occasion.pk}",
    )
    assert cookie.value == programme.edit_token
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    # From 20 May until 90 days after 3 July, the last of them included.
    assert cookie["max-age"] == 135 * 24 * 60 * 60


def test_whoever_has_the_cookie_never_gets_a_page_that_is_kept_for_all(settings):
    assert settings.PROGRAMME_COOKIE_NAME in settings.PERSONAL_COOKIES


@pytest.mark.parametrize(
    "page", [PROGRAMME, "/sv/", "/sv/initiativ/", "/sv/mitt-program/wrong-link/"]
)
def test_no_page_sets_a_cookie(client, page):
    assert not client.get(page).cookies


def test_press_on_another_site_changes_nothing(client):
    occasion = make_occasion()

    response = client.post(
        reverse("expo:programme-choose"),
        {"add": occasion.pk},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert response.status_code == 403
    assert PersonalProgramme.objects.count() == 0


def test_second_press_adds_to_the_same_programme(client, press):
    first = make_occasion()
    second = make_another(first)

    press("choose", add=first.pk)
    press("choose", add=second.pk)

    assert PersonalProgramme.objects.get().items.count() == 2
    assert len(held_by(client)) == 1


def test_same_press_twice_is_one_thing(client, press):
    occasion = make_occasion()

    for _ in range(2):
        press("choose", add=occasion.pk)

    assert PersonalProgramme.objects.get().items.count() == 1


def test_each_expo_has_a_programme_of_its_own_and_the_last_chosen_is_current(client, press):
    first, second = make_occasion(), make_occasion()

    press("choose", add=first.pk)
    press("choose", add=second.pk)

    programme, other = PersonalProgramme.objects.order_by("-pk")
    assert held_by(client) == [programme.edit_token, other.edit_token]
    assert client.get(PROGRAMME).context["expo"] == second.event.expo


def test_press_says_at_once_what_it_clashes_with(client, press):
    first = make_occasion()
    second = make_another(first, starts_at=at("2022-06-01 10:30"))
    press("choose", add=first.pk)

    press("choose", add=second.pk)

    said = said_on(client)
    assert str(first.event.title) in said
    assert "10.00–11.00" in said


def test_press_leads_back_to_where_the_button_stands(client, press):
    occasion = make_occasion()

    response = press("choose", add=occasion.pk, headers={"referer": "http://testserver/sv/?q=x#y"})

    assert response["Location"] == f"/sv/?q=x#choose-{occasion.pk}"


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://evil.example.org/sv/",
        "//evil.example.org/",
        "http://testserver.evil.example.org/",
        "javascript:alert(1)",
    ],
)
def test_press_leads_to_no_other_site(client, press, referer):
    occasion = make_occasion()

    response = press("choose", add=occasion.pk, headers={"referer": referer})

    assert response["Location"] == f"{PROGRAMME}#choose-{occasion.pk}"


@pytest.mark.parametrize("value", ["", "x", "-1", "999999", "9" * 30, "１"])
def test_press_for_what_is_not_there_says_so(client, press, value):
    response = press("choose", add=value)

    assert response.status_code == 303
    assert PersonalProgramme.objects.count() == 0
    assert said_on(client) != ""


def test_cancelled_between_page_and_press_is_said_and_nothing_is_lost(client, press):
    first = make_occasion()
    press("choose", add=first.pk)
    second = make_another(first, status=OccasionStatus.CANCELLED, reason_sv="Storm på kajen")

    press("choose", add=second.pk)

    assert "Storm på kajen" in said_on(client)
    assert PersonalProgramme.objects.get().items.count() == 1


@pytest.mark.parametrize("hidden", ["draft event", "draft expo"])
def test_what_the_public_may_not_see_is_neither_added_nor_named(client, press, hidden):
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])
    hold(client, programme)
    row = occasion.event if hidden == "draft event" else occasion.event.expo
    row.visibility = Visibility.DRAFT
    row.save()

    press("choose", add=occasion.pk)
    html = client.get(PROGRAMME).content.decode()

    assert str(occasion.event.title) not in html
    assert client.get(PROGRAMME).context["withdrawn"] == 1


def test_htmx_gets_the_button_and_what_the_header_says(client, press):
    occasion = make_occasion()

    html = press("choose", add=occasion.pk, headers={"hx-request": "true"}).content.decode()

    assert f'name="remove" value="{occasion.pk}" id="choose-{occasion.pk}"' in html
    assert 'id="programme-link"' in html
    assert "(1)" in html
    assert 'id="programme-said" hx-swap-oob="innerHTML"' in html


# ── One's own ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_programme_query_count_does_not_grow(client, django_assert_num_queries, count):
    first = make_occasion(venue=make_venue())
    rest = [make_another(first, starts_at=at(f"2022-06-0{n} 18:00")) for n in range(2, 1 + count)]
    hold(client, make_programme(occasions=[first, *rest]))

    # The programmes, items, their occasions; items in all; 2 for the header.
    with django_assert_num_queries(6):
        client.get(PROGRAMME)


def test_pages_may_be_kept_by_nobody(client):
    programme = make_programme(occasions=[make_occasion()])
    hold(client, programme)
    token = programmes.share(programme)

    pages = [
        PROGRAMME,
        f"{PROGRAMME}program.pdf",
        f"{PROGRAMME}{programme.edit_token}/",
        f"{PROGRAMME}delat/{token}/",
        f"{PROGRAMME}delat/{token}/program.pdf",
        f"{PROGRAMME}delat/{token}/qr.svg",
        f"{PROGRAMME}{'x' * 32}/",
    ]

    answers = [client.get(page) for page in pages]
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}
    assert {answer["X-Robots-Tag"] for answer in answers} == {"noindex"}
    assert {answer["Referrer-Policy"] for answer in answers[2:]} == {"no-referrer"}
    assert [answer.status_code for answer in answers] == [200] * 6 + [404]


def test_empty_page_leads_to_the_expo_that_is_to_come(client):
    make_expo(
        slug="old", starts_on=at("2021-06-01 00:00").date(), ends_on=at("2021-06-02 00:00").date()
    )
    expo = make_expo(slug="next")

    assert client.get(PROGRAMME).context["expo"] == expo


def test_note_and_time_are_saved(client, press):
    occasion = make_occasion(kind=OccasionKind.DROP_IN)
    programme = make_programme(occasions=[occasion])
    hold(client, programme)

    press(
        "item",
        programme=programme.pk,
        occasion=occasion.pk,
        note=" Ta med hjälm ",
        visit_time="13.30",
    )

    item = programme.items.get()
    assert (item.note, item.visit_at) == ("Ta med hjälm", at("2022-06-01 13:30"))


@pytest.mark.parametrize(("time", "typed"), [("09:30", "09:30"), ("15:31", "15:31"), ("x", "x")])
def test_time_outside_the_hours_comes_back_with_what_was_typed(client, press, time, typed):
    occasion = make_occasion(kind=OccasionKind.DROP_IN)
    programme = make_programme(occasions=[occasion])
    hold(client, programme)

    response = press(
        "item", programme=programme.pk, occasion=occasion.pk, note="Behåll", visit_time=time
    )

    html = response.content.decode()
    assert response.status_code == 400
    assert f'value="{typed}"' in html
    assert 'value="Behåll"' in html
    assert f'id="fault-visit_time-{occasion.pk}-1"' in html
    assert programme.items.get().note == ""


def test_evening_visit_past_midnight_belongs_to_the_evening(client, press):
    occasion = make_occasion(
        kind=OccasionKind.DROP_IN,
        starts_at=at("2022-06-01 20:00"),
        ends_at=at("2022-06-02 02:00"),
    )
    programme = make_programme(occasions=[occasion])
    hold(client, programme)

    press("item", programme=programme.pk, occasion=occasion.pk, visit_time="00:30")

    assert programme.items.get().visit_at == at("2022-06-02 00:30")


def test_swap_takes_the_time_that_was_offered(client, press):
    old = make_occasion()
    new = make_another(old, kind=OccasionKind.DROP_IN)
    programme = make_programme(occasions=[old])
    hold(client, programme)

    press("swap", programme=programme.pk, old=old.pk, new=f"{new.pk} 2022-06-01T11:25:00+02:00")

    item = programme.items.get()
    assert (item.occasion, item.visit_at) == (new, at("2022-06-01 11:25"))


def test_seen_takes_the_badge_away(client, press):
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])
    hold(client, programme)
    occasion.starts_at = at("2022-06-01 09:00")
    occasion.save()
    page = client.get(PROGRAMME).context

    press("seen", programme=programme.pk, seen=page["seen"])

    assert page["changed"] == 1
    assert client.get(PROGRAMME).context["changed"] == 0


def test_address_that_is_none_comes_back_with_a_sentence(client, press):
    programme = make_programme()
    hold(client, programme)

    response = press("mail", programme=programme.pk, email="kim@")

    assert response.status_code == 400
    assert 'value="kim@"' in response.content.decode()
    assert 'aria-describedby="fault-email"' in response.content.decode()


# ── Several ───────────────────────────────────────────────────────────────────
def test_new_programme_becomes_the_current_one(client, press):
    first = make_programme()
    hold(client, first)

    press("new", expo=first.expo.slug, name="Med mormor")

    second = PersonalProgramme.objects.get(name="Med mormor")
    assert held_by(client) == [second.edit_token, first.edit_token]


def test_switch_rename_and_delete(client, press):
    first = make_programme(name="Ett")
    second = make_programme(first.expo, name="Två")
    hold(client, first, second)

    press("switch", programme=second.pk)
    press("rename", programme=second.pk, name="Lördag")
    press("delete", programme=first.pk)

    assert held_by(client) == [second.edit_token]
    assert list(PersonalProgramme.objects.values_list("name", flat=True)) == ["Lördag"]


def test_last_programme_that_is_deleted_takes_the_cookie_with_it(client, press):
    programme = make_programme()
    hold(client, programme)

    press("delete", programme=programme.pk)

    assert held_by(client) == []
    assert PersonalProgramme.objects.count() == 0


@pytest.mark.parametrize(
    "deed", ["swap", "item", "seen", "switch", "rename", "delete", "share", "take-back",
             "mail", "new-calendar"]
)  # fmt: skip
def test_nobody_reaches_a_programme_by_its_key_alone(client, press, deed):
    other = make_programme(occasions=[make_occasion()], name="Deras")
    hold(client, make_programme())
    before = PersonalProgramme.objects.filter(pk=other.pk).values().get()

    press(deed, programme=other.pk, name="Min", email="kim@example.org")

    assert PersonalProgramme.objects.filter(pk=other.pk).values().get() == before


def test_name_that_is_too_long_changes_nothing(client, press):
    programme = make_programme(name="Lördag")
    hold(client, programme)

    press("rename", programme=programme.pk, name="x" * 81)

    programme.refresh_from_db()
    assert programme.name == "Lördag"


def test_forget_takes_the_cookie_and_leaves_the_programme(client, press):
    programme = make_programme()
    hold(client, programme)

    press("forget")

    assert held_by(client) == []
    assert client.get(f"{PROGRAMME}{programme.edit_token}/").status_code == 200


# ── By a link ─────────────────────────────────────────────────────────────────
def test_secret_link_sets_nothing_until_the_press(client, press):
    programme = make_programme(occasions=[make_occasion()])
    page = client.get(f"{PROGRAMME}{programme.edit_token}/")

    press("use", token=programme.edit_token)

    assert not page.cookies
    assert held_by(client) == [programme.edit_token]


@pytest.mark.parametrize("token", ["x", "x" * 32, "å" * 32, "x" * 500])
@pytest.mark.parametrize("where", ["", "delat/"])
def test_wrong_link_gets_a_page_that_says_so(client, where, token):
    response = client.get(f"{PROGRAMME}{where}{token}/")

    assert response.status_code == 404
    assert "expo/programme_wrong_link.html" in [one.name for one in response.templates]


def test_secrets_open_only_what_they_are_for(client):
    programme = make_programme()
    share = programmes.share(programme)

    opened = [
        client.get(f"{PROGRAMME}{path}/").status_code
        for path in (share, programme.calendar_token, f"delat/{programme.edit_token}")
    ]

    assert opened == [404, 404, 404]


def test_shared_page_shows_the_things_and_neither_notes_nor_secrets(client):
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])
    programme.items.update(note="Portkoden är 1234")

    html = client.get(f"{PROGRAMME}delat/{programmes.share(programme)}/").content.decode()

    assert str(occasion.event.title) in html
    secrets = ("1234", programme.edit_token, programme.calendar_token)
    assert [secret for secret in secrets if secret in html] == []


def test_shared_link_that_is_taken_back_leads_nowhere(client, press):
    programme = make_programme()
    hold(client, programme)
    token = programmes.share(programme)

    press("take-back", programme=programme.pk)

    assert client.get(f"{PROGRAMME}delat/{token}/").status_code == 404


def test_copy_becomes_ones_own(client, press):
    occasion = make_occasion()
    shared = make_programme(occasions=[occasion])

    press("copy", token=programmes.share(shared))

    own = PersonalProgramme.objects.exclude(pk=shared.pk).get()
    assert held_by(client) == [own.edit_token]
    assert own.items.get().occasion == occasion


@pytest.mark.parametrize("deed", ["use", "copy"])
def test_press_with_a_wrong_secret_gets_the_same_page(press, deed):
    assert press(deed, token="x" * 32).status_code == 404


def test_worker_serves_the_addresses_of_the_programme_alone(client):
    response = client.get(f"{PROGRAMME}worker.js")

    assert response["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in response


def test_old_browser_is_asked_and_keeps_what_it_pressed():
    occasion = make_occasion()
    visitor = Client(enforce_csrf_checks=True)
    address = reverse("expo:programme-choose")
    asked = visitor.post(address, {"add": occasion.pk})

    visitor.post(address, {"add": occasion.pk, "csrfmiddlewaretoken": asked.context["csrf_token"]})

    assert PersonalProgramme.objects.get().items.get().occasion == occasion
