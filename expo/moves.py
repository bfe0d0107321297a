"""What a moved occasion was moved from, as its revisions tell."""

from collections.abc import Iterable

from expo.choices import OccasionStatus
from expo.models import Occasion, OccasionRevision


def moved_from(occasions: Iterable[Occasion]) -> dict[int, OccasionRevision]:
    """By the key of each moved occasion, the latest revision with another time or place.

    One query, none when nothing was moved. What was entered as moved has no such revision.
    """
    moved = {row.pk: row for row in occasions if row.status == OccasionStatus.MOVED}
    if not moved:
        return {}
    revisions = OccasionRevision.objects.filter(occasion__in=moved).select_related("venue")
    return {
        revision.occasion_id: revision
        for revision in revisions.order_by("sequence")
        if _stood_elsewhere(revision, moved[revision.occasion_id])
    }


def _stood_elsewhere(revision: OccasionRevision, occasion: Occasion) -> bool:
    then = revision.starts_at, revision.first_day, revision.venue_id
    return then != (occasion.starts_at, occasion.first_day, occasion.venue_id)
