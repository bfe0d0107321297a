"""The catalogue's address: what each key does, what the page says of it, and what it bears."""

import re

import pytest
from django.db import connection
from django.template.base import Template
from django.test.utils import CaptureQueriesContext

from tests.builders import (
    make_category,
    make_challenge,
    make_global_goal,
    make_initiative,
    make_organisation,
    make_sector,
    make_status,
    make_technology,
)
from tests.list_html import listed, page_of

pytestmark = pytest.mark.django_db


def slugs(client, query: str) -> list[str]:
    return listed(page_of(client, f"/sv/initiativ/?{query}"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abc"),
        ("status=idea", "a"),
        ("status=idea&status=pilot", "ab"),
        ("status=idea&category=kategori-b", ""),
        ("category=kategori-b", "b"),
        ("challenge=utmaning-c", "c"),
        ("sector=sektor-a&sector=sektor-c", "ac"),
        ("technology=teknik-b", "b"),
        ("goal=1&goal=3", "ac"),
        ("driven_by=agare-b", "b"),
        ("partner=partner-a&partner=med-c", "ac"),
        ("budget_min=200", "bc"),
        ("budget_max=200", "ab"),
        ("budget_min=150&budget_max=250", "b"),
        ("year=2021", "b"),
        ("open_for_schools=1", "a"),
        ("status=pilot&stated=1", ""),
        ("category=kategori-b&stated=1", "b"),
        ("q=ängen", "b"),
        ("q=ÄNGEN", "b"),
        ("q=zebra", "a"),
        ("q=finnsinte", ""),
        ("status=finns-inte", "abc"),
        ("status=idea&status=finns-inte", "a"),
    ],
)
def test_initiative_list_narrows_as_its_address_says(client, rows, query, found):
    assert sorted(slugs(client, query)) == list(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=title", ["a", "b", "c"]),
        ("sort=progress", ["c", "b", "a"]),
        ("sort=budget", ["c", "b", "a"]),
        ("sort=updated", ["c", "b", "a"]),
        ("sort=nonsense", ["c", "b", "a"]),
    ],
)
def test_initiative_list_sorts(client, rows, query, found):
    assert slugs(client, query) == found


def test_initiative_list_sorts_titles_in_the_readers_language(client, rows):
    assert listed(page_of(client, "/en/initiatives/?sort=title")) == ["c", "b", "a"]


# ── For machines: updates, addresses, caches ──────────────────────────────────
def test_update_has_the_parts_that_change_and_no_frame(client, rows):
    response = client.get(
        "/sv/initiativ/?status=idea&budget_min=", headers={"HX-Target": "results"}
    )
    html = response.content.decode()

    assert listed(html) == ["a"]
    assert re.findall(r'id="([\w-]+)" hx-swap-oob="innerHTML"', html) == [
        "panel-chosen", "panel", "total", "list-tools",
    ]  # fmt: skip
    assert re.findall(r"<title>(.*?)\s*</title>", html, re.S) == [
        "Initiativ – Innovation Helsingborg"
    ]
    assert ("<html" in html, "<header" in html, 'id="results"' in html) == (False, False, False)


def test_update_is_kept_by_nobody_and_says_its_address(client, rows):
    response = client.get(
        "/sv/initiativ/?view=cards&status=idea&year=&q=%C3%A5", headers={"HX-Target": "results"}
    )

    assert response["Cache-Control"] == "no-store"
    assert response["Content-Location"] == "/sv/initiativ/?q=%C3%A5&status=idea"
    assert "HX-Target" in response["Vary"]
    assert response["HX-Push-Url"] == "false"


@pytest.mark.parametrize("headers", [{}, {"HX-Target": "other"}, {"HX-Request": "true"}])
def test_anything_else_gets_the_whole_page(client, rows, headers):
    response = client.get("/sv/initiativ/?status=idea", headers=headers)

    assert response.content.startswith(b"<!doctype html>")
    assert "HX-Target" in response["Vary"]
    assert "Content-Location" not in response


def test_page_names_itself_in_both_languages(client, rows):
    html = page_of(client, "/en/initiatives/?view=table&status=idea&page=7&utm_source=x")

    assert re.findall(r'<link rel="(\w+)"[^>]* href="http://[^/]+([^"]+)"', html) == [
        ("canonical", "/en/initiatives/?status=idea"),
        ("alternate", "/sv/initiativ/?status=idea&amp;view=table"),
        ("alternate", "/en/initiatives/?status=idea&amp;view=table"),
        ("alternate", "/sv/initiativ/?status=idea&amp;view=table"),
    ]
    assert 'class="language" href="/sv/initiativ/?status=idea&amp;view=table"' in html


@pytest.mark.parametrize(
    ("query", "is_indexed"),
    [("", True), ("status=idea", True), ("status=idea&year=2020", False), ("q=x", False)],
)
def test_pages_of_one_choice_are_for_search_engines(swedish_page, rows, query, is_indexed):
    assert ('content="noindex, follow"' in swedish_page(query)) is not is_indexed


def test_list_sets_no_cookie(client, rows):
    assert client.get("/sv/initiativ/?status=idea").cookies == {}


@pytest.mark.parametrize("query", ["", "status=idea&view=table", "sort=title&page=2&year=2020"])
def test_warm_list_asks_nothing_and_renders_nothing(client, rows, monkeypatch, query):
    client.get(f"/sv/initiativ/?{query}")
    rendered = []
    render = Template.render

    def note(self, context):
        rendered.append(self.name)
        return render(self, context)

    monkeypatch.setattr(Template, "render", note)

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/sv/initiativ/?{query}")

    assert [query["sql"] for query in queries] == []
    assert rendered == []


NASTY = "<script>\"'&"


@pytest.mark.parametrize("shape", ["cards", "list", "table"])
def test_everything_on_the_page_is_escaped(client, shape):
    names = {"name_sv": NASTY, "name_en": NASTY}
    make_initiative(
        title_sv=NASTY,
        lead_sv=NASTY,
        status=make_status("nasty", **names),
        category=make_category(**names),
        challenge=make_challenge(title_sv=NASTY),
        sectors=[make_sector(slug="nasty", **names)],
        technologies=[make_technology(**names)],
        global_goals=[make_global_goal(4, **names)],
        driven_by=make_organisation(**names),
        partners=[make_organisation(**names)],
    )
    nasty = "%3Cscript%3E%22%27%26"

    html = page_of(
        client, f"/sv/initiativ/?sector=nasty&sector={nasty}&budget_min={nasty}&view={shape}"
    )

    assert "<script>" not in html
    assert 'value="<script' not in html
    assert html.count("&lt;script&gt;&quot;&#x27;&amp;") >= 11
    assert page_of(client, f"/sv/initiativ/?q={nasty}").count("<script>") == 0


HOSTILE = [
    "q=%00",
    "q=%ED%A0%80",
    "q=" + "x" * 100_000,
    "q=%22%22%22%27%27(((",
    "q=<script>alert(1)</script>",
    "q=%F0%9F%92%A5",
    "q=%E2%80%AE%D7%A9",
    "q=' OR 1=1 --",
    "q=" + "%20".join(["a"] * 500),
    "status=%00&category=%ED%A0%80",
    "status=<script>alert(1)</script>",
    "&".join(f"status=s{number}" for number in range(10_000)),
    "&".join(["sector=sektor-a"] * 10_000),
    "page=0&page=-1",
    "page=999999999999999999999999",
    "page=%C2%B2",
    "sort[]=title&view[]=table",
    "budget_min=1e400&budget_max=NaN&year=Infinity",
    "year=2021.5",
    "examples=maybe&stated=%00",
    "view=../../etc/passwd",
    "=&&&==",
    "%",
]


@pytest.mark.parametrize(
    "path", ["/sv/initiativ/", "/en/", "/sv/utmaningar/", "/sv/organisationer/"]
)
@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:30])
def test_hostile_query_is_answered_and_never_unescaped(client, rows, path, query):
    response = client.get(f"{path}?{query}")

    # More parameters than any page has are refused (400) by a page that reads some, which says so.
    is_refused = query.count("&") > 5000 and path == "/sv/initiativ/"
    assert response.status_code == (400 if is_refused else 200)
    assert b"<script>alert" not in response.content
