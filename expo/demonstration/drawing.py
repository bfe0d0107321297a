"""What the invented edition holds: the same for the same first day, from `demonstration_topics`.

Nothing is read or written here. Hours are Stockholm's; an event keeps its hour from day to day,
as a visitor would expect, and no two that begin and end share a venue at the same time.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from expo.wall_time import STOCKHOLM

SEED = 2022
DAYS = 35
# (timed, drop-in) occasions on a working day and on a day of the weekend: 700 in five weeks.
WEEKDAY, WEEKEND = (12, 6), (17, 8)
SATURDAY = 5
CLOSING = time(21)

# By kind: the hours that it may begin, its minutes, and how many there is room for.
STARTS = {
    "ceremony": ((10, 12), (60, 90), (None,)),
    "concert": ((17, 18, 19), (60, 90), (None, 120, 200)),
    "conference": ((9,), (360, 420), (80, 150, 240)),
    "field-trip": ((9, 10, 13), (120, 150, 180), (15, 20, 30)),
    "festival": ((10, 11), (240, 300), (None,)),
    "meeting": ((9, 12, 16), (60, 75), (20, 30, 40)),
    "panel": ((13, 15, 17, 18), (45, 60), (60, 90, 120)),
    "performance": ((15, 17, 19, 20), (30, 45, 60), (60, 120, None)),
    "seminar": ((9, 10, 13, 14), (60, 90), (40, 60)),
    "session": ((10, 11, 13, 15), (45, 60), (25, 40, None)),
    "talk": ((12, 14, 16), (30, 45), (40, 60, 80)),
    "tour": ((10, 11, 13, 14, 16), (45, 60, 75), (12, 15, 20)),
    "workshop": ((10, 13, 15, 17), (60, 90, 120), (12, 16, 24)),
}  # fmt: skip
DROP_IN_HOURS = ((10, 16), (11, 17), (10, 18), (12, 18), (9, 15))
VISIT_MINUTES = {"exhibition": (20, 30, 45), "market": (30, 45), "festival": (45, 60, 90)}
IN_GROUPS = ("tour", "workshop", "field-trip")
WITH_PRICE = ("concert", "workshop", "conference", "performance")
PRICES_SEK = (40, 60, 80, 120, 150)
AGES = {"children": ((3, 9), (6, 12), (4, 10)), "young-people": ((13, 19), (15, 25))}
LANGUAGES = (["sv"], ["sv"], ["sv"], ["sv", "en"], ["sv", "en"], ["en"], ["sv", "ar"])
ACCESS = ("step-free", "accessible-toilet", "hearing-loop", "low-stimulus", "seating")


@dataclass(eq=False)
class DrawnEvent:
    """`topic` and `record` are those of the file; `facts` are fields of Event as they are stored,
    `access` slugs of access features."""

    slug: str
    topic: dict[str, Any]
    record: dict[str, Any]
    facts: dict[str, Any]
    access: list[str]
    # How it takes place, the same from day to day.
    starts: time
    minutes: int
    room: dict[str, Any]
    favourite_days: frozenset[int]
    uses: int = 0

    @property
    def is_drop_in(self) -> bool:
        return self.record["drop_in"]


@dataclass(frozen=True)
class DrawnOccasion:
    """`fields` are those of Occasion as they are stored, without event and venue (a slug)."""

    event: DrawnEvent
    venue: str
    starts_at: datetime
    ends_at: datetime
    fields: dict[str, Any] = field(default_factory=dict)


def first_monday(loaded_on: date) -> date:
    """The first Monday at least 21 days after."""
    soonest = loaded_on + timedelta(days=21)
    return soonest + timedelta(days=-soonest.weekday() % 7)


def draw(topics: list[dict[str, Any]], starts_on: date) -> list[DrawnOccasion]:
    """700 occasions, day by day; each knows its event."""
    events = _draw_events(topics)
    return list(_draw_occasions(events, starts_on))


def _draw_events(topics: list[dict[str, Any]]) -> list[DrawnEvent]:
    chance = Random(SEED)
    return [
        _event(f"demo-{topic['key']}-{number}", topic, record, chance)
        for topic in topics
        for number, record in enumerate(topic["events"], start=1)
    ]


def _event(slug: str, topic: dict, record: dict, chance: Random) -> DrawnEvent:
    kind = record["kind"]
    access = [name for name in ACCESS if chance.random() < 0.35]
    languages = chance.choice(LANGUAGES)
    if chance.random() < 0.06:
        languages, access = [*languages, "swl"], [*access, "sign-language"]
    ages = next((AGES[name] for name in topic["audiences"][:1] if name in AGES), ((None, None),))
    min_age, max_age = chance.choice(ages)
    costs = kind in WITH_PRICE and chance.random() < 0.3
    starts, minutes, room = _drop_in(kind, chance) if record["drop_in"] else _timed(kind, chance)
    if "hour" in record:
        starts = time(record["hour"])
    return DrawnEvent(
        slug=slug,
        topic=topic,
        record=record,
        facts={
            "kind": kind,
            "languages": languages,
            "min_age": min_age,
            "max_age": max_age,
            "price_sek": chance.choice(PRICES_SEK) if costs else 0,
        },
        access=access,
        starts=starts,
        minutes=minutes,
        room=room,
        favourite_days=_favourite_days(topic, record, chance),
    )


def _favourite_days(topic: dict, record: dict, chance: Random) -> frozenset[int]:
    if "days" in record:
        return frozenset(record["days"])
    likes_weekends = {"families", "children"} & set(topic["audiences"])
    return frozenset((5, 6) if likes_weekends else chance.sample(range(7), 3))


def _timed(kind: str, chance: Random) -> tuple[time, int, dict]:
    hours, lengths, capacities = STARTS[kind]
    starts = time(chance.choice(hours), chance.choice((0, 0, 0, 30)))
    capacity = chance.choice(capacities)
    room = {"kind": "timed", "capacity": capacity}
    if capacity and chance.random() < 0.4:
        room["seats_held"] = max(2, capacity // 10)
    if kind in IN_GROUPS and capacity:
        room |= {"smallest_group": chance.choice((None, 2, 5)), "largest_group": capacity}
    return starts, chance.choice(lengths), room


def _drop_in(kind: str, chance: Random) -> tuple[time, int, dict]:
    opens, closes = chance.choice(DROP_IN_HOURS)
    visit = chance.choice(VISIT_MINUTES[kind])
    return time(opens), (closes - opens) * 60, {"kind": "drop-in", "visit_minutes": visit}


def _draw_occasions(events: list[DrawnEvent], starts_on: date) -> Iterator[DrawnOccasion]:
    chance = Random(SEED + 1)
    for number in range(DAYS):
        day = starts_on + timedelta(days=number)
        marks = {0: "first day", DAYS - 1: "last day"}
        possible = [
            event
            for event in events
            if event.record.get("only_on") in (None, marks.get(number))
            and day.weekday() in event.record.get("days", range(7))
        ]
        ranked = sorted(possible, key=lambda event: _rank(event, day, chance))
        yield from _draw_day(day, ranked)


def _draw_day(day: date, ranked: list[DrawnEvent]) -> Iterator[DrawnOccasion]:
    timed, drop_in = WEEKEND if day.weekday() >= SATURDAY else WEEKDAY
    taken: list[DrawnOccasion] = []
    left = {False: timed, True: drop_in}
    for event in ranked:
        if not left[event.is_drop_in]:
            continue
        occasion = _fitted(event, day, taken)
        if occasion:
            taken.append(occasion)
            event.uses += 1
            left[event.is_drop_in] -= 1
            yield occasion
    if any(left.values()):
        raise ValueError(f"{day}: {left} occasions found no venue; give the topics more of them")


def _rank(event: DrawnEvent, day: date, chance: Random) -> float:
    """The lowest are drawn first: those seldom seen, on the days that suit them."""
    if "only_on" in event.record:
        return -math.inf
    is_favourite = day.weekday() in event.favourite_days
    return event.uses - 1.5 * is_favourite + chance.random()


def _fitted(event: DrawnEvent, day: date, taken: list[DrawnOccasion]) -> DrawnOccasion | None:
    venues = event.topic["venues"]
    first = event.uses % len(venues)
    for venue in (*venues[first:], *venues[:first]):
        starts_at = datetime.combine(day, event.starts, STOCKHOLM)
        # By the clock on the wall: nothing here is open when summer time begins or ends.
        ends_at = starts_at + timedelta(minutes=event.minutes)
        occasion = DrawnOccasion(event, venue, starts_at, ends_at, event.room)
        if ends_at.time() <= CLOSING and not any(_collide(occasion, one) for one in taken):
            return occasion
    return None


def _collide(first: DrawnOccasion, second: DrawnOccasion) -> bool:
    """Something that begins and ends needs the venue to itself; what is open beside it doesn't."""
    if first.venue != second.venue or first.event.is_drop_in or second.event.is_drop_in:
        return False
    return first.starts_at < second.ends_at and second.starts_at < first.ends_at
