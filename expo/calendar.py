"""Calendar files (iCalendar, RFC 5545 and 7986): occasions in, bytes out.

The same occasions make the same bytes: nothing in a file tells when it was asked for. A change of
time, place or status raises SEQUENCE, and every change LAST-MODIFIED; the UID stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from expo import ical_lines as ical
from expo import times
from expo.choices import Attendance, EventKind, OccasionStatus
from expo.feed_rows import absolute
from expo.models import Occasion
from innovation.choices import Band
from innovation.models.fields import reader_language

REFRESH = "PT1H"
_KINDS = dict(EventKind.choices)
# The nearest named colours of CSS, which is all that RFC 7986 §5.9 knows.
COLOURS = {
    Band.LEARNING: "chocolate",
    Band.CLIMATE: "seagreen",
    Band.HEALTH: "mediumvioletred",
    Band.DIGITAL: "steelblue",
    Band.URBAN: "slateblue",
    Band.SAFETY: "teal",
    Band.INTEGRATION: "darkorchid",
    Band.DEMOCRACY: "firebrick",
    Band.HARBOUR: "cadetblue",
    Band.AMBER: "darkgoldenrod",
    Band.MOSS: "olivedrab",
    Band.PLUM: "purple",
    Band.NEUTRAL: "slategray",
}


@dataclass(frozen=True)
class About:
    """A calendar's own facts. `address` is where the file is fetched, `page` what it tells of;
    both whole. alarm_minutes: None for no alarms."""

    name: str
    address: str
    page: str
    band: str = Band.NEUTRAL
    alarm_minutes: int | None = None


@dataclass(frozen=True)
class Entry:
    """An occasion (of `feed_rows.rows()`), and what somebody has planned of it: when to drop in,
    a note, and when that was last changed."""

    occasion: Occasion
    visit_at: datetime | None = None
    note: str = ""
    planned_at: datetime | None = None
    plan_sequence: int = 0

    @property
    def changed_at(self) -> datetime:
        occasion = self.occasion
        moments = [occasion.revised_at, occasion.updated_at, occasion.event.updated_at]
        if occasion.venue:
            moments.append(occasion.venue.updated_at)
        if self.planned_at:
            moments.append(self.planned_at)
        return max(moments)

    @property
    def visit(self) -> tuple[datetime, datetime] | None:
        """The planned visit of a drop-in, if it is open then."""
        occasion = self.occasion
        if not (self.visit_at and occasion.is_drop_in and occasion.starts_at):
            return None
        is_open = occasion.starts_at <= self.visit_at and (
            occasion.ends_at is None or self.visit_at < occasion.ends_at
        )
        return (self.visit_at, self.visit_at + occasion.visit_length) if is_open else None

    @property
    def takes_the_time(self) -> bool:
        """Whether whoever goes there is busy meanwhile."""
        occasion = self.occasion
        if occasion.is_cancelled or occasion.starts_at is None:
            return False
        return not occasion.is_drop_in or self.visit is not None


def calendar_file(entries: Iterable[Entry], about: About) -> bytes:
    """One calendar; the entries in the order of their days, hours and keys."""
    lines = _head(about)
    for entry in sorted(entries, key=_place):
        lines += _event(entry, about.alarm_minutes)
    return ical.as_bytes([*lines, "END:VCALENDAR"])


def _place(entry: Entry):
    occasion = entry.occasion
    start = occasion.starts_at
    return occasion.first_day, start is not None, start and start.timestamp(), occasion.pk


def _head(about: About) -> list[str]:
    name = ical.text(about.name)
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{ical.text(settings.SITE_NAME)}//Expo//{reader_language().upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"X-WR-TIMEZONE:{ical.TIME_ZONE}",
        f"URL:{ical.uri(about.page)}",
        f"SOURCE;VALUE=URI:{ical.uri(about.address)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"COLOR:{COLOURS[about.band]}",
        *ical.TIME_ZONE_LINES,
    ]


# ── One event ─────────────────────────────────────────────────────────────────
def _event(entry: Entry, alarm_minutes: int | None) -> list[str]:
    occasion, event, venue = entry.occasion, entry.occasion.event, entry.occasion.venue
    changed = ical.utc(entry.changed_at)
    address = absolute(occasion.get_absolute_url())
    categories = [str(event.theme.name)] if event.theme else []
    # Not get_kind_display(), which translates every choice to find one.
    categories.append(str(_KINDS.get(event.kind, event.kind)))
    lines = [
        "BEGIN:VEVENT",
        f"UID:{occasion.uid}",
        # The same as long as there is no METHOD (RFC 5545 §3.8.7.2).
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{occasion.sequence + entry.plan_sequence}",
        *_when(entry),
        f"SUMMARY:{ical.text(_summary(occasion))}",
        f"DESCRIPTION:{ical.text(_description(entry, address))}",
        f"STATUS:{'CANCELLED' if occasion.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'OPAQUE' if entry.takes_the_time else 'TRANSPARENT'}",
        f"URL:{ical.uri(address)}",
        f"CATEGORIES:{','.join(map(ical.text, categories))}",
    ]
    if location := place_in_words(occasion):
        lines.append(f"LOCATION:{ical.text(location)}")
    if venue and event.is_in_place and venue.position:
        lines.append("GEO:{:.6f};{:.6f}".format(*venue.position))
    if event.theme:
        lines.append(f"COLOR:{COLOURS[event.theme.band]}")
    if event.is_online and event.online_url:
        label = ical.quoted(Attendance.ONLINE.label)
        lines.append(f"CONFERENCE;VALUE=URI;LABEL={label}:{ical.uri(event.online_url)}")
    if alarm_minutes is not None and entry.takes_the_time:
        lines += _alarm(occasion, alarm_minutes)
    return [*lines, "END:VEVENT"]


def _when(entry: Entry) -> list[str]:
    occasion = entry.occasion
    if occasion.starts_at is None:
        after = occasion.last_day + timedelta(days=1)
        return [ical.day("DTSTART", occasion.first_day), ical.day("DTEND", after)]
    return ical.span(*(entry.visit or (occasion.starts_at, occasion.ends_at)))


def _summary(occasion: Occasion) -> str:
    """With the word, since many calendars show what is cancelled like all else."""
    if occasion.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": occasion.event.title}
    return str(occasion.event.title)


def place_in_words(occasion: Occasion) -> str:
    """ "Dunkers kulturhus, Kungsgatan 11, Norra hamnen"; empty when it isn't known."""
    venue = occasion.venue
    if not occasion.event.is_in_place:
        return str(Attendance.ONLINE.label)
    if venue is None:
        return ""
    parts = [str(venue.name), venue.street_address, str(venue.area.name) if venue.area else ""]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _description(entry: Entry, address: str) -> str:
    occasion, event = entry.occasion, entry.occasion.event
    parts = [
        _("My note: %(note)s") % {"note": entry.note} if entry.note else "",
        _what_became(occasion),
        str(event.lead),
        _hours(occasion),
        _way_in(occasion),
        _("Read more: %(url)s") % {"url": address},
        _("An invented event, for demonstration.") if event.expo.is_example else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _what_became(occasion: Occasion) -> str:
    reason = str(occasion.reason)
    if occasion.is_cancelled:
        return _("Cancelled: %(reason)s") % {"reason": reason}
    if occasion.status != OccasionStatus.MOVED:
        return ""
    if reason:
        return _("Moved: %(reason)s") % {"reason": reason}
    return _("Moved to another time or place.")


def _hours(occasion: Occasion) -> str:
    if occasion.starts_at is None:
        return _("The hours are not known.")
    if occasion.is_drop_in:
        length = times.length(occasion.visit_length)
        facts = {"hours": times.hours(occasion), "length": length}
        return _("Drop in %(hours)s. A visit takes about %(length)s.") % facts
    return "" if occasion.ends_at else _("When it ends is not known.")


def _way_in(occasion: Occasion) -> str:
    event, venue = occasion.event, occasion.venue
    parts = []
    if event.is_in_place and venue is None:
        parts.append(_("The venue is not known."))
    if event.is_in_place and venue and venue.getting_in:
        parts.append(_("How to get in: %(text)s") % {"text": venue.getting_in})
    if event.is_online and event.online_url:
        parts.append(_("Take part online: %(url)s") % {"url": event.online_url})
    return "\n".join(parts)


def _alarm(occasion: Occasion, minutes: int) -> list[str]:
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:-PT{minutes}M",
        f"DESCRIPTION:{ical.text(str(occasion.event.title))}",
        "END:VALARM",
    ]
