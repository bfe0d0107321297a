"""The cards, lines and table rows of initiatives, as lists show them: made once, and kept.

What is made of a row of the snapshot holds as long as the row and the names beside it are the
same objects, and the day is the same (a photograph may be shown until a day).
"""

from typing import NamedTuple

from django.utils import timezone

from innovation import snapshot
from innovation.kept import Latest
from innovation.models import Initiative
from innovation.shells import Shell
from innovation.snapshot import Snapshot

MOST_KEPT, MOST_LOOKED_UP = 20_000, 2000


class _Kept(NamedTuple):
    row: object
    options: object
    day: object
    before: bytes  # the HTML before and after the place of an excerpt
    after: bytes

    def holds(self, row, options, day) -> bool:
        return self.row is row and self.options is options and self.day == day


# By key, language and shape.
_kept = Latest(MOST_KEPT)


def items(
    pks: list[int],
    *,
    shape: str,
    language: str,
    excerpts: dict[int, bytes],
    snap: Snapshot | None = None,
) -> bytes:
    """The initiatives in this order, without those that aren't visible any more.

    shape: "cards", "list" or "table". language: the active one. excerpts: HTML by key, of
    where a search matched. One query for what isn't kept, none when all is.
    """
    made = _made(pks, shape, language, snap or snapshot.current())
    parts = []
    for pk in pks:
        if item := made.get(pk):
            parts += (item.before, excerpts.get(pk, b""), item.after)
    return b"".join(parts)


def shell_of(initiative: Initiative, shape: str) -> Shell:
    """One of them, with a hole "excerpt". initiative: from `for_cards()`."""
    return Shell.of("innovation/_list_item.html", initiative=initiative, shape=shape)


def _made(pks: list[int], shape: str, language: str, snap: Snapshot) -> dict[int, _Kept]:
    day = timezone.localdate()
    # What has been looked up for this snapshot needs no other look.
    known_here = snap.kept("cards", (language, shape), lambda: {"day": day})
    if len(known_here) > MOST_LOOKED_UP or known_here.get("day") != day:
        known_here.clear()
        known_here["day"] = day
    made = {pk: card for pk in pks if (card := known_here.get(pk))}
    if len(made) < len(pks):
        made |= _looked_up([pk for pk in pks if pk not in made], shape, language, snap, day)
        known_here.update(made)
    return made


def _looked_up(pks: list[int], shape: str, language: str, snap: Snapshot, day) -> dict[int, _Kept]:
    made, missing = {}, []
    for pk in pks:
        slot = snap.slot_of.get(pk)
        known = _kept.get((pk, language, shape))
        if slot is not None and known and known.holds(snap.rows[slot], snap.options, day):
            made[pk] = known
        elif slot is not None:
            missing.append(pk)
    if missing:
        rows = Initiative.objects.visible().for_cards().in_bulk(missing)
        for pk, initiative in rows.items():
            row = snap.rows[snap.slot_of[pk]]
            halves = shell_of(initiative, shape).around("excerpt")
            made[pk] = _Kept(row, snap.options, day, *halves)
        _kept.keep({(pk, language, shape): made[pk] for pk in rows})
    return made
