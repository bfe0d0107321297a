"""Moves the invented edition into the future, once it has passed."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from expo.demonstration.drawing import first_monday
from expo.demonstration.writing import SLUG
from expo.models import Expo, Occasion, ProgrammeItem
from expo.wall_time import days_later


@transaction.atomic
def move_when_passed(today: date | None = None) -> tuple[Expo | None, int]:
    """The edition (None when it isn't loaded) and by how many days it was moved; 0 while it still
    has days left. Hours stay as they are by the clock, and every occasion gets a revision."""
    today = today or timezone.localdate()
    expo = Expo.objects.select_for_update().filter(slug=SLUG).first()
    if expo is None or expo.ends_on >= today:
        return expo, 0
    days = (first_monday(today) - expo.starts_on).days
    expo.starts_on += timedelta(days=days)
    expo.ends_on += timedelta(days=days)
    expo.version += 1
    expo.save()
    _move_occasions(expo, days)
    _move_visits(expo, days)
    return expo, days


def _move_occasions(expo: Expo, days: int) -> None:
    occasions = list(Occasion.objects.filter(event__expo=expo))
    for occasion in occasions:
        occasion.first_day += timedelta(days=days)
        occasion.last_day += timedelta(days=days)
        occasion.starts_at = days_later(occasion.starts_at, days)
        occasion.ends_at = days_later(occasion.ends_at, days)
    names = ["first_day", "last_day", "starts_at", "ends_at"]
    Occasion.objects.bulk_update(occasions, names, batch_size=100)


def _move_visits(expo: Expo, days: int) -> None:
    """What visitors have planned there goes with it."""
    items = list(ProgrammeItem.objects.filter(occasion__event__expo=expo).exclude(visit_at=None))
    for item in items:
        item.visit_at = days_later(item.visit_at, days)
    ProgrammeItem.objects.bulk_update(items, ["visit_at"], batch_size=200)
