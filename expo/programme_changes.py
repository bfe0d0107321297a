"""What has changed of a programme since its owner pressed "Seen", in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from expo.choices import OccasionStatus
from expo.models import Occasion, OccasionRevision, ProgrammeItem
from expo.times import clock, hours, short_day_name


def changes_of(items: Iterable[ProgrammeItem]) -> dict[int, list[str]]:
    """By the item's key, a sentence for each thing that is new; 1 query, none if nothing is.

    Two changes that undo each other are none.
    """
    news = [item for item in items if item.occasion.sequence > item.seen_sequence]
    if not news:
        return {}
    seen = _revisions_seen(news)
    said = {item.pk: _sentences(seen.get(item.pk), item.occasion) for item in news}
    return {key: sentences for key, sentences in said.items() if sentences}


def _revisions_seen(items: Iterable[ProgrammeItem]) -> dict[int, OccasionRevision]:
    """By the item's key, how its occasion stood when it was seen."""
    rows = OccasionRevision.objects.filter(
        occasion__in=[item.occasion_id for item in items]
    ).select_related("venue")
    stood = {(row.occasion_id, row.sequence): row for row in rows}
    return {
        item.pk: stood[item.occasion_id, item.seen_sequence]
        for item in items
        if (item.occasion_id, item.seen_sequence) in stood
    }


def _sentences(before: OccasionRevision | None, now: Occasion) -> list[str]:
    if before is None:
        return []
    if now.is_cancelled:
        if before.status == OccasionStatus.CANCELLED:
            return []
        return [_("Cancelled: %(reason)s") % {"reason": now.reason}]
    said = []
    if before.status == OccasionStatus.CANCELLED:
        said.append(_("It takes place after all."))
    old, new = _when(before, now), _when(now, before)
    if old != new:
        said.append(_("Moved: %(old)s → %(new)s") % {"old": old, "new": new})
    if before.venue_id != now.venue_id:
        place = now.venue.name if now.venue else _("place not known")
        if before.venue:
            words = _("New place: %(new)s instead of %(old)s")
            said.append(words % {"new": place, "old": before.venue.name})
        else:
            said.append(_("Place: %(new)s") % {"new": place})
    return said


def _when(row, other) -> str:
    """The start where that says enough; the days and hours where they differ."""
    is_same_day = row.first_day == other.first_day and row.last_day == other.last_day
    if row.starts_at is None or other.starts_at is None:
        when = hours(row)
    elif row.starts_at != other.starts_at and row.ends_at and other.ends_at:
        is_same_length = row.ends_at - row.starts_at == other.ends_at - other.starts_at
        when = clock(row.starts_at) if is_same_length else hours(row)
    else:
        when = hours(row)
    return when if is_same_day else f"{short_day_name(row.first_day)} {when}"
