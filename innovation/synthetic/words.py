"""The words of synthetic texts: Swedish and English of the same thing, side by side.

A word is a `str` whose attributes are its other forms, so that `"{x.the}".format(x=noun)` works.
"""

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "data"


class Noun(str):
    """A thing: "skolapp", `a` "en skolapp", `the` "skolappen", `many` "skolappar", `all`
    "skolapparna", and with its adjective `named` "smart skolapp", `fresh` "en smart skolapp"."""

    a: str
    the: str
    many: str
    all: str
    named: str
    fresh: str


class Group(str):
    """People: "elever", `the` "eleverna"."""

    the: str


class Verb(str):
    """Swedish "mäta", `now` "mäter", `done` "mätt"; English "measure", `ing`, `done`."""

    now: str
    done: str
    ing: str


class Pair(NamedTuple):
    """One word in both languages."""

    sv: str
    en: str


class Theme(NamedTuple):
    name: str
    modifiers: list[Pair]


def read(name: str) -> list[list[str]]:
    """The columns of `data/<name>.tsv`, without its comments."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def themes() -> list[Theme]:
    """The first parts of compounds by theme; a theme is named as a colour band."""
    found = defaultdict(list)
    for theme, swedish, english in read("modifiers"):
        found[theme].append(Pair(swedish, english))
    return [Theme(name, modifiers) for name, modifiers in found.items()]


def heads() -> list[tuple[str, ...]]:
    return [tuple(columns) for columns in read("heads")]


def adjectives() -> list[tuple[str, ...]]:
    return [tuple(columns) for columns in read("adjectives")]


def comparatives() -> list[Pair]:
    return [Pair(*columns) for columns in read("comparatives")]


def groups() -> list[Pair]:
    found = []
    for many, the, english in read("groups"):
        pair = Pair(Group(many), Group(english))
        pair.sv.the, pair.en.the = the, f"the {english}"
        found.append(pair)
    return found


def verbs() -> list[Pair]:
    found = []
    for infinitive, now, done, base, ing, past in read("verbs"):
        pair = Pair(Verb(infinitive), Verb(base))
        pair.sv.now, pair.sv.done = now, done
        pair.en.ing, pair.en.done = ing, past
        found.append(pair)
    return found


def places() -> list[tuple[str, Pair]]:
    """Invented streets: the bare name, and where something happens there in both languages."""
    rows = read("streets")
    firsts = [first for kind, first, *_ in rows if kind == "first"]
    lasts = [row[1:] for row in rows if row[0] == "last"]
    return [
        (f"{first}{last}", Pair(f"{sv} {first}{last}", f"{en} {first}{last}"))
        for first in firsts
        for last, sv, en in lasts
    ]


@lru_cache(maxsize=20_000)
def thing(modifier: Pair, head: tuple[str, ...]) -> Pair:
    """The compound of both, without an adjective."""
    article, one, the, many, all_, english, englishes = head
    swedish = Noun(_joined(modifier.sv, one))
    swedish.a = f"{article} {swedish}"
    swedish.the, swedish.many = _joined(modifier.sv, the), _joined(modifier.sv, many)
    swedish.all = _joined(modifier.sv, all_)
    noun = Noun(f"{modifier.en} {english}")
    noun.a, noun.the = with_article(noun), f"the {noun}"
    noun.many = f"{modifier.en} {englishes}"
    noun.all = f"the {noun.many}"
    return Pair(swedish, noun)


def described(modifier: Pair, head: tuple[str, ...], adjective: tuple[str, ...]) -> Pair:
    """The compound of both, with `adjective` in `named` and `fresh`."""
    plain = thing(modifier, head)
    common, neuter, _, english = adjective
    form = neuter if head[0] == "ett" else common
    swedish, noun = Noun(plain.sv), Noun(plain.en)
    vars(swedish).update(
        vars(plain.sv), named=f"{form} {swedish}", fresh=f"{head[0]} {form} {swedish}"
    )
    vars(noun).update(vars(plain.en), named=f"{english} {noun}")
    noun.fresh = with_article(noun.named)
    return Pair(swedish, noun)


def with_article(phrase: str) -> str:
    # "an hour", but "a university": none of the words here is of those kinds.
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def _joined(first: str, last: str) -> str:
    """A compound; three of the same letter in a row become two ("trafikk" never "trafikkk")."""
    if len(first) > 1 and first[-1] == first[-2] == last[0]:
        return first + last[1:]
    return first + last
