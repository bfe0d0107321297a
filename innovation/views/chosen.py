"""The chips of a list: each choice that narrows it, as a link to the list without it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innovation.filters import Asked, InitiativeFilter
from innovation.list_address import ListAddress
from innovation.shells import Shell, kept
from innovation.snapshot import Option, Snapshot
from innovation.views.panel_groups import in_figures, name_at

_FIGURES = ("budget_min", "budget_max")
_FLAGS = ("open_for_schools", "stated", "examples")
LOOKS = {"sort": gettext_lazy("Sort by"), "view": gettext_lazy("Show as")}
# Each link holds all the others; the panel shows whatever more was chosen.
MOST_SHOWN = 20


class Chip(NamedTuple):
    """A chosen filter; `query` is the address's query string without it."""

    text: str
    query: str
    is_unknown: bool = False


def chips(asked: Asked, snap: Snapshot, language: str) -> list[Chip]:
    """Those of the catalogue."""
    choices = asked.choices
    told = [
        (key, in_figures(value)) for key in _FIGURES if (value := getattr(choices, key)) is not None
    ]
    if choices.year is not None:
        told.append(("year", choices.year))
    return chips_of(asked, snap.options, label_of, told, _FLAGS, language)


def label_of(key: str) -> str:
    return str(LOOKS[key] if key in LOOKS else InitiativeFilter.base_filters[key].label)


# ── Of any list ───────────────────────────────────────────────────────────────
def chips_of(
    asked: ListAddress,
    options: dict[str, dict[str, Option]],
    label_of,
    told: Iterable[tuple[str, object]],
    flags: Iterable[str],
    language: str,
) -> list[Chip]:
    """What was searched for, the facets, what is `told` with a value, the flags, and what there
    is nothing of.

    options: by facet and slug. label_of: gives what a key is called.
    """
    choices = asked.choices

    def single(key: str, value) -> Chip:
        return Chip(f"{label_of(key)}: {value}", asked.query(without=(key, None)))

    made = [single("q", choices.q)] if choices.q else []
    for key, slugs in choices.facets.items():
        for slug in slugs:
            name = name_at(options, key, slug, language)
            made.append(Chip(f"{label_of(key)}: {name}", asked.query(without=(key, slug))))
    made += [single(key, value) for key, value in told]
    made += [
        Chip(label_of(key), asked.query(without=(key, None)))
        for key in flags
        if getattr(choices, key)
    ]
    return made + [_unknown(key, value, label_of(key), asked) for key, value in asked.unknown]


def _unknown(key: str, value: str, label: str, asked: ListAddress) -> Chip:
    says = (
        _("%(label)s: “%(value)s” doesn’t exist")
        if key in asked.facet_keys
        else _("%(label)s: “%(value)s” can’t be used")
    )
    told = says % {"label": label, "value": value[:40]}
    return Chip(told, asked.query(without=(key, value)), is_unknown=True)


class _Shells(NamedTuple):
    chosen: Shell
    chip: Shell
    unknown: Shell


@kept
def _shells(language: str) -> _Shells:
    return _Shells(
        chosen=Shell.of("innovation/_chosen.html"),
        chip=Shell.of("innovation/_chip.html", is_unknown=False),
        unknown=Shell.of("innovation/_chip.html", is_unknown=True),
    )


def html_of(made: list[Chip], asked: ListAddress, language: str) -> bytes:
    """The row of chips; empty without any."""
    if not made:
        return b""
    shells = _shells(language)
    links = b"".join(
        (shells.unknown if chip.is_unknown else shells.chip).encoded(
            text=chip.text, query=chip.query
        )
        for chip in made[:MOST_SHOWN]
    )
    return shells.chosen.encoded(chips=links, query=asked.cleared().query())
