"""Initiatives that are like each other in words and tags.

Each initiative is a vector of the stems of its title and lead and of its tags, weighted by how
rare they are (tf–idf); likeness is the cosine. Everything is in the search index and the snapshot
already: nothing is made anew when something changes.
"""

import math
from collections import defaultdict
from itertools import islice

from innovation import snapshot
from innovation.bitsets import mask_of, slots_of
from innovation.hits import best_first
from innovation.models import Initiative
from innovation.postings import TITLE, Postings
from innovation.snapshot import EVERYONE, EXAMPLE, Mark, Snapshot

_TAG_WEIGHT = {
    "challenge": 2.0,
    "sector": 1.5,
    "technology": 1.5,
    "category": 1.0,
    "driven_by": 0.7,
}
_TITLE_COUNT, _LEAD_COUNT = 2.0, 1.0
_MIN_WORD = 3
_MIN_LIKENESS = 0.06
# Those that share the rarest words and the most tags are looked at more closely, these many.
_POSTINGS_READ, _WITH_TAGS, _COMPARED = 2000, 60, 10

# A term is a stem or a tag.
Vector = dict[str | Mark, float]


def similar_to(initiative: Initiative, *, limit: int = 3) -> list[int]:
    """The keys of the visible initiatives most like `initiative`, best first: no query.

    Never the invented examples, unless it is one itself, nor does what they have in common make a
    word less rare for the others; fewer than `limit` when nothing is alike.
    """
    snap = snapshot.current()
    slot = snap.slot_of.get(initiative.pk)
    return snap.pks(_nearest(snap, slot, limit)) if slot is not None else []


def _nearest(snap: Snapshot, slot: int, limit: int) -> list[int]:
    examples = snap.bits.get(EXAMPLE, 0)
    is_example = bool(examples >> slot & 1)
    comparable = snap.bits[EVERYONE] & (examples if is_example else ~examples)
    rarities = snap.kept("rarities", is_example, lambda: _Rarities(snap, comparable))
    mine = _vector(snap, slot, rarities)
    others = _candidates(snap, mine, comparable & ~(1 << slot))
    likeness = {other: _product(mine, _vector(snap, other, rarities)) for other in others}
    alike = [other for other, value in likeness.items() if value >= _MIN_LIKENESS]
    return sorted(alike, key=lambda other: (-likeness[other], snap.rows[other].pk))[:limit]


def _product(one: Vector, other: Vector) -> float:
    return sum(one[term] * other[term] for term in one.keys() & other.keys())


# ── Vectors ───────────────────────────────────────────────────────────────────
class _Rarities(dict):
    """How much a term tells among the initiatives `comparable`, by term; None for one that can't
    join anything, since only one of them has it or it is too short. Worked out when a term is
    first asked for."""

    def __init__(self, snap: Snapshot, comparable: int):
        super().__init__()
        # Not the snapshot itself: it keeps these, and should go when nobody needs it.
        self._postings, self._bits = snap.words.postings, snap.bits
        self._comparable, self._total = comparable, comparable.bit_count()
        is_everyone = comparable == snap.bits[EVERYONE]
        self._among = None if is_everyone else mask_of(comparable)

    def __missing__(self, term: str | Mark) -> float | None:
        if isinstance(term, str):
            is_long = len(term) >= _MIN_WORD
            spread = self._postings.stem_frequency(term, self._among) if is_long else 0
        else:
            spread = (self._bits[term] & self._comparable).bit_count()
        rarity = max(0.0, math.log((1 + self._total) / spread)) if spread > 1 else None
        self[term] = rarity
        return rarity


def _vector(snap: Snapshot, slot: int, rarities: _Rarities) -> Vector:
    """tf–idf, as long as 1."""
    raw: Vector = {}
    for stem, places in snap.words.postings.stems_of(slot).items():
        if (rarity := rarities[stem]) is not None:
            raw[stem] = math.log1p(_count(places)) * rarity
    for mark in snap.rows[slot].marks:
        if mark[0] in _TAG_WEIGHT and (rarity := rarities[mark]) is not None:
            raw[mark] = math.log1p(_TAG_WEIGHT[mark[0]] * 2) * rarity
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {term: value / length for term, value in raw.items()}


def _count(places: int) -> float:
    return (_TITLE_COUNT if places & TITLE else 0) + (_LEAD_COUNT if places & ~TITLE else 0)


# ── Who is worth comparing ────────────────────────────────────────────────────
def _candidates(snap: Snapshot, mine: Vector, comparable: int) -> list[int]:
    tags = [term for term in mine if isinstance(term, tuple)]
    scores = _sharing_words(snap.words.postings, mine, comparable)
    for slot in _sharing_tags([snap.bits[tag] & comparable for tag in tags]):
        scores.setdefault(slot, 0.0)
    for slot in scores:
        scores[slot] += sum(mine[tag] ** 2 for tag in snap.rows[slot].marks.intersection(tags))
    return best_first(scores)[:_COMPARED]


def _sharing_words(postings: Postings, mine: Vector, comparable: int) -> dict[int, float]:
    """Those that share the words that weigh most, as many as can be read in a moment."""
    scores: dict[int, float] = defaultdict(float)
    among = mask_of(comparable)
    left = _POSTINGS_READ
    stems = [term for term in mine if isinstance(term, str)]
    for stem in sorted(stems, key=lambda stem: (-mine[stem], stem)):
        slots = postings.with_stem(stem, among)
        left -= len(slots)
        if left < 0:
            break
        weight = mine[stem] ** 2
        for slot in slots:
            scores[slot] += weight
    return {slot: scores[slot] for slot in islice(best_first(scores), _COMPARED * 4)}


def _sharing_tags(having: list[int]) -> list[int]:
    """Those that have the most of the tags, at most _WITH_TAGS."""
    # at_least[n]: those that have n or more of the tags seen so far.
    at_least = [-1]
    for bits in having:
        at_least.append(0)
        for n in range(len(at_least) - 1, 0, -1):
            at_least[n] |= at_least[n - 1] & bits
    found, seen = [], 0
    for bits in reversed(at_least[1:]):
        found += slots_of(bits & ~seen)[: _WITH_TAGS - len(found)]
        if len(found) == _WITH_TAGS:
            break
        seen |= bits
    return found
