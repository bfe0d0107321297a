"""What was moved or cancelled, newest first, as Atom (RFC 4287)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext as _

from expo import times
from expo.choices import OccasionStatus
from expo.feed_rows import absolute
from expo.models import Expo, OccasionRevision
from expo.shown import occasions_of
from expo.xml_text import HEADER, attributes, element, text
from innovation.models.fields import reader_language

MOST = 200
_TIMES = {"starts_at", "ends_at", "first_day", "last_day"}


@dataclass(frozen=True)
class Change:
    """A revision, and how it was before; None when that isn't known any more."""

    revision: OccasionRevision
    before: OccasionRevision | None
    is_latest: bool

    @property
    def title(self) -> str:
        return self._headline() % {"title": self.revision.occasion.event.title}

    def _headline(self) -> str:
        changed = {*self.revision.changed}
        if "status" in changed and self._is(OccasionStatus.CANCELLED):
            return _("Cancelled: %(title)s")
        if "status" in changed and self._was(OccasionStatus.CANCELLED):
            return _("Takes place after all: %(title)s")
        if changed & _TIMES and "venue_id" in changed:
            return _("New time and venue: %(title)s")
        if changed & _TIMES:
            return _("New time: %(title)s")
        return _("New venue: %(title)s") if "venue_id" in changed else _("Moved: %(title)s")

    @property
    def sentences(self) -> list[str]:
        found = [_("When: %(when)s.") % {"when": _when(self.revision)}]
        changed = {*self.revision.changed}
        if self.before and changed & _TIMES:
            found.append(_("Before: %(when)s.") % {"when": _when(self.before)})
        found.append(_("Where: %(venue)s.") % {"venue": _where(self.revision)})
        if self.before and "venue_id" in changed:
            found.append(_("Before: %(venue)s.") % {"venue": _where(self.before)})
        # The reason is of the occasion as it stands now, not of what it once was.
        reason = str(self.revision.occasion.reason)
        if self.is_latest and reason:
            found.append(_("Why: %(reason)s") % {"reason": reason})
        return found

    def _is(self, status: str) -> bool:
        return self.revision.status == status

    def _was(self, status: str) -> bool:
        return self.before is not None and self.before.status == status


def changes_of(expo: Expo) -> list[Change]:
    """The latest MOST changes of what is shown; that something was added is none of them."""
    shown = occasions_of(expo).values("pk")
    # What was moved before anybody was told of it is no news.
    told = Q(revised_at__gte=F("occasion__event__published_at"))
    revisions = list(
        OccasionRevision.objects.filter(told, occasion__in=shown, sequence__gt=0)
        .order_by("-revised_at", "-pk")
        .prefetch_related("occasion__event__expo", "venue")[:MOST]
    )
    keys = {revision.occasion_id for revision in revisions}
    every = OccasionRevision.objects.filter(occasion__in=keys).prefetch_related("venue")
    known = {(row.occasion_id, row.sequence): row for row in every}
    return [
        Change(
            revision=row,
            before=known.get((row.occasion_id, row.sequence - 1)),
            is_latest=row.sequence == row.occasion.sequence,
        )
        for row in revisions
    ]


def _when(row) -> str:
    return f"{times.day_name(row.first_day, with_year=True)}, {times.hours(row)}"


def _where(row: OccasionRevision) -> str:
    return str(row.venue.name) if row.venue else _("the venue is not known")


# ── Bytes ─────────────────────────────────────────────────────────────────────
def as_atom(expo: Expo, found: list[Change], *, address: str) -> bytes:
    """address: of the feed itself, whole."""
    newest = max([expo.created_at, *(change.revision.revised_at for change in found)])
    title = _("Changes in the programme: %(expo)s") % {"expo": expo.name}
    lines = [
        HEADER,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{reader_language()}">',
        element("id", f"urn:uuid:{uuid5(NAMESPACE_URL, address)}"),
        element("title", title),
        element("updated", _moment(newest)),
        f'<link rel="self" type="application/atom+xml"{attributes(href=address)}/>',
        f'<link rel="alternate"{attributes(href=absolute(expo.get_absolute_url()))}/>',
        f"<author>{element('name', settings.SITE_NAME)}</author>",
    ]
    for change in found:
        lines += _entry(change)
    return "\n".join([*lines, "</feed>", ""]).encode()


def _entry(change: Change) -> list[str]:
    occasion = change.revision.occasion
    address = absolute(occasion.get_absolute_url())
    # Of the occasion's own identity: an address can change, an entry's id never.
    identity = uuid5(occasion.uid, str(change.revision.sequence))
    return [
        "<entry>",
        element("id", f"urn:uuid:{identity}"),
        element("title", change.title),
        element("updated", _moment(change.revision.revised_at)),
        f'<link rel="alternate"{attributes(href=address)}/>',
        f'<content type="text">{text(" ".join(change.sentences))}</content>',
        "</entry>",
    ]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
