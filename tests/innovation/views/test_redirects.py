"""A page that has been renamed answers by all its names, in one step and in both languages."""

import pytest
from django.utils import translation

from innovation.choices import Visibility
from tests.builders import (
    make_category,
    make_challenge,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_technology,
)
from tests.list_html import links, listed, page_of

pytestmark = pytest.mark.django_db

KINDS = [
    make_initiative, make_challenge, make_organisation, make_platform, make_category, make_sector,
    make_technology,
]  # fmt: skip


def rename(row, *slugs: str) -> None:
    for slug in slugs:
        row.slug = slug
        row.save()


def address(row, language: str, slug: str | None = None) -> str:
    with translation.override(language):
        return row.get_absolute_url().replace(row.slug, slug or row.slug)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("make", KINDS)
def test_renamed_page_redirects_in_one_step_from_all_its_names(client, make, language):
    row = make(slug="first")
    rename(row, "second", "third")

    answers = [client.get(address(row, language, old)) for old in ("first", "second")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (301, address(row, language)),
        (301, address(row, language)),
    ]
    assert client.get(address(row, language)).status_code == 200


@pytest.mark.parametrize("make", KINDS)
def test_page_that_takes_its_first_name_back_is_there_again(client, make):
    row = make(slug="first")
    rename(row, "second", "first")

    assert client.get(address(row, "sv")).status_code == 200
    assert client.get(address(row, "sv", "second"))["Location"] == address(row, "sv")


def test_name_that_another_page_has_taken_over_leads_to_that_page(client):
    moved, newcomer = make_initiative(slug="first"), None
    rename(moved, "second")

    newcomer = make_initiative(slug="first")

    html = client.get(address(newcomer, "sv")).content.decode()
    assert f"<h1>{newcomer.title_sv}</h1>" in html


def test_former_name_of_a_hidden_page_says_nothing_of_it(client):
    draft = make_initiative(slug="first", visibility=Visibility.DRAFT)
    withdrawn = make_initiative(slug="other", visibility=Visibility.WITHDRAWN)
    rename(draft, "secret-name")
    rename(withdrawn, "another-name")

    answers = [client.get(address(draft, "sv", old)) for old in ("first", "other")]

    assert [answer.status_code for answer in answers] == [404, 410]
    assert [b"-name" in answer.content for answer in answers] == [False, False]


def test_withdrawn_page_is_gone_by_all_its_names(client):
    row = make_challenge(slug="first")
    rename(row, "second")
    row.visibility = Visibility.WITHDRAWN
    row.save()

    answers = [client.get(address(row, "en", slug)).status_code for slug in ("first", "second")]

    assert answers == [410, 410]


# ── Filters of the list ───────────────────────────────────────────────────────
def test_filter_of_before_a_renaming_still_narrows_the_list(client):
    sector = make_sector(slug="vard", name_sv="Vård")
    make_initiative(slug="boll", sectors=[sector])
    make_initiative(slug="annat")
    before = page_of(client, "/sv/initiativ/?sector=vard")
    rename(sector, "halsa")

    after = page_of(client, "/sv/initiativ/?sector=vard&sector=halsa")

    assert listed(before) == listed(after) == ["boll"]
    assert links(after, "chips")[0] == ("Ta bort: Sektor: Vård", "")
    assert 'rel="canonical" href="http://localhost:8000/sv/initiativ/?sector=halsa"' in after


def test_slug_that_was_taken_over_means_its_new_owner(client):
    old = make_sector(slug="vard")
    make_initiative(slug="boll", sectors=[old])
    rename(old, "halsa")
    make_initiative(slug="sjuk", sectors=[make_sector(slug="vard")])

    assert listed(page_of(client, "/sv/initiativ/?sector=vard")) == ["sjuk"]


def test_filter_of_something_that_is_gone_is_said_to_be_gone(client):
    sector = make_sector(slug="vard")
    rename(sector, "halsa")
    sector.delete()

    assert "finns inte" in page_of(client, "/sv/initiativ/?sector=vard")
