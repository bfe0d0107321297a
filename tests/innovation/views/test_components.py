"""The page of all components, and the error pages as they can be looked at in development."""

import pytest

from innovation.views.components import ERRORS
from tests import development_urls

# The header asks whether there is an expo.
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def development(settings):
    settings.ROOT_URLCONF = development_urls.__name__


def test_components_need_no_rows(client):
    assert client.get("/dev/components/").status_code == 200


@pytest.mark.parametrize("status", ERRORS)
def test_error_page_can_be_looked_at(client, status):
    response = client.get(f"/dev/errors/{status}/")

    assert response.status_code == status


def test_error_page_of_another_kind_does_not_exist(client):
    assert client.get("/dev/errors/418/").status_code == 404


def test_components_are_for_development_alone(client, settings):
    settings.ROOT_URLCONF = "config.urls"

    assert client.get("/dev/components/").status_code == 404
