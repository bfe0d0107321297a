"""The cards, lines and table rows of initiatives, as pages show them: made once, and kept.

What is made of a row of the snapshot holds as long as the row and the names beside it are the
same objects, and the day is the same (a photograph may be shown until a day).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from innovation import shared_rows
from innovation.kept import Latest
from innovation.models import Initiative
from innovation.prepared import ByKeys
from innovation.shells import Shell
from innovation.snapshot import Row, Snapshot

MOST_KEPT = 20_000


class _Kept(NamedTuple):
    row: Row
    options: object
    day: date
    halves: tuple[bytes, bytes]  # the HTML before and after the place of an excerpt


# Without joins: what initiatives have in common is kept.
_some = ByKeys(lambda: Initiative.objects.visible().order_by())
# By key, language and shape.
_kept = Latest(MOST_KEPT)


def items(
    rows: Iterable[Row],
    *,
    shape: str,
    language: str,
    snap: Snapshot,
    excerpts: dict[int, bytes] | None = None,
) -> bytes:
    """The initiatives of these rows of `snap` in their order, without those that aren't visible
    any more.

    shape: "cards", "small_cards" (below a heading of the page), "list" or "table". language: the
    active one. excerpts: HTML by key, of where a search matched. One query for what isn't kept,
    none when all is.
    """
    rows = list(rows)
    halves = _halves(rows, shape, language, snap)
    parts: list[bytes] = []
    for row in rows:
        if card := halves.get(row.pk):
            parts += (card[0], excerpts.get(row.pk, b""), card[1]) if excerpts else card
    return b"".join(parts)


def _halves(
    rows: list[Row], shape: str, language: str, snap: Snapshot
) -> dict[int, tuple[bytes, bytes]]:
    day, options, get = timezone.localdate(), snap.options, _kept.get
    halves, missing = {}, []
    for row in rows:
        card = get((row.pk, language, shape))
        if card and card.row is row and card.options is options and card.day == day:
            halves[row.pk] = card.halves
        else:
            missing.append(row)
    if missing:
        made = _made([row.pk for row in missing], shape, snap)
        _kept.keep({
            (row.pk, language, shape): _Kept(row, options, day, made[row.pk])
            for row in missing if row.pk in made
        })  # fmt: skip
        halves |= made
    return halves


def shell_of(initiative: Initiative, shape: str) -> Shell:
    """One of them, with a hole "excerpt". initiative: from `for_cards()`."""
    return Shell.of("innovation/_list_item.html", initiative=initiative, shape=shape)


def _made(pks: list[int], shape: str, snap: Snapshot) -> dict[int, tuple[bytes, bytes]]:
    initiatives = _some.objects(pks)
    for initiative in initiatives.values():
        shared_rows.give_to(initiative, snap)
    return {
        pk: shell_of(initiative, shape).around("excerpt") for pk, initiative in initiatives.items()
    }
