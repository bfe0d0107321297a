"""The rows that feeds, calendars and exports are made of."""

from datetime import datetime

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from expo.choices import OccasionStatus
from expo.filters import Asked
from expo.models import Occasion
from innovation.query_keys import MAX_QUERY, canonical_query

# What a subscription can't mean: how a page looks, and what changes by the minute.
NOT_OF_FEEDS = ("open_now", "past", "view", "unfold")
_KEYS = frozenset(Asked.keys).difference(NOT_OF_FEEDS)


def rows(occasions: QuerySet, *more: str) -> list[Occasion]:
    """With all that a calendar reads, in a steady order. more: further relations, by name.

    One query for each kind of row: a join would make the same event and venue hundreds of times.
    """
    return list(
        occasions.select_related(None)
        .prefetch_related(None)
        .order_by("first_day", F("starts_at").asc(nulls_first=True), "pk")
        .prefetch_related("event__expo", "event__theme", "venue__area", *more)
    )


def not_long_cancelled(occasions: QuerySet) -> QuerySet:
    """What is cancelled stays until its day is past, so that every calendar hears of it."""
    return occasions.exclude(
        Q(status=OccasionStatus.CANCELLED) & Q(last_day__lt=timezone.localdate())
    )


def latest(occasions: list[Occasion], *others: datetime) -> datetime:
    """When something that they show was last changed."""
    moments = [max(row.revised_at, row.updated_at, row.event.updated_at) for row in occasions]
    return max([*moments, *others])


def filters(querystring: str) -> QueryDict:
    """The filters of a list as its feeds have them: the same for every address that means the
    same."""
    return QueryDict(canonical_query(querystring[:MAX_QUERY], _KEYS))


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
