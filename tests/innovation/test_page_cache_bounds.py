"""What bounds the kept pages: one address for all that mean the same, a shelf of so many bytes, and
the setting that says how many."""

import runpy
import threading

import pytest
from django.conf import settings as live_settings

from innovation import snapshot
from innovation.filters import Asked
from innovation.page_cache import Page, PageCache, Shelf
from innovation.query_keys import MAX_QUERY, canonical_query
from tests.visitor import Answer, ask

KEYS = frozenset(Asked.keys)


# ── Addresses ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("utm_source=mail&fbclid=1", ""),
        ("q=buss&utm_source=mail", "q=buss"),
        ("sort=title&q=buss", "q=buss&sort=title"),
        ("sector=b&sector=a&sector=b", "sector=a&sector=b"),
        ("q=&year=&sort=title", "sort=title"),
        ("q=%20%20buss++", "q=buss"),
        ("q=b%75ss", "q=buss"),
        ("q=%C3%A5&&=&=x&q", "q=%C3%A5"),
        ("q=\xc3\xa5", "q=%C3%A5"),  # "å" that was not escaped, as WSGI hands it over
        ("q=\xe5", "q=%EF%BF%BD"),
        ("q=%00", "q=%00"),
        ("Q=buss;q=buss", ""),
        ("q=" + "x" * 500, "q=" + "x" * 200),
    ],
)
def test_canonical_query_is_one_for_all_that_mean_the_same(query, canonical):
    assert canonical_query(query, KEYS) == canonical
    assert canonical_query(canonical, KEYS) == canonical
    assert canonical_query(query, frozenset()) == ""


@pytest.mark.parametrize("letter", ["%FF", "\xff", "%F0%9F%A7%91", "q=", "&"])
def test_query_of_any_length_is_kept_short(letter):
    query = "sector=" + letter * 100_000

    assert len(canonical_query(query[:MAX_QUERY], KEYS)) < 10 * MAX_QUERY


# ── The shelf ─────────────────────────────────────────────────────────────────
def page_of(size: int) -> Page:
    return Page(headers=[], body=b"", etag="", size=size)


def test_shelf_never_holds_more_bytes_than_it_may():
    shelf, largest = Shelf(10_000), 0
    shelf.get("none", 1)

    for number in range(3000):
        shelf.put(number, 1, page_of(1 + number * 7 % 3000))
        shelf.get(number - number % 3, 1)
        largest = max(largest, shelf.size)

    assert 5000 < largest <= 10_000


def test_page_that_is_larger_than_the_shelf_is_not_kept():
    shelf = Shelf(1000)
    shelf.get("none", 1)

    shelf.put("large", 1, page_of(2000))

    assert (shelf.get("large", 1), shelf.size) == (None, 0)


def test_shelf_of_another_version_is_empty():
    shelf = Shelf(10_000)
    shelf.get("page", 1)
    shelf.put("page", 1, page_of(10))

    assert shelf.get("page", 1)
    assert shelf.get("page", 2) is None
    assert shelf.size == 0


def test_page_begun_before_a_change_is_not_put_on_the_shelf():
    shelf = Shelf(10_000)
    shelf.get("page", 1)
    shelf.get("other", 2)

    shelf.put("page", 1, page_of(10))

    assert shelf.size == 0


def test_threads_share_a_shelf():
    shelf, seen = Shelf(20_000), []
    shelf.get("none", 1)

    def use(first: int):
        for number in range(2000):
            key = (first + number) % 50
            found = shelf.get(key, 1)
            seen.append(found is None or found.etag == str(key))
            shelf.put(key, 1, Page([], b"", str(key), size=100 + key))

    threads = [threading.Thread(target=use, args=(first,)) for first in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(seen)
    held = [part._pages.values() for part in (shelf._front, shelf._back)]
    assert shelf.size == sum(page.size for pages in held for page in pages) <= 20_000


# ── Switched off ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("variables", "megabytes"),
    [
        ({}, 64),
        ({"PAGE_CACHE_MB": "8"}, 8),
        ({"PAGE_CACHE_MB": "0"}, 0),
        ({"DEBUG": "true"}, 0),
        ({"DEBUG": "true", "PAGE_CACHE_MB": "8"}, 0),
    ],
)
def test_setting_says_how_much_is_kept_and_development_keeps_nothing(
    variables, megabytes, monkeypatch
):
    for name in ("DEBUG", "PAGE_CACHE_MB"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    known = runpy.run_path(str(live_settings.BASE_DIR / "config" / "settings.py"))

    assert known["PAGE_CACHE_BYTES"] == megabytes * 1024 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, 1024])
def test_application_keeps_pages_unless_the_size_is_nothing(size, settings, monkeypatch):
    settings.PAGE_CACHE_BYTES = size
    monkeypatch.setattr(snapshot, "warm", lambda: None)  # it ends the test's connection

    application = runpy.run_path(str(settings.BASE_DIR / "config" / "wsgi.py"))["application"]

    assert isinstance(application, PageCache) == bool(size)
    assert isinstance(ask(application, "/sv/initiativ/"), Answer)
