"""When events take place, as sources say it, compared with what the database holds.

No source has a lasting name for an occasion. It is recognised by the key that the source gives,
else by its start and venue, else by its start. One that the source calls moved, at a time that we
don't hold, is the held one that the source no longer names.
"""

import copy
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F

from expo.choices import OccasionStatus
from expo.models import Event, Occasion, Venue
from innovation.importers.base import Action
from innovation.importers.known import Known, as_words
from innovation.importers.stated import KEEP, Keep, Link, Names, Number, Text

# Visitors read why; a source that doesn't say leaves them this.
NO_REASON = {
    "reason_sv": "Källan anger ingen anledning.",
    "reason_en": "The source gives no reason.",
}


@dataclass(frozen=True, kw_only=True)
class StatedOccasion:
    """`event` and `venue` are slugs. Either `starts_at` (with a zone) or `first_day` is stated."""

    event: str
    uid: uuid.UUID | None = None
    venue: Link = KEEP
    kind: Text = KEEP
    first_day: date | Keep = KEEP
    last_day: date | Keep = KEEP
    starts_at: datetime | Keep = KEEP
    ends_at: datetime | None | Keep = KEEP
    capacity: Number = KEEP
    status: Text = KEEP
    reason_sv: Text = KEEP
    reason_en: Text = KEEP
    inferred_fields: Names = KEEP

    @property
    def when(self) -> datetime | date:
        return self.first_day if self.starts_at is KEEP else self.starts_at

    def values(self) -> dict[str, Any]:
        """What the source says of the occasion itself."""
        names = [item.name for item in fields(self) if item.name not in ("event", "uid")]
        found = {name: getattr(self, name) for name in names}
        found = {name: value for name, value in found.items() if value is not KEEP}
        if found.get("status") == OccasionStatus.CANCELLED and not found.get("reason_sv"):
            found |= NO_REASON
        return found


@dataclass
class OccasionChange:
    stated: StatedOccasion
    action: Action
    held: Occasion | None = None
    # Shape: {"starts_at": (before, after), …}
    diffs: dict[str, tuple] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.stated.event} {self.stated.when}"

    def described(self) -> list[dict[str, str]]:
        return [
            {"field": name, "before": as_words(before), "after": as_words(after)}
            for name, (before, after) in self.diffs.items()
        ]


# ── What would change ─────────────────────────────────────────────────────────
def plan_occasions(stated: Iterable[StatedOccasion], known: Known) -> list[OccasionChange]:
    """Only reads. `known` holds the events and venues that are there or planned."""
    by_event = defaultdict(list)
    for row in stated:
        by_event[row.event].append(row)
    held = defaultdict(list)
    rows = Occasion.objects.filter(event__slug__in=by_event).select_related("event", "venue")
    for occasion in rows.order_by("first_day", "starts_at", "pk"):
        held[occasion.event.slug].append(occasion)
    return [
        _change(row, match, known)
        for event, rows in by_event.items()
        for row, match in _matched(rows, held[event])
    ]


def _matched(rows: list[StatedOccasion], held: list[Occasion]) -> list[tuple]:
    """(row, the held occasion that it tells of | None | "twice") for each row, in order."""
    left, seen, matches = list(held), set(), {}
    for rule in (_same_key, _same_place_and_start, _same_start, _moved):
        for number, row in enumerate(rows):
            identity = row.uid or (row.when, row.venue)
            if number in matches:
                continue
            if rule is _same_key and identity in seen:
                matches[number] = "twice"
                continue
            seen.add(identity)
            if match := next((one for one in left if rule(row, one)), None):
                left.remove(match)
                matches[number] = match
    return [(row, matches.get(number)) for number, row in enumerate(rows)]


def _same_key(row: StatedOccasion, held: Occasion) -> bool:
    return row.uid is not None and row.uid == held.uid


def _same_place_and_start(row: StatedOccasion, held: Occasion) -> bool:
    return _same_start(row, held) and row.venue == (held.venue.slug if held.venue else None)


def _same_start(row: StatedOccasion, held: Occasion) -> bool:
    if row.starts_at is KEEP:
        return held.starts_at is None and held.first_day == row.first_day
    return held.starts_at == row.starts_at


def _moved(row: StatedOccasion, held: Occasion) -> bool:
    return row.status == OccasionStatus.MOVED and held.status != OccasionStatus.CANCELLED


def _change(row: StatedOccasion, match, known: Known) -> OccasionChange:
    if match == "twice":
        return OccasionChange(row, Action.SKIP, problems=["the source names it twice"])
    change = OccasionChange(row, Action.UNCHANGED, match)
    if not known.will_exist(Event, row.event):
        change.problems.append(f"there is no event {row.event!r}")
        change.action = Action.SKIP
        return change
    change.diffs = _diffs(change, known)
    if match is None or change.diffs:
        change.action = Action.CREATE if match is None else Action.UPDATE
        _check(change)
    return change


def _diffs(change: OccasionChange, known: Known) -> dict[str, tuple]:
    diffs = {}
    for name, after in _values(change).items():
        before = getattr(change.held, name, None)
        if name == "venue":
            before = before.slug if before else None
            if after and not known.will_exist(Venue, after):
                change.problems.append(f"there is no venue {after!r}")
                continue
        if change.held is None or before != after:
            diffs[name] = (before, after)
    return diffs


def _values(change: OccasionChange) -> dict[str, Any]:
    """What the source says; an end that it doesn't name follows the start."""
    values, held = change.stated.values(), change.held
    if held and held.ends_at and "starts_at" in values and "ends_at" not in values:
        values["ends_at"] = values["starts_at"] + (held.ends_at - held.starts_at)
    return values


def _check(change: OccasionChange) -> None:
    candidate = copy.copy(change.held) if change.held else Occasion()
    for name, (_before, after) in change.diffs.items():
        if name != "venue":
            setattr(candidate, name, after)
    unchecked = {"event", "venue"}
    try:
        candidate.set_days()
        candidate.clean_fields(exclude=unchecked)
        candidate.validate_constraints(exclude=unchecked)
    except ValidationError as error:
        change.problems.extend(error.messages)
        change.action = Action.SKIP


# ── The change ────────────────────────────────────────────────────────────────
def write_occasions(changes: Iterable[OccasionChange], known: Known) -> None:
    """Within the caller's transaction, once the events and venues are written."""
    touched = set()
    for change in changes:
        if change.action not in (Action.CREATE, Action.UPDATE):
            continue
        occasion = change.held
        if occasion is None:
            event = known.find(Event, change.stated.event)
            occasion = Occasion(event=event, uid=change.stated.uid or uuid.uuid4())
        else:
            touched.add(occasion.event_id)
        for name, (_before, after) in change.diffs.items():
            is_link = name == "venue" and after is not None
            setattr(occasion, name, known.find(Venue, after) if is_link else after)
        occasion.save()
    # An editor who has the event open must not overwrite this without knowing.
    Event.objects.filter(pk__in=touched).update(version=F("version") + 1)
