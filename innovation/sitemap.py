"""Every public page, for search engines: both languages, without the invented examples.

Django's sitemap framework would do, but it takes its host from the request and reverses every
address eight times; this streams.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation

from innovation.models import (
    Category,
    Challenge,
    GlobalGoal,
    Initiative,
    Organisation,
    Platform,
    Sector,
    Technology,
)

# The protocol allows 50 000 addresses a file; two languages make two of each page.
PAGES_PER_FILE = 10_000
LISTS = ("start", "initiative-list", "challenge-list", "organisation-list", "platform-list")
LANGUAGES = [code for code, _ in settings.LANGUAGES]


class Entry(NamedTuple):
    """A page by the name of its address: ("expo:area-list", {"edition": "2022"}, None)."""

    name: str
    kwargs: dict[str, str]
    updated_at: datetime | None = None


# What other apps add, in a steady order: a function that gives at most some thousand entries.
MORE: list[Callable[[], list[Entry]]] = []


@dataclass(frozen=True)
class Page:
    """`addresses` is {"sv": …, "en": …}; `updated_at` is None where it isn't kept."""

    addresses: dict[str, str]
    updated_at: datetime | None = None


def details() -> list[models.QuerySet]:
    """The rows with a public page of their own, in a steady order."""
    written = [
        model.objects.visible().without_examples().only("slug", "updated_at")
        for model in (Initiative, Challenge, Organisation, Platform)
    ]
    terms = [model.objects.only("slug") for model in (Category, Sector, Technology, GlobalGoal)]
    return [rows.order_by("pk") for rows in written + terms]


def count_files() -> int:
    total = len(_listed()) + sum(rows.count() for rows in details())
    return max(1, -(-total // PAGES_PER_FILE))


def pages(file: int = 1) -> Iterator[Page]:
    """The pages of the sitemap's file number `file`, from 1; the lists stand in the first."""
    start, stop = (file - 1) * PAGES_PER_FILE, file * PAGES_PER_FILE
    listed = _listed()
    for entry in listed[start:stop]:
        yield Page(_addresses(entry.name, entry.kwargs), entry.updated_at)
    before = len(listed)
    for rows in details():
        for row in rows[max(0, start - before) : max(0, stop - before)].iterator():
            addresses = _addresses(f"innovation:{row.page_name}", {"slug": row.slug})
            yield Page(addresses, getattr(row, "updated_at", None))
        before += rows.count()


def _listed() -> list[Entry]:
    lists = [Entry(f"innovation:{name}", {}) for name in LISTS]
    return lists + [entry for more in MORE for entry in more()]


def _addresses(name: str, kwargs: dict) -> dict[str, str]:
    addresses = {}
    for language in LANGUAGES:
        with translation.override(language):
            path = reverse(name, kwargs=kwargs)
        addresses[language] = f"{settings.SITE_URL}{path}"
    return addresses
