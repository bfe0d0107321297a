"""A real browser. `page` keeps a log: a console message or a request to another host fails the
test, whatever else it is about."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import axe
from tests.needs import need
from tools.servers import demo_server

# Playwright's synchronous API keeps an event loop in this thread; Django would then refuse the
# ORM here, although nothing runs at the same time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    # Nothing leaves the machine, even when a page asks for it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

VIEWPORT = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@dataclass
class BrowserLog:
    """What a page did besides showing itself."""

    console: list[str] = field(default_factory=list)  # messages and uncaught errors
    foreign: list[str] = field(default_factory=list)  # addresses on other hosts

    def listen(self, page):
        """Returns what ends it."""
        listeners = {
            "console": lambda message: self.console.append(message.text),
            "pageerror": lambda error: self.console.append(str(error)),
            "request": lambda request: self._note(request.url),
        }
        for event, listener in listeners.items():
            page.on(event, listener)

        def unlisten() -> None:
            for event, listener in listeners.items():
                page.remove_listener(event, listener)

        return unlisten

    def check(self) -> None:
        assert self.console == []
        assert self.foreign == []

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in (
            "localhost",
            "127.0.0.1",
        ):
            self.foreign.append(url)


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    need(chromium, "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def new_context(browser):
    context = browser.new_context(locale="sv-SE", viewport=VIEWPORT)
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def browser_log():
    """The log of `page`. A test that provokes a message checks it, and then clears it."""
    return BrowserLog()


@pytest.fixture
def page(browser, browser_log):
    """A page in a profile of its own, 1280 px wide, in Swedish."""
    context = new_context(browser)
    page = context.new_page()
    browser_log.listen(page)
    yield page
    context.close()
    browser_log.check()


@pytest.fixture(scope="session")
def _kept_page(browser):
    """The page that `looked_at` lends out. Axe is in it before any document: brought by each test,
    its half megabyte would take longer than most of its runs."""
    context = new_context(browser)
    context.add_init_script(axe.AXE_SCRIPT)
    yield context.new_page()
    context.close()


@pytest.fixture
def looked_at(_kept_page, browser_log):
    """For tests that only look at pages: a page as `page`, which other tests looked at before.

    A new profile, and a new process of the browser with it, takes longer than to empty this one.
    """
    page = _kept_page
    unlisten = browser_log.listen(page)
    yield page
    if page.url.startswith("http"):  # no other address has a store
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    unlisten()
    page.unroute_all()
    page.goto("about:blank")
    page.context.clear_cookies()
    page.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    page.set_viewport_size(VIEWPORT)
    browser_log.check()


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The address of `make run` in a folder of its own: production server and settings, demo data.

    For tests that only read. A test that makes its own rows uses `live_server`.
    """
    with demo_server(tmp_path_factory.mktemp("demo")) as address:
        yield address
