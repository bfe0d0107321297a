"""The way to the expo in the header: there when an edition is, on pages kept with holes too."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from innovation.choices import Visibility
from tests.expo.builders import make_expo, make_occasion, make_programme

pytestmark = pytest.mark.django_db

LINK = 'href="/sv/expo/"'


@pytest.mark.parametrize("name", ["start", "initiative-list", "challenge-list"])
def test_expo_stands_in_the_header_while_an_edition_is_published(client, name):
    address = reverse(f"innovation:{name}")

    def is_linked() -> bool:
        return LINK in client.get(address).content.decode()

    before = is_linked()
    expo = make_expo()
    published = is_linked()
    expo.visibility = Visibility.WITHDRAWN
    expo.save()
    withdrawn = is_linked()

    assert (before, published, withdrawn) == (False, True, False)


def test_catalogue_shows_the_visitor_s_own_number(client):
    programme = make_programme(occasions=[make_occasion(), make_occasion()])
    client.cookies[settings.PROGRAMME_COOKIE_NAME] = programme.edit_token

    html = client.get("/sv/initiativ/").content.decode()

    said = re.sub(r"<[^>]+>", " ", html)
    assert re.findall(r"Mitt program\s+\((\d+)\)", said) == ["2"]
