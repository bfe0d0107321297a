"""Finding occasions: what the programme's pages, feeds and exports ask.

`find()` takes the choices of one address and gives the occasions of one page, day by day, the
total, and what each further choice would give. It reads the snapshot: no SQL, whatever the size.

Cancelled occasions are found and told of, but every number is of what one can go to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, reduce
from itertools import groupby
from operator import and_, or_

from django.utils import timezone

from expo import overview, snapshot
from expo.models import Expo
from expo.snapshot import Snapshot
from expo.snapshot_rows import AGE_UNKNOWN, CANCELLED, DROP_IN, LASTING, ONLINE, Row
from innovation.bitsets import bits_from, slots_of
from innovation.hits import Hits

# A page holds whole days: as many as fit in about so many lines, and at least one.
LINES_PER_PAGE = 40
# Keys whose values are slugs: OR within, AND between. Of `access` all that is chosen is needed.
FACETS = (
    "day",
    "time",
    "area",
    "venue",
    "theme",
    "kind",
    "audience",
    "language",
    "access",
    "host",
    "initiative",
)
FLAGS = ("open_now", "drop_in", "online")
# Which narrow the list to days: what a strip of all days counts without.
_OF_DAYS = ("day", "dates", "past", "on_day")


@dataclass(frozen=True)
class Choices:
    """What one address asks for. `facets` holds slugs by key.

    age: fits the ages of the event; with `age_unknown` also where nobody has said. seats: free
    for a group of so many. past: also what has been, of an edition that is on.
    """

    q: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    age: int | None = None
    age_unknown: bool = False
    seats: int | None = None
    open_now: bool = False
    drop_in: bool = False
    online: bool = False
    past: bool = False
    page: int = 1


@dataclass(frozen=True)
class Day:
    """The slots of one day: `open` ones to drop in at, or that last from the day before; `timed`
    by the time that they begin at, as "10:00"; and those whose `unknown` hours nobody has said."""

    date: date
    open: list[int]
    timed: list[tuple[str, list[int]]]
    unknown: list[int]

    @property
    def slots(self) -> list[int]:
        return [*self.open, *(slot for _, slots in self.timed for slot in slots), *self.unknown]


@dataclass(frozen=True)
class Found:
    """One page of the answer: `days`, of `pages` pages (the days of each).

    lasting: slots of what lasts for several days, told of once and before the days, on the first
    page; the page of one day tells of them among the others.
    bits: all that was found, as slots of the snapshot. total: how many of them one can go to;
    cancelled: how many one can't. past: how many more there are that have been, one press away.
    counts: by key and slug, how many one could go to with that value under the other choices; of
    the flags, and of "age_unknown", by True.
    day_counts: the same for each day of the edition, under all choices but those of days.
    """

    bits: int
    total: int
    cancelled: int
    past: int
    lasting: list[int]
    days: list[Day]
    page: int
    pages: list[list[date]]
    counts: dict[str, dict[str | bool, int]]
    day_counts: dict[date, int]
    hits: Hits | None
    snap: Snapshot = field(repr=False)

    @cached_property
    def ids(self) -> list[int]:
        """All that was found, in the order of the programme."""
        return [self.snap.rows[slot].pk for slot in slots_of(self.bits)]

    @property
    def with_cancelled(self) -> int:
        return self.total + self.cancelled


def find(
    choices: Choices,
    *,
    expo: Expo,
    now: datetime | None = None,
    on_day: date | None = None,
    one_day_a_page: bool = False,
    snap: Snapshot | None = None,
) -> Found:
    """The occasions of `expo` that `choices` ask for; a page past the end gives the last.

    on_day: of that day alone, whatever days are chosen. snap: the snapshot that the caller goes
    on to use, so that a page is of one moment.
    """
    snap = snap or snapshot.current(expo.slug)
    now = now or timezone.now()
    hits, narrowing = _narrowing(snap, choices, now, on_day)
    found = _all_of(narrowing)
    going = ~snap.bits.get(CANCELLED, 0)
    is_of_days = bool(on_day or one_day_a_page)
    lasting = 0 if is_of_days else found & snap.bits.get(LASTING, 0)
    shown = _days_shown(snap, choices, now, on_day)
    most = 1 if one_day_a_page else LINES_PER_PAGE
    pages = _pages(snap, found & ~lasting, shown, lasting.bit_count(), most)
    page = min(max(choices.page, 1), len(pages))
    return Found(
        bits=found,
        total=(found & going).bit_count(),
        cancelled=(found & ~going).bit_count(),
        past=(_all_of(narrowing, "past") & ~found & going).bit_count(),
        lasting=slots_of(lasting) if page == 1 else [],
        days=[_day(snap, found & ~lasting, day) for day in pages[page - 1]],
        page=page,
        pages=pages,
        counts=_counts(snap, choices, narrowing, found, now),
        day_counts=_day_counts(snap, _all_of(narrowing, *_OF_DAYS) & going),
        hits=hits,
        snap=snap,
    )


@dataclass(frozen=True)
class Relief:
    """A choice to take away from an empty answer, and how many that would give.

    key: "q", one of FACETS or FLAGS, "dates", "age", "seats" or "past"
    """

    key: str
    total: int


def reliefs(
    found: Found, choices: Choices, *, now=None, on_day: date | None = None
) -> list[Relief]:
    """For an answer without occasions: what single choice to drop, the most giving first."""
    _, narrowing = _narrowing(found.snap, choices, now or timezone.now(), on_day)
    going = ~found.snap.bits.get(CANCELLED, 0)
    given = [
        Relief(key, (_all_of(narrowing, key) & going).bit_count())
        for key in narrowing
        if key not in ("all", "on_day")
    ]
    return sorted((way for way in given if way.total), key=lambda way: -way.total)


# ── Narrowing ─────────────────────────────────────────────────────────────────
def _narrowing(
    snap: Snapshot, choices: Choices, now: datetime, on_day: date | None
) -> tuple[Hits | None, dict[str, int]]:
    """The occasions that each choice allows, by what was chosen."""
    narrowing = {"all": snap.everyone}
    if on_day:
        narrowing["on_day"] = _of_days(snap, [on_day])
        choices = _without_days(choices)
    elif since := _since(snap, choices, now):
        narrowing["past"] = _ending_from(snap, since, now)
    for key, slugs in choices.facets.items():
        join = and_ if key == "access" else or_
        narrowing[key] = reduce(join, (snap.bits.get((key, slug), 0) for slug in slugs))
    if choices.first_day or choices.last_day:
        narrowing["dates"] = _of_days(snap, _days_between(snap, choices))
    if choices.age is not None:
        narrowing["age"] = _fitting_age(snap, choices.age, choices.age_unknown)
    if choices.seats is not None:
        narrowing["seats"] = _bits_where(snap, lambda row: has_seats_for(row, choices.seats))
    narrowing |= {key: _flag(snap, key, now) for key in FLAGS if getattr(choices, key)}
    if not choices.q:
        return None, narrowing
    hits, narrowing["q"] = snap.search(choices.q)
    return hits, narrowing


def _without_days(choices: Choices) -> Choices:
    facets = {key: slugs for key, slugs in choices.facets.items() if key != "day"}
    return replace(choices, facets=facets, first_day=None, last_day=None)


def _since(snap: Snapshot, choices: Choices, now: datetime) -> date | None:
    """From which day on the programme is shown when nobody asked for days."""
    if choices.past or choices.first_day or choices.last_day or "day" in choices.facets:
        return None
    return overview.since_of(snap.expo, timezone.localdate(now))


def _bits_where(snap: Snapshot, is_so) -> int:
    return bits_from(slot for slot, row in enumerate(snap.rows) if is_so(row))


def _ending_from(snap: Snapshot, day: date, now: datetime) -> int:
    """What is not over: also an evening of the day before that goes on past midnight."""
    ordinal = day.toordinal()
    return _bits_where(
        snap, lambda row: row.last_day >= ordinal or bool(row.starts_at and row.until > now)
    )


def _of_days(snap: Snapshot, days: Iterable[date]) -> int:
    return reduce(or_, (snap.bits.get(("day", day.isoformat()), 0) for day in days), 0)


def _days_between(snap: Snapshot, choices: Choices) -> list[date]:
    first, last = choices.first_day or date.min, choices.last_day or date.max
    return [day for day in map(date.fromisoformat, snap.days) if first <= day <= last]


def fits_age(row: Row, age: int, *, unknown_fits: bool) -> bool:
    if row.min_age is None and row.max_age is None:
        return unknown_fits
    return (row.min_age or 0) <= age and (row.max_age is None or age <= row.max_age)


def _fitting_age(snap: Snapshot, age: int, unknown_fits: bool) -> int:
    return _bits_where(snap, lambda row: fits_age(row, age, unknown_fits=unknown_fits))


def has_seats_for(row: Row, group: int) -> bool:
    """Room for all counts; what is cancelled has no seats."""
    return (
        not row.is_cancelled
        and (row.seats_left is None or row.seats_left >= group)
        and (row.smallest_group is None or row.smallest_group <= group)
        and (row.largest_group is None or group <= row.largest_group)
    )


def is_on(row: Row, now: datetime) -> bool:
    """Whether one can be there now: as `now_next.is_on()`."""
    return bool(row.starts_at and not row.is_cancelled and row.starts_at <= now < row.until)


def _flag(snap: Snapshot, key: str, now: datetime) -> int:
    if key == "open_now":
        return _bits_where(snap, lambda row: is_on(row, now))
    return snap.bits.get({"drop_in": DROP_IN, "online": ONLINE}[key], 0)


def _all_of(narrowing: dict[str, int], *left_out: str) -> int:
    return reduce(and_, (bits for key, bits in narrowing.items() if key not in left_out))


# ── Counting ──────────────────────────────────────────────────────────────────
def _counts(snap: Snapshot, choices: Choices, narrowing: dict[str, int], found: int, now) -> dict:
    going = ~snap.bits.get(CANCELLED, 0)
    counts = {}
    for key, options in snap.bits_by_option.items():
        rest = found if key == "access" or key not in narrowing else _all_of(narrowing, key)
        if key == "day":  # whoever chooses days isn't shown from today on
            rest = _all_of(narrowing, "day", "past")
        rest &= going
        counts[key] = {slug: (bits & rest).bit_count() for slug, bits in options}
    for key in FLAGS:
        rest = _all_of(narrowing, key) & going
        counts[key] = {True: (rest & _flag(snap, key, now)).bit_count()}
    ageless = _all_of(narrowing, "age") & going & snap.bits.get(AGE_UNKNOWN, 0)
    counts["age_unknown"] = {True: ageless.bit_count()}
    return counts


def _day_counts(snap: Snapshot, bits: int) -> dict[date, int]:
    return {
        date.fromisoformat(slug): (snap.bits.get(("day", slug), 0) & bits).bit_count()
        for slug in snap.days
    }


# ── Days and pages ────────────────────────────────────────────────────────────
def _days_shown(snap: Snapshot, choices: Choices, now: datetime, on_day: date | None) -> list[date]:
    """The days that an answer is told under: something that lasts is not told of on others."""
    if on_day:
        return [on_day]
    chosen = choices.facets.get("day")
    days = _days_between(snap, choices)
    if chosen:
        days = [day for day in days if day.isoformat() in chosen]
    elif since := _since(snap, choices, now):
        days = [day for day in days if day >= since]
    return days


def _pages(snap: Snapshot, found: int, days: list[date], lines: int, most: int) -> list[list[date]]:
    """The days of each page, the first of which begins with so many other `lines`."""
    pages = [[]]
    for day in days:
        mine = (snap.bits.get(("day", day.isoformat()), 0) & found).bit_count()
        if not mine:
            continue
        if pages[-1] and lines + mine > most:
            pages.append([])
            lines = 0
        pages[-1].append(day)
        lines += mine
    return pages


def _day(snap: Snapshot, found: int, day: date) -> Day:
    ordinal, rows = day.toordinal(), snap.rows
    slots = slots_of(found & snap.bits.get(("day", day.isoformat()), 0))
    known = [slot for slot in slots if rows[slot].begins]
    is_open = {slot for slot in known if rows[slot].is_drop_in or rows[slot].first_day < ordinal}
    timed = groupby((s for s in known if s not in is_open), key=lambda slot: rows[slot].begins)
    return Day(
        date=day,
        open=[slot for slot in known if slot in is_open],
        timed=[(begins, [*group]) for begins, group in timed],
        unknown=[slot for slot in slots if not rows[slot].begins],
    )
