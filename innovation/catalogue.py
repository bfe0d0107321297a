"""Finding initiatives: what the catalogue's pages, feeds and exports ask.

`find()` takes the choices of one address and gives the initiatives of one page, the total, and
what each further choice would give. It reads the snapshot: no SQL, whatever the size.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import islice
from operator import and_, or_

from innovation import snapshot
from innovation.facets import STATED_BY
from innovation.models import Initiative
from innovation.snapshot import EVERYONE, EXAMPLE, FOR_SCHOOLS, Snapshot
from innovation.words import Hits

PAGE_SIZE = 24
SORTS = ("updated", "newest", "title", "progress", "budget", "relevance")


@dataclass(frozen=True)
class Choices:
    """What one address asks for. `facets` holds slugs by key: OR within, AND between."""

    q: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    budget_min: int | None = None
    budget_max: int | None = None
    year: int | None = None
    open_for_schools: bool = False
    stated: bool = False
    examples: bool = False
    sort: str = "updated"
    page: int = 1


# What is counted by facet, not by option.
_OF_FACETS = ("concluded", "valued")


@dataclass(frozen=True)
class Found:
    """One page of the answer: `slots` of the snapshot in order, of `total` on `pages` pages.

    bits: all that was found. hits: what the search matched, None without a search.
    narrowing: what each choice allows.
    """

    choices: Choices
    bits: int
    slots: list[int]
    total: int
    page: int
    pages: int
    hits: Hits | None
    narrowing: dict[str, int] = field(repr=False)
    snap: Snapshot = field(repr=False)

    @property
    def first(self) -> int:
        """The place of the page's first initiative in the whole answer, from 1."""
        return (self.page - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * PAGE_SIZE, self.total)

    @property
    def ids(self) -> list[int]:
        return self.snap.pks(self.slots)

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The rows of the page, ready for cards: one query."""
        rows = Initiative.objects.visible().for_cards().in_bulk(self.ids)
        return [rows[pk] for pk in self.ids if pk in rows]

    @cached_property
    def counts(self) -> dict[str, dict[str | int | bool, int]]:
        """By facet and slug, how many there would be with that value under the search and the
        other choices (an option that no initiative has is not there); also "year" by year, and
        "open_for_schools" by True."""
        return {key: counts for key, counts in self._tallied.items() if key not in _OF_FACETS}

    @cached_property
    def concluded(self) -> dict[str, tuple[int, int]]:
        """By facet and for "year", (n, m): of the m found that have a value, n have one that we
        concluded."""
        concluded, valued = (self._tallied[key] for key in _OF_FACETS)
        return {key: (concluded[key], valued[key]) for key in valued}

    @cached_property
    def _tallied(self) -> dict[str, dict]:
        """Counted when somebody asks: a page that is turned shows the numbers of the first."""
        counted = self.narrowing.keys() & self.snap.tally.values.keys()
        rests = {key: _all_but(self.narrowing, key) for key in counted}
        if self.choices.stated:
            rests |= {
                key: rests.get(key, self.bits) & ~_concluded_bits(self.snap, key)
                for key in STATED_BY
            }
        return self.snap.tally.of(self.bits, instead=rests)


def find(choices: Choices, *, language: str = "sv", snap: Snapshot | None = None) -> Found:
    """The page of initiatives that `choices` asks for; a page past the end gives the last.

    snap: the snapshot that the caller goes on to use, so that a page is of one moment.
    """
    snap = snap or snapshot.current()
    hits = _hits(snap, choices)
    narrowing = _narrowing(snap, choices, hits)
    found = _all_of(narrowing.values())
    total = found.bit_count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(choices.page, 1), pages)
    return Found(
        choices=choices,
        bits=found,
        slots=_slots(snap, choices, hits, found, (page - 1) * PAGE_SIZE, language),
        total=total,
        page=page,
        pages=pages,
        hits=hits,
        narrowing=narrowing,
        snap=snap,
    )


def matching_ids(q: str, *, examples: bool = False) -> list[int]:
    """The keys of all visible initiatives that a search finds, best first."""
    snap = snapshot.current()
    hits = _hits(snap, Choices(q=q, examples=examples)) or Hits()
    return snap.pks(hits.order(hits.bits))


@dataclass(frozen=True)
class Relief:
    """A choice to take away from an empty answer, or the only one to keep, and how many that would
    give.

    key: "q", a facet, "year", "budget", "open_for_schools" or "stated"
    """

    key: str
    total: int
    is_kept: bool = False


def reliefs(choices: Choices, snap: Snapshot | None = None) -> list[Relief]:
    """For an answer without initiatives: what single choice to drop, the most giving first. When
    that gives nothing anywhere: what single choice to keep."""
    snap = snap or snapshot.current()
    hits = _hits(snap, choices)
    narrowing = _narrowing(snap, choices, hits)
    freely = _narrowing(snap, replace(choices, stated=False), hits)
    given = [Relief(key, _all_but(narrowing, key).bit_count()) for key in narrowing if key != "all"]
    if choices.stated:
        given.append(Relief("stated", _all_of(freely.values()).bit_count()))
    if not any(way.total for way in given):
        everyone = freely.pop("all")
        given = [Relief(key, (everyone & own).bit_count(), True) for key, own in freely.items()]
    return sorted((way for way in given if way.total), key=lambda way: -way.total)


def known_sort(value: str, q: str) -> str:
    """`value` when it is a way to sort; else by relevance for a search, by date without one."""
    if value in SORTS and (q or value != "relevance"):
        return value
    return "relevance" if q else "updated"


def known_page(value: str) -> int:
    """The number of a page; of none that it can be, the first, and of too large a one the last
    that there may be."""
    is_number = value.isascii() and value.isdigit()
    return max(1, int(value.lstrip("0")[:7] or "1")) if is_number else 1


# ── Narrowing ─────────────────────────────────────────────────────────────────
def shown(snap: Snapshot, *, examples: bool = False) -> int:
    """All that a page is about: the visible, without the invented ones unless asked for."""
    everyone = snap.bits.get(EVERYONE, 0)
    return everyone if examples else everyone & ~snap.bits.get(EXAMPLE, 0)


def _hits(snap: Snapshot, choices: Choices) -> Hits | None:
    """None without a search."""
    if not choices.q:
        return None
    allowed = shown(snap, examples=choices.examples)
    return snap.words.search(choices.q, snap.bits_of, allowed=allowed)


def _narrowing(snap: Snapshot, choices: Choices, hits: Hits | None) -> dict[str, int]:
    """The initiatives that each choice allows, by what was chosen; "all" allows whoever the
    page is about at all."""
    narrowing = {"all": shown(snap, examples=choices.examples)}
    for key, slugs in choices.facets.items():
        narrowing[key] = reduce(or_, (snap.bits_of(key, slug) for slug in slugs), 0)
        if choices.stated:
            narrowing[key] &= ~_concluded_bits(snap, key)
    if hits is not None:
        narrowing["q"] = hits.bits
    if choices.budget_min is not None or choices.budget_max is not None:
        narrowing["budget"] = snap.bits_between(choices.budget_min, choices.budget_max)
    if choices.year is not None:
        narrowing["year"] = snap.bits.get(("year", choices.year), 0)
        if choices.stated:
            narrowing["year"] &= ~_concluded_bits(snap, "year")
    if choices.open_for_schools:
        narrowing["open_for_schools"] = snap.bits.get(FOR_SCHOOLS, 0)
    return narrowing


def _all_of(sets: Iterable[int]) -> int:
    return reduce(and_, sets)


def _all_but(narrowing: dict[str, int], left_out: str) -> int:
    return _all_of(bits for key, bits in narrowing.items() if key != left_out)


def _concluded_bits(snap: Snapshot, key: str) -> int:
    return snap.bits.get(("concluded", key), 0)


# ── Order ─────────────────────────────────────────────────────────────────────
def _slots(
    snap: Snapshot, choices: Choices, hits: Hits | None, found: int, skipped: int, language: str
) -> list[int]:
    """The slots of one page of `found`, in the order asked for, from the `skipped`th on."""
    if choices.sort == "relevance" and hits is not None:
        return list(islice(hits.order(found), skipped, skipped + PAGE_SIZE))
    name = {"title": f"title_{language}", "relevance": "updated"}.get(choices.sort, choices.sort)
    return snap.in_order(found, name)[skipped : skipped + PAGE_SIZE].tolist()
