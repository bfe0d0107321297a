"""What a reader does: walks by keyboard, filters, plays a film, prints, reads without scripts."""

import re

import pytest

from tests import site_map
from tests.browser.served import HOST, ServedSite
from tests.site_map import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_site")]

PLAYER = re.compile(r"https://(www\.youtube-nocookie|player\.vimeo)\.com/")
TOO_WIDE_BY = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A card and the search field show the focus of their link or input around the whole of them.
FOCUSED = """() => {
    const element = document.activeElement;
    const shown = [element, element.closest(".card"), element.closest(".search-row")]
        .some((part) => part && getComputedStyle(part).outlineStyle !== "none");
    return [element.tagName, element.textContent.trim().slice(0, 40), shown];
}"""


@pytest.fixture
def site(page) -> ServedSite:
    return ServedSite(page)


@pytest.fixture
def plain_page(browser):
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


# ── Keyboard ──────────────────────────────────────────────────────────────────
def test_first_tab_is_the_way_past_the_menu(page, site):
    page.goto(f"{HOST}/sv/initiativ/")

    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    is_seen = skip.is_visible() and skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.id")

    assert (is_seen, focused) == (True, "content")


@pytest.mark.parametrize("path", ["/sv/", "/sv/initiativ/", "/sv/initiativ/full/"])
def test_focus_can_be_seen_wherever_the_keyboard_comes(page, site, path):
    page.goto(f"{HOST}{path}")
    unseen = []

    for _ in range(60):
        page.keyboard.press("Tab")
        tag, text, is_shown = page.evaluate(FOCUSED)
        if tag == "BODY":
            break
        if not is_shown:
            unseen.append((tag, text))

    assert unseen == []


# ── Film ──────────────────────────────────────────────────────────────────────
def test_film_is_loaded_after_the_press_and_not_before(page, browser_log, site):
    page.route(PLAYER, lambda route: route.fulfill(body="<title>Film</title>"))
    page.goto(f"{HOST}/sv/initiativ/full/")
    before = (page.locator("iframe").count(), list(browser_log.foreign))

    # The element is there before its request is told: wait for the later of the two.
    with page.expect_request(PLAYER):
        page.get_by_role("button", name="Spela").click()
    page.locator("iframe").wait_for()

    frame = page.locator("iframe")
    assert before == (0, [])
    assert frame.get_attribute("src").startswith("https://www.youtube-nocookie.com/embed/")
    assert frame.get_attribute("title") == page.locator("h1").inner_text()
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert [PLAYER.match(url) is not None for url in browser_log.foreign] == [True]
    browser_log.foreign.clear()


# ── Without scripts ───────────────────────────────────────────────────────────
def test_film_is_a_link_without_scripts(plain_page):
    ServedSite(plain_page)

    plain_page.goto(f"{HOST}/sv/initiativ/full/")

    assert plain_page.locator("[data-film-play]").is_hidden()
    assert plain_page.locator("[data-film-note]").is_hidden()
    assert plain_page.locator(".film a").get_attribute("href") == (
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    )


def test_language_switch_works_without_scripts_and_keeps_the_filters(plain_page):
    ServedSite(plain_page)
    plain_page.goto(f"{HOST}/sv/initiativ/?status=idea&view=table")

    plain_page.locator("a.language").click()
    plain_page.wait_for_url("**/en/initiatives/**")

    assert plain_page.url == f"{HOST}/en/initiatives/?status=idea&view=table"
    assert plain_page.locator("tbody tr").count() == 1


# ── Quiet, private, printed ───────────────────────────────────────────────────
def test_visitor_gets_no_cookie_on_any_page(page, site):
    for address in site_map.PAGES:
        for language in LANGUAGES:
            page.goto(f"{HOST}{address.path(language)}")

    assert site.cookies == []
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_nothing_moves_for_those_who_want_it_still(page, site):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{HOST}/sv/")

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((element) => {
            const style = getComputedStyle(element);
            return style.animationName !== "none"
                || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0)
                    && style.transitionProperty !== "none";
        }).map((element) => element.outerHTML.slice(0, 80))"""
    )

    assert moving == []


@pytest.mark.parametrize("path", ["/sv/", "/sv/initiativ/", "/sv/initiativ/full/"])
def test_print_leaves_out_what_can_only_be_pressed(page, site, path):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})  # A4 within its margins
    page.goto(f"{HOST}{path}")

    seen = [
        name
        for name in (".site-nav", ".language", ".skip", ".search", ".panel", ".pages")
        if any(part.is_visible() for part in page.locator(name).all())
    ]
    assert seen == []
    assert page.locator("h1").is_visible()
    assert page.evaluate(TOO_WIDE_BY) == 0


@pytest.mark.parametrize("path", ["/sv/", "/sv/initiativ/", "/sv/initiativ/full/"])
def test_page_is_never_wider_than_its_window(page, site, path):
    page.goto(f"{HOST}{path}")
    overflowing = {}

    # A window of 1280 at 400 % is one of 320.
    for width in (320, 375, 600, 768, 960, 1024, 1600, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        overflowing[width] = page.evaluate(TOO_WIDE_BY)

    assert {width: pixels for width, pixels in overflowing.items() if pixels} == {}


def test_larger_text_pushes_nothing_out_of_the_page(page, site):
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(f"{HOST}/sv/initiativ/full/")

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        == 0
    )
