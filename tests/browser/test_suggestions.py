"""The search field's suggestions in a real browser: a combobox by keyboard, by mouse, with axe."""

import pytest

from tests.browser import axe
from tests.browser.served import HOST, ServedSite
from tests.builders import make_challenge, make_initiative, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_site")]

LIST = f"{HOST}/sv/initiativ/"


@pytest.fixture
def site(page) -> ServedSite:
    return ServedSite(page)


@pytest.fixture
def trees(site):
    make_trees()


def make_trees() -> None:
    make_initiative(slug="tradvakt", title_sv="Trädvakten")
    make_challenge(slug="trad", title_sv="Hur får vi fler träd?")
    make_organisation(slug="tradgard", name_sv="Trädgårdsförbundet")


COUNT_WHAT_IS_TOLD = """() => {
    window.told = 0;
    new MutationObserver(() => { window.told += 1; })
        .observe(document.querySelector(".list-status"), { childList: true, subtree: true });
}"""


def field_state(page) -> tuple:
    names = ("role", "aria-expanded", "aria-activedescendant")
    return tuple(page.locator("#q").get_attribute(name) for name in names)


def type_and_wait(page, text: str):
    page.locator("#q").press_sequentially(text)
    page.locator("[role=option]").first.wait_for()


@pytest.mark.parametrize("path", ["/sv/", "/sv/initiativ/"])
def test_suggestion_is_chosen_with_the_keyboard(page, trees, path):
    page.goto(f"{HOST}{path}")
    at_first = field_state(page)

    type_and_wait(page, "träd")
    opened = field_state(page)
    page.keyboard.press("ArrowDown")
    first = field_state(page)
    page.keyboard.press("ArrowUp")
    none = field_state(page)
    page.keyboard.press("ArrowUp")
    last = field_state(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/utmaningar/trad/")

    assert at_first == ("combobox", "false", None)
    assert opened == ("combobox", "true", None)
    assert first == ("combobox", "true", "suggestion-1")
    assert none == ("combobox", "true", None)
    assert last == ("combobox", "true", "suggestion-all")


def test_search_of_all_texts_keeps_what_the_list_is_narrowed_by(page, trees):
    page.goto(f"{LIST}?status=idea")

    type_and_wait(page, "träd")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=tr%C3%A4d**", wait_until="commit")

    assert page.url.split("?")[1] == "q=tr%C3%A4d&status=idea"


def test_total_is_told_when_the_suggestions_have_closed(page, trees):
    page.goto(LIST)
    region = page.locator(".list-status")
    page.evaluate(COUNT_WHAT_IS_TOLD)

    page.locator("#q").press("x")
    page.wait_for_timeout(300)  # more than the suggestions wait
    after_one_letter = page.evaluate("window.told")
    page.locator("#q").press("Backspace")
    type_and_wait(page, "träd")
    while_open = region.get_attribute("aria-live")
    page.wait_for_url("**q=tr%C3%A4d", wait_until="commit")
    before = page.evaluate("window.told")
    page.keyboard.press("Escape")
    page.wait_for_function("(before) => window.told > before", arg=before)

    assert after_one_letter == 0
    assert (while_open, region.get_attribute("aria-live")) == ("off", "polite")


def test_escape_closes_the_suggestions_and_keeps_the_text(page, trees):
    page.goto(f"{HOST}/sv/")
    type_and_wait(page, "träd")

    page.keyboard.press("Escape")

    assert field_state(page) == ("combobox", "false", None)
    assert page.input_value("#q") == "träd"
    assert page.locator("[role=listbox]").is_hidden()
    page.keyboard.press("ArrowDown")
    page.locator("[role=option]").first.wait_for()


def test_enter_without_a_choice_is_a_plain_search(page, trees):
    page.goto(f"{HOST}/sv/")
    type_and_wait(page, "trädvakten")

    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/initiativ/?q=tr*")

    assert page.locator(".card-title").all_inner_texts() == ["Trädvakten"]


def test_suggestion_is_chosen_with_the_mouse(page, trees):
    page.goto(LIST)
    type_and_wait(page, "träd")

    page.get_by_role("option", name="Trädgårdsförbundet").click()

    page.wait_for_url("**/sv/organisationer/tradgard/")


def test_suggestions_go_when_the_field_is_left(page, trees):
    page.goto(f"{HOST}/sv/")
    type_and_wait(page, "träd")

    page.keyboard.press("Tab")

    assert page.locator("[role=listbox]").is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_one_letter_asks_for_nothing(page, site):
    page.goto(f"{HOST}/sv/")

    page.locator("#q").press_sequentially("t")
    page.wait_for_timeout(300)

    assert [path for path in site.requests if "sokforslag" in path] == []


def test_number_of_suggestions_is_said(page, trees):
    page.goto(f"{HOST}/sv/")

    type_and_wait(page, "träd")

    assert page.locator(".search-row [role=status]").inner_text() == "3 förslag"


# ── Axe in the states that only a browser reaches ─────────────────────────────
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_states_of_the_list_have_no_fault(looked_at, language, width):
    page = looked_at
    make_trees()
    ServedSite(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{HOST}/{'sv/initiativ' if language == 'sv' else 'en/initiatives'}/")
    found = {}

    def look(state: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found[f"{state}, {scheme}"] = axe.violations(page)

    page.evaluate("document.querySelectorAll('details').forEach((group) => group.open = true)")
    look("open panel")
    page.locator("input[name=status][value=idea]").check()
    page.wait_for_url("**status=idea**", wait_until="commit")
    look("filtered in place")
    page.locator("#q").scroll_into_view_if_needed()
    type_and_wait(page, "tr")
    page.keyboard.press("ArrowDown")
    look("suggestions")

    assert {name: faults for name, faults in found.items() if faults} == {}
