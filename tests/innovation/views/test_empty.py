"""A catalogue without anything in it, and rows without anything around them, still make sense."""

import re

import pytest
from django.utils import translation

from innovation.models import Category, GlobalGoal, Sector, Technology
from tests.builders import (
    make_category,
    make_challenge,
    make_global_goal,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_status,
    make_technology,
)

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    """What a visitor reads, on one line."""
    main = re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub("<[^>]+>", " ", main[main.index("<main") :]).split())


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/en/", "Here the city’s attempts will stand."),
        ("/en/initiatives/", "Nothing has been published yet. Come back soon."),
        ("/en/challenges/", "No challenge has been published yet."),
        ("/en/organisations/", "No organisation has been entered yet."),
        ("/en/platforms/", "No platform has been published yet."),
    ],
)
def test_empty_catalogue_says_so(client, path, sentence):
    response = client.get(path)

    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "<h2" not in response.content.decode()


@pytest.mark.parametrize("view", ["cards", "list", "table"])
def test_list_without_hits_says_what_to_do(client, view):
    make_initiative()

    text = text_of(client.get(f"/en/initiatives/?q=xyzzy&view={view}"))

    assert "No initiative" in text
    assert "Take away one of your choices, or use fewer words." in text
    assert "Nothing has been published yet" not in text


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_category, "No published initiative stands here yet."),
        (make_sector, "No published initiative stands here yet."),
        (make_technology, "No published initiative stands here yet."),
        (make_global_goal, "No published initiative stands here yet."),
        (make_challenge, "No published initiative works on this challenge."),
        (make_organisation, "No published initiative names this organisation yet."),
    ],
)
def test_page_of_something_that_nothing_belongs_to_says_so(client, make, sentence):
    row = make()

    response = client.get(english(row))

    assert response.status_code == 200
    assert sentence in text_of(response)


@pytest.mark.parametrize(
    "make",
    [
        make_category, make_sector, make_technology, make_global_goal, make_challenge,
        make_organisation, make_platform, make_initiative,
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["sv", "en"])
def test_bare_row_leaves_no_empty_element_behind(client, make, language):
    row = make()
    if not isinstance(row, (Category, Sector, Technology, GlobalGoal)):
        leave_only_the_name(row)

    html = client.get(in_language(row, language)).content.decode()

    main = html[html.index("<main") : html.index("</main>")]
    assert (
        re.findall(r"<(h[1-6]|p|dt|dd|li|ul|ol|section|figure|summary)[^>]*>\s*</\1>", main) == []
    )
    assert "None" not in main


def test_bare_initiative_has_two_headings_and_its_facts(client):
    row = make_initiative(status=make_status("not-stated"), driven_by=None)
    leave_only_the_name(row)

    html = client.get(english(row)).content.decode()

    main = html[html.index("<main") : html.index("</main>")]
    headings = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", main)
    assert [re.sub("<[^>]+>", "", heading).strip() for heading in headings] == [
        row.title_en,
        "Not stated",
        "About these facts",
        "Facts",
    ]


def leave_only_the_name(row) -> None:
    for field in ("lead_sv", "lead_en", "text_sv", "text_en"):
        if hasattr(row, field):
            setattr(row, field, "")
    row.save()


def english(row) -> str:
    return in_language(row, "en")


def in_language(row, language: str) -> str:
    with translation.override(language):
        return row.get_absolute_url()
