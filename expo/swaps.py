"""What could be seen instead: other occasions that fit into the same day of a plan. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.utils import timezone

from expo.itinerary import Entry, Itinerary, Stop, arrange, first_fit, goes_with
from expo.models import Occasion

BEST = 3
# Another event is offered near the time of the one it would replace.
NEAR = timedelta(hours=2)
_TRIED = 0  # the key of a stop that is only tried; items have keys from 1


@dataclass(frozen=True)
class Swap:
    """`occasion` fits, from `starts_at` to `ends_at`, in place of the entry that was asked for."""

    occasion: Occasion
    starts_at: datetime
    ends_at: datetime
    is_same_event: bool


def swaps(
    entry: Entry, itinerary: Itinerary, candidates: Iterable[Occasion], *, best: int = BEST
) -> list[Swap]:
    """What fits instead of `entry`: first the same event at another time of a day of the plan;
    then other events of its theme or area about that time, one occasion of each; then the same
    event on other days. The nearest first.

    Visits that the plan has found a time for may move, as they do when the swap is made. It is
    never offered if one of them would lose its time.

    candidates: with what `itinerary.IN_PLANS` names.
    """
    if entry.starts_at is None:
        return []
    planned = {other.occasion.pk for other in itinerary.entries}
    kept = [other for other in itinerary.entries if other.starts_at and other is not entry]
    wanted = []
    for occasion in candidates:
        if occasion.pk not in planned and _may_be_wanted(entry, occasion):
            near = _near(kept, occasion.starts_at)
            fixed = [other for other in near if not other.is_proposed]
            if start := _fitting_start(occasion, fixed):
                end = start + occasion.visit_length
                wanted.append(Swap(occasion, start, end, _is_same_event(entry, occasion)))
    wanted = [swap for swap in wanted if swap.is_same_event or _is_about_then(entry, swap)]
    days = {day.date for day in itinerary.days}
    wanted.sort(key=lambda swap: _rank(entry, swap, days))
    possible = (swap for swap in _one_of_each_other_event(wanted) if _leaves_the_rest(swap, kept))
    return list(islice(possible, best))


def _may_be_wanted(entry: Entry, occasion: Occasion) -> bool:
    """Whether it has a time and isn't too unlike: before anything that costs more is asked."""
    start, end = occasion.starts_at, occasion.ends_at
    if start is None or end is None or occasion.is_cancelled:
        return False
    if occasion.last_day > occasion.first_day:
        return False
    if _is_same_event(entry, occasion):
        return True
    is_about_then = start - NEAR <= entry.starts_at <= end + NEAR
    return is_about_then and _likeness(entry, occasion) > 0


def _near(kept: Iterable[Entry], moment: datetime) -> list[Entry]:
    """What can stand in the way of something that begins then."""
    return [other for other in kept if abs(other.starts_at - moment) < timedelta(days=1)]


def _is_same_event(entry: Entry, occasion: Occasion) -> bool:
    return occasion.event_id == entry.occasion.event_id


def _fitting_start(occasion: Occasion, fixed: list[Entry]) -> datetime | None:
    start, end = occasion.starts_at, occasion.ends_at
    venue = occasion.venue if occasion.event.is_in_place else None
    if occasion.is_drop_in:
        return first_fit(venue, start, end, occasion.visit_length, fixed)
    return start if goes_with(venue, start, end, fixed) else None


def _leaves_the_rest(swap: Swap, kept: list[Entry]) -> bool:
    """Whether all that has a time still has one, if those without a fixed one move."""
    visit_at = swap.starts_at if swap.occasion.is_drop_in else None
    near = [other.stop for other in _near(kept, swap.starts_at)]
    tried = arrange([*near, Stop(_TRIED, swap.occasion, visit_at)])
    return all(other.starts_at for other in tried.entries) and not tried.entry(_TRIED).troubles


# ── Which first ───────────────────────────────────────────────────────────────
def _is_about_then(entry: Entry, swap: Swap) -> bool:
    return abs(swap.starts_at - entry.starts_at) <= NEAR


def _likeness(entry: Entry, other: Occasion) -> int:
    mine = entry.occasion
    has_theme = mine.event.theme_id is not None and mine.event.theme_id == other.event.theme_id
    area = mine.venue.area_id if mine.venue else None
    has_area = area is not None and other.venue is not None and other.venue.area_id == area
    return has_theme + has_area


def _rank(entry: Entry, swap: Swap, days: set[date]):
    is_planned_day = timezone.localtime(swap.starts_at).date() in days
    group = (0 if is_planned_day else 2) if swap.is_same_event else 1
    likeness = 0 if swap.is_same_event else -_likeness(entry, swap.occasion)
    distance = abs(swap.starts_at - entry.starts_at)
    return (group, likeness, distance, swap.starts_at, swap.occasion.pk)


def _one_of_each_other_event(swaps: Iterable[Swap]) -> Iterator[Swap]:
    seen = set()
    for swap in swaps:
        event = swap.occasion.event_id
        if swap.is_same_event or event not in seen:
            yield swap
        seen.add(event)
