"""A programme in a real browser: a family's day on a phone, by keyboard alone, without scripts,
without a connection."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from expo.choices import OccasionKind
from expo.models import Occasion, PersonalProgramme
from tests import site_map
from tests.browser.served import HOST, ServedSite, make_static_files
from tests.browser.test_accessibility import PHONE as NARROW
from tests.browser.test_accessibility import faults
from tests.expo.builders import make_area, make_event, make_expo, make_occasion, make_venue
from tests.full_site import make_full_site
from tests.site_map import LANGUAGES

PHONE = {"width": 360, "height": 720}
PROGRAMME = "/sv/mitt-program/"
# 0.02 degrees north is 2.2 km: 42 minutes' walk at a group's pace.
FAR = 0.02


class Family:
    """An expo a month from now, with four things on one day, two of them too far apart."""

    def __init__(self):
        self.day = timezone.localdate() + timedelta(days=30)
        self.expo = make_expo(
            starts_on=self.day - timedelta(days=3), ends_on=self.day + timedelta(days=3)
        )
        area = make_area()
        self.harbour = make_venue(area=area, name_sv="Kajen")
        self.hill = make_venue(area=area, name_sv="Höjden", latitude=self.harbour.latitude + FAR)
        self.boats = self._occasion("Båtbygget", 10, 11, self.harbour)
        self.robots = self._occasion("Robotskolan", 11.25, 12, self.hill)
        self.later = self._occasion("Robotskolan", 14, 15, self.hill, event=self.robots.event)
        self.choir = self._occasion("Kören", 16, 17, self.harbour)
        self.workshop = self._occasion(
            "Verkstaden", 10, 18, self.harbour, kind=OccasionKind.DROP_IN
        )
        self.four = [self.boats, self.robots, self.choir, self.workshop]

    def _occasion(self, title, start, end, venue, event=None, **fields) -> Occasion:
        if event is None:
            event = make_event(expo=self.expo, title_sv=title, title_en=title)
        return make_occasion(
            event=event, venue=venue, starts_at=self.at(start), ends_at=self.at(end), **fields
        )

    def at(self, hours: float):
        midnight = timezone.datetime.combine(self.day, timezone.datetime.min.time())
        return midnight.replace(tzinfo=ZoneInfo("Europe/Stockholm")) + timedelta(hours=hours)


@pytest.fixture
def family(transactional_db):
    make_static_files()
    return Family()


@pytest.fixture
def plain_page(browser):
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE", viewport=PHONE)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def add_on_its_page(page, live_server, occasion) -> None:
    page.goto(f"{live_server.url}{occasion.event.get_absolute_url()}")
    page.locator(f"#choose-{occasion.pk}").click()
    page.locator(f"#choose-{occasion.pk}[name=remove]").wait_for()


def said(page) -> str:
    return page.locator("#programme-said").inner_text().strip()


def entry(page, occasion):
    return page.locator(f"#item-{occasion.pk}")


# ── A family's day ────────────────────────────────────────────────────────────
def test_family_plans_a_day_on_a_phone(page, live_server, family):
    page.set_viewport_size(PHONE)
    for occasion in family.four:
        add_on_its_page(page, live_server, occasion)
    total = page.locator("#programme-link").inner_text()
    page.locator("#programme-link").click()
    page.wait_for_url(f"**{PROGRAMME}")

    # Told that two are too far apart, and what fits instead …
    robots = entry(page, family.robots)
    notice = robots.locator(".plan-notice").inner_text()
    robots.locator(".plan-swap").first.click()
    entry(page, family.later).wait_for()
    notices = page.locator(".plan-notice").count()

    # … and has the day in the calendar and on paper.
    calendar = page.locator("a[href^='webcal:']").get_attribute("href")
    address = calendar.partition("/sv/")[2]
    events = page.request.get(f"{live_server.url}/sv/{address}").text()
    paper = page.request.get(f"{live_server.url}{PROGRAMME}program.pdf")

    assert " ".join(total.split()).endswith("(4)")
    assert "Båtbygget" in notice
    assert "15 min" in notice
    assert notices == 0
    assert events.count("BEGIN:VEVENT") == 4
    assert paper.body().startswith(b"%PDF")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_press_in_a_list_stays_where_it_is(page, live_server, family):
    page.goto(f"{live_server.url}{family.boats.event.get_absolute_url()}")
    page.evaluate("window.isSamePage = true")
    page.evaluate("window.region = document.getElementById('programme-said')")
    button = page.locator(f"#choose-{family.boats.pk}")

    button.focus()
    page.keyboard.press("Enter")
    page.locator(f"#choose-{family.boats.pk}[name=remove]").wait_for()
    added = said(page)
    focused = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    page.locator(f"#choose-{family.boats.pk}[name=add]").wait_for()

    assert "Båtbygget" in added
    assert focused == f"choose-{family.boats.pk}"
    assert page.evaluate("document.activeElement.id") == focused
    assert page.evaluate("window.isSamePage && window.region.isConnected")
    assert "(" not in page.locator("#programme-link").inner_text()


def test_quick_presses_of_a_new_visitor_land_in_one_programme(page, live_server, family):
    page.goto(f"{live_server.url}{family.robots.event.get_absolute_url()}")

    page.evaluate(
        """() => document.querySelectorAll("[data-programme-button] button")
               .forEach((button) => button.click())"""
    )
    page.locator("[name=remove]").nth(1).wait_for()

    assert [row.items.count() for row in PersonalProgramme.objects.all()] == [2]


def test_press_that_fails_is_said(page, browser_log, live_server, family):
    page.goto(f"{live_server.url}{family.boats.event.get_absolute_url()}")
    page.route("**/valj/", lambda route: route.abort())

    page.locator(f"#choose-{family.boats.pk}").click()
    page.locator("#programme-said:not(:empty)").wait_for()

    browser_log.console.clear()  # the browser and htmx tell of the failure
    assert said(page) == page.locator("#programme-said").get_attribute("data-failed")


def test_moved_occasion_is_news_until_it_is_seen(page, live_server, family):
    add_on_its_page(page, live_server, family.boats)
    family.boats.starts_at, family.boats.ends_at = family.at(9), family.at(10)
    family.boats.save()

    page.goto(f"{live_server.url}{PROGRAMME}")
    change = entry(page, family.boats).locator(".plan-change").inner_text()
    page.locator(".plan-news button").click()
    page.wait_for_load_state()

    assert "10.00 → 09.00" in change
    assert page.locator(".plan-news, .plan-change").count() == 0


def test_day_is_planned_by_keyboard_alone(page, live_server, family):
    for occasion in family.four:
        add_on_its_page(page, live_server, occasion)
    page.goto(f"{live_server.url}{PROGRAMME}")

    def press_until(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    press_until(f"#item-{family.robots.pk} .plan-swap")
    page.keyboard.press("Enter")
    entry(page, family.later).wait_for()
    press_until(f"#item-{family.later.pk} .plan-edit summary")
    page.keyboard.press("Enter")
    press_until(f"#note-{family.later.pk}")
    page.keyboard.type("Ta med hjälm")
    page.keyboard.press("Enter")
    entry(page, family.later).locator(".plan-note").wait_for()
    press_until(f"#item-{family.later.pk} .plan-remove")
    page.keyboard.press("Enter")
    entry(page, family.later).wait_for(state="detached")

    assert page.locator(".plan-entry").count() == 3


def test_everything_works_without_scripts(plain_page, live_server, family):
    page = plain_page
    for occasion in family.four:
        add_on_its_page(page, live_server, occasion)
    there = page.url
    page.locator("#programme-link").click()

    entry(page, family.robots).locator(".plan-swap").first.click()
    entry(page, family.later).wait_for()
    page.locator("#share form button").click()
    page.locator("#shared-link").wait_for()
    shared = page.locator("#shared-link").input_value()

    assert there.endswith(f"#choose-{family.workshop.pk}")
    assert page.locator(".plan-notice").count() == 0
    assert page.locator("[data-offline]").is_hidden()
    assert "/sv/mitt-program/delat/" in shared


# ── Without a connection ──────────────────────────────────────────────────────
def test_saved_programme_is_read_without_a_connection_and_forgotten(
    page, browser_log, live_server, family
):
    add_on_its_page(page, live_server, family.boats)
    page.goto(f"{live_server.url}{PROGRAMME}")
    before = page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)")
    page.locator("[data-offline-save]").click()
    page.locator("[data-offline-on]").wait_for()

    page.context.set_offline(True)
    page.reload()
    kept = entry(page, family.boats).locator("h3").inner_text()
    font = page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('1rem Schibsted Grotesk'))"
    )
    page.context.set_offline(False)
    page.reload()
    with page.expect_navigation():
        page.locator("[data-forget] button").click()
    left = page.evaluate("caches.keys()")

    browser_log.console.clear()  # the browser tells of what it could not load
    assert (before, kept, font, left) == (False, "Båtbygget", 1, [])
    assert page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)") is False
    assert page.context.cookies() == []


def test_nothing_is_kept_on_the_device_before_the_press(page, live_server, family):
    page.goto(f"{live_server.url}{family.boats.event.get_absolute_url()}")
    page.goto(f"{live_server.url}{PROGRAMME}")

    assert page.context.cookies() == []
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


# ── No fault ──────────────────────────────────────────────────────────────────
@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_full_programme_has_no_fault(looked_at, language):
    site = ServedSite(looked_at)
    make_full_site()
    site.client.cookies["programme"] = site_map.SECRETS["edit"]
    path = site_map.Address("expo:programme-detail").path(language)

    assert faults(looked_at, path, in_every_colour=language == "sv") == {}
    looked_at.set_viewport_size(NARROW)
    looked_at.goto(f"{HOST}{path}")
    looked_at.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert looked_at.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
