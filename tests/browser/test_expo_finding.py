"""The programme in a real browser: filters in place, address, focus, back; the timetable at 320
pixels; suggestions; adding from the list; and all of it without scripts."""

import pytest

from tests.browser.served import HOST, ServedSite
from tests.expo.builders import at, make_area, make_event, make_expo, make_occasion, make_venue

pytestmark = pytest.mark.django_db

LIST = f"{HOST}/en/expo/fair/programme/"
DAY = f"{HOST}/en/expo/fair/days/2032-06-01/"
NARROW = {"width": 320, "height": 700}


@pytest.fixture
def site(page) -> ServedSite:
    make_fair()
    return ServedSite(page)


def make_fair() -> None:
    """Two days, two areas; not over for years."""
    expo = make_expo(slug="fair", starts_on=at("2032-06-01 00:00").date(),
                     ends_on=at("2032-06-03 00:00").date())  # fmt: skip
    harbour = make_venue(area=make_area(slug="harbour", name_en="Harbour", order=1))
    square = make_venue(area=make_area(slug="square", name_en="Square", order=2))
    for title, start, venue in [
        ("Boats", "2032-06-01 10:00", harbour),
        ("Robots", "2032-06-01 14:00", square),
        ("Bees", "2032-06-02 10:00", square),
    ]:
        event = make_event(expo=expo, title_en=title, slug=title.lower())
        make_occasion(event=event, venue=venue, starts_at=at(start))


def titles(page) -> list[str]:
    return [text.strip() for text in page.locator(".occasion-title").all_inner_texts()]


def total(page) -> str:
    return page.locator("#total").inner_text().strip()


def box(page, key: str, value: str):
    return page.locator(f"input[name={key}][value={value}]")


def wait_for_query(page, query: str, path: str = LIST) -> None:
    page.wait_for_url(f"{path}{query}", wait_until="commit")


def test_ticked_box_changes_list_numbers_and_address_and_keeps_the_focus(page, site):
    page.goto(LIST)
    page.evaluate("window.isSamePage = true")

    box(page, "area", "square").focus()
    page.keyboard.press("Space")
    wait_for_query(page, "?area=square")

    assert (total(page), titles(page)) == ("2 occasions", ["Robots", "Bees"])
    assert page.evaluate("document.activeElement.value") == "square"
    assert page.locator(".strip small").all_inner_texts() == ["1", "1", "0"]
    assert page.evaluate("window.isSamePage")


def test_back_shows_the_programme_as_it_was(page, site):
    page.goto(LIST)
    box(page, "area", "square").check()
    wait_for_query(page, "?area=square")

    with page.expect_event("load"):
        page.go_back()

    assert (total(page), len(titles(page))) == ("3 occasions", 3)


def test_day_keeps_the_filters_and_narrows_itself(page, site):
    page.goto(f"{LIST}?area=square")

    page.locator(".strip a").first.click()
    page.wait_for_url(f"{DAY}?area=square")
    box(page, "area", "square").uncheck()
    wait_for_query(page, "", DAY)

    assert titles(page) == ["Boats", "Robots"]
    assert page.locator("h1").inner_text() == "Tuesday 1 June"


def test_timetable_scrolls_in_a_region_of_its_own_at_320_pixels(page, site):
    page.set_viewport_size(NARROW)
    page.goto(f"{DAY}?view=timetable")

    region = page.get_by_role("region", name="Tuesday 1 June")

    assert region.evaluate("element => element.scrollWidth > element.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.get_by_role("rowheader").all_inner_texts() == ["10:00", "14:00"]


def test_suggestion_opens_the_event(page, site):
    page.goto(LIST)

    page.locator("#q").press_sequentially("rob")
    page.get_by_role("option", name="Robots").click()

    page.wait_for_url(f"{HOST}/en/expo/fair/events/robots/")


def test_button_of_a_line_works_after_the_list_was_narrowed(page, site):
    page.goto(LIST)
    box(page, "area", "square").check()
    wait_for_query(page, "?area=square")

    page.locator("[name=add]", has_text="Robots").click()
    page.locator("[name=remove]", has_text="Robots").wait_for()

    assert page.url == f"{LIST}?area=square"


def test_programme_is_narrowed_without_scripts(browser, page, site):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    ServedSite(plain)
    plain.goto(LIST)

    box(plain, "area", "square").check()
    plain.get_by_role("button", name="Show the programme").click()

    assert (total(plain), titles(plain)) == ("2 occasions", ["Robots", "Bees"])
    context.close()
