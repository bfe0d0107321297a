"""What every page of the catalogue keeps to, and what single pages must say."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from innovation.choices import Visibility
from innovation.urls import urlpatterns
from tests.builders import (
    make_category,
    make_challenge,
    make_funding,
    make_global_goal,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_status,
    make_technology,
)
from tests.list_html import listed, page_of

pytestmark = pytest.mark.django_db

LISTS = ("/sv/", "/sv/initiativ/", "/sv/utmaningar/", "/sv/organisationer/", "/sv/plattformar/")


class Page(HTMLParser):
    """What a test asks of a page: its headings, links, language, ids and text."""

    def __init__(self, response):
        super().__init__()
        self.headings, self.links, self.ids, self.text = [], {}, [], ""
        self.lang, self._heading = "", None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.lang = given["lang"]
        if tag == "link" and "rel" in given:
            self.links.setdefault(given["rel"], []).append(given)
        if "id" in given:
            self.ids.append(given["id"])
        if re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
            self.headings.append((self._heading, ""))

    def handle_endtag(self, tag):
        if re.fullmatch("h[1-6]", tag):
            self._heading = None

    def handle_data(self, data):
        self.text += data
        if self._heading:
            level, text = self.headings[-1]
            self.headings[-1] = (level, " ".join((text + data).split()).replace("\u00ad", ""))


@pytest.fixture
def catalogue():
    """One of each, so that every page has something to show."""
    challenge = make_challenge(slug="utmaning", category=make_category(slug="klimat"))
    initiative = make_initiative(
        slug="initiativ-ett",
        challenge=challenge,
        category=challenge.category,
        sectors=[make_sector(slug="skola")],
        technologies=[make_technology(slug="ai")],
        global_goals=[make_global_goal(4)],
        driven_by=make_organisation(slug="forvaltning"),
        platforms=[make_platform(slug="plattform")],
    )
    return initiative


PAGES = {
    "start": {},
    "initiative-list": {},
    "initiative-detail": {"slug": "initiativ-ett"},
    "challenge-list": {},
    "challenge-detail": {"slug": "utmaning"},
    "category-detail": {"slug": "klimat"},
    "sector-detail": {"slug": "skola"},
    "technology-detail": {"slug": "ai"},
    "global-goal-detail": {"slug": "4"},
    "organisation-list": {},
    "organisation-detail": {"slug": "forvaltning"},
    "platform-list": {},
    "platform-detail": {"slug": "plattform"},
}


def address_in(language: str, name: str) -> str:

    with translation.override(language):
        return reverse(f"innovation:{name}", kwargs=PAGES[name])


def test_pages_are_all_the_pages():

    fragments = {"suggestions"}
    assert set(PAGES) == {pattern.name for pattern in urlpatterns} - fragments


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole(client, catalogue, language, name):
    path = address_in(language, name)

    response = client.get(path)
    page = Page(response)

    assert response.status_code == 200
    assert page.lang == language
    assert [level for level, _ in page.headings].count(1) == 1
    levels = [level for level, _ in page.headings]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert re.search("<title>[^<]+ – [^<]+</title>|<title>[^<]+</title>", response.content.decode())
    assert re.search('<meta name="description" content="[^"]{10,}"', response.content.decode())
    assert [link["href"] for link in page.links["canonical"]] == [f"http://localhost:8000{path}"]
    assert client.cookies == {}


@pytest.mark.parametrize("name", PAGES)
def test_page_and_its_twin_point_at_each_other(client, catalogue, name):
    twins = {}
    for language in ("sv", "en"):
        page = Page(client.get(address_in(language, name)))
        twins[language] = {link["hreflang"]: link["href"] for link in page.links["alternate"]}

    assert twins["sv"] == twins["en"]
    for language in ("sv", "en"):
        assert twins["sv"][language] == f"http://localhost:8000{address_in(language, name)}"


def test_language_switch_keeps_the_filters(client, catalogue):
    response = client.get("/sv/initiativ/?status=pilot&view=table")

    assert 'href="/en/initiatives/?status=pilot&amp;view=table" lang="en"' in (
        response.content.decode()
    )


@pytest.mark.parametrize("path", LISTS)
def test_page_without_any_content_makes_sense(client, path):
    page = Page(client.get(path))

    assert page.headings[0][0] == 1
    assert "None" not in page.text


def add_alike(initiative):
    """Another that shares everything with `initiative`, and so stands on all its pages."""
    make_initiative(
        challenge=initiative.challenge,
        category=initiative.category,
        sectors=initiative.sectors.all(),
        technologies=initiative.technologies.all(),
        global_goals=initiative.global_goals.all(),
        platforms=initiative.platforms.all(),
        driven_by=initiative.driven_by,
        partners=[make_organisation()],
    )


def queries_of(path: str) -> int:
    Client().get(path)  # the index of likeness is made at the first
    with CaptureQueriesContext(connection) as queries:
        Client().get(path)
    return len(queries)


@pytest.mark.parametrize("name", PAGES)
def test_query_count_does_not_grow_with_the_rows(catalogue, name):
    path = address_in("sv", name)
    add_alike(catalogue)
    few = queries_of(path)

    for _ in range(3):
        add_alike(catalogue)

    assert queries_of(path) == few


# ── Numbers are what they link to ─────────────────────────────────────────────
def test_numbers_of_the_start_page_are_those_of_the_pages_behind(client, catalogue):
    make_initiative(status=make_status("cancelled"), category=catalogue.category)
    make_initiative(is_example=True, category=catalogue.category)

    start = client.get("/sv/").context

    assert start["total"] == len(listed(page_of(client, "/sv/initiativ/"))) == 2
    for status in start["statuses"]:
        html = page_of(client, f"/sv/initiativ/?status={status.row.slug}")
        assert len(listed(html)) == status.total
    for category in start["categories"]:
        page = client.get(category.row.get_absolute_url()).context
        assert page["initiatives"].total == category.total
    for challenge in start["challenges"]:
        page = client.get(challenge.row.get_absolute_url()).context
        assert page["initiatives"].total == challenge.total
    assert start["organisations"] == client.get("/sv/organisationer/").context["total"]


# ── The page of an initiative ─────────────────────────────────────────────────
def test_initiative_with_only_a_lead_has_no_empty_headings(client):
    row = make_initiative(title_sv="Bara ingress", challenge=None)

    page = Page(client.get(f"/sv/initiativ/{row.slug}/"))

    assert [text for _, text in page.headings] == [
        "Bara ingress",
        "Testas som pilot",
        "Om uppgifterna",
        "Fakta",
    ]


def test_cancelled_initiative_shows_where_it_stopped(client):
    row = make_initiative(status=make_status("pilot"))
    row.status = make_status("cancelled")
    row.status_comment_sv = "Behovet löstes på annat sätt."
    row.save()

    html = client.get(f"/sv/initiativ/{row.slug}/").content.decode()

    assert row.progress_percent == 50
    assert re.findall(r'<li data-state="(\w+)"', html) == ["done", "stopped", "ahead", "ahead"]
    assert "Behovet löstes på annat sätt." in html


def test_initiative_with_unknown_progress_has_no_steps(client):
    row = make_initiative(status=make_status("not-stated"))

    html = client.get(f"/sv/initiativ/{row.slug}/").content.decode()

    assert 'class="step-list"' not in html


def test_money_of_different_kinds_is_not_added(client):
    row = make_initiative(estimated_budget_sek=500_000)
    make_funding(row, kind="granted", amount_sek=200_000)
    make_funding(row, kind="granted", amount_sek=100_000)
    make_funding(row, kind="used", amount_sek=50_000)

    bars = client.get(f"/sv/initiativ/{row.slug}/").context["money"]

    assert [(bar.kind, bar.amount_sek) for bar in bars] == [
        ("estimate", 500_000),
        ("granted", 300_000),
        ("used", 50_000),
    ]


def test_budget_of_zero_is_a_value(client):
    row = make_initiative(estimated_budget_sek=0)

    assert "0\u00a0kr" in client.get(f"/sv/initiativ/{row.slug}/").content.decode()


def test_concluded_values_are_marked(client):
    row = make_initiative(category=make_category(), inferred_fields=["status", "category"])

    page = Page(client.get(f"/sv/initiativ/{row.slug}/"))

    assert page.text.count("vår slutsats") == 3
    assert "utan är vår slutsats av resten: statusen, kategorin." in page.text


def test_fallback_is_labelled_and_knows_its_language(client):
    row = make_initiative(title_en="", lead_en="", title_sv="Lugna bussen")

    html = client.get(f"/en/initiatives/{row.slug}/").content.decode()

    assert '<h1><span lang="sv">Lugna bussen</span></h1>' in html
    assert "They stand in Swedish." in html


def test_example_is_marked_on_page_and_card_and_in_no_list(client):
    row = make_initiative(is_example=True, title_sv="Påhittat")

    page = Page(client.get(f"/sv/initiativ/{row.slug}/"))
    plain = page_of(client, "/sv/initiativ/")
    asked = page_of(client, "/sv/initiativ/?examples=1")

    assert "Exempel Initiativet är påhittat" in " ".join(page.text.split())
    assert (listed(plain), listed(asked)) == ([], [row.slug])
    assert "Visa dem också" in plain
    assert '<span class="example-mark">Exempel</span>' in asked


# ── Moved and gone ────────────────────────────────────────────────────────────
def test_renamed_initiative_redirects_in_one_step_from_all_its_names(client):
    row = make_initiative(slug="forsta")
    for slug in ("andra", "tredje"):
        row.slug = slug
        row.save()

    for old in ("forsta", "andra"):
        response = client.get(f"/en/initiatives/{old}/")
        assert (response.status_code, response["Location"]) == (301, "/en/initiatives/tredje/")


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/sv/finns-inte/", 404, "Sidan finns inte"),
        ("/en/nowhere/", 404, "This page doesn’t exist"),
        ("/sv/initiativ/borta/", 410, "Den här sidan är borttagen"),
        ("/en/initiatives/borta/", 410, "This page has been taken down"),
    ],
)
def test_error_page_speaks_the_language_and_has_a_way_on(client, path, status, sentence):
    make_initiative(slug="borta", visibility=Visibility.WITHDRAWN)

    response = client.get(path)
    page = Page(response)

    assert response.status_code == status
    assert page.headings[0] == (1, sentence)
    assert page.lang == path[1:3]
    assert 'role="search"' in response.content.decode()
