"""Finding initiatives: what the catalogue's pages, feeds and exports ask.

`find()` takes the choices of one address and gives the initiatives of one page and the total.
It reads the database; the keys, their meaning and the order of the answer are fixed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import F

from innovation import search
from innovation.models import Initiative

PAGE_SIZE = 24


@dataclass(frozen=True)
class Facet:
    """`field` is the initiative's field, whose name stands in `inferred_fields` when its value
    was concluded; `lookup` finds the slugs."""

    field: str
    lookup: str | None


FACETS = {
    "status": Facet("status", "status__slug"),
    "category": Facet("category", "category__slug"),
    "challenge": Facet("challenge", "challenge__slug"),
    "driven_by": Facet("driven_by", "driven_by__slug"),
    "sector": Facet("sectors", "sectors__slug"),
    "technology": Facet("technologies", "technologies__slug"),
    "goal": Facet("global_goals", "global_goals__slug"),
    # Both of the relations, see InitiativeQuerySet.joined_by().
    "partner": Facet("partners", None),
}

SORTS = {
    "updated": (F("updated_at").desc(), F("pk").desc()),
    "newest": (F("published_at").desc(nulls_last=True), F("pk").desc()),
    "title": (),  # in the reader's language, see _ordered()
    "progress": (F("progress_percent").desc(nulls_last=True), F("pk").desc()),
    "budget": (F("estimated_budget_sek").desc(nulls_last=True), F("pk").desc()),
    "relevance": (),  # the order of the search
}


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
    """One page of the answer: `initiatives` ready for cards, of `total` on `pages` pages."""

    initiatives: list[Initiative]
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """The place of the page's first initiative in the whole answer, from 1."""
        return (self.page - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * PAGE_SIZE, self.total)


def find(choices: Choices, *, language: str = "sv") -> Found:
    """The page of initiatives that `choices` asks for; a page past the end gives the last."""
    ids = _ordered(_narrowed(choices), choices, language)
    pages = max(1, -(-len(ids) // PAGE_SIZE))
    page = min(max(choices.page, 1), pages)
    wanted = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows = Initiative.objects.for_cards().in_bulk(wanted)
    return Found([rows[pk] for pk in wanted if pk in rows], len(ids), page, pages)


def known_sort(value: str, q: str) -> str:
    """`value` when it is a way to sort; else by relevance for a search, by date without one."""
    if value in SORTS and (q or value != "relevance"):
        return value
    return "relevance" if q else "updated"


def known_page(value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) < 7
    return max(1, int(value)) if is_number else 1


def _narrowed(choices: Choices):
    found = Initiative.objects.visible()
    if not choices.examples:
        found = found.without_examples()
    for key, slugs in choices.facets.items():
        facet = FACETS[key]
        if facet.lookup is None:
            found = found.joined_by(slugs)
        else:
            found = found.filter(pk__in=_having(facet.lookup, slugs))
        if choices.stated:
            found = found.with_stated(facet.field)
    if choices.budget_min is not None:
        found = found.filter(estimated_budget_sek__gte=choices.budget_min)
    if choices.budget_max is not None:
        found = found.filter(estimated_budget_sek__lte=choices.budget_max)
    if choices.year is not None:
        found = found.filter(start_year=choices.year)
    if choices.open_for_schools:
        found = found.filter(open_for_schools=True)
    return found


def _having(lookup: str, slugs):
    return Initiative.objects.filter(**{f"{lookup}__in": slugs}).values("pk")


def _ordered(found, choices: Choices, language: str) -> list[int]:
    if choices.q:
        # The ids of the search come in order of relevance.
        allowed = set(found.values_list("pk", flat=True))
        ids = [pk for pk in search.matching_ids(choices.q) if pk in allowed]
        if choices.sort == "relevance":
            return ids
        found = Initiative.objects.filter(pk__in=ids)
    if choices.sort == "title":
        rows = found.values_list("pk", f"title_{language}", "title_sv", "title_en")
        titles = sorted((search.sort_key(mine or sv or en), pk) for pk, mine, sv, en in rows)
        return [pk for _, pk in titles]
    order = SORTS.get(choices.sort) or SORTS["updated"]
    return list(found.order_by(*order).values_list("pk", flat=True))
