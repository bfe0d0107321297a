"""The list of addresses is whole, and every one answers as it should."""

from html.parser import HTMLParser

import pytest

from tests import site_map
from tests.addresses import view_names
from tests.site_map import LANGUAGES, body, by_name

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_site")]


def test_every_address_of_the_site_has_a_row_and_every_row_an_address():
    assert {address.name for address in site_map.ALL} == set(view_names())


@pytest.mark.parametrize("address", site_map.PAGES, ids=by_name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_with_every_field_filled_answers(client, address, language):
    assert client.get(address.path(language)).status_code == 200


@pytest.mark.parametrize("address", site_map.MACHINES, ids=by_name)
def test_machine_address_answers(client, full_site, address):
    path = address.path()
    if address.name == "media":
        path = full_site.initiative.gallery.get().picture.url

    response = client.get(path)

    assert response.status_code == (301 if address.name == "favicon" else 200)
    assert (len(body(response)) > 0) == (address.name != "favicon")


@pytest.mark.parametrize("address", site_map.OLD, ids=by_name)
def test_old_address_leads_on_in_one_step(client, address):
    response = client.get(address.path())

    assert response.status_code == 301
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("address", site_map.WITH_COOKIE, ids=by_name)
def test_address_that_needs_the_cookie_answers_with_it_alone(client, address):
    without = client.get(address.path()).status_code
    client.cookies["programme"] = site_map.SECRETS["edit"]

    assert (without, client.get(address.path()).status_code) == (404, 200)


@pytest.mark.parametrize("address", site_map.DEEDS, ids=by_name)
def test_deed_is_only_done_by_a_press_on_our_own_pages(client, address):
    client.cookies["programme"] = site_map.SECRETS["edit"]

    read = client.get(address.path()).status_code
    foreign = client.post(address.path(), headers={"sec-fetch-site": "cross-site"}).status_code

    assert (read, foreign) == (405, 403)


@pytest.mark.parametrize("address", site_map.READ_ONLY, ids=by_name)
def test_nothing_public_is_written_to(client, address):
    answers = [client.generic(method, address.path()) for method in ("POST", "PUT", "DELETE")]

    assert [answer.status_code for answer in answers] == [405, 405, 405]


@pytest.mark.parametrize(
    ("languages", "path"),
    [
        ("", "/sv/"),
        ("sv-SE,sv;q=0.9,en;q=0.5", "/sv/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("de,fr", "/sv/"),
        ("de,en;q=0.5", "/en/"),
        (";;;,q=", "/sv/"),
    ],
)
def test_root_sends_the_visitor_to_the_language_asked_for(client, languages, path):
    response = client.get("/", headers={"accept-language": languages})

    assert (response.status_code, response["Location"]) == (302, path)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("address", site_map.PAGES, ids=by_name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_leads_only_to_what_answers(client, address, language):
    html = client.get(address.path(language)).content.decode()

    dead = [path for path in inner_links(html) if client.get(path).status_code not in (200, 302)]

    assert dead == []


def inner_links(html: str) -> list[str]:
    """Where the links of a page lead within the site, each once, without files."""
    found = {}

    class Links(HTMLParser):
        def handle_starttag(self, tag, attrs):
            href = dict(attrs).get("href", "")
            if tag == "a" and href.startswith("/") and not href.startswith("/media/"):
                found[href] = True

    Links().feed(html)
    return list(found)
