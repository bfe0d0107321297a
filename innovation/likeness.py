"""Initiatives that are like each other in words and tags.

Each initiative is a vector of the stems of its title and lead and of its tags, weighted by how
rare they are (tf–idf); likeness is the cosine. The vectors are kept in the process and made anew
when something visible has changed, which one small query tells.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

import snowballstemmer
from django.db.models import Count, Max

from innovation.models import Initiative
from innovation.search import words

_TAG_WEIGHT = {"challenge": 2.0, "sector": 1.5, "technology": 1.5, "category": 1.0, "owner": 0.7}
_MIN_WORD = 3
_MIN_LIKENESS = 0.06


@dataclass(frozen=True)
class _Index:
    stamp: tuple
    vectors: dict[int, dict[str, float]]
    having: dict[str, list[int]]
    invented: frozenset[int]


_index: _Index | None = None


def similar_to(initiative: Initiative, *, limit: int = 3) -> list[Initiative]:
    """The visible initiatives most like `initiative`, best first, ready for cards.

    Never the invented examples, unless it is one itself; fewer than `limit` when nothing is alike.
    """
    ids = _nearest(_current_index(), initiative.pk, limit)
    rows = Initiative.objects.visible().for_cards().in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _nearest(index: _Index, pk: int, limit: int) -> list[int]:
    mine = index.vectors.get(pk, {})
    is_invented = pk in index.invented
    scores: dict[int, float] = defaultdict(float)
    for term, weight in mine.items():
        for other in index.having[term]:
            if other != pk and (other in index.invented) == is_invented:
                scores[other] += weight * index.vectors[other][term]
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [other for other, score in ranked[:limit] if score >= _MIN_LIKENESS]


def _current_index() -> _Index:
    global _index
    visible = Initiative.objects.visible()
    stamp = tuple(visible.aggregate(Count("pk"), Max("updated_at"), Max("pk")).values())
    if _index is None or _index.stamp != stamp:
        _index = _build(stamp, visible)
    return _index


def _build(stamp: tuple, visible) -> _Index:
    counts = {pk: _terms(row) for pk, row in _rows(visible).items()}
    spread = Counter(term for terms in counts.values() for term in terms)
    vectors = {pk: _weighted(terms, spread, len(counts)) for pk, terms in counts.items()}
    having = defaultdict(list)
    for pk, vector in vectors.items():
        for term in vector:
            having[term].append(pk)
    invented = frozenset(visible.filter(is_example=True).values_list("pk", flat=True))
    return _Index(stamp, vectors, having, invented)


def _rows(visible) -> dict[int, dict]:
    names = ("title_sv", "title_en", "lead_sv", "lead_en")
    rows = {
        row["pk"]: row
        for row in visible.values("pk", "challenge_id", "category_id", "driven_by_id", *names)
    }
    for name in ("sectors", "technologies"):
        for row in rows.values():
            row[name] = []
        for pk, tag in visible.exclude(**{name: None}).values_list("pk", name):
            rows[pk][name].append(tag)
    return rows


def _terms(row: dict) -> dict[str, float]:
    """Raw weights: stems by how often they stand, titles double, tags by their kind."""
    terms: dict[str, float] = defaultdict(float)
    for name, weight in (("title", 2.0), ("lead", 1.0)):
        for language in ("sv", "en"):
            for stem in _stems(row[f"{name}_{language}"], language):
                terms[f"{language}:{stem}"] += weight
    tags = [("challenge", row["challenge_id"]), ("category", row["category_id"])]
    tags += [("owner", row["driven_by_id"])]
    tags += [("sector", tag) for tag in row["sectors"]]
    tags += [("technology", tag) for tag in row["technologies"]]
    for kind, tag in tags:
        if tag:
            terms[f"{kind}={tag}"] = _TAG_WEIGHT[kind] * 2
    return terms


_STEMMERS = {"sv": snowballstemmer.stemmer("swedish"), "en": snowballstemmer.stemmer("english")}


def _stems(text: str, language: str) -> list[str]:
    return _STEMMERS[language].stemWords([w for w in words(text) if len(w) >= _MIN_WORD])


def _weighted(terms: dict[str, float], spread: Counter, total: int) -> dict[str, float]:
    """tf–idf, as long as 1. A term that only one initiative has can't join anything: left out."""
    raw = {
        term: math.log1p(weight) * math.log((1 + total) / spread[term])
        for term, weight in terms.items()
        if spread[term] > 1
    }
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {term: value / length for term, value in raw.items()}
