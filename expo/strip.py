"""The days of an edition as a calendar of weeks, each with how much there is to go to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateformat import format as in_words

from expo.models import Expo

DAYS = 7


@dataclass(frozen=True)
class Day:
    """`share` is how much of the fullest day's number this one has, in per cent."""

    date: date
    total: int
    share: int
    is_today: bool
    is_past: bool


def week_days() -> list[tuple[str, str]]:
    """From Monday on: ("måndag", "mån")."""
    monday = date(2024, 1, 1)
    days = [monday + timedelta(days=number) for number in range(DAYS)]
    return [(in_words(day, "l"), in_words(day, "D")) for day in days]


def weeks_of(expo: Expo, totals: Mapping[date, int], today: date) -> list[list[Day | None]]:
    """Weeks from Monday to Sunday; None for the days of a week that lie outside of the edition."""
    most = max((totals[day] for day in expo.days), default=0) or 1
    monday = expo.starts_on - timedelta(days=expo.starts_on.weekday())
    weeks = (expo.ends_on - monday).days // DAYS + 1
    cells = [monday + timedelta(days=number) for number in range(weeks * DAYS)]
    shown = [
        Day(day, totals[day], round(100 * totals[day] / most), day == today, day < today)
        if expo.starts_on <= day <= expo.ends_on
        else None
        for day in cells
    ]
    return [shown[at : at + DAYS] for at in range(0, len(shown), DAYS)]
