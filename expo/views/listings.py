"""What happens in one place, or with one host: occasions by day, as the pages list them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F
from django.utils import timezone

from expo import overview, times, wording
from expo.choices import OccasionStatus
from expo.models import Expo, Occasion

MOST = 30


@dataclass(frozen=True)
class Group:
    """Occasions of one day, or of the same span of days."""

    title: str
    first_day: date
    last_day: date
    occasions: list[Occasion]

    @property
    def is_one_day(self) -> bool:
        return self.first_day == self.last_day


@dataclass(frozen=True)
class Listing:
    """The first of `total` occasions that one can go to; `has_more` when not all are shown."""

    groups: list[Group]
    total: int
    has_more: bool

    def __bool__(self):
        return bool(self.groups)


def listing(expo: Expo, occasions, *, today: date | None = None, most: int = MOST) -> Listing:
    """What is left of `occasions` (of `expo`) while it is on, and all of them before and after.
    4 queries, or 5 when there are more than `most`."""
    since = overview.since_of(expo, today or timezone.localdate())
    if since:
        occasions = occasions.filter(last_day__gte=since)
    rows = list(in_order(occasions).for_lists()[: most + 1])
    has_more = len(rows) > most
    going = occasions.exclude(status=OccasionStatus.CANCELLED)
    total = going.count() if has_more else sum(not row.is_cancelled for row in rows)
    return Listing(by_days(rows[:most]), total, has_more)


def in_order(occasions):
    return occasions.order_by("first_day", "last_day", F("starts_at").asc(nulls_last=True), "pk")


def by_days(occasions: list[Occasion]) -> list[Group]:
    """Neighbours of the same days together."""
    spans = groupby(occasions, key=lambda row: (row.first_day, row.last_day))
    return [Group(title_of(first, last), first, last, [*rows]) for (first, last), rows in spans]


def title_of(first: date, last: date) -> str:
    if first == last:
        return times.day_name(first, with_year=True)
    return wording.days_between(first, last)


def dayless(events):
    """Those of `events` that no day is known of."""
    return events.filter(occasions=None).select_related("expo").distinct()
