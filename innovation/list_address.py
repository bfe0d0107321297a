"""What a list was asked for, and the canonical address of it and of what differs in one choice."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Self
from urllib.parse import quote_plus


@dataclass(frozen=True)
class ListAddress:
    """What one address asks for. Only known keys and values that can be understood are kept.

    choices: with `q`, `facets` (slugs by key) and a field for each other key.
    unknown: (key, value) of facets whose value nothing has, and of others that can't be read.
    unfolded: the long groups of the panel that are shown whole.
    """

    choices: Any
    shape: str
    unknown: tuple[tuple[str, str], ...] = ()
    unfolded: tuple[str, ...] = ()

    # Of each list.
    facet_keys: ClassVar[tuple[str, ...]]
    plain_keys: ClassVar[tuple[str, ...]]
    shapes: ClassVar[tuple[str, ...]]  # the first is what is meant anyhow
    # The field of the choices that a key fills, where it is called otherwise.
    fields: ClassVar[dict[str, str]] = {}
    # All of them but the page, in the order of the address.
    keys: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.keys = ("q", *cls.facet_keys, *cls.plain_keys, "view", "unfold")

    def query(
        self, *, page: int = 1, without: tuple[str, str | None] | None = None, **changed
    ) -> str:
        """The canonical query string, for links: keys in one order, nothing that says nothing.

        without: a key and one of its values to leave out, or None for all of them.
        changed: other values by key of the address, as `view="table"` or `stated=True`.
        """
        query = self._changed(without, changed) if without or changed else self._unchanged
        return on_page(query, page)

    def cleared(self) -> Self:
        """The same list without any choice, in the same shape."""
        return replace(self, choices=type(self.choices)(), unknown=(), unfolded=())

    def default(self, key: str) -> str:
        """What is meant when the address doesn't say it."""
        return self.shapes[0] if key == "view" else ""

    def _changed(self, without: tuple[str, str | None] | None, changed: dict) -> str:
        parts = self._parts
        if without:
            key, value = without
            left = [own for own in self._values.get(key, ()) if value not in (None, own)]
            parts = {**parts, key: _encoded(key, left)}
        if changed:
            told = {key: _encoded(key, self._told(key, value)) for key, value in changed.items()}
            parts = {**parts, **told}
        return self._in_order(parts)

    def _told(self, key: str, value) -> list[str]:
        """`value` as the address tells it: nothing when it is what is meant anyhow."""
        if isinstance(value, tuple):
            return [*value]
        if value is None or value is False or value == self.default(key):
            return []
        return ["1" if value is True else str(value)]

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        choices = self.choices
        values = {key: list(slugs) for key, slugs in choices.facets.items()}
        for key in ("q", *self.plain_keys):
            values[key] = self._told(key, getattr(choices, self.fields.get(key, key)))
        values["view"] = self._told("view", self.shape)
        values["unfold"] = [*self.unfolded]
        for key, value in self.unknown:
            values.setdefault(key, []).append(value)
        return values

    @cached_property
    def _parts(self) -> dict[str, str]:
        # Kept, since a page asks for dozens of addresses that differ in one key.
        return {key: _encoded(key, values) for key, values in self._values.items() if values}

    @cached_property
    def _unchanged(self) -> str:
        return self._in_order(self._parts)

    def _in_order(self, parts: dict[str, str]) -> str:
        return "&".join([parts[key] for key in self.keys if parts.get(key)])


def on_page(query: str, page: int) -> str:
    """The query string with its last key, which the first page does without."""
    if page == 1:
        return query
    return f"{query}&page={page}" if query else f"page={page}"


def _encoded(key: str, values: list[str]) -> str:
    return "&".join([f"{key}={quote_plus(value)}" for value in values])
