"""Suggestions while typing: the fragment that the search field's list box is filled with."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innovation.choices import Visibility
from tests.builders import make_challenge, make_initiative, make_organisation

pytestmark = pytest.mark.django_db


def suggested(client, q: str, path: str = "/sv/sokforslag/") -> list[tuple[str, str]]:
    """(text, address) of what is suggested, in order."""
    response = client.get(path, {"q": q})
    assert response.status_code == 200
    found = re.findall(r'data-address="([^"]*)">(.*?)</li>', response.content.decode(), re.S)
    return [(unescape(re.sub("<[^>]+>", "", text)), address) for address, text in found]


@pytest.fixture
def rows():
    make_initiative(slug="tradvakt", title_sv="Trädvakten", title_en="The tree guard")
    make_challenge(slug="trad", title_sv="Hur får vi fler träd?", title_en="More trees?")
    make_organisation(slug="tradgard", name_sv="Trädgårdsförbundet", name_en="Tree federation")


def test_invented_examples_are_not_suggested(client):
    make_initiative(title_sv="Drakflygning", is_example=True)
    make_challenge(title_sv="Hur flyger vi drake?", is_example=True)
    make_organisation(name_sv="Drakbolaget", is_example=True)
    make_organisation(name_sv="Drakförbundet", slug="drakforbundet")

    assert suggested(client, "drak") == [("Drakförbundet", "/sv/organisationer/drakforbundet/")]


def test_suggestions_are_grouped_by_what_they_are(client, rows):
    response = client.get("/sv/sokforslag/?q=träd")
    html = response.content.decode()

    assert re.findall(r'role="presentation" id="suggestions-(\w+)">([^<]+)', html) == [
        ("initiative", "Initiativ"),
        ("challenge", "Utmaningar"),
        ("organisation", "Organisationer"),
    ]
    assert re.findall(r'role="option" id="suggestion-(\d)" aria-selected="false"', html) == [
        "1", "2", "3",
    ]  # fmt: skip
    assert re.search(r"<p data-said hidden>(.*?)</p>", html)[1] == "3 förslag"


def test_suggestions_lead_to_the_pages(client, rows):
    assert suggested(client, "träd") == [
        ("Trädvakten", "/sv/initiativ/tradvakt/"),
        ("Hur får vi fler träd?", "/sv/utmaningar/trad/"),
        ("Trädgårdsförbundet", "/sv/organisationer/tradgard/"),
    ]


def test_suggestions_are_in_the_language_of_the_page(client, rows):
    assert [text for text, _ in suggested(client, "tree", "/en/suggestions/")] == [
        "The tree guard",
        "More trees?",
        "Tree federation",
    ]


@pytest.mark.parametrize("q", ["", "t", " t ", "\x00t", "xyzzyxyzzy"])
def test_little_or_nothing_typed_suggests_nothing(client, rows, q):
    assert suggested(client, q) == []


def test_search_itself_is_the_last_suggestion(client, rows):
    html = client.get("/sv/sokforslag/", {"q": "träd <b>"}).content.decode()

    assert html.endswith(
        '<div role="option" id="suggestion-all" aria-selected="false" '
        'data-address="/sv/initiativ/?q=tr%C3%A4d+%3Cb%3E">'
        "Sök efter ”träd &lt;b&gt;” i alla texter</div>"
    )


def test_nothing_typed_is_not_searched_for(client, rows):
    assert "suggestion-all" not in client.get("/sv/sokforslag/", {"q": "t"}).content.decode()


def test_suggestions_are_few(client):
    for _ in range(20):
        make_initiative(title_sv="Trädvakt")

    assert len(suggested(client, "träd")) <= 10


@pytest.mark.parametrize(
    "hidden", [{"internal": True}, {"visibility": Visibility.DRAFT}, {"is_example": True}]
)
def test_what_is_hidden_is_not_suggested(client, hidden):
    make_initiative(title_sv="Trädvakten", **hidden)

    assert suggested(client, "trädvakten") == []


def test_suggested_text_is_escaped(client):
    make_initiative(title_sv="Träd <script>\"'&")

    html = client.get("/sv/sokforslag/?q=träd").content.decode()

    assert "<script" not in html
    assert suggested(client, "träd")[0][0] == "Träd <script>\"'&"


def test_suggestions_ask_for_the_addresses_alone(client, rows):
    suggested(client, "träd")

    with CaptureQueriesContext(connection) as queries:
        suggested(client, "trä")

    assert len(queries) == 1


def test_suggestions_may_be_kept_for_all(client, rows):
    response = client.get("/sv/sokforslag/?q=träd")

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    "q", ["%00", "%ED%A0%80", "x" * 100_000, "%22%22'(((", "<script>", "-", "%E2%80%AE%D7%A9"]
)
def test_hostile_beginning_is_answered(client, rows, q):
    response = client.get(f"/sv/sokforslag/?q={q}")

    assert response.status_code == 200
    assert b"<script>" not in response.content
