"""Around the initiatives of the list: chips, pages, shapes, ways out of an empty answer."""

import re

import pytest

from innovation import catalogue
from tests.builders import (
    make_initiative,
)
from tests.list_html import links, listed, said

pytestmark = pytest.mark.django_db


def test_each_choice_is_a_chip_that_takes_it_away(swedish_page, rows):
    html = swedish_page("q=å&status=idea&budget_min=50000&year=2020&open_for_schools=1&view=list")

    rest = [
        "q=%C3%A5",
        "status=idea",
        "budget_min=50000",
        "year=2020",
        "open_for_schools=1",
        "view=list",
    ]
    chips = links(html, "chips")
    assert [text for text, _ in chips] == [
        "Ta bort: Sök: å",
        "Ta bort: Status: Idé utforskas",
        "Ta bort: Uppskattad budget från, kronor: 50 000",
        "Ta bort: Började år: 2020",
        "Ta bort: Öppet för skolor",
        "Rensa alla",
    ]
    assert [set(query.split("&")) for _, query in chips] == [
        *[set(rest) - {pair} for pair in rest[:-1]],
        {"view=list"},
    ]


def test_unknown_value_is_a_chip_that_can_be_removed(swedish_page, rows):
    html = swedish_page("status=idea&status=luftslott&year=soon")

    chips = links(html, "chips")[:-1]
    assert [(text, set(query.split("&"))) for text, query in chips] == [
        ("Ta bort: Status: Idé utforskas", {"status=luftslott", "year=soon"}),
        ("Ta bort: Status: ”luftslott” finns inte", {"status=idea", "year=soon"}),
        ("Ta bort: Började år: ”soon” går inte att använda", {"status=idea", "status=luftslott"}),
    ]
    assert re.findall('data-unknown="(true|false)"', html) == ["false", "true", "true"]


def test_unknown_order_and_shape_are_chips_too(swedish_page, rows):
    html = swedish_page("sort=prettiest&view=cinema&status=idea")

    chips = links(html, "chips")[1:-1]
    assert [(text, set(query.split("&"))) for text, query in chips] == [
        (
            "Ta bort: Sortera efter: ”prettiest” går inte att använda",
            {"status=idea", "view=cinema"},
        ),
        ("Ta bort: Visa som: ”cinema” går inte att använda", {"status=idea", "sort=prettiest"}),
    ]


def test_list_without_choices_has_no_chips(swedish_page, rows):
    assert 'class="chips"' not in swedish_page("view=table&sort=title")


@pytest.fixture
def three_pages():
    for _ in range(2 * catalogue.PAGE_SIZE + 1):
        make_initiative()


def test_pages_lead_to_each_other(swedish_page, three_pages):
    html = swedish_page("page=2&sort=title")

    assert links(html, "pages") == [
        ("Föregående", "sort=title"),
        ("Sida 1", "sort=title"),
        ("Sida 2", "sort=title&page=2"),
        ("Sida 3", "sort=title&page=3"),
        ("Nästa", "sort=title&page=3"),
    ]
    assert re.findall(r'rel="(prev|next)"', html) == ["prev", "next"]
    assert html.count('aria-current="page"') == 2  # the menu's, and the page's
    assert said(html, "total") == "49 initiativ , här 25–48"


def test_page_past_the_end_gives_the_last(swedish_page, three_pages):
    html = swedish_page("page=99")

    assert said(html, "total") == "49 initiativ , här 49–49"
    assert len(listed(html)) == 1
    assert links(html, "pages")[0] == ("Föregående", "page=2")


@pytest.mark.parametrize(
    ("shape", "mark"),
    [("cards", 'class="cards"'), ("list", 'class="lines"'), ("table", 'class="timetable"')],
)
def test_shape_is_kept_in_the_address(swedish_page, rows, shape, mark):
    html = swedish_page(f"view={shape}&status=idea")

    assert listed(html) == ["a"]
    assert mark in html
    assert f'<a id="shape-{shape}" href="?' in html
    assert re.findall(r'id="shape-(\w+)"[^>]* aria-current="true"', html) == [shape]
    assert links(html, "chips")[-1][1] == ("" if shape == "cards" else f"view={shape}")


def test_search_is_sorted_by_relevance_unless_said_otherwise(swedish_page, rows):
    def sorts(query):
        select = re.search(r'id="sort".*?</select>', swedish_page(query), re.S)[0]
        return re.findall(r'value="(\w*)"( selected)?>', select)[:2]

    assert sorts("") == [("", " selected"), ("newest", "")]
    assert sorts("q=ängen") == [("", " selected"), ("updated", "")]
    assert sorts("q=ängen&sort=updated") == [("", ""), ("updated", " selected")]


def test_search_shows_where_it_matched(swedish_page):
    make_initiative(lead_sv="Vågar under kokkärlen i skolköken visar svinnet.")

    html = swedish_page("q=kokkärlen")

    assert re.findall(r"<mark>(.*?)</mark>", html)[0].casefold() == "kokkärlen"


# ── An empty answer ───────────────────────────────────────────────────────────
def test_empty_answer_says_what_to_drop_and_what_that_gives(swedish_page, rows):
    html = swedish_page("status=idea&category=kategori-b&view=list")

    assert said(html, "total") == "Inget initiativ"
    reliefs = [(text, set(query.split("&"))) for text, query in links(html, "reliefs")]
    assert len(reliefs) == 2
    assert ("Utan ”Idé utforskas”: 1 initiativ", {"category=kategori-b", "view=list"}) in reliefs


def test_relief_of_the_budget_drops_both_limits(swedish_page, rows):
    html = swedish_page("budget_min=5000&budget_max=6000&status=idea")

    assert links(html, "reliefs") == [("Utan gränser för budgeten: 1 initiativ", "status=idea")]


def test_relief_of_a_search_names_it(swedish_page, rows):
    html = swedish_page("q=finnsinte&status=idea")

    assert links(html, "reliefs") == [("Utan ”finnsinte”: 1 initiativ", "status=idea")]


def test_answer_that_nothing_single_relieves_says_what_to_keep(swedish_page, rows):
    html = swedish_page("q=finnsinte&status=idea&category=kategori-b&budget_max=9000&view=list")

    assert "Inget initiativ har allt det på en gång. Behåll ett av dina val:" in html
    told = {(text, frozenset(query.split("&"))) for text, query in links(html, "reliefs")}
    assert ("Bara ”Idé utforskas”: 1 initiativ", frozenset(["status=idea", "view=list"])) in told
    assert not any("finnsinte" in text for text, _ in told)


def test_only_choice_to_keep_leads_to_as_many_as_it_says(swedish_page, rows):
    for _ in range(3):
        make_initiative(title_sv="Igelkotten", is_example=True)
    html = swedish_page("q=igelkott&year=1999&budget_min=5&examples=1")

    told = [pair for pair in links(html, "reliefs") if "igelkott" in pair[0]]

    assert told == [("Bara ”igelkott”: 3 initiativ", "q=igelkott&examples=1")]
    assert said(swedish_page(told[0][1]), "total") == "3 initiativ"


def test_examples_are_offered_when_there_are_some(swedish_page, rows):
    without = swedish_page("status=idea")
    make_initiative(is_example=True)
    html = swedish_page("status=idea")

    assert "examples-note" not in without
    assert links(html, "examples-note") == [("Visa dem också", "status=idea&examples=1")]
    assert "examples-note" not in swedish_page("examples=1")
