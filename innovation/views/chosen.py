"""The chips of the list: each choice that narrows it, as a link to the list without it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from innovation.catalogue import Choices
from innovation.facets import FACETS
from innovation.filters import Asked, InitiativeFilter
from innovation.shells import Shell, kept
from innovation.snapshot import Snapshot
from innovation.views.list_panel import in_figures, name_at

_NUMBERS = ("budget_min", "budget_max")
# Each link holds all the others; the panel shows whatever more was chosen.
MOST_SHOWN = 20
_FLAGS = ("open_for_schools", "stated", "examples")


class Chip(NamedTuple):
    """A chosen filter; `query` is the address's query string without it."""

    text: str
    query: str
    is_unknown: bool = False


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


def chips(asked: Asked, snap: Snapshot, language: str) -> list[Chip]:
    choices = asked.choices
    made = []
    if choices.q:
        made.append(_single("q", choices.q, asked))
    for key, slugs in choices.facets.items():
        for slug in slugs:
            name = name_at(snap, key, slug, language)
            made.append(Chip(f"{label_of(key)}: {name}", asked.query(without=(key, slug))))
    for key in _NUMBERS:
        if (value := getattr(choices, key)) is not None:
            made.append(_single(key, in_figures(value), asked))
    if choices.year is not None:
        made.append(_single("year", choices.year, asked))
    made += [
        Chip(label_of(key), asked.query(without=(key, None)))
        for key in _FLAGS
        if getattr(choices, key)
    ]
    return made + [_unknown(key, value, asked) for key, value in asked.unknown]


def label_of(key: str) -> str:
    return str(InitiativeFilter.base_filters[key].label)


def html_of(made: list[Chip], asked: Asked, language: str) -> bytes:
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
    cleared = Asked(Choices(), asked.shape)
    return shells.chosen.encoded(chips=links, query=cleared.query())


def _single(key: str, value, asked: Asked) -> Chip:
    return Chip(f"{label_of(key)}: {value}", asked.query(without=(key, None)))


def _unknown(key: str, value: str, asked: Asked) -> Chip:
    says = (
        _("%(label)s: “%(value)s” doesn’t exist")
        if key in FACETS
        else _("%(label)s: “%(value)s” can’t be used")
    )
    told = says % {"label": label_of(key), "value": value[:40]}
    return Chip(told, asked.query(without=(key, value)), is_unknown=True)
