"""A plan put in order: what comes when, which visits can't both be made, and what lies between.

Pure: it is given occasions with what `IN_PLANS` names, and asks no database. Times are compared
as moments (UTC), so that a walk over the change of summer time has the minutes that it has; days
are those of Stockholm, and a visit past midnight belongs to the day it began.

Nothing is claimed of what isn't known. Without hours an occasion is listed, and neither fits nor
clashes. Without an end only its first minute is certain. Without a position no walk is claimed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from django.utils import timezone

from expo.models import Occasion, Venue
from expo.walking import minutes_between

# For `select_related()` of occasions: what a plan reads of each.
IN_PLANS = ("event__expo", "venue__area")

MINUTE = timedelta(minutes=1)
# Visits that the plan finds a time for begin on the clock's round minutes, where they can.
ROUND_MINUTES = 5
# Beyond this, nobody walks: what lies further apart in time is no neighbour.
LONGEST_WALK = timedelta(hours=12)
LUNCH_FROM, LUNCH_TO, LUNCH = time(11), time(13), timedelta(minutes=30)


class GapKind(StrEnum):
    WALK = "walk"
    LUNCH = "lunch"
    FREE = "free"
    UNKNOWN = "unknown"  # when the visit before it ends, nobody has said


class TroubleKind(StrEnum):
    CLASH = "clash"  # both at the same time
    TIGHT = "tight"  # not the same time, but too far to walk
    CLOSED = "closed"  # the chosen time lies outside the opening hours


class Why(StrEnum):
    """Why a visit has no time in the plan."""

    NO_HOURS = "no-hours"
    MANY_DAYS = "many-days"
    NO_ROOM = "no-room"
    NO_POSITION = "no-position"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Stop:
    """What someone plans to see. visit_at: the chosen start of a drop-in visit."""

    key: int
    occasion: Occasion
    visit_at: datetime | None = None


@dataclass(frozen=True)
class Trouble:
    """What is wrong between an entry and `other` (None for CLOSED)."""

    kind: TroubleKind
    other: "Entry | None" = None
    walk_minutes: int | None = None
    has_minutes: int | None = None


@dataclass(eq=False)
class Entry:
    """A stop in the plan. Without a time (`why` says why) it is listed beside the others."""

    stop: Stop
    starts_at: datetime | None = None
    ends_at: datetime | None = None  # for an unknown end, the end of its first minute
    is_end_known: bool = True
    is_proposed: bool = False  # a drop-in visit whose time the plan has found
    why: Why | None = None
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def occasion(self) -> Occasion:
        return self.stop.occasion

    @property
    def venue(self) -> Venue | None:
        # Who follows it online may be anywhere.
        return self.occasion.venue if self.occasion.event.is_in_place else None

    @cached_property
    def day(self) -> date:
        if self.starts_at is None:
            return self.occasion.first_day
        return timezone.localtime(self.starts_at).date()

    @property
    def order(self):
        return (self.starts_at, self.ends_at, self.stop.key)


@dataclass(frozen=True)
class Gap:
    kind: GapKind
    minutes: int = 0
    # A walk that takes longer than there is time for.
    is_tight: bool = False


@dataclass
class Day:
    """`lines` are entries and the gaps between them, in order; `unplaced` are entries without a
    time, cancelled ones among them."""

    date: date
    lines: list[Entry | Gap] = field(default_factory=list)
    unplaced: list[Entry] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        return [line for line in self.lines if isinstance(line, Entry)]

    @property
    def walk_minutes(self) -> int:
        walks = (line for line in self.lines if isinstance(line, Gap))
        return sum(gap.minutes for gap in walks if gap.kind == GapKind.WALK)


@dataclass
class Itinerary:
    days: list[Day]

    @property
    def entries(self) -> list[Entry]:
        return [entry for day in self.days for entry in (*day.entries, *day.unplaced)]

    def entry(self, key: int) -> Entry | None:
        return next((entry for entry in self.entries if entry.stop.key == key), None)


def arrange(stops: Iterable[Stop]) -> Itinerary:
    """The plan of `stops`, by day. The same stops give the same plan, whatever their order."""
    stops = sorted(stops, key=lambda stop: stop.key)
    placed, unplaced, waiting = [], [], []
    for stop in stops:
        entry = _fixed(stop)
        if entry is None:
            waiting.append(stop)
        else:
            (unplaced if entry.why else placed).append(entry)
    # Those that close first choose first.
    for stop in sorted(waiting, key=lambda stop: (stop.occasion.ends_at, stop.key)):
        entry = _found_time(stop, placed)
        (unplaced if entry.why else placed).append(entry)
    placed.sort(key=lambda entry: entry.order)
    _find_troubles(placed)
    return Itinerary(_days(placed, unplaced))


# ── When ──────────────────────────────────────────────────────────────────────
def _fixed(stop: Stop) -> Entry | None:
    """The entry of a stop whose time is given, or can't be; None when one is to be found."""
    occasion = stop.occasion
    if occasion.is_cancelled:
        return Entry(stop, why=Why.CANCELLED)
    if occasion.is_drop_in and stop.visit_at:
        start = stop.visit_at.astimezone(UTC)
        entry = Entry(stop, start, start + occasion.visit_length)
        if _is_closed(occasion, start, entry.ends_at):
            entry.troubles.append(Trouble(TroubleKind.CLOSED))
        return entry
    if occasion.starts_at is None or (occasion.is_drop_in and occasion.ends_at is None):
        return Entry(stop, why=Why.NO_HOURS)
    if occasion.last_day > occasion.first_day:
        return Entry(stop, why=Why.MANY_DAYS)
    if occasion.is_drop_in:
        return None
    # In UTC, where an hour is an hour: Python reckons with what the clock shows.
    start = occasion.starts_at.astimezone(UTC)
    if occasion.ends_at is None:
        return Entry(stop, start, start + MINUTE, is_end_known=False)
    return Entry(stop, start, occasion.ends_at.astimezone(UTC))


def _is_closed(occasion: Occasion, start: datetime, end: datetime) -> bool:
    opens, closes = occasion.starts_at, occasion.ends_at
    if opens is None:
        day = timezone.localtime(start).date()
        return not occasion.first_day <= day <= occasion.last_day
    return start < opens or (closes is not None and end > closes)


def _found_time(stop: Stop, placed: Sequence[Entry]) -> Entry:
    """The first time that a drop-in visit and the walks to and from it fit in."""
    occasion = stop.occasion
    probe = Entry(stop)
    start = first_fit(
        probe.venue, occasion.starts_at, occasion.ends_at, occasion.visit_length, placed
    )
    if start is None:
        near = _on_day(placed, occasion.first_day)
        is_lost = any(minutes_between(entry.venue, probe.venue) is None for entry in near)
        return Entry(stop, why=Why.NO_POSITION if is_lost else Why.NO_ROOM)
    return Entry(stop, start, start + occasion.visit_length, is_proposed=True)


def _on_day(placed: Iterable[Entry], day: date) -> list[Entry]:
    return [entry for entry in placed if entry.day == day]


def first_fit(
    venue: Venue | None,
    opens: datetime,
    closes: datetime,
    length: timedelta,
    placed: Sequence[Entry],
) -> datetime | None:
    """The earliest start of a visit of `length` at `venue` that goes with all that is `placed`,
    on a round minute if there is one; None when it can't be had."""
    opens, closes = opens.astimezone(UTC), closes.astimezone(UTC)
    placed = [
        entry
        for entry in placed
        if entry.ends_at > opens - LONGEST_WALK and entry.starts_at < closes + LONGEST_WALK
    ]
    # The earliest start is the opening, or as soon as one can have walked from somewhere.
    starts = {opens} | {
        entry.ends_at + timedelta(minutes=walk)
        for entry in placed
        if (walk := minutes_between(entry.venue, venue)) is not None
    }
    exact = sorted(start for start in starts if start >= opens)
    for candidates in ([_rounded(start) for start in exact], exact):
        for start in candidates:
            if start + length <= closes and goes_with(venue, start, start + length, placed):
                return start
    return None


def _rounded(moment: datetime) -> datetime:
    over = timedelta(
        minutes=moment.minute % ROUND_MINUTES,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
    return moment + timedelta(minutes=ROUND_MINUTES) - over if over else moment


def goes_with(venue: Venue | None, start: datetime, end: datetime, placed: Sequence[Entry]) -> bool:
    """Whether one can be at `venue` from `start` to `end` and keep all of `placed` of that day.

    False too when that isn't known: next to a place without a position, or an unknown end.
    """
    before = [entry for entry in placed if entry.ends_at <= start]
    after = [entry for entry in placed if entry.starts_at >= end]
    if len(before) + len(after) < len(placed):
        return False
    gaps = [(entry, start - entry.ends_at, minutes_between(entry.venue, venue)) for entry in before]
    gaps += [(entry, entry.starts_at - end, minutes_between(venue, entry.venue)) for entry in after]
    if any(walk is not None and has < timedelta(minutes=walk) for _, has, walk in gaps):
        return False
    day = timezone.localtime(start).date()
    near = _neighbours(_on_day(before, day), _on_day(after, day))
    unknown = [entry for entry, _, walk in gaps if walk is None]
    unknown += [entry for entry in before if not entry.is_end_known]
    return not any(entry in near for entry in unknown)


def _neighbours(before: Sequence[Entry], after: Sequence[Entry]) -> list[Entry]:
    """The last of those before and the first of those after; an end that isn't known may be the
    last."""
    last = max((entry.ends_at for entry in before), default=None)
    first = min((entry.starts_at for entry in after), default=None)
    return [
        *(entry for entry in before if entry.ends_at == last or not entry.is_end_known),
        *(entry for entry in after if entry.starts_at == first),
    ]


# ── What can't be done ────────────────────────────────────────────────────────
def _find_troubles(placed: Sequence[Entry]) -> None:
    """Note on both of two entries that they clash, or lie too far apart for the time between.

    Too tight is said of neighbours: of two with nothing wholly between them.
    """
    for number, later in enumerate(placed):
        for earlier in placed[:number]:
            if earlier.ends_at > later.starts_at:
                _note(TroubleKind.CLASH, earlier, later)
            elif earlier.is_end_known and later.starts_at - earlier.ends_at < LONGEST_WALK:
                walk = minutes_between(earlier.venue, later.venue)
                has = _minutes(later.starts_at - earlier.ends_at)
                is_tight = walk is not None and has < walk
                if is_tight and not _is_any_between(earlier, later, placed):
                    _note(TroubleKind.TIGHT, earlier, later, walk, has)


def _is_any_between(earlier: Entry, later: Entry, placed: Sequence[Entry]) -> bool:
    return any(
        entry.starts_at >= earlier.ends_at and entry.ends_at <= later.starts_at
        for entry in placed
        if entry is not earlier and entry is not later
    )


def _note(kind: TroubleKind, first: Entry, second: Entry, walk=None, has=None) -> None:
    first.troubles.append(Trouble(kind, second, walk, has))
    second.troubles.append(Trouble(kind, first, walk, has))


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


# ── The days ──────────────────────────────────────────────────────────────────
def _days(placed: Sequence[Entry], unplaced: Sequence[Entry]) -> list[Day]:
    dates = sorted({entry.day for entry in (*placed, *unplaced)})
    return [
        Day(
            day,
            _lines(_on_day(placed, day)),
            sorted(_on_day(unplaced, day), key=lambda entry: entry.stop.key),
        )
        for day in dates
    ]


def _lines(entries: Sequence[Entry]) -> list[Entry | Gap]:
    """The entries of a day with what lies between them; one lunch at most."""
    lines: list[Entry | Gap] = []
    last, had_lunch = None, False
    for entry in entries:
        if last is not None and entry.starts_at >= last.ends_at:
            gaps = _gaps(last, entry, may_lunch=not had_lunch)
            had_lunch = had_lunch or any(gap.kind == GapKind.LUNCH for gap in gaps)
            lines += gaps
        lines.append(entry)
        if last is None or entry.ends_at >= last.ends_at:
            last = entry
    return lines


def _gaps(last: Entry, entry: Entry, *, may_lunch: bool) -> list[Gap]:
    walk = minutes_between(last.venue, entry.venue)
    walks = [Gap(GapKind.WALK, walk)] if walk else []
    if not last.is_end_known:
        return [Gap(GapKind.UNKNOWN), *walks]
    left = _minutes(entry.starts_at - last.ends_at) - (walk or 0)
    if left < 0:
        return [Gap(GapKind.WALK, walk, is_tight=True)]
    if left == 0:
        return walks
    arrived = last.ends_at + timedelta(minutes=walk or 0)
    leaves = entry.starts_at - timedelta(minutes=walk or 0)
    if may_lunch and _has_lunch(arrived, entry.starts_at):
        return [*walks, Gap(GapKind.LUNCH, left)]
    if may_lunch and _has_lunch(last.ends_at, leaves):
        return [Gap(GapKind.LUNCH, left), *walks]
    return [*walks, Gap(GapKind.FREE, left)]


def _has_lunch(start: datetime, end: datetime) -> bool:
    """Whether half an hour between eleven and one is free."""
    here = timezone.localtime(start)
    opens, closes = (
        here.replace(hour=at.hour, minute=0, second=0) for at in (LUNCH_FROM, LUNCH_TO)
    )
    return min(end, closes) - max(start, opens) >= LUNCH
