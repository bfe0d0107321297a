"""Initiatives that are like each other in words and tags.

Each initiative is a vector of the stems of its title and lead and of its tags, weighted by how
rare they are (tf–idf); likeness is the cosine. Everything is in the search index and the snapshot
already: nothing is made anew when something changes.
"""

import math
from collections import defaultdict
from itertools import islice

from innovation import snapshot
from innovation.hits import best_first, slots_of
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


def similar_to(initiative: Initiative, *, limit: int = 3) -> list[Initiative]:
    """The visible initiatives most like `initiative`, best first, ready for cards: one query.

    Never the invented examples, unless it is one itself; fewer than `limit` when nothing is alike.
    """
    snap = snapshot.current()
    slot = snap.slot_of.get(initiative.pk)
    if slot is None:
        return []
    ids = snap.pks(_nearest(snap, slot, limit))
    rows = Initiative.objects.visible().for_cards().in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _nearest(snap: Snapshot, slot: int, limit: int) -> list[int]:
    examples = snap.bits.get(EXAMPLE, 0)
    is_example = bool(examples >> slot & 1)
    comparable = snap.bits[EVERYONE] & (examples if is_example else ~examples) & ~(1 << slot)
    mine = _vector(snap, slot)
    likeness = {
        other: _product(mine, _vector(snap, other)) for other in _candidates(snap, mine, comparable)
    }
    alike = [other for other, value in likeness.items() if value >= _MIN_LIKENESS]
    return sorted(alike, key=lambda other: (-likeness[other], snap.rows[other].pk))[:limit]


def _product(one: Vector, other: Vector) -> float:
    return sum(one[term] * other[term] for term in one.keys() & other.keys())


# ── Vectors ───────────────────────────────────────────────────────────────────
def _vector(snap: Snapshot, slot: int) -> Vector:
    """tf–idf, as long as 1. A term that only one initiative has can't join anything: left out."""
    postings, total = snap.words.postings, len(snap.slot_of)
    raw: Vector = {}
    for stem, places in postings.stems_of(slot).items():
        spread = postings.stem_frequency(stem)
        if spread > 1 and len(stem) >= _MIN_WORD:
            raw[stem] = math.log1p(_count(places)) * _rarity(spread, total)
    for mark in snap.rows[slot].marks:
        spread = snap.bits[mark].bit_count()
        if spread > 1 and mark[0] in _TAG_WEIGHT:
            raw[mark] = math.log1p(_TAG_WEIGHT[mark[0]] * 2) * _rarity(spread, total)
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {term: value / length for term, value in raw.items()}


def _count(places: int) -> float:
    return (_TITLE_COUNT if places & TITLE else 0) + (_LEAD_COUNT if places & ~TITLE else 0)


def _rarity(spread: int, total: int) -> float:
    return max(0.0, math.log((1 + total) / spread))


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
    left = _POSTINGS_READ
    stems = [term for term in mine if isinstance(term, str)]
    for stem in sorted(stems, key=lambda stem: (-mine[stem], stem)):
        slots = postings.with_stem(stem)
        left -= len(slots)
        if left < 0:
            break
        weight = mine[stem] ** 2
        for slot in slots:
            scores[slot] += weight
    allowed = (slot for slot in best_first(scores) if comparable >> slot & 1)
    return {slot: scores[slot] for slot in islice(allowed, _COMPARED * 4)}


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
        seen |= bits
    return found
