"""What a source's programme would change, and the change itself: `innovation.importers.base` for
all that has a page, and occasions beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils import timezone, translation

from expo.importers.occasions import OccasionChange, StatedOccasion, plan_occasions, write_occasions
from expo.importers.rows import EventRow
from expo.models import Event
from innovation.choices import Visibility
from innovation.importers import base as catalogue
from innovation.importers import writing
from innovation.importers.base import Action
from innovation.importers.rows import Row
from innovation.models import ImportReport, User


@dataclass
class Programme:
    """What `parse()` of a source gives. `problems` are sentences on what couldn't be read."""

    rows: list[Row] = field(default_factory=list)
    occasions: list[StatedOccasion] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class Plan:
    catalogue: catalogue.Plan
    occasions: list[OccasionChange]
    unreadable: list[str]

    @property
    def problems(self) -> list[str]:
        found = [f"{item.name}: {text}" for item in self.occasions for text in item.problems]
        return [*self.unreadable, *self.catalogue.problems, *found]

    def counts(self) -> dict[str, dict[str, int]]:
        """{"event": {"create": 61, "update": 0, "unchanged": 0, "skip": 0}, …}"""
        counts = self.catalogue.counts()
        if self.occasions:
            counts["occasion"] = dict.fromkeys(Action, 0)
        for change in self.occasions:
            counts["occasion"][change.action] += 1
        return counts

    @property
    def totals(self) -> dict[str, int]:
        totals = dict.fromkeys(Action, 0)
        for counts in self.counts().values():
            for action, count in counts.items():
                totals[action] += count
        return totals


def plan(programme: Programme) -> Plan:
    """What `programme` would change; only reads."""
    proposed = catalogue.plan(programme.rows)
    with translation.override("en"):
        changes = plan_occasions(programme.occasions, proposed.known)
    return Plan(proposed, changes, programme.problems)


@transaction.atomic
def apply(
    plan: Plan, *, source: str, by: User | None = None, visibility: str = Visibility.DRAFT
) -> ImportReport:
    """Write what `plan` says, and keep a report; `visibility` is for what is new."""
    report = writing.apply(plan.catalogue, source=source, by=by, visibility=visibility)
    write_occasions(plan.occasions, plan.catalogue.known)
    words = {"create": "created", "update": "updated", "unchanged": "unchanged", "skip": "skipped"}
    report.counts = {
        name: {words[action]: count for action, count in counts.items()}
        for name, counts in plan.counts().items()
    }
    report.changes += [
        {"kind": "occasion", "slug": change.name, **diff}
        for change in plan.occasions
        if change.action is Action.UPDATE
        for diff in change.described()
    ]
    report.problems = plan.problems
    report.finished_at = timezone.now()
    report.save()
    return report


def with_kept_addresses(programme: Programme) -> Programme:
    """The same programme with the addresses that we hold: an event that its source has given a new
    title keeps its address (`source_ref` tells which it is), and one whose address another event
    has gets a number."""
    slugs = _kept_slugs([row for row in programme.rows if isinstance(row, EventRow)])
    rows = [
        replace(row, slug=slugs[row.slug]) if isinstance(row, EventRow) else row
        for row in programme.rows
    ]
    occasions = [replace(one, event=slugs.get(one.event, one.event)) for one in programme.occasions]
    return Programme(rows, occasions, programme.problems)


def _kept_slugs(events: Sequence[EventRow]) -> dict[str, str]:
    """{a row's slug: the slug that it gets}"""
    held = list(Event.objects.values_list("slug", "expo__slug", "source_ref"))
    by_source = {(expo, ref): slug for slug, expo, ref in held if ref}
    taken = {slug for slug, expo, ref in held}
    found = {}
    for row in events:
        slug = by_source.get((row.expo, row.source_ref))
        if slug is None:
            slug = row.slug if row.slug not in taken else _numbered(row.slug, taken)
            taken.add(slug)
        found[row.slug] = slug
    return found


def _numbered(slug: str, taken: set[str]) -> str:
    return next(f"{slug}-{n}" for n in range(2, len(taken) + 3) if f"{slug}-{n}" not in taken)
