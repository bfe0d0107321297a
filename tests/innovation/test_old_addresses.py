import io
import json

import pytest
from django.conf import settings
from django.core.management import call_command

from innovation.choices import Visibility
from innovation.models import Category, Challenge, Initiative
from innovation.old_addresses import current_for
from tests.builders import make_category, make_challenge, make_initiative

pytestmark = pytest.mark.django_db


def stored_source_slugs() -> list[tuple[str, str]]:
    """(slug, source slug) of every initiative that had a page on the old site."""
    path = settings.BASE_DIR / "innovation" / "demo" / "initiatives.json"
    rows = json.loads(path.read_text())
    return [(row["slug"], row["source_slug"]) for row in rows if row.get("source_slug")]


def renamed(row, slug):
    row.slug = slug
    row.save()
    return row


def test_current_for_finds_by_every_name_that_a_row_has_had():
    row = renamed(make_initiative(slug="first", source_slug="of-old"), "now")
    row = renamed(row, "today")

    found = [current_for(Initiative, slug) for slug in ("of-old", "first", "now", "today")]

    assert found == [row] * 4


def test_current_for_finds_terms_which_have_neither_source_nor_visibility():
    row = renamed(make_category(slug="first"), "now")

    assert current_for(Category, "first") == row


def test_current_for_takes_the_row_that_the_public_may_see():
    make_initiative(source_slug="twice", visibility=Visibility.DRAFT)
    public = make_initiative(slug="twice")

    assert current_for(Initiative, "twice") == public


def test_current_for_tells_models_apart():
    renamed(make_challenge(slug="first"), "now")

    assert current_for(Initiative, "first") is None


@pytest.mark.parametrize("slug", ["", "nobody", "a\x00b", "x" * 500, "å/ä"])
def test_current_for_finds_nothing_by_an_unknown_name(slug):
    make_initiative()

    assert current_for(Initiative, slug) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/initiativ/of-old/", "/sv/initiativ/now/"),
        ("/initiativ/of-old", "/sv/initiativ/now/"),
        ("/initiativ/before/", "/sv/initiativ/now/"),
        ("/initiativ/now/", "/sv/initiativ/now/"),
        ("/en/initiative/of-old/", "/en/initiatives/now/"),
        ("/en/initiative/of-old", "/en/initiatives/now/"),
        ("/initiativ/", "/sv/initiativ/"),
        ("/initiativ", "/sv/initiativ/"),
        ("/en/initiative/", "/en/initiatives/"),
        ("/en/initiative", "/en/initiatives/"),
        ("/utmaningar/", "/sv/utmaningar/"),
        ("/utmaningar/asked-of-old/", "/sv/utmaningar/asked/"),
        ("/utmaningar/asked-of-old", "/sv/utmaningar/asked/"),
        ("/en/challenges/asked-of-old/", "/en/challenges/asked/"),
        ("/en/challenges/asked-of-old", "/en/challenges/asked/"),
    ],
)
def test_old_address_leads_to_the_new_one_in_one_step(client, old, new):
    renamed(make_initiative(slug="before", source_slug="of-old"), "now")
    make_challenge(slug="asked", source_slug="asked-of-old")

    response = client.get(old, headers={"Accept-Language": "de"})

    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"visibility": Visibility.DRAFT}, 404),
        ({"visibility": Visibility.IN_REVIEW}, 404),
        ({"visibility": Visibility.WITHDRAWN}, 410),
        ({"internal": True}, 404),
        ({"internal": True, "visibility": Visibility.WITHDRAWN}, 404),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_old_address_of_a_hidden_initiative_leads_nowhere(client, fields, status, language):
    make_initiative(source_slug="of-old", **fields)

    responses = [
        client.get(address, headers={"Accept-Language": language})
        for address in ("/initiativ/of-old/", "/en/initiative/of-old/")
    ]

    assert [response.status_code for response in responses] == [status, status]


@pytest.mark.parametrize("path", ["/initiativ/nobody/", "/en/initiative/a%00b/", "/utmaningar/x/"])
def test_old_address_of_nothing_is_not_found(client, path):
    assert client.get(path, headers={"Accept-Language": "sv"}).status_code == 404


def test_every_address_of_the_old_site_leads_to_its_page_in_one_step(client):
    call_command("load_demo", stdout=io.StringIO())
    slugs = stored_source_slugs()
    steps = [
        step
        for new, old in slugs
        for step in (
            (f"/initiativ/{old}/", f"/sv/initiativ/{new}/"),
            (f"/en/initiative/{old}/", f"/en/initiatives/{new}/"),
        )
    ]

    led = [(old, client.get(old)["Location"]) for old, _ in steps]
    statuses = {client.get(new).status_code for _, new in steps}

    assert len(steps) == 2 * 57
    assert (led, statuses) == (steps, {200})


def test_challenge_of_the_old_site_is_found_by_its_own_slug_too():
    row = make_challenge(slug="trygg-resa")

    assert current_for(Challenge, "trygg-resa") == row
