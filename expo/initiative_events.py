"""What of an initiative stands, or stood, in the programme of an expo."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from expo.models import Event, Occasion
from expo.shown import is_over
from innovation import snapshot
from innovation.models import Initiative

MOST_INVENTED = 3


@dataclass(frozen=True)
class Shown:
    """`coming` is the next occasion, None when all is over; `more` is how many come after it.
    The days are those that a source states of its occasions, None when none does."""

    event: Event
    coming: Occasion | None
    more: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class OfInitiative:
    """Next first, the past ones latest first; what stands in a demonstration is kept apart."""

    ahead: list[Shown]
    past: list[Shown]
    invented: list[Shown]

    def __bool__(self):
        return bool(self.ahead or self.past or self.invented)


def events_of_initiative(initiative: Initiative, now: datetime | None = None) -> OfInitiative:
    """2 queries; none when there are no events, but 1 for all initiatives when the content has
    changed."""
    if initiative.pk not in _having_events():
        return OfInitiative([], [], [])
    now = now or timezone.now()
    occasions = Occasion.objects.select_related("venue")
    events = (
        Event.objects.visible()
        .filter(initiatives=initiative)
        .select_related("expo", "theme")
        .prefetch_related(Prefetch("occasions", occasions))
    )
    found = [_shown(event, event.occasions.all(), now) for event in events]
    invented = [shown for shown in found if shown.event.is_example or shown.event.expo.is_example]
    real = [shown for shown in found if shown not in invented]
    return OfInitiative(
        sorted((shown for shown in real if shown.coming), key=_by_next),
        sorted((shown for shown in real if not shown.coming), key=_by_last, reverse=True),
        sorted(invented, key=lambda shown: (not shown.coming, _by_next(shown)))[:MOST_INVENTED],
    )


def _having_events() -> frozenset[int]:
    """The keys of the initiatives that some event shows; kept until the content changes."""

    def read():
        events = Event.objects.visible().exclude(initiatives=None).order_by()
        return frozenset(events.values_list("initiatives", flat=True))

    return snapshot.current().kept("with events", "initiatives", read)


def _shown(event: Event, occasions: Iterable[Occasion], now: datetime) -> Shown:
    standing = [row for row in occasions if not row.is_cancelled]
    ahead = [row for row in standing if not is_over(row, now)]
    stated = [row for row in standing if "first_day" not in row.inferred_fields]
    days = [day for row in stated for day in (row.first_day, row.last_day)]
    return Shown(
        event,
        ahead[0] if ahead else None,
        max(0, len(ahead) - 1),
        min(days, default=None),
        max(days, default=None),
    )


def _by_next(shown: Shown):
    return (shown.coming.first_day if shown.coming else date.max), shown.event.pk


def _by_last(shown: Shown):
    return shown.last_day or shown.event.expo.ends_on, shown.event.pk
