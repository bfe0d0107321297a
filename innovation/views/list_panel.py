"""The panel of the catalogue: what to narrow the list by, with a number beside each choice."""

from typing import NamedTuple

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import ngettext

from innovation.catalogue import Found
from innovation.facets import FACETS
from innovation.filters import Asked, InitiativeFilter
from innovation.shells import Shell, kept
from innovation.snapshot import Option, Snapshot
from innovation.views.panel_groups import (
    Box,
    Groups,
    chosen_text,
    encoded_number,
    in_figures,
    joined,
)

_GROUPS = Groups(
    labels={key: InitiativeFilter.base_filters[key].label for key in FACETS},
    stand_still=("status", "category"),
    largest_first=("driven_by", "sector", "technology", "partner"),
    open_from_the_start=("status", "category"),
)
_MONEY = ("budget_min", "budget_max")
_FLAGS = ("open_for_schools", "stated", "examples")
_OPEN, _NOTHING = b" open", b""
_FAULTY = b' aria-invalid="true" aria-describedby="budget-fault"'


class _Shells(NamedTuple):
    panel: Shell
    note: Shell
    fault: bytes
    year: dict[bool, Shell]  # by whether it is the chosen one
    flags: dict[tuple[str, bool], Shell]
    shape: Shell
    show: dict[bool, str]  # by whether it is one


@kept
def _shells(language: str) -> _Shells:
    labels = {key: str(InitiativeFilter.base_filters[key].label) for key in (*FACETS, *_FLAGS)}
    groups = [{"key": key, "label": labels[key]} for key in FACETS]
    return _Shells(
        panel=Shell.of("innovation/_list_panel.html", groups=groups),
        note=Shell.of("innovation/_list_note.html"),
        fault=Shell.of("innovation/_list_fault.html").encoded(),
        year={is_chosen: Shell.of("innovation/_list_year.html", is_chosen=is_chosen)
              for is_chosen in (True, False)},
        flags={(key, is_chosen): Shell.of("innovation/_list_flag.html", key=key, label=labels[key],
                                          is_chosen=is_chosen)
               for key in _FLAGS for is_chosen in (True, False)},
        shape=Shell.of("innovation/_list_shape_field.html"),
        show={total == 1: ngettext("Show %(n)s initiative", "Show %(n)s initiatives", total)
              for total in (1, 2)},
    )  # fmt: skip


class _Boxes(NamedTuple):
    """The boxes of one language, by facet and slug."""

    options: dict[str, dict[str, Option]]
    of: dict[str, dict[str, Box]]


_boxes: dict[str, _Boxes] = {}


def _current_boxes(snap: Snapshot, language: str) -> _Boxes:
    """Made anew when a name has changed."""
    boxes = _boxes.get(language)
    if boxes is None or boxes.options is not snap.options or settings.DEBUG:
        made = {key: _GROUPS.boxes(key, snap.options[key].values(), language) for key in FACETS}
        boxes = _boxes[language] = _Boxes(snap.options, made)
    return boxes


def panel(asked: Asked, found: Found, snap: Snapshot, language: str) -> bytes:
    """The groups with their boxes, as they stand for what was asked and found."""
    choices, shells = asked.choices, _shells(language)
    boxes = _current_boxes(snap, language)
    holes = {}
    for key in FACETS:
        holes |= _GROUPS.holes(key, found.counts[key], boxes.of[key], asked, language)
    _fill_notes(holes, asked, found, shells)
    _fill_money(holes, asked, found, language)
    holes["flags"] = _flags(choices, found, shells)
    holes["kept"] = shells.shape.encoded(shape=asked.shape) if asked.shape != "cards" else _NOTHING
    holes["show"] = shells.show[found.total == 1] % {"n": in_figures(found.total)}
    return shells.panel.encoded(**holes)


def chosen_total(asked: Asked) -> str:
    """How many choices narrow the list, for the panel's summary."""
    choices = asked.choices
    singles = (choices.year, choices.budget_min, choices.budget_max)
    total = sum(map(len, choices.facets.values())) + sum(value is not None for value in singles)
    total += sum(getattr(choices, key) for key in _FLAGS)
    return chosen_text(total)


# ── Numbers that rest on conclusions ──────────────────────────────────────────
def _fill_notes(holes: dict, asked: Asked, found: Found, shells: _Shells) -> None:
    """How much of each group's numbers rests on values that no source states."""
    query = escape(asked.query(stated=True)).encode()  # once for all of them
    for key, (concluded, total) in found.concluded.items():
        is_said = concluded and not asked.choices.stated
        holes["note_" + key] = (
            shells.note.encoded(concluded=concluded, total=total, query=query)
            if is_said
            else _NOTHING
        )


# ── Money, year and the single boxes ──────────────────────────────────────────
def _fill_money(holes: dict, asked: Asked, found: Found, language: str) -> None:
    choices, faulty, shells = asked.choices, dict(asked.unknown), _shells(language)
    for key in _MONEY:
        value = getattr(choices, key)
        holes[key] = faulty.get(key, "") if value is None else value
        holes["fault_" + key] = _FAULTY if key in faulty else _NOTHING
    is_faulty = any(key in faulty for key in _MONEY)
    holes["fault"] = shells.fault if is_faulty else _NOTHING
    is_set = choices.year or any(getattr(choices, key) is not None for key in _MONEY)
    holes["state_money"] = _OPEN if is_set or is_faulty else _NOTHING
    holes["years"] = _years(choices.year, found.counts["year"], language)


def _years(chosen: int | None, counts: dict[int, int], language: str) -> bytes:
    shown = {year: count for year, count in counts.items() if count or year == chosen}
    if chosen is not None:
        shown.setdefault(chosen, 0)
    boxes = {year: _year_box(language, year) for year in shown}
    return joined([*shown], shown, (chosen,), boxes)


@kept
def _year_box(language: str, year: int) -> Box:
    shells = _shells(language).year
    # As it stands, is chosen and has no hits.
    states = (False, True, False)
    return Box.of(*(shells[is_chosen].around("count", year=year) for is_chosen in states))


def _flags(choices, found: Found, shells: _Shells) -> bytes:
    for_schools = found.counts["open_for_schools"][True]
    return b"".join(
        [
            shells.flags[key, getattr(choices, key)].encoded(count=encoded_number(for_schools))
            for key in _FLAGS
            if key != "open_for_schools" or for_schools or choices.open_for_schools
        ]
    )
