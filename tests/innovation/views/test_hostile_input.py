"""What may come in an address of any page: an answer every time, and never unescaped.

`test_initiative_list.py` has the table for the catalogue's own keys.
"""

import pytest

from tests import site_map
from tests.site_map import by_name

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_site")]

MARK = "<svg/onload=zq>"
QUERIES = {
    "nothing": "?",
    "zero byte": "?q=%00&page=%00&status=%00",
    "half a surrogate": "?q=%ED%A0%80&status=%ED%B0%80",
    "not UTF-8": "?q=%FF%FE&sector=%C3%28",
    "markup": f"?q={MARK}&status={MARK}&sort={MARK}&view={MARK}&page={MARK}&{MARK}={MARK}",
    "quotes": "?q=%22%27%60&status=%22%20onfocus=zq%20%22&year=%22%27",
    "SQL": "?q='%20OR%201=1;--&sector=x'%29;DROP%20TABLE%20x;--",
    "emoji": "?q=%F0%9F%A7%91%F0%9F%8F%BD%E2%80%8D%F0%9F%9A%80&status=%F0%9F%A7%91",
    "right to left": "?q=%E2%80%AE%D8%A7%D9%84&driven_by=%E2%80%AE",
    "100 kB": "?q=" + "%C3%A5" * 50_000,
    "100 kB of a facet": "?sector=" + "x" * 100_000,
    "a thousand keys": "?" + "&".join(f"k{number}=1" for number in range(1000)),
}
# Django refuses more parameters than DATA_UPLOAD_MAX_NUMBER_FIELDS.
FLOOD = "?" + "&".join(["status=pilot"] * 10_000)
SLUGS = ["%00", "%ED%A0%80", "%3Cscript%3E", "..%2F..%2Fetc", "x" * 5000, "%E2%80%AE", "a'b", "%25"]


def is_unescaped(response) -> bool:
    text = response.content.decode()
    return MARK in text or 'onfocus=zq "' in text


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_hostile_query_on_any_page_is_answered_as_if_it_were_not_there(client, query):
    answers = {address.path(): client.get(address.path() + query) for address in site_map.PAGES}

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )
    assert [path for path, answer in answers.items() if is_unescaped(answer)] == []


def test_unescaped_markup_would_be_seen():
    class Response:
        content = f"<p>{MARK}</p>".encode()

    assert is_unescaped(Response)


def test_flood_of_parameters_is_refused_by_a_page_that_reads_them(client):
    response = client.get(f"/sv/initiativ/{FLOOD}")

    assert response.status_code == 400
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("slug", SLUGS)
def test_hostile_slug_is_not_found_on_any_page(client, slug):
    pages = [address for address in site_map.PAGES + site_map.OLD if "slug" in address.kwargs]

    answers = {
        address.name: client.get(address.path().replace(address.kwargs["slug"], slug)).status_code
        for address in pages
    }

    assert set(answers.values()) <= {404, 301}
    assert 301 not in {answers[by] for by in answers if not by.startswith("old-")}


@pytest.mark.parametrize("address", site_map.PAGES, ids=by_name)
def test_page_without_its_last_slash_leads_to_it(client, address):
    response = client.get(address.path().rstrip("/") + "?q=a")

    assert (response.status_code, response["Location"]) == (301, address.path() + "?q=a")
