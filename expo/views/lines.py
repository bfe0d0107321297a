"""The lines of the programme, as its list and its timetable show them: made once, and kept.

What was made of a row of the snapshot holds as long as the row says the same, and the day is the
same (an expo that is over has no buttons).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from expo.models import Occasion
from expo.snapshot import Snapshot
from expo.snapshot_rows import Row
from expo.views.programme_buttons import button_of
from innovation.kept import Latest
from innovation.shells import Shell

MOST_KEPT = 10_000
_NOBODY = frozenset()
_TEMPLATES = {"line": "expo/_occasion_line_item.html", "cell": "expo/_occasion_cell_item.html"}


class _Kept(NamedTuple):
    row: Row
    day: date
    before: bytes  # the HTML before and after the button
    button: bytes
    after: bytes
    occasion: Occasion


# By key, language and shape.
_kept = Latest(MOST_KEPT)


class Lines:
    """The lines of one page. shape: "line" or "cell". language: the active one. chosen: keys of
    the occasions in the visitor's programme. One query, and one a list, for what isn't kept."""

    def __init__(
        self,
        snap: Snapshot,
        slots: Iterable[int],
        *,
        shape: str,
        language: str,
        chosen: frozenset[int],
    ):
        self._rows = snap.rows
        self._made = _made({snap.rows[slot].pk: snap.rows[slot] for slot in slots}, shape, language)
        self._chosen = chosen
        self._told: set[int] = set()

    def html(self, slots: Iterable[int]) -> bytes:
        """The lines of these slots, without those that aren't visible any more."""
        parts = []
        for slot in slots:
            if line := self._made.get(self._rows[slot].pk):
                parts += (line.before, self._button(line), line.after)
        return b"".join(parts)

    def _button(self, line: _Kept) -> bytes:
        pk = line.row.pk
        if pk not in self._told and pk not in self._chosen:
            self._told.add(pk)
            return line.button
        # What lasts for days stands on a page more than once, and an id only once.
        where = "choose" if pk not in self._told else f"choose-{len(self._told)}"
        self._told.add(pk)
        return button_of(line.occasion, self._chosen, where).encode()


def _made(rows: dict[int, Row], shape: str, language: str) -> dict[int, _Kept]:
    day = timezone.localdate()
    made, missing = {}, {}
    for pk, row in rows.items():
        known = _kept.get((pk, language, shape))
        if known and known.row == row and known.day == day:
            made[pk] = known
        else:
            missing[pk] = row
    if missing:
        occasions = Occasion.objects.visible().for_lists().in_bulk(missing)
        fresh = {pk: _line(missing[pk], row, shape, day) for pk, row in occasions.items()}
        _kept.keep({(pk, language, shape): line for pk, line in fresh.items()})
        made |= fresh
    return made


def _line(row: Row, occasion: Occasion, shape: str, day: date) -> _Kept:
    shell = Shell.of(_TEMPLATES[shape], occasion=occasion)
    before, after = shell.around("button")
    return _Kept(row, day, before, button_of(occasion, _NOBODY).encode(), after, occasion)
