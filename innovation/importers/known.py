"""The rows that the database holds and those that a plan will add, found by their keys; and
values in the form in which both can be compared."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models

from innovation.importers.rows import ROW_OF, Row
from innovation.importers.stated import AttachedFile


def key_of(instance: models.Model) -> str:
    """The key that a row of a source would name `instance` by."""
    within = ROW_OF[type(instance)].within
    return f"{key_of(getattr(instance, within))}/{instance.slug}" if within else instance.slug


class Known:
    """Reads each table once, whole: a catalogue has hundreds of rows, not millions."""

    def __init__(self, rows: Iterable[Row]):
        self._stated: dict[type[models.Model], set[str]] = {}
        self._promised: set[tuple[type[models.Model], str]] = set()
        for row in rows:
            self._promised.add((row.model, row.key))
            self._stated.setdefault(row.model, set()).update(row.stated())
        self._held: dict[type[models.Model], dict[str, models.Model]] = {}

    def find(self, model: type[models.Model], key: str) -> models.Model | None:
        if model not in self._held:
            self._held[model] = {key_of(row): row for row in self._read(model)}
        return self._held[model].get(key)

    def will_exist(self, model: type[models.Model], key: str) -> bool:
        return (model, key) in self._promised or self.find(model, key) is not None

    def add(self, instance: models.Model, key: str) -> None:
        self._held[type(instance)][key] = instance

    def drop_promise(self, row: Row) -> None:
        """`row` can't be written: links to it are broken, unless the database holds it."""
        self._promised.discard((row.model, row.key))

    def _read(self, model):
        fields = [model._meta.get_field(name) for name in self._stated.get(model, ())]
        lists = [field.name for field in fields if field.many_to_many or field.one_to_many]
        return model._default_manager.order_by("pk").prefetch_related(*lists)


def comparable(field: models.Field, value: Any) -> Any:
    """A stated value as the database would give it back. Raises ValidationError if it can't."""
    value = field.get_prep_value(field.to_python(value))
    if isinstance(field, models.DecimalField) and value is not None:
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    return value


def held_value(instance: models.Model, name: str) -> Any:
    """What `instance` holds for `name`, in the form that rows use: keys for links, a list of
    dicts for parts, the bare name for a file that is in place."""
    field = instance._meta.get_field(name)
    if field.one_to_many:
        return list(getattr(instance, name).all())
    if field.many_to_many:
        return sorted(key_of(linked) for linked in getattr(instance, name).all())
    if field.many_to_one:
        linked = getattr(instance, name)
        return key_of(linked) if linked else None
    if isinstance(field, models.FileField):
        return held_file(getattr(instance, name))
    return getattr(instance, name)


def held_file(file) -> str:
    """The name that `file` was uploaded with, or "" when it is gone from the disk."""
    return Path(file.name).name if file and file.storage.exists(file.name) else ""


def as_words(value: Any) -> str:
    """A value in a report: short, on one line."""
    if isinstance(value, (list, tuple)):
        text = ", ".join(as_words(item) for item in value)
    elif isinstance(value, dict):
        text = "; ".join(as_words(item) for item in value.values() if item not in ("", None))
    elif isinstance(value, AttachedFile):
        text = value.name
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"
