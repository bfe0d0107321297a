"""Puts a synthetic catalogue into the database, many rows at a time."""

from collections.abc import Callable, Iterator
from itertools import count

from django.db import transaction
from django.db.models import Max

from innovation.choices import Visibility
from innovation.importers import demo
from innovation.importers.base import plan
from innovation.importers.rows import (
    CategoryRow,
    ChallengeRow,
    FocalPointRow,
    GlobalGoalRow,
    SectorRow,
    StatusRow,
    TechnologyRow,
)
from innovation.importers.writing import apply
from innovation.models import ImpactTarget, Initiative, Organisation, SearchText, Status
from innovation.synthetic import words
from innovation.synthetic.bulk import count_on, insert
from innovation.synthetic.drawing import drawn_in_order
from innovation.synthetic.rows import FIRST_MOMENT, SLUG_PREFIX, Drawn

BATCH = 1000
VOCABULARIES = (CategoryRow, ChallengeRow, FocalPointRow, GlobalGoalRow, SectorRow, StatusRow,
                TechnologyRow)  # fmt: skip


def make(wanted: int, *, seed: int = 0, on_progress: Callable[[int, int], None] | None = None):
    """Add `wanted` initiatives, with what they need to stand on.

    `on_progress` is told how many are done, and of how many. Each batch is one transaction.
    """
    ensure_vocabularies()
    ensure_organisations()
    start = _last_number() + 1
    batches = [
        range(first, min(first + BATCH, start + wanted))
        for first in range(start, start + wanted, BATCH)
    ]
    done = 0
    for batch in drawn_in_order(batches, seed):
        _write(batch)
        done += len(batch)
        if on_progress:
            on_progress(done, wanted)


def _last_number() -> int:
    """Of the synthetic initiatives made before; 0 when there are none."""
    made = Initiative.objects.filter(slug__startswith=SLUG_PREFIX).order_by("pk").last()
    return int(made.slug.split("-")[1]) if made else 0


# ── What initiatives stand on ─────────────────────────────────────────────────
def ensure_vocabularies() -> None:
    """The demo data's statuses, categories, challenges and so on, where there are none."""
    if Status.objects.exists():
        return
    rows = [row for row in demo.parse(demo.read()) if isinstance(row, VOCABULARIES)]
    apply(plan(rows), source="synthetic", visibility=Visibility.PUBLISHED)


def ensure_organisations() -> None:
    if not Organisation.objects.filter(slug__startswith=SLUG_PREFIX).exists():
        Organisation.objects.bulk_create(_organisations())


def _organisations() -> Iterator[Organisation]:
    """One of each kind for each area of a city's work; their names say what they are."""
    areas, numbers = words.read("areas"), count(1)
    for kind, swedish, english in words.read("organisations"):
        for area_sv, area_en in areas:
            yield Organisation(
                slug=f"{SLUG_PREFIX}organisation-{next(numbers)}",
                name_sv=swedish.replace("%", area_sv),
                name_en=english.replace("%", area_en),
                kind=kind,
                country="SE",
                visibility=Visibility.PUBLISHED,
                published_at=FIRST_MOMENT,
            )


# ── Initiatives ───────────────────────────────────────────────────────────────
@transaction.atomic
def _write(batch: list[Drawn]) -> None:
    first = (Initiative.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    numbered = list(enumerate(batch, start=first))
    insert(Initiative, [{"id": pk, **drawn.values} for pk, drawn in numbered])
    for name in batch[0].links:
        _link(numbered, name)
    goals = [{"initiative_id": pk, **goal} for pk, drawn in numbered for goal in drawn.goals]
    insert(ImpactTarget, goals)
    insert(SearchText, [{"initiative_id": pk, **drawn.searched} for pk, drawn in numbered])
    count_on(Initiative)


def _link(numbered: list[tuple[int, Drawn]], name: str) -> None:
    field = Initiative._meta.get_field(name)
    other = f"{field.m2m_reverse_field_name()}_id"
    rows = [
        {"initiative_id": pk, other: linked}
        for pk, drawn in numbered
        for linked in drawn.links[name]
    ]
    insert(field.remote_field.through, rows)
