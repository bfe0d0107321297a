"""Axe finds nothing: every page and state, in both languages, on a phone and a wide screen, in
light, dark and forced colours. The list of addresses drives it (`tests/site_map.py`)."""

import pytest

from tests import site_map
from tests.browser import axe
from tests.browser.served import HOST, ServedSite
from tests.site_map import LANGUAGES, by_name

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_site")]

PHONE, WIDE = {"width": 320, "height": 720}, {"width": 1280, "height": 900}
# Dark and forced colours change colours alone: only the rules about colour run again, and only in
# one language.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Chromium paints text in the forced colour but tells scripts that it is filled with the page's.
TELL_FORCED_COLOUR = """
    () => document.querySelectorAll("body *").forEach((element) =>
        element.style.setProperty("-webkit-text-fill-color", getComputedStyle(element).color))
"""


def faults(page, path: str, *, in_every_colour: bool = True) -> dict[str, list[str]]:
    """What is wrong with the page at `path`, by the way it is looked at."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{HOST}{path}")
    found = {"wide": axe.violations(page)}
    page.set_viewport_size(PHONE)
    found["phone"] = axe.violations(page)
    found["phone, sideways"] = wider_than_the_screen(page)
    if in_every_colour:
        page.emulate_media(color_scheme="dark")
        found["phone, dark"] = axe.violations(page, rules=COLOUR_RULES)
        page.set_viewport_size(WIDE)
        found["wide, dark"] = axe.violations(page, rules=COLOUR_RULES)
        page.emulate_media(color_scheme="light", forced_colors="active")
        page.evaluate(TELL_FORCED_COLOUR)
        found["wide, forced colours"] = axe.violations(page, rules=COLOUR_RULES)
    return {name: lines for name, lines in found.items() if lines}


def wider_than_the_screen(page) -> list[str]:
    """Elements that push the page wider than its window, if it can be scrolled sideways."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.body.querySelectorAll("*")]
                .filter((e) => e.getBoundingClientRect().right > room + 1)
                .filter((e) => !e.closest(".table-scroll"))
                .slice(0, 5).map((e) => e.outerHTML.slice(0, 120));
        }"""
    )


def test_faults_are_found(page):
    """These tests could fail: axe is loaded, and what sticks out is seen."""
    page.set_viewport_size(PHONE)
    page.set_content('<html lang="sv"><title>Hej</title><main><h1>Hej</h1><img src="data:,">')
    found = axe.violations(page)
    page.evaluate("document.images[0].style.width = '400px'")

    assert [line.partition(":")[0] for line in found] == ["image-alt"]
    assert len(wider_than_the_screen(page)) == 1


@pytest.mark.parametrize("address", site_map.PAGES, ids=by_name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_no_fault(looked_at, address, language):
    ServedSite(looked_at)
    assert faults(looked_at, address.path(language), in_every_colour=language == "sv") == {}


@pytest.mark.parametrize("state", site_map.STATES, ids=lambda state: state[0])
@pytest.mark.parametrize("language", LANGUAGES)
def test_state_has_no_fault(looked_at, state, language):
    ServedSite(looked_at)
    path = site_map.state_path(state, language)
    assert faults(looked_at, path, in_every_colour=language == "sv") == {}
