"""The expo's pages in a browser: the board of what is on, and the map under a finger and a key."""

import math

import pytest

from expo.choices import OccasionKind
from tests.browser.served import HOST, ServedSite
from tests.browser.test_accessibility import PHONE, faults
from tests.expo.builders import at, make_area, make_event, make_expo, make_occasion, make_venue

pytestmark = pytest.mark.django_db

TARGET = 24  # CSS pixels: WCAG 2.2, 2.5.8
ROUNDING = 0.5


def make_crowded_expo():
    """Twelve venues within a few hundred metres, as in a town's centre, and one far away."""
    area, far = make_area(name_sv="Stadskärnan"), make_area(latitude=56.0595, longitude=12.729)
    expo = make_expo(slug="massan", areas=[area, far])
    for number in range(12):
        make_venue(area=area, latitude=56.045 + number * 0.0004, longitude=12.69)
    make_venue(area=far, slug="far", latitude=56.0595, longitude=12.73)
    return expo


def test_board_of_what_is_on_has_no_fault(looked_at, time_machine):
    time_machine.move_to("2022-06-01 13:20+02:00")
    ServedSite(looked_at)
    expo = make_crowded_expo()
    venue = expo.areas.first().venues.first()
    for start, kind in (("13:00", "timed"), ("15:00", "timed"), ("10:00", OccasionKind.DROP_IN)):
        make_occasion(
            event=make_event(expo=expo),
            venue=venue,
            starts_at=at(f"2022-06-01 {start}"),
            kind=kind,
        )

    found = faults(looked_at, "/sv/expo/massan/")

    assert found == {}
    assert looked_at.locator(".board").count() == 2
    assert looked_at.locator(".board-time").all_inner_texts() == [
        "till 14.00",
        "till 16.00",
        "15.00",
    ]


def test_map_has_room_for_a_finger_on_every_number(page):
    ServedSite(page)
    make_crowded_expo()
    page.set_viewport_size(PHONE)
    page.goto(f"{HOST}/sv/expo/massan/omraden/")

    boxes = [circle.bounding_box() for circle in page.locator(".map-marker").all()]

    assert len(boxes) == 13
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    assert min(box["width"] for box in boxes) >= TARGET - ROUNDING
    apart = [math.dist(one, other) for at, one in enumerate(middles) for other in middles[at + 1 :]]
    assert min(apart) >= TARGET - 3
    assert all(0 <= x <= PHONE["width"] for x, _ in middles)


def test_map_can_be_used_with_the_keyboard_alone(page):
    ServedSite(page)
    make_crowded_expo()
    page.goto(f"{HOST}/sv/expo/massan/omraden/")
    markers = page.locator(".map-sheet a:has(.map-marker)")

    last = markers.last.get_attribute("href")

    markers.first.focus()
    names = []
    for _ in range(markers.count()):
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{last}")

    assert [name.split()[0] for name in names] == [str(number) for number in range(1, 14)]


def test_map_says_the_same_as_its_list(page):
    ServedSite(page)
    make_crowded_expo()
    page.goto(f"{HOST}/sv/expo/massan/omraden/")

    def addresses(selector):
        return [link.get_attribute("href") for link in page.locator(selector).all()]

    assert addresses(".map-sheet a:has(.map-marker)") == addresses(".map-list ol a")
