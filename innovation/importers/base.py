"""What rows of a source would change, and the change itself.

`plan()` only reads; `apply()` writes what the plan says in one transaction and keeps a report.
A run with the same rows twice changes nothing the second time. What a source doesn't name is
never deleted. A value that can't be used is left out and told of as a problem; a row is skipped
only when it can't stand without that value.
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from innovation.importers.known import Known, as_words, comparable, held_value
from innovation.importers.parts import Part
from innovation.importers.rows import Row
from innovation.importers.stated import KEEP, AttachedFile


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"


@dataclass(frozen=True)
class Diff:
    field: str
    before: Any
    after: Any


@dataclass
class Change:
    """What one row comes to. `held` is the database's row, None when there is none yet."""

    row: Row
    action: Action
    held: models.Model | None = None
    diffs: list[Diff] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.row.model_name} {self.row.key}"


@dataclass
class Plan:
    changes: list[Change]
    known: Known

    @property
    def problems(self) -> list[str]:
        return [f"{change.name}: {text}" for change in self.changes for text in change.problems]

    def counts(self) -> dict[str, dict[str, int]]:
        """{"initiative": {"create": 105, "update": 0, "unchanged": 0, "skip": 0}, …}"""
        counts: dict[str, dict[str, int]] = {}
        for change in self.changes:
            of_model = counts.setdefault(change.row.model_name, dict.fromkeys(Action, 0))
            of_model[change.action] += 1
        return counts


def plan(rows: Sequence[Row], on_progress: Callable[[int, int], None] | None = None) -> Plan:
    """What `rows` would change. Those that others link to must come first (see `rows`)."""
    with translation.override("en"):  # the sentences of the validators, like our own
        return _plan(rows, on_progress)


def _plan(rows: Sequence[Row], on_progress: Callable[[int, int], None] | None) -> Plan:
    known = Known(rows)
    seen: set[tuple] = set()
    changes = []
    for done, row in enumerate(rows, start=1):
        identity = (row.model, row.key)
        if identity in seen:
            changes.append(Change(row, Action.SKIP, problems=["the source names it twice"]))
        else:
            changes.append(_plan_row(row, known))
        seen.add(identity)
        if on_progress:
            on_progress(done, len(rows))
    return Plan(changes, known)


def _plan_row(row: Row, known: Known) -> Change:
    change = Change(row, Action.UNCHANGED, held=known.find(row.model, row.key))
    wanted = _usable(row, known, change.problems)
    change.diffs = _diffs(change.held, wanted, row.model)
    if change.diffs or change.held is None:
        change.diffs = _without_invalid(change)
    if change.action is Action.SKIP:
        known.drop_promise(row)
    elif change.held is None:
        change.action = Action.CREATE
    elif change.diffs:
        change.action = Action.UPDATE
    return change


# ── What the row says, as far as it can be used ───────────────────────────────
def _usable(row: Row | Part, known: Known, problems: list[str]) -> dict[str, Any]:
    wanted = {}
    for name, value in row.stated().items():
        value = _usable_value(row.model._meta.get_field(name), value, known, problems)
        if value is not KEEP:
            wanted[name] = value
    return wanted


def _usable_value(model_field, value, known: Known, problems: list[str]) -> Any:
    """`value` in comparable form; KEEP, and a problem, when it can't be used."""
    if model_field.one_to_many:
        return _usable_parts(value, known, problems)
    if model_field.many_to_many:
        found = [key for key in value if _is_known(model_field, key, known, problems)]
        return sorted(set(found))
    if model_field.many_to_one:
        return value if value is None or _is_known(model_field, value, known, problems) else KEEP
    if isinstance(value, AttachedFile):
        return value
    try:
        return comparable(model_field, value)
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        problems.append(f"{model_field.name} can't be {value!r}")
        return KEEP


def _is_known(model_field, key: str, known: Known, problems: list[str]) -> bool:
    is_known = known.will_exist(model_field.related_model, key)
    if not is_known:
        problems.append(f"there is no {model_field.related_model._meta.model_name} {key!r}")
    return is_known


def _usable_parts(parts: Iterable[Part], known: Known, problems: list[str]) -> list[dict]:
    """One dict per part, with every field that its type knows: unstated ones at their default."""
    usable = []
    for order, part in enumerate(parts):
        found: list[str] = []
        values = {name: _default(part, name) for name in part.__dataclass_fields__}
        values.update(_usable(part, known, found))
        if _has_field(part.model, "order"):
            values["order"] = order
        found.extend(_part_faults(part.model, values))
        if found:
            name = part.model._meta.model_name
            problems.extend(f"{name} {order + 1} is left out: {text}" for text in found)
        else:
            usable.append(values)
    return usable


def _default(part: Part, name: str) -> Any:
    model_field = part.model._meta.get_field(name)
    return None if model_field.is_relation else model_field.get_default()


def _part_faults(model, values: dict[str, Any]) -> list[str]:
    plain = {
        name: value
        for name, value in values.items()
        if not model._meta.get_field(name).is_relation and not isinstance(value, AttachedFile)
    }
    unchecked = {f.name for f in model._meta.fields} - set(plain)
    try:
        model(**plain).clean_fields(exclude=unchecked)
    except ValidationError as error:
        return _sentences(error)
    return []


# ── What differs ──────────────────────────────────────────────────────────────
def _diffs(held, wanted: dict[str, Any], model) -> list[Diff]:
    diffs = []
    for name, after in wanted.items():
        before = _before(held, name, after, model)
        if before != _as_held(after):
            diffs.append(Diff(name, before, after))
    return diffs


def _before(held, name: str, after: Any, model) -> Any:
    """What the database holds for `name`, in the form of `after`; None for a row not there yet."""
    if held is None:
        return [] if isinstance(after, list) and model._meta.get_field(name).is_relation else None
    before = held_value(held, name)
    if model._meta.get_field(name).one_to_many:
        names = list(after[0]) if after else []
        parts = [{name: held_value(part, name) for name in names} for part in before]
        return _sorted_parts(parts)
    return before


def _as_held(after: Any) -> Any:
    if isinstance(after, AttachedFile):
        return after.name
    if isinstance(after, list) and after and isinstance(after[0], dict):
        parts = [{name: _as_held(value) for name, value in part.items()} for part in after]
        return _sorted_parts(parts)
    return after


def _sorted_parts(parts: list[dict]) -> list[dict]:
    return sorted(parts, key=lambda part: repr(sorted(part.items())))


# ── What the models' own rules say ────────────────────────────────────────────
def _without_invalid(change: Change) -> list[Diff]:
    """The diffs that the model's validators let through; sets `action` to SKIP when the row
    can't stand without the others."""
    model, diffs = change.row.model, change.diffs
    candidate = copy.copy(change.held) if change.held else model()
    for diff in diffs:
        if not model._meta.get_field(diff.field).is_relation:
            setattr(candidate, diff.field, diff.after)
    try:
        candidate.clean_fields(exclude=_unchecked(change))
    except ValidationError as error:
        invalid = set(error.error_dict)
        change.problems.extend(_sentences(error))
        if change.held is None and any(_is_needed(model, name) for name in invalid):
            change.action = Action.SKIP
        diffs = [diff for diff in diffs if diff.field not in invalid]
        for name in invalid:
            default = model._meta.get_field(name).get_default()
            setattr(candidate, name, getattr(change.held, name) if change.held else default)
    # Links were looked up already, and `save()` dates what is published.
    unchecked = {f.name for f in model._meta.fields if f.is_relation} | {"published_at"}
    try:
        candidate.validate_unique(exclude=unchecked)
        candidate.validate_constraints(exclude=unchecked)
    except ValidationError as error:
        change.problems.extend(_sentences(error))
        change.action = Action.SKIP
    return diffs


def _unchecked(change: Change) -> set[str]:
    """Fields that nothing is said of. A new row's needed ones are checked in any case: it can't
    be made without them. Links were looked up already."""
    meta = change.row.model._meta
    stated = {diff.field for diff in change.diffs}
    unchecked = {f.name for f in meta.fields if f.name not in stated or f.is_relation}
    if change.held is None:
        missing = {f.name for f in meta.fields if _is_needed(meta.model, f.name)} - stated
        unchecked -= missing
    return unchecked


def _is_needed(model, name: str) -> bool:
    model_field = model._meta.get_field(name)
    can_be_empty = model_field.null or model_field.blank or model_field.has_default()
    return not can_be_empty and not model_field.primary_key


def _has_field(model, name: str) -> bool:
    return any(f.name == name for f in model._meta.fields)


def _sentences(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [
        text if name == "__all__" else f"{name}: {text}"
        for name, texts in error.message_dict.items()
        for text in texts
    ]


def described(diff: Diff) -> dict[str, str]:
    """The shape in which a report keeps a change of a field."""
    return {
        "field": diff.field,
        "before": as_words(diff.before),
        "after": as_words(diff.after),
    }
