"""Finding initiatives: what the catalogue's pages, feeds and exports ask.

`find()` takes the choices of one address and gives the initiatives of one page, the total, and
what each further choice would give. It reads the snapshot: no SQL, whatever the size.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import chain, compress, islice
from operator import and_, or_

from innovation import snapshot
from innovation.hits import slots_of
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


@dataclass(frozen=True)
class Found:
    """One page of the answer: `ids` in order, of `total` on `pages` pages.

    counts: by facet and slug, how many there would be with that value under the search and the
    other choices (an option that no initiative has is not there); also "year" by year, and
    "open_for_schools" by True.
    concluded: by facet, (n, m): of the m found that have a value, n have one that we concluded.
    hits: what the search matched, None without a search.
    """

    ids: list[int]
    total: int
    page: int
    pages: int
    counts: dict[str, dict[str | int | bool, int]]
    concluded: dict[str, tuple[int, int]]
    hits: Hits | None

    @property
    def first(self) -> int:
        """The place of the page's first initiative in the whole answer, from 1."""
        return (self.page - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * PAGE_SIZE, self.total)

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """The rows of the page, ready for cards: one query."""
        rows = Initiative.objects.visible().for_cards().in_bulk(self.ids)
        return [rows[pk] for pk in self.ids if pk in rows]


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
    slots = _slots(snap, choices, hits, found, (page - 1) * PAGE_SIZE, language)
    return Found(
        ids=snap.pks(slots),
        total=total,
        page=page,
        pages=pages,
        counts=_counts(snap, choices, narrowing, found),
        concluded=_concluded(snap, found),
        hits=hits,
    )


def matching_ids(q: str, *, examples: bool = False) -> list[int]:
    """The keys of all visible initiatives that a search finds, best first."""
    snap = snapshot.current()
    hits = _hits(snap, Choices(q=q, examples=examples)) or Hits()
    return snap.pks(hits.order(hits.bits))


@dataclass(frozen=True)
class Relief:
    """A choice to take away from an empty answer, and how many that would give.

    key: "q", a facet, "year", "budget", "open_for_schools" or "stated"
    """

    key: str
    total: int


def reliefs(choices: Choices, snap: Snapshot | None = None) -> list[Relief]:
    """For an answer without initiatives: what single choice to drop, the most giving first."""
    snap = snap or snapshot.current()
    hits = _hits(snap, choices)
    narrowing = _narrowing(snap, choices, hits)
    given = [Relief(key, _all_but(narrowing, key).bit_count()) for key in narrowing if key != "all"]
    if choices.stated:
        freely = _narrowing(snap, replace(choices, stated=False), hits)
        given.append(Relief("stated", _all_of(freely.values()).bit_count()))
    return sorted((way for way in given if way.total), key=lambda way: -way.total)


def known_sort(value: str, q: str) -> str:
    """`value` when it is a way to sort; else by relevance for a search, by date without one."""
    if value in SORTS and (q or value != "relevance"):
        return value
    return "relevance" if q else "updated"


def known_page(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) < 7
    return max(1, int(value)) if is_number else 1


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
    if choices.open_for_schools:
        narrowing["open_for_schools"] = snap.bits.get(FOR_SCHOOLS, 0)
    return narrowing


def _all_of(sets: Iterable[int]) -> int:
    return reduce(and_, sets)


def _all_but(narrowing: dict[str, int], left_out: str) -> int:
    return _all_of(bits for key, bits in narrowing.items() if key != left_out)


def _concluded_bits(snap: Snapshot, key: str) -> int:
    return snap.bits.get(("concluded", key), 0)


# ── Counting ──────────────────────────────────────────────────────────────────
# Counts that are kept with a snapshot. Those of a facet that is chosen from are the same whatever
# is chosen of it, those of all the others on every page and in every order.
MOST_COUNTS = 500


# To look at what so many initiatives have is quicker than to look for all that there is: of few,
# or of a small part of them all.
FEW, PART_OF_ALL = 40, 0.01


def _counts(snap: Snapshot, choices: Choices, narrowing: dict[str, int], found: int) -> dict:
    is_tallied = found.bit_count() < FEW + len(snap.rows) * PART_OF_ALL
    tally = _tally(snap, found) if is_tallied else None
    counts = {}
    for key in (*snap.bits_by_option, "year"):
        rest = _all_but(narrowing, key) if key in narrowing else found
        if choices.stated and key != "year":
            rest &= ~_concluded_bits(snap, key)
        if tally is not None and rest == found:
            counts[key] = {value: tally.get(n, 0) for value, n in snap.numbers_by_option[key]}
        else:
            counts[key] = _counted(snap, key, rest)
    rest = _all_but(narrowing, "open_for_schools")
    counts["open_for_schools"] = {True: (snap.bits.get(FOR_SCHOOLS, 0) & rest).bit_count()}
    return counts


def _tally(snap: Snapshot, found: int) -> Counter[int]:
    """How many of `found` have each mark, by its number."""
    return snap.kept("tallies", found, lambda: _made_tally(snap, found), MOST_COUNTS)


def _made_tally(snap: Snapshot, found: int) -> Counter[int]:
    return Counter(chain.from_iterable([snap.rows[slot].numbers for slot in slots_of(found)]))


def _counted(snap: Snapshot, key: str, rest: int) -> dict[str | int, int]:
    """How many of `rest` have each option of the facet `key`, or started in each "year"."""
    return snap.kept("counts", (key, rest), lambda: _made_counts(snap, key, rest), MOST_COUNTS)


def _made_counts(snap: Snapshot, key: str, rest: int) -> dict[str | int, int]:
    if key == "year":
        options = [(year, snap.bits["year", year]) for year in snap.years]
    else:
        options = snap.bits_by_option[key]
    return {value: (bits & rest).bit_count() for value, bits in options}


def _concluded(snap: Snapshot, found: int) -> dict[str, tuple[int, int]]:
    return snap.kept("concluded", found, lambda: _made_concluded(snap, found), MOST_COUNTS)


def _made_concluded(snap: Snapshot, found: int) -> dict[str, tuple[int, int]]:
    return {
        key: (
            (found & valued & _concluded_bits(snap, key)).bit_count(),
            (found & valued).bit_count(),
        )
        for key, valued in snap.valued.items()
    }


# ── Order ─────────────────────────────────────────────────────────────────────
def _slots(
    snap: Snapshot, choices: Choices, hits: Hits | None, found: int, skipped: int, language: str
) -> list[int]:
    """The slots of one page of `found`, in the order asked for, from the `skipped`th on."""
    if choices.sort == "relevance" and hits is not None:
        return list(islice(hits.order(found), skipped, skipped + PAGE_SIZE))
    name = {"title": f"title_{language}", "relevance": "updated"}.get(choices.sort, choices.sort)
    size, total = len(snap.rows), found.bit_count()
    if total == len(snap.slot_of):  # all of them
        return snap.order(name)[skipped : skipped + PAGE_SIZE]
    looked_at = size * min(skipped + PAGE_SIZE, total) // max(total, 1)
    if total * SORTING_COSTS < looked_at:
        slots = sorted(slots_of(found), key=_ranks(snap, name).__getitem__)
        return slots[skipped : skipped + PAGE_SIZE]
    return _some_of(snap.order(name), found, skipped, size=size)


# To sort one that was found takes as long as to look at so many in an order that is there.
SORTING_COSTS = 4


def _ranks(snap: Snapshot, name: str) -> list[int]:
    """The place of each slot in one of the snapshot's orders."""
    return snap.kept("ranks", name, lambda: _made_ranks(snap, name))


def _made_ranks(snap: Snapshot, name: str) -> list[int]:
    ranks = [0] * len(snap.rows)
    for place, slot in enumerate(snap.order(name)):
        ranks[slot] = place
    return ranks


def _some_of(order: list[int], found: int, skipped: int, *, size: int) -> list[int]:
    """One page of the slots of `found`, in `order`, from the `skipped`th on. size: of all slots."""
    is_found = f"{found:0{size}b}"[::-1].encode().translate(_TRUE_DIGITS)
    wanted = compress(order, map(is_found.__getitem__, order))
    return list(islice(wanted, skipped, skipped + PAGE_SIZE))


_TRUE_DIGITS = bytes.maketrans(b"01", b"\0\1")
