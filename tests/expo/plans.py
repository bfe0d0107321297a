"""Unsaved occasions for tests of plans: nothing here asks a database."""

from datetime import datetime, timedelta

from expo.choices import Attendance, OccasionKind, OccasionStatus
from expo.itinerary import Entry, Gap, Stop
from expo.models import Area, Event, Expo, Occasion, Theme, Venue
from tests.expo.builders import at

DAY = "2027-06-01"
EXPO = Expo(pk=1, slug="expo", name_sv="Mässan")
# One metre north is 1/111 195 degrees; 70 m a minute, streets 1.3 times the straight line.
DEGREES_A_MINUTE = 70 / 1.3 / 111_195


def place(minutes: float, pk: int, area: Area | None = None) -> Venue:
    """A venue that many minutes' walk north of the harbour, gathering not counted."""
    latitude = 56.0464 + minutes * DEGREES_A_MINUTE
    return Venue(pk=pk, name_sv=f"Plats {pk}", latitude=latitude, longitude=12.692, area=area)


HARBOUR = place(0, 1)
NEAR = place(4.9, 2)  # 10 minutes with gathering
FAR = place(24.9, 3)  # 30 minutes
NOWHERE = Venue(pk=4, name_sv="Okänd plats")


def hour(text: str) -> datetime:
    return at(f"{DAY} {text}")


def event(pk: int, *, online: bool = False, theme: Theme | None = None) -> Event:
    attendance = Attendance.ONLINE if online else Attendance.IN_PLACE
    return Event(pk=pk, expo=EXPO, title_sv=f"Punkt {pk}", attendance=attendance, theme=theme)


def timed(pk: int, start: str, end: str | None, venue=HARBOUR, **fields) -> Stop:
    """ "10:00", "11:00" on DAY; an end that is earlier is past midnight."""
    starts_at = hour(start)
    ends_at = hour(end) if end else None
    if ends_at and ends_at <= starts_at:
        ends_at += timedelta(days=1)
    return _stop(pk, OccasionKind.TIMED, starts_at, ends_at, venue, fields)


def between(pk: int, starts_at: datetime, ends_at: datetime, venue=HARBOUR, **fields) -> Stop:
    return _stop(pk, OccasionKind.TIMED, starts_at, ends_at, venue, fields)


def drop_in(pk: int, opens: str, closes: str, venue=HARBOUR, minutes=30, **fields) -> Stop:
    fields["visit_minutes"] = minutes
    return _stop(pk, OccasionKind.DROP_IN, hour(opens), hour(closes), venue, fields)


def _stop(pk, kind, starts_at, ends_at, venue, fields) -> Stop:
    visit_at = fields.pop("visit_at", None)
    values = {"event": event(pk), "status": OccasionStatus.SCHEDULED} | fields
    occasion = Occasion(
        pk=pk, kind=kind, starts_at=starts_at, ends_at=ends_at, venue=venue, **values
    )
    occasion.set_days()
    return Stop(pk, occasion, hour(visit_at) if visit_at else None)


def told(lines) -> list:
    """A day's lines in short: (key, "10:00", "11:00") or ("walk", minutes)."""
    return [_told(line) for line in lines]


def _told(line: Entry | Gap):
    if isinstance(line, Gap):
        return (str(line.kind), line.minutes)
    return (line.stop.key, *(f"{moment.astimezone(at('2027-06-01 12:00').tzinfo):%H:%M}"
                             for moment in (line.starts_at, line.ends_at)))  # fmt: skip
