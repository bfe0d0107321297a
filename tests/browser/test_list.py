"""The list in a real browser: filters in place, address, focus, back; suggestions while typing; on
a phone, by keyboard alone, without scripts, and when the server is away."""

import pytest

from innovation import catalogue
from tests.browser.served import HOST, ServedSite
from tests.builders import make_initiative, make_sector

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_site")]

LIST = f"{HOST}/sv/initiativ/"
PHONE = {"width": 360, "height": 700}
FOCUSED = "[document.activeElement.name, document.activeElement.value]"
FOCUSED_TEXT = "document.activeElement.innerText.trim().replace(/\\s+/g, ' ')"
TOP = "document.activeElement.getBoundingClientRect().top"


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


def box(page, key: str, value: str):
    return page.locator(f"input[name={key}][value={value}]")


def total(page) -> str:
    return page.locator("#total").inner_text().strip()


def chips(page) -> list[str]:
    return [text.strip() for text in page.locator(".chips li").all_inner_texts()]


def label_of(page, key: str, value: str) -> str:
    return " ".join(page.locator(f"label:has([name={key}][value={value}])").inner_text().split())


def wait_for_query(page, query: str) -> None:
    page.wait_for_url(f"{LIST}{query}", wait_until="commit")


# ── In place ──────────────────────────────────────────────────────────────────
def test_ticked_box_changes_results_numbers_chips_and_address(page, site):
    page.goto(LIST)
    page.evaluate("window.isSamePage = true")

    box(page, "status", "realised").check()
    wait_for_query(page, "?status=realised")

    assert total(page) == "1 initiativ"
    assert page.locator(".card").count() == 1
    assert label_of(page, "category", "full").endswith("(1)")
    assert [text.splitlines()[-1] for text in chips(page)] == ["Status: Realiserad", "Rensa alla"]
    assert page.locator("#panel-chosen").inner_text() == "1 vald"
    assert page.locator("a.language").get_attribute("href").endswith("?status=realised")
    assert page.evaluate("window.isSamePage")


def test_live_region_is_the_same_element_before_and_after(page, site):
    page.goto(LIST)
    page.evaluate("window.region = document.querySelector('[role=status] #total')")

    box(page, "status", "idea").check()
    wait_for_query(page, "?status=idea")

    assert page.evaluate("window.region.isConnected && window.region.innerText.trim()") == (
        "1 initiativ"
    )


def test_focus_and_place_stay_when_a_box_is_ticked_by_keyboard(page, site):
    page.goto(LIST)
    box(page, "status", "realised").focus()
    before = page.evaluate(TOP)

    page.keyboard.press("Space")
    wait_for_query(page, "?status=realised")

    assert page.evaluate(FOCUSED) == ["status", "realised"]
    assert abs(page.evaluate(TOP) - before) <= 1
    page.keyboard.press("Space")
    wait_for_query(page, "")
    assert page.evaluate(FOCUSED) == ["status", "realised"]


def test_removed_chip_leaves_the_focus_on_the_next(page, site):
    page.goto(f"{LIST}?status=idea&status=pilot&year=1999")

    page.locator(".chips a").first.focus()
    page.keyboard.press("Enter")
    wait_for_query(page, "?status=pilot&year=1999")
    after_first = page.evaluate(FOCUSED_TEXT)
    page.locator(".chips a").last.click()
    wait_for_query(page, "")

    assert after_first == "Ta bort: Status: Testas som pilot"
    assert page.evaluate("document.activeElement.id") == "results"


def test_open_groups_stay_open_and_closed_ones_closed(page, site):
    page.goto(LIST)
    page.locator("#group-sector > summary").click()
    page.locator("#group-status > summary").click()

    page.locator("#group-sector label").first.click()
    page.wait_for_url("**sector=**", wait_until="commit")

    is_open = "(id) => document.getElementById(id).open"
    groups = ("group-sector", "group-status", "group-goal")
    assert [page.evaluate(is_open, group) for group in groups] == [True, False, False]


def test_sort_and_shape_change_in_place(page, site):
    page.goto(LIST)

    page.locator("#sort").focus()
    page.locator("#sort").select_option("title")
    wait_for_query(page, "?sort=title")
    focused = page.evaluate("document.activeElement.id")
    page.locator("#shape-table").click()
    page.locator("table").wait_for()

    assert focused == "sort"
    assert page.evaluate("document.activeElement.id") == "shape-table"
    assert page.evaluate("new URLSearchParams(location.search).get('view')") == "table"
    box(page, "status", "idea").check()
    page.wait_for_url("**status=idea**", wait_until="commit")
    assert page.locator("tbody tr").count() == 1


def test_order_chosen_with_the_arrow_keys_is_no_step_of_the_history(page, site):
    page.goto(f"{LIST}?status=idea")
    length = page.evaluate("history.length")

    page.locator("#sort").select_option("newest")
    wait_for_query(page, "?status=idea&sort=newest")
    page.locator("#sort").select_option("title")
    wait_for_query(page, "?status=idea&sort=title")

    assert page.evaluate("history.length") == length


def test_first_letter_leaves_the_list_as_it_is(page, site):
    page.goto(LIST)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "?q=" in request.url else None)

    page.locator("#q").press("x")
    page.wait_for_timeout(600)  # twice what the list waits
    after_one = list(asked)
    page.locator("#q").press("y")
    wait_for_query(page, "?q=xy")

    assert after_one == []


def test_letter_that_is_left_of_a_word_is_searched_for(page, site):
    page.goto(f"{LIST}?q=xy")

    page.locator("#q").press("End")
    page.locator("#q").press("Backspace")
    wait_for_query(page, "?q=x")

    assert chips(page)[0].splitlines()[-1] == "Sök: x"


def test_search_on_a_phone_shows_its_answer(page, site):
    make_initiative(title_sv="Trädvakten")
    page.set_viewport_size(PHONE)
    page.goto(LIST)

    page.locator("#q").fill("trädvakten")
    page.locator("#q").press("Enter")
    wait_for_query(page, "?q=tr%C3%A4dvakten")
    page.wait_for_function("scrollY > 0")

    card = page.locator(".card-title").first
    assert card.inner_text() == "Trädvakten"
    assert card.bounding_box()["y"] < PHONE["height"]


def test_next_page_begins_at_its_top(page, site):
    for _ in range(catalogue.PAGE_SIZE):
        make_initiative()
    page.goto(LIST)

    page.locator(".pages [rel=next]").click()
    wait_for_query(page, "?page=2")

    assert page.evaluate("document.activeElement.id") == "results"
    assert page.locator(".list-results").bounding_box()["y"] >= -1
    assert page.locator(".list-results").bounding_box()["y"] < 100


def test_typing_narrows_the_list_and_is_one_step_back(page, site):
    make_initiative(title_sv="Trädvakten")
    page.goto(LIST)

    page.locator("#q").press_sequentially("trä")
    wait_for_query(page, "?q=tr%C3%A4")
    page.locator("#q").press_sequentially("dvakten")
    wait_for_query(page, "?q=tr%C3%A4dvakten")
    typed = (total(page), page.evaluate("document.activeElement.id"), page.input_value("#q"))
    page.keyboard.press("Escape")
    with page.expect_event("load"):
        page.go_back()

    assert typed == ("1 initiativ", "q", "trädvakten")
    assert page.input_value("#q") == ""
    assert page.locator(".chips").count() == 0


def test_clearing_all_empties_the_search_field_too(page, site):
    page.goto(f"{LIST}?q=initiativ&status=idea")

    page.locator(".chips-clear").click()
    wait_for_query(page, "")

    assert page.input_value("#q") == ""


def test_last_of_two_quick_choices_wins(page, browser_log, site):
    page.goto(LIST)
    page.evaluate(
        """() => {
            for (const value of ["idea", "realised"]) {
                document.querySelector(`[name=status][value=${value}]`).click();
            }
        }"""
    )

    wait_for_query(page, "?status=idea&status=realised")

    browser_log.console.clear()  # htmx tells of the request that it let go
    assert total(page) == "2 initiativ"


def test_press_that_gives_no_focus_takes_none_and_moves_nothing(page, site):
    """As in Safari, where a box that is pressed is not focused."""
    page.goto(LIST)
    top = "document.querySelector('[name=category]').getBoundingClientRect().top"
    before = page.evaluate(top)

    page.evaluate("document.querySelector('[name=category]').click()")
    page.wait_for_url("**category=**", wait_until="commit")

    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert abs(page.evaluate(top) - before) <= 1


def test_relief_of_an_empty_answer_is_followed_in_place(page, site):
    page.goto(f"{LIST}?status=idea&year=1999")
    page.evaluate("window.isSamePage = true")

    page.locator(".reliefs a").first.click()
    wait_for_query(page, "?status=idea")

    assert total(page) == "1 initiativ"
    assert page.evaluate("document.activeElement.id") == "results"
    assert page.evaluate("window.isSamePage")


def test_list_works_without_htmx(page, browser_log, site):
    page.route("**/js/htmx.js", lambda route: route.abort())
    page.goto(LIST)

    box(page, "status", "idea").check()
    page.wait_for_url("**status=idea**")

    browser_log.console.clear()  # the browser tells of the script that it didn't get
    assert total(page) == "1 initiativ"


# ── Back and forward ──────────────────────────────────────────────────────────
def test_back_and_forward_show_what_their_addresses_say(page, site):
    page.goto(LIST)
    box(page, "status", "idea").check()
    wait_for_query(page, "?status=idea")
    box(page, "status", "pilot").check()
    wait_for_query(page, "?status=idea&status=pilot")
    seen = []

    for step in (page.go_back, page.go_back, page.go_forward):
        with page.expect_event("load"):
            step()
        is_chosen = [box(page, "status", value).is_checked() for value in ("idea", "pilot")]
        seen.append((page.url.removeprefix(LIST), is_chosen, len(chips(page))))

    assert seen == [
        ("?status=idea", [True, False], 2),
        ("", [False, False], 0),
        ("?status=idea", [True, False], 2),
    ]


def test_filters_and_groups_are_there_on_the_way_back_from_an_initiative(page, site):
    page.goto(LIST)
    page.locator("#group-goal > summary").click()
    box(page, "status", "idea").check()
    wait_for_query(page, "?status=idea")

    page.locator(".card a").first.click()
    page.wait_for_url("**/sv/initiativ/status-idea/")
    page.go_back()
    wait_for_query(page, "?status=idea")
    page.locator("#panel-fold[data-ready]").wait_for()

    assert total(page) == "1 initiativ"
    assert box(page, "status", "idea").is_checked()
    assert page.evaluate("document.getElementById('group-goal').open")


def test_address_that_is_sent_to_a_friend_shows_the_same(page, browser, site):
    page.goto(LIST)
    box(page, "status", "realised").check()
    wait_for_query(page, "?status=realised")
    mine = (total(page), page.locator(".card-title").all_inner_texts())

    friend = browser.new_context().new_page()
    ServedSite(friend)
    friend.goto(page.url)

    assert (total(friend), friend.locator(".card-title").all_inner_texts()) == mine
    friend.context.close()


def test_nothing_is_kept_on_the_device(page, site):
    page.goto(LIST)
    box(page, "status", "idea").check()
    wait_for_query(page, "?status=idea")

    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []


# ── When it fails ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize("answer", ["offline", "error"])
def test_failure_leaves_the_list_and_is_said(page, browser_log, site, answer):
    page.goto(LIST)
    before = total(page)

    def fail(route):
        route.abort() if answer == "offline" else route.fulfill(status=500, body="<p>Nej</p>")

    page.route("**/*status=idea*", fail)
    box(page, "status", "idea").check()
    failed = page.locator("[role=status] .list-failed:not(:empty)")
    failed.wait_for()
    said = failed.inner_text()
    page.unroute("**/*status=idea*")
    box(page, "status", "pilot").check()
    wait_for_query(page, "?status=idea&status=pilot")

    browser_log.console.clear()  # the browser and htmx tell of the failure
    assert said.startswith("Listan gick inte att hämta.")
    assert before != total(page)
    assert page.locator(".list-failed").inner_text() == ""


# ── Long groups ───────────────────────────────────────────────────────────────
def test_option_of_a_long_group_is_found_by_its_name(page, site):
    names = ["Vatten", "Vård", "Trafik", *(f"Sektor {number}" for number in range(12))]
    for name in names:
        make_initiative(sectors=[make_sector(name_sv=name)])
    page.goto(LIST)
    page.locator("#group-sector > summary").click()

    page.locator("#find-sector").press_sequentially("va")
    page.get_by_label("Vatten").wait_for()  # the rest of the group is fetched first
    seen = [
        label.inner_text().strip()
        for label in page.locator("#group-sector label:has([type=checkbox])").all()
        if label.is_visible()
    ]
    page.keyboard.press("Enter")
    page.get_by_label("Vatten").check()
    page.wait_for_url("**sector=**", wait_until="commit")

    assert [" ".join(text.split()) for text in seen] == ["Vatten (1)"]
    assert page.input_value("#find-sector") == "va"
    assert page.locator("#find-sector").is_visible()


@pytest.fixture
def fourteen_sectors(db):
    for number in range(14):
        make_initiative(sectors=[make_sector(name_sv=f"Sektor {number:02}")])


def sectors_seen(page) -> list[str]:
    labels = page.locator("#group-sector label:has([type=checkbox])").all()
    return [label.inner_text().split("(")[0].strip() for label in labels if label.is_visible()]


def test_rest_of_a_long_group_comes_when_it_is_asked_for(page, site, fourteen_sectors):
    page.goto(LIST)
    page.locator("#group-sector > summary").click()
    few = sectors_seen(page)

    page.get_by_text("Visa 7 till").press("Enter")
    wait_for_query(page, "?unfold=sector")
    many = sectors_seen(page)
    focused = page.evaluate("document.activeElement.parentElement.innerText")
    page.get_by_text("Visa färre").press("Enter")
    wait_for_query(page, "")

    assert (len(few), len(many), many[:8]) == (8, 15, few)
    assert focused.split("(")[0].strip() == many[8]
    assert sectors_seen(page) == few
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_look_at_the_rest_is_no_step_of_the_history(page, site, fourteen_sectors):
    page.goto(LIST)
    page.locator("#group-sector > summary").click()
    page.locator("#group-sector [type=checkbox]").first.check()
    page.wait_for_url("**?sector=*", wait_until="commit")
    length = page.evaluate("history.length")
    page.get_by_text("Visa 7 till").click()
    page.wait_for_url("**?sector=*&unfold=sector", wait_until="commit")

    assert page.evaluate("history.length") == length


def test_look_at_the_rest_stays_on_the_page_of_the_list(page, site, fourteen_sectors):
    for number in range(30):
        make_initiative(title_sv=f"Nummer {number}")
    page.goto(f"{LIST}?page=2")
    length = page.evaluate("history.length")
    page.locator("#group-sector > summary").click()
    page.get_by_text("Visa 7 till").click()
    wait_for_query(page, "?unfold=sector&page=2")

    assert page.evaluate("history.length") == length


def test_look_at_the_rest_loses_nothing_that_was_just_chosen(
    page, browser_log, site, fourteen_sectors
):
    page.goto(LIST)
    page.locator("#group-sector > summary").click()

    # All in one breath: no answer can come between.
    page.evaluate("""() => {
        document.querySelector("#q").value = "sektor";
        document.querySelector("[name=examples]").click();
        document.querySelector("#group-sector [data-unfold]").click();
    }""")
    wait_for_query(page, "?q=sektor&examples=1&unfold=sector")

    browser_log.console.clear()  # htmx tells of the request that it gave up
    assert page.locator("[name=examples]").is_checked()


def test_focus_stays_near_a_box_that_is_gone(page, site):
    page.goto(f"{LIST}?open_for_schools=1&budget_min=99999999")
    page.locator("#open_for_schools").press("Space")
    wait_for_query(page, "?budget_min=99999999")

    assert page.evaluate("document.activeElement.tagName") != "BODY"


def test_typed_name_is_looked_for_in_the_whole_group(page, site, fourteen_sectors):
    page.goto(LIST)
    page.locator("#group-sector > summary").click()

    page.locator("#find-sector").press_sequentially("tor 12", delay=20)
    page.get_by_label("Sektor 12").wait_for()

    assert sectors_seen(page) == ["Sektor 12"]
    assert page.input_value("#find-sector") == "tor 12"
    assert page.evaluate("document.activeElement.id") == "find-sector"
    assert page.locator("[data-find-none]:visible").count() == 0


def test_rest_of_a_long_group_without_scripts(plain_page, fourteen_sectors):
    ServedSite(plain_page)
    plain_page.goto(LIST)
    plain_page.locator("#group-sector > summary").click()
    plain_page.get_by_text("Visa 7 till").click()

    whole, seen = plain_page.url, sectors_seen(plain_page)
    plain_page.get_by_label("Sektor 12").check()
    plain_page.locator(".panel-show button").click()

    assert "unfold=sector" in whole
    assert whole.endswith("#group-sector")
    assert len(seen) == len(sectors_seen(plain_page)) == 15
    assert "unfold=sector" in plain_page.url


# ── On a phone ────────────────────────────────────────────────────────────────
def test_filters_are_folded_on_a_phone_and_open_on_a_wide_screen(page, site):
    page.goto(LIST)
    wide = page.locator("[data-panel-fold]").get_attribute("open")
    page.set_viewport_size(PHONE)
    page.reload()
    phone = page.locator("[data-panel-fold]").get_attribute("open")

    assert (wide, phone) == ("", None)


def test_button_on_a_phone_says_how_many_and_shows_them(page, site):
    page.set_viewport_size(PHONE)
    page.goto(LIST)
    page.locator("#panel-fold > summary").click()
    page.evaluate("window.isSamePage = true")

    box(page, "status", "realised").check()
    wait_for_query(page, "?status=realised")
    button = page.locator(".panel-show button")
    said, place = button.inner_text(), button.bounding_box()
    is_open = page.evaluate("document.getElementById('panel-fold').open")
    button.click()

    assert (said, is_open) == ("Visa 1 initiativ", True)
    assert place["y"] + place["height"] <= PHONE["height"]
    assert page.evaluate("document.getElementById('panel-fold').open") is False
    assert page.evaluate("document.activeElement.id") == "results"
    assert page.evaluate("window.isSamePage")


# ── Without scripts ───────────────────────────────────────────────────────────
def test_filter_and_sort_work_without_scripts(plain_page):
    ServedSite(plain_page)
    plain_page.goto(LIST)

    box(plain_page, "status", "idea").check()
    box(plain_page, "status", "realised").check()
    plain_page.locator(".panel-show button").click()
    plain_page.wait_for_url("**status=idea**")
    filtered = (total(plain_page), plain_page.locator(".card").count())
    plain_page.locator("#sort").select_option("title")
    plain_page.locator(".sort-button").click()
    plain_page.wait_for_url("**sort=title**")

    assert filtered == ("2 initiativ", 2)
    assert total(plain_page) == "2 initiativ"
    assert plain_page.locator(".panel-find").is_hidden()


@pytest.mark.parametrize("path", ["/sv/", "/sv/initiativ/"])
def test_search_works_without_scripts(plain_page, path):
    make_initiative(title_sv="Trädvakten")
    ServedSite(plain_page)
    plain_page.goto(f"{HOST}{path}")

    plain_page.locator("#q").fill("trädvakten")
    plain_page.locator("#q").press("Enter")
    plain_page.wait_for_url("**q=tr*")

    assert plain_page.locator(".card-title").all_inner_texts() == ["Trädvakten"]
