"""Where the old addresses of an edition lead, and what isn't there."""

import pytest

from innovation.choices import Visibility
from tests.builders import make_organisation
from tests.expo.builders import make_area, make_event, make_expo, make_occasion, make_theme
from tests.expo.test_pages import path_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["", "areas", "venues", "hosts", "themes", "events"])
def test_old_address_leads_to_the_new_one_in_one_step(client, kind):
    expo = make_expo(slug="edition")
    area, host, theme = make_area(), make_organisation(), make_theme()
    expo.areas.add(area)
    event = make_event(expo=expo, organiser=host, theme=theme)
    venue = make_occasion(event=event).venue
    rows = {"areas": area, "venues": venue, "hosts": host, "themes": theme, "events": event}
    row = rows.get(kind, expo)
    row.slug = "old-name"
    row.save()
    row.slug = "new-name"
    row.save()
    root = f"/en/expo/edition/{kind}/" if kind else "/en/expo/"

    response = client.get(f"{root}old-name/")

    assert (response.status_code, response["Location"]) == (301, f"{root}new-name/")
    assert client.get(response["Location"]).status_code == 200


def test_old_address_of_the_edition_keeps_the_page_within_it(client):
    expo = make_expo(slug="old-edition")
    event = make_event(expo=expo)
    expo.slug = "new-edition"
    expo.save()

    response = client.get(f"/en/expo/old-edition/events/{event.slug}/")

    assert response["Location"] == f"/en/expo/new-edition/events/{event.slug}/"


def test_event_of_another_edition_leads_to_its_own_page(client):
    expo, event = make_expo(), make_event()

    response = client.get(f"{path_of(expo)}events/{event.slug}/")

    assert (response.status_code, response["Location"]) == (301, path_of(event))


@pytest.mark.parametrize(
    ("visibility", "status"), [(Visibility.WITHDRAWN, 410), (Visibility.DRAFT, 404)]
)
def test_what_is_taken_away_is_gone_and_what_never_was_is_not_found(client, visibility, status):
    event, expo = make_event(visibility=visibility), make_expo(visibility=visibility)

    assert client.get(path_of(event)).status_code == status
    assert client.get(path_of(expo)).status_code == status
    assert client.get(f"{path_of(expo)}areas/").status_code == status


@pytest.mark.parametrize(
    "path", ["areas/nowhere/", "venues/nowhere/", "hosts/nobody/", "themes/none/", "events/none/"]
)
def test_page_of_nothing_is_not_found(client, path):
    assert client.get(f"{path_of(make_expo())}{path}").status_code == 404
