"""The panel of the list: every option with the number that choosing it would give."""

import re

import pytest
from django.utils import translation

from innovation import catalogue, snapshot
from innovation.filters import Asked
from innovation.views import chosen, list_panel
from tests.builders import (
    make_initiative,
    make_sector,
)
from tests.list_html import links, listed, option, page_of, said

pytestmark = pytest.mark.django_db


def test_number_beside_an_option_is_what_choosing_it_would_give(swedish_page, rows):
    html = swedish_page("status=idea")

    assert option(html, "status", "idea") == "x Idé utforskas (1)"
    assert option(html, "status", "pilot") == "Testas som pilot (1)"
    assert option(html, "sector", "sektor-a").endswith("(1)")
    assert option(html, "sector", "sektor-b") is None


def test_numbers_follow_a_row_that_moves_from_one_option_to_another(swedish_page):
    one, other = make_sector(name_sv="Ett"), make_sector(name_sv="Två")
    initiative = make_initiative(sectors=[one])
    before = swedish_page("")

    initiative.sectors.set([other])
    after = swedish_page("")

    assert (option(before, "sector", one.slug), option(before, "sector", other.slug)) == (
        "Ett (1)",
        None,
    )
    assert (option(after, "sector", one.slug), option(after, "sector", other.slug)) == (
        None,
        "Två (1)",
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("query", "edit", "number"),
    [
        ("budget_max=100", {"estimated_budget_sek": 90}, 2),
        ("budget_max=100", {"estimated_budget_sek": None}, None),
        ("year=2021", {"start_year": 2020}, None),
        ("open_for_schools=1", {"open_for_schools": False}, None),
        ("stated=1", {"inferred_fields": ["sectors"]}, None),
        ("", {"is_example": True}, None),
        ("", {"title_sv": "Ny rubrik"}, 1),
    ],
)
def test_numbers_follow_an_edit_of_a_single_value(swedish_page, query, edit, number):
    """Those of an address that was asked for just before, by snapshots that follow each other."""
    sector = make_sector(name_sv="Hälsa")
    values = {"start_year": 2021, "open_for_schools": True, "sectors": [sector]}
    edited = make_initiative(estimated_budget_sek=100, **values)
    if number == 2:
        edited = make_initiative(estimated_budget_sek=110, **values)
    assert option(swedish_page(query), "sector", sector.slug) == "Hälsa (1)"

    for name, value in edit.items():
        setattr(edited, name, value)
    edited.save()

    now = option(swedish_page(query), "sector", sector.slug)
    assert now == (f"Hälsa ({number})" if number else None)


@pytest.mark.parametrize(
    "typed", ["500000", "500 000", "500\xa0000 kr", "500.000", "SEK 500,000", "500 000:-"]
)
def test_budget_is_read_as_people_write_it(swedish_page, typed):
    make_initiative(slug="dyr", estimated_budget_sek=500_000)
    make_initiative(slug="billig", estimated_budget_sek=499_999)

    assert listed(swedish_page(f"budget_min={typed}")) == ["dyr"]


@pytest.mark.parametrize("key", ["year", "budget_max"])
def test_number_that_can_not_be_read_never_stands_for_one_that_can(swedish_page, key):
    """What is kept of the one address is not what the other gets."""
    make_initiative(start_year=2021, estimated_budget_sek=2021)

    unread = swedish_page(f"{key}=2021%07x")
    read_before, read = swedish_page(f"{key}=2021%07"), swedish_page(f"{key}=2021")

    assert "går inte att använda" in unread
    assert "går inte att använda" not in read_before
    assert "går inte att använda" not in read


def test_every_number_leads_to_as_many(swedish_page, rows):
    query = "category=kategori-a&category=kategori-b"
    html = swedish_page(query)
    choices = re.findall(r'name="(\w+)" value="([\w-]+)"(?! checked)[^<]*<small>\((\d+)\)', html)
    numbers = {(key, value): int(number) for key, value, number in choices}

    got = {
        (key, value): len(
            listed(swedish_page(f"category=kategori-a&category=kategori-b&{key}={value}"))
        )
        for key, value in numbers
        if key != "category"
    }

    assert len(got) > 15
    assert got == {pair: number for pair, number in numbers.items() if pair in got}


def test_option_without_hits_stands_still_in_a_short_vocabulary(swedish_page, rows):
    html = swedish_page("category=kategori-a")

    assert option(html, "status", "pilot") == "Testas som pilot (0)"


def test_chosen_option_without_hits_stays(swedish_page, rows):
    html = swedish_page("category=kategori-a&sector=sektor-b")

    assert option(html, "sector", "sektor-b").endswith("(0)")
    assert option(html, "sector", "sektor-b").startswith("x ")


def sector_group(html: str) -> str:
    return html[html.index('id="group-sector"') : html.index('id="group-technology"')]


def sectors_in(html: str) -> list[str]:
    return re.findall(r'value="(sektor-\d+)"', sector_group(html))


@pytest.fixture
def twelve_sectors():
    """Of one initiative each, the last of two."""
    for number in range(12):
        sector = make_sector(slug=f"sektor-{number}", name_sv=f"Sektor {number:02}")
        for _ in range(2 if number == 11 else 1):
            make_initiative(sectors=[sector])


ALL_TWELVE = ["sektor-11", *(f"sektor-{number}" for number in range(11))]


def test_long_group_shows_the_largest_and_the_way_to_the_rest(swedish_page, twelve_sectors):
    html = swedish_page("view=table")

    assert sectors_in(html) == ALL_TWELVE[:8]
    assert (
        '<button class="panel-unfold" name="unfold" value="sector" '
        'formaction="#group-sector" data-unfold>Visa 4 till</button>'
    ) in html


def test_unfolded_group_shows_all_and_the_way_back(swedish_page, twelve_sectors):
    html = swedish_page("view=table&unfold=sector")

    assert sectors_in(html) == ALL_TWELVE
    assert 'id="group-sector" open' in html
    assert "data-unfold" not in sector_group(html)
    assert (
        '<button class="panel-unfold" name="fold" value="sector" '
        'formaction="#group-sector" data-fold>Visa färre</button>'
    ) in html


def test_group_stays_unfolded_while_something_is_chosen(swedish_page, twelve_sectors):
    html = swedish_page("sector=sektor-3&unfold=sector")

    assert '<input type="hidden" name="unfold" value="sector">' in html
    assert links(html, "chips")[0] == ("Ta bort: Sektor: Sektor 03", "unfold=sector")
    assert re.search(r'rel="canonical" href="[^"]*\?sector=sektor-3"', html)


@pytest.mark.parametrize(
    "query",
    ["unfold=", "unfold=borta", "unfold=sector;", "unfold=sector,x", "unfold=sector&fold=sector"],
)
def test_nothing_unfolds_that_is_not_there(swedish_page, twelve_sectors, query):
    assert sectors_in(swedish_page(query)) == ALL_TWELVE[:8]


@pytest.mark.parametrize("query", ["", "unfold=sector"])
def test_short_group_has_nothing_to_unfold_and_nothing_to_fold(swedish_page, rows, query):
    group = sector_group(swedish_page(query))

    assert "<button" not in group
    assert not group.startswith('id="group-sector" open')


def test_chosen_option_is_not_folded_away(swedish_page, twelve_sectors):
    html = swedish_page("sector=sektor-10")

    assert sectors_in(html) == [*ALL_TWELVE[:8], "sektor-10"]
    assert "Visa 3 till" in sector_group(html)
    assert 'id="group-sector" open' in html


def test_group_without_options_is_hidden(swedish_page):
    make_initiative()

    assert '<details class="panel-group" id="group-technology" hidden>' in swedish_page()


def test_numbers_that_rest_on_conclusions_say_so(swedish_page, rows):
    html = swedish_page("view=table")

    assert said(html, "panel-note") == "1 av 3 är vår slutsats. Räkna bara det som en källa anger"
    assert links(html, "panel-note") == [
        ("Räkna bara det som en källa anger", "stated=1&view=table")
    ]
    assert "panel-note" not in swedish_page("stated=1")


def test_years_are_chosen_from_those_there_are(swedish_page, rows):
    html = swedish_page("year=2021")

    select = html[html.index('id="year"') : html.index("</select>", html.index('id="year"'))]
    assert re.findall(r'<option value="(\d*)"( selected)?>([^<]+)', select) == [
        ("", "", "Alla år"),
        ("2022", "", "2022 (1)"),
        ("2021", " selected", "2021 (1)"),
        ("2020", "", "2020 (1)"),
    ]


def test_year_that_nothing_began_in_is_still_the_one_chosen(swedish_page, rows):
    assert '<option value="1999" selected>1999 (0)</option>' in swedish_page("year=1999")


def test_open_for_schools_is_offered_where_there_is_something(swedish_page, rows):
    assert option(swedish_page(), "open_for_schools", "1") == "Öppet för skolor (1)"
    assert option(swedish_page("status=pilot"), "open_for_schools", "1") is None
    assert option(swedish_page("status=pilot&open_for_schools=1"), "open_for_schools", "1") == (
        "x Öppet för skolor (0)"
    )


@pytest.mark.parametrize("query", ["budget_min=-1", "budget_max=mycket", "budget_min=9" + "0" * 15])
def test_budget_that_cannot_be_is_explained_beside_its_field(client, rows, query):
    html = page_of(client, f"/en/initiatives/?{query}&status=idea")

    key, value = query.split("=")
    assert listed(html) == ["a"]
    assert said(html, "field-error") == ("Write the budget in whole kronor, such as 500 000.")
    assert f'name="{key}" value="{value}" aria-invalid="true"' in html


def test_panel_bears_a_name_that_is_newer_than_its_numbers(rows):
    """Another thread may have changed the content between the two."""
    asked = Asked(catalogue.Choices(facets={"sector": ("sektor-a", "borta")}))
    found = catalogue.find(asked.choices)
    make_sector(slug="ny")

    snap = snapshot.current()
    with translation.override("sv"):
        html = list_panel.panel(asked, found, snap, "sv").decode()
        chips = chosen.chips(asked, snap, "sv")

    assert option(html, "sector", "sektor-a").startswith("x ")
    assert option(html, "sector", "ny") is None
    assert chips[1].text == "Sektor: borta"
