"""What an edition holds, in numbers: each is of what the programme shows under the same choice."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from expo.choices import OccasionStatus
from expo.models import Expo
from expo.shown import occasions_of


@dataclass
class Overview:
    """How many occasions one can go to: what is cancelled is in no number.

    `areas`, `venues` and `themes` count by key.
    """

    total: int = 0
    timeless: int = 0  # whose hours aren't known
    throughout: int = 0  # that last from the edition's first day to its last
    days: Counter = field(default_factory=Counter)
    areas: Counter = field(default_factory=Counter)
    venues: Counter = field(default_factory=Counter)
    themes: Counter = field(default_factory=Counter)


_FIELDS = (
    "event__theme_id",
    "venue_id",
    "venue__area_id",
    "first_day",
    "last_day",
    "starts_at",
)


def of(expo: Expo, *, since: date | None = None) -> Overview:
    """In one query. since: of what ends on that day or later, but for the days, which all count."""
    overview = Overview()
    going = occasions_of(expo).exclude(status=OccasionStatus.CANCELLED)
    rows = going.order_by().values_list(*_FIELDS, named=True)
    for row in rows:
        _count(overview, row, expo, since)
    return overview


def _count(overview: Overview, row, expo: Expo, since: date | None) -> None:
    for ordinal in range(row.first_day.toordinal(), row.last_day.toordinal() + 1):
        overview.days[date.fromordinal(ordinal)] += 1
    if since and row.last_day < since:
        return
    overview.total += 1
    overview.timeless += row.starts_at is None
    overview.throughout += (row.first_day, row.last_day) == (expo.starts_on, expo.ends_on)
    overview.areas[row.venue__area_id] += 1
    overview.venues[row.venue_id] += 1
    overview.themes[row.event__theme_id] += 1


def phase_of(expo: Expo, today: date) -> str:
    """ "before", "during" or "after"."""
    if today < expo.starts_on:
        return "before"
    return "during" if today <= expo.ends_on else "after"


def since_of(expo: Expo, today: date) -> date | None:
    """From which day on the programme is shown unless asked otherwise: today while the edition is
    on, and all of it before and after."""
    return today if phase_of(expo, today) == "during" else None


def since_now(expo: Expo) -> date | None:
    return since_of(expo, timezone.localdate())
