"""Axe finds nothing where the catalogue is empty, in the components, and on the pages of errors."""

import pytest

from innovation.views.components import ERRORS
from tests import development_urls, site_map
from tests.browser.served import ServedSite
from tests.browser.test_accessibility import faults
from tests.site_map import by_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", site_map.WITHOUT_ROWS, ids=by_name)
def test_page_of_an_empty_catalogue_has_no_fault(looked_at, address):
    ServedSite(looked_at)

    assert faults(looked_at, address.path("sv"), in_every_colour=False) == {}


@pytest.mark.parametrize("path", ["/dev/components/", *(f"/dev/errors/{code}/" for code in ERRORS)])
def test_components_have_no_fault(looked_at, browser_log, settings, path):
    settings.ROOT_URLCONF = development_urls.__name__
    ServedSite(looked_at)

    found = faults(looked_at, path)

    browser_log.console.clear()  # the browser says that an error page has an error's status
    assert found == {}
