"""One day as a table: what begins when, in which area."""

from collections.abc import Iterable
from typing import NamedTuple

from expo.filters import Asked
from expo.finding import Day, Found
from expo.snapshot import Snapshot
from expo.views.lines import Lines
from expo.views.occasion_results import clock_of, title_of
from innovation.shells import Shell, kept
from innovation.templatetags.catalogue import text
from innovation.views.panel_groups import name_at

_EMPTY = b"<td></td>"


class _Shells(NamedTuple):
    table: Shell
    column: Shell
    row: dict[str, Shell]
    cell: Shell


@kept
def _shells(language: str) -> _Shells:
    return _Shells(
        table=Shell.of("expo/_timetable.html"),
        column=Shell.of("expo/_timetable_column.html"),
        row={kind: Shell.of("expo/_timetable_row.html", kind=kind)
             for kind in ("open", "timed", "unknown")},
        cell=Shell.of("expo/_timetable_cell.html"),
    )  # fmt: skip


class _Column(NamedTuple):
    slug: str
    band: str


def timetable(found: Found, asked: Asked, chosen: frozenset[int], language: str) -> bytes:
    """The first day of the page. A row for each time that something begins, a column for each
    area where something takes place."""
    shells, snap, day = _shells(language), found.snap, found.days[0]
    columns = _columns(snap, day)
    lines = Lines(snap, day.slots, shape="cell", language=language, chosen=chosen)
    groups = [("open", "", day.open), *(("timed", time, slots) for time, slots in day.timed)]
    rows = [
        shells.row[kind].encoded(
            time=clock_of(time, language), cells=_cells(snap, slots, columns, lines, shells)
        )
        for kind, time, slots in [*groups, ("unknown", "", day.unknown)]
        if slots
    ]
    names = [
        shells.column.encoded(band=band, name=text(name_at(snap.options, "area", slug, language)))
        for slug, band in columns
    ]
    return shells.table.encoded(
        caption=title_of(day.date),
        columns=b"".join(names),
        rows=b"".join(rows),
        list=asked.query(view="list"),
    )


def _columns(snap: Snapshot, day: Day) -> list[_Column]:
    """The areas of the day in their order; last what has none."""
    bands = {snap.rows[slot].area: snap.rows[slot].band for slot in day.slots}
    return [_Column(slug, bands[slug]) for slug in snap.options["area"] if slug in bands]


def _cells(
    snap: Snapshot, slots: Iterable[int], columns: list[_Column], lines: Lines, shells: _Shells
) -> bytes:
    cells = []
    for slug, band in columns:
        mine = [slot for slot in slots if snap.rows[slot].area == slug]
        cells.append(shells.cell.encoded(band=band, items=lines.html(mine)) if mine else _EMPTY)
    return b"".join(cells)
