"""Deeds of the programme: an occasion is moved, cancelled or copied; and what clashes with it.

A deed that can't be done raises `NotPossible` with a sentence for the editor. Revisions, and with
them what calendars and programmes are told, follow from the models.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from expo import permissions
from expo.choices import OccasionStatus
from expo.models import Event, Occasion, Venue
from expo.models.occasion import TIMED_MINUTES
from expo.wall_time import days_later
from innovation.choices import Visibility
from innovation.importers.stated import KEEP, Keep
from innovation.models import Organisation
from innovation.publishing import NotPossible

# How often a copy is made, in days.
STEPS = {"day": 1, "week": 7}
MOST_COPIES = 60


# ── Move and cancel ───────────────────────────────────────────────────────────
@transaction.atomic
def move(
    occasion: Occasion,
    *,
    by,
    starts_at: datetime | Keep = KEEP,
    ends_at: datetime | None | Keep = KEEP,
    venue: Venue | None | Keep = KEEP,
    reason_sv: str = "",
    reason_en: str = "",
) -> None:
    """Give it another time or venue; without an end it lasts as long as before.

    The status becomes moved, and everyone who planned to come sees it; before the event was
    published there is nobody to tell, and the status stays.
    """
    row = _locked(occasion)
    check_changeable(row, by=by)
    before = (row.starts_at, row.ends_at, row.venue_id)
    if starts_at is not KEEP:
        length = row.ends_at - row.starts_at if row.ends_at else None
        row.starts_at = starts_at
        row.ends_at = starts_at + length if length else None
    if ends_at is not KEEP:
        row.ends_at = ends_at
    if venue is not KEEP:
        row.venue = venue
    if (row.starts_at, row.ends_at, row.venue_id) == before:
        raise NotPossible(_("It takes place then and there already."))
    if row.event.published_at:
        row.status = OccasionStatus.MOVED
    row.reason_sv, row.reason_en = reason_sv, reason_en
    _save(occasion, row)


@transaction.atomic
def cancel(occasion: Occasion, *, by, reason_sv: str, reason_en: str = "") -> None:
    """It stays in lists and calendars, as cancelled, with the reason."""
    row = _locked(occasion)
    check_changeable(row, by=by)
    if not reason_sv.strip():
        raise NotPossible(_("Write in Swedish why it is cancelled: visitors read it."))
    row.status = OccasionStatus.CANCELLED
    row.reason_sv, row.reason_en = reason_sv.strip(), reason_en.strip()
    _save(occasion, row)


def check_editable(occasion: Occasion, *, by) -> None:
    if not permissions.can_edit_occasion(by, occasion):
        raise NotPossible(_("You don’t write for the organisation that arranges it."))


def check_changeable(occasion: Occasion, *, by) -> None:
    """Raise NotPossible, with the reason, if `occasion` can be neither moved nor cancelled."""
    check_editable(occasion, by=by)
    if occasion.is_cancelled:
        raise NotPossible(_("It is cancelled already."))


def _locked(occasion: Occasion) -> Occasion:
    # "self" alone: PostgreSQL can't lock the empty side of an outer join.
    rows = Occasion.objects.select_related("event__expo", "venue").select_for_update(of=("self",))
    return rows.get(pk=occasion.pk)


def _save(occasion: Occasion, row: Occasion) -> None:
    if row.ends_at and row.starts_at is None:
        raise NotPossible(_("It ends, but when does it start?"))
    if row.ends_at and row.ends_at <= row.starts_at:
        raise NotPossible(_("It ends before it starts."))
    try:
        row.set_days()
        row.validate_constraints()
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
    # What a person has decided is no longer concluded by us.
    row.inferred_fields = [
        name for name in row.inferred_fields if name not in ("first_day", "last_day", "venue")
    ]
    row.save()
    raise_version([row.event_id])
    occasion.refresh_from_db()


def raise_version(events) -> None:
    """Someone who has one of the events (keys) open in a form is told that it changed."""
    Event.objects.filter(pk__in=events).update(version=F("version") + 1)


# ── Copy ──────────────────────────────────────────────────────────────────────
@dataclass
class Copied:
    """`existing` copies were there already, `outside` ones would fall outside the expo."""

    made: list[Occasion] = field(default_factory=list)
    existing: int = 0
    outside: int = 0


@transaction.atomic
def copy_occasion(occasion: Occasion, *, by, every: str, times: int) -> Copied:
    """Copies on the following days or weeks, at the same hour by the clock on the wall.

    every: "day" or "week". times: how many copies, 1 to MOST_COPIES; forms check both first.
    """
    if every not in STEPS or not 1 <= times <= MOST_COPIES:
        raise ValueError(f"every={every!r}, times={times}: day or week, 1 to {MOST_COPIES}")
    row = _locked(occasion)
    check_editable(row, by=by)
    copied = Copied()
    for number in range(1, times + 1):
        copy = _copy(row, days=number * STEPS[every])
        if not row.event.expo.starts_on <= copy.first_day <= row.event.expo.ends_on:
            copied.outside += 1
        elif _exists(copy):
            copied.existing += 1
        else:
            copy.save()
            copied.made.append(copy)
    if copied.made:
        raise_version([row.event_id])
    return copied


def _copy(row: Occasion, *, days: int) -> Occasion:
    same = ("event", "venue", "kind", "visit_minutes", "capacity", "seats_held")
    same += ("smallest_group", "largest_group")
    copy = Occasion(**{name: getattr(row, name) for name in same})
    step = timedelta(days=days)
    copy.first_day, copy.last_day = row.first_day + step, row.last_day + step
    copy.starts_at, copy.ends_at = days_later(row.starts_at, days), days_later(row.ends_at, days)
    copy.set_days()
    return copy


def _exists(copy: Occasion) -> bool:
    found = Occasion.objects.filter(event=copy.event, venue=copy.venue, starts_at=copy.starts_at)
    return found.filter(first_day=copy.first_day).exists()


# ── Clashes ───────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Clash:
    """`other` overlaps in time: at the same venue, or for `organisations` that have both."""

    other: Occasion
    is_same_venue: bool
    organisations: tuple[Organisation, ...]


def clashes(occasion: Occasion) -> list[Clash]:
    """What stands in the way of a stored `occasion`: at most 3 queries, however many clashes.

    Something open for a span shares its venue with others, but its hosts can't be in two places.
    """
    if occasion.starts_at is None or occasion.is_cancelled:
        return []
    mine = {row.pk: row for row in _organisations(occasion.event)}
    found = []
    for other in _overlapping(occasion, mine):
        shared = [mine[row.pk] for row in _organisations(other.event) if row.pk in mine]
        is_same_venue = (
            occasion.venue_id is not None
            and occasion.venue_id == other.venue_id
            and not (occasion.is_drop_in or other.is_drop_in)
        )
        if shared or is_same_venue:
            found.append(Clash(other, is_same_venue, tuple(shared)))
    return found


def _overlapping(occasion: Occasion, organisations):
    unknown = timedelta(minutes=TIMED_MINUTES)
    ends_at = occasion.ends_at or occasion.starts_at + unknown
    is_open_then = Q(ends_at__gt=occasion.starts_at) | Q(
        ends_at=None, starts_at__gt=occasion.starts_at - unknown
    )
    hosted = Event.hosts.through.objects.filter(organisation__in=organisations)
    could_clash = (
        Q(venue=occasion.venue_id, venue__isnull=False)
        | Q(event__organiser__in=organisations)
        | Q(event__in=hosted.values("event"))
    )
    rows = Occasion.objects.exclude(pk=occasion.pk).exclude(status=OccasionStatus.CANCELLED)
    rows = rows.exclude(event__visibility=Visibility.WITHDRAWN)
    rows = rows.filter(is_open_then, could_clash, starts_at__lt=ends_at)
    rows = rows.select_related("event__organiser", "event__expo", "venue")
    return rows.prefetch_related("event__hosts").order_by("starts_at", "pk")


def _organisations(event: Event) -> list[Organisation]:
    found = [event.organiser] if event.organiser_id else []
    return [*found, *(host for host in event.hosts.all() if host.pk != event.organiser_id)]
