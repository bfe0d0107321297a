"""The start page: numbers from the snapshot, beside rows and cards that are kept."""

from itertools import groupby
from typing import NamedTuple

from django.db.models import Model
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from innovation import cards, shared_rows, snapshot
from innovation.models import Category, Challenge
from innovation.models.fields import reader_language
from innovation.shared_rows import Rows
from innovation.short_way import for_everyone
from innovation.snapshot import EVERYONE, EXAMPLE, Row, Snapshot

CHANGED_LATELY = 6


class Counted(NamedTuple):
    """A row, and how many initiatives have it."""

    row: Model
    total: int


@for_everyone
@require_safe
def start(request):
    snap = snapshot.current()
    counted = snap.bits.get(EVERYONE, 0) & ~snap.bits.get(EXAMPLE, 0)
    latest = cards.items(
        _changed_lately(counted, snap), shape="small_cards", language=reader_language(), snap=snap
    )
    context = {
        "total": counted.bit_count(),
        "latest": SafeString(latest.decode()),
        "statuses": _having("status", shared_rows.of_facet("status", snap), counted, snap),
        "categories": _categories(counted, snap),
        "challenges": _challenges(counted, snap),
        "organisations": sum(not row.is_example for row in snap.options["driven_by"].values()),
    }
    return render(request, "innovation/start.html", context)


def _changed_lately(counted: int, snap: Snapshot) -> list[Row]:
    """The latest changed; of those that were changed at once, the oldest first."""
    latest = []
    rows = (snap.rows[slot] for slot in snap.newest_first(counted))
    for _, changed_at_once in groupby(rows, key=lambda row: row.updated_at):
        latest += sorted(changed_at_once, key=lambda row: row.pk)
        if len(latest) >= CHANGED_LATELY:
            break
    return latest[:CHANGED_LATELY]


def _categories(counted: int, snap: Snapshot) -> list[Counted]:
    """The largest first, then by name."""
    by_name = shared_rows.of(
        "categories by name", lambda: Category.objects.order_by("name_sv"), snap
    )
    found = _having("category", by_name, counted, snap)
    return sorted(found, key=lambda category: -category.total)


def _challenges(counted: int, snap: Snapshot) -> list[Counted]:
    def read():
        return Challenge.objects.visible().without_examples().select_related("category")

    rows = shared_rows.of("challenges with category", read, snap)
    return _having("challenge", rows, counted, snap)


def _having(key: str, rows: Rows, counted: int, snap: Snapshot) -> list[Counted]:
    """Those of a facet's rows that some of the initiatives `counted` have, in their order."""
    totals = {pk: (snap.bits.get((key, pk), 0) & counted).bit_count() for pk in rows}
    return [Counted(row, totals[pk]) for pk, row in rows.items() if totals[pk]]
