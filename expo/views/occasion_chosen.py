"""The chips of the programme: each choice that narrows it, as a link to what there is without."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from expo.filters import LABELS, Asked
from expo.finding import FACETS, Choices
from expo.snapshot import Snapshot
from expo.times import short_day_name
from innovation.models.fields import LocalText
from innovation.shells import Shell, kept
from innovation.snapshot import Option
from innovation.views.chosen import MOST_SHOWN, Chip
from innovation.views.list_panel import name_of

_FLAGS = ("age_unknown", "open_now", "drop_in", "online", "past")


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


def label_of(key: str) -> str:
    return str(LABELS[key])


def name_at(snap: Snapshot, key: str, slug: str, language: str) -> LocalText:
    """What is called so; the slug itself when it was taken away a moment ago."""
    return name_of(key, snap.options[key].get(slug) or Option(0, slug, slug, slug), language)


def chips(asked: Asked, snap: Snapshot, language: str) -> list[Chip]:
    choices = asked.choices
    made = [_single("q", choices.q, asked)] if choices.q else []
    for key, slugs in choices.facets.items():
        for slug in slugs:
            name = name_at(snap, key, slug, language)
            made.append(Chip(f"{label_of(key)}: {name}", asked.query(without=(key, slug))))
    for key, day in (("from", choices.first_day), ("to", choices.last_day)):
        if day:
            made.append(_single(key, short_day_name(day), asked))
    for key in ("age", "seats"):
        if (value := getattr(choices, key)) is not None:
            made.append(_single(key, value, asked))
    made += [
        Chip(label_of(key), asked.query(without=(key, None)))
        for key in _FLAGS
        if getattr(choices, key)
    ]
    return made + [_unknown(key, value, asked) for key, value in asked.unknown]


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
    return shells.chosen.encoded(chips=links, query=Asked(Choices(), asked.shape).query())


def dropped(key: str, choices: Choices, snap: Snapshot, language: str) -> str:
    """What a choice that is taken away from an empty answer is called."""
    if key in FACETS:
        return ", ".join(name_at(snap, key, slug, language) for slug in choices.facets[key])
    if key == "dates":
        days = [day for day in (choices.first_day, choices.last_day) if day]
        return " – ".join(map(short_day_name, days))
    value = getattr(choices, key)
    if value is True:
        return label_of(key)
    return value if key == "q" else f"{label_of(key)}: {value}"


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
