"""The visible initiatives in the memory of the process: what answers a list without SQL.

Each initiative has a slot, a small number. What some of them have in common (a sector, a year, a
value that was concluded) is one Python int with the bits of their slots set: AND narrows, OR
widens and `bit_count()` counts in microseconds, the same on every database.

A snapshot is never changed. `current()` makes the next one beside it, from the rows that changed
only, and swaps: who reads is not disturbed, and one edit costs what one initiative costs.
"""

import logging
import threading
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_

from django.db import DatabaseError, connection

from innovation import changes
from innovation.changes import Changes, Version
from innovation.hits import bits_from, slots_of
from innovation.kept import Keeps
from innovation.models import Initiative, SearchText
from innovation.snapshot_rows import (
    EVERYONE,
    EXAMPLE,
    FOR_SCHOOLS,
    Mark,
    Option,
    Row,
    number_of,
    read_options,
    read_renamed,
    read_rows,
    read_synonyms,
)
from innovation.swedish_order import sort_key
from innovation.words import Name, WordIndex

__all__ = ["EVERYONE", "EXAMPLE", "FOR_SCHOOLS", "Mark", "Option", "Row", "Snapshot", "current"]

log = logging.getLogger(__name__)

# A new row's key may be lower than the highest one: another transaction was quicker.
_LATE_KEYS = 500
# Inside a transaction that writes, the snapshot is its connection's own.
_PRIVATE = "innovation_snapshot"


def _largest_first(value, pk: int) -> tuple:
    """Unknown values last."""
    return (value is None, -(value or 0), -pk)


ORDERS: dict[str, Callable[[Row], tuple]] = {
    "updated": lambda row: _largest_first(row.updated_at, row.pk),
    "newest": lambda row: _largest_first(row.published_at, row.pk),
    "progress": lambda row: _largest_first(row.progress_percent, row.pk),
    "budget": lambda row: _largest_first(row.budget_sek, row.pk),
    "title_sv": lambda row: (sort_key(row.title_sv or row.title_en), row.pk),
    "title_en": lambda row: (sort_key(row.title_en or row.title_sv), row.pk),
}


@dataclass
class Snapshot(Keeps):
    """`options` by facet and slug in display order; `rows` by slot, None for a free one;
    `bits` by mark; `renamed` gives the slug that an option has now, by facet and earlier slug."""

    version: Version
    options: dict[str, dict[str, Option]]
    renamed: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: list[Row | None] = field(default_factory=list)
    slot_of: dict[int, int] = field(default_factory=dict)
    bits: dict[Mark, int] = field(default_factory=dict)
    orders: dict[str, list[int]] = field(default_factory=dict)
    budgets: list[tuple[int, int]] = field(default_factory=list)  # (kronor, slot), sorted

    # ── Asking ──
    def bits_of(self, key: str, slug: str) -> int:
        """The initiatives that have this option of this facet."""
        option = self.options[key].get(slug)
        return self.bits.get((key, option.pk), 0) if option else 0

    def called_now(self, key: str, slug: str) -> str:
        """The slug of what was called `slug` when an address with it was made."""
        return slug if slug in self.options[key] else self.renamed.get(key, {}).get(slug, slug)

    def bits_between(self, least: int | None, most: int | None) -> int:
        """The initiatives whose budget is known and within the limits, in kronor."""
        first = bisect_left(self.budgets, (least or 0, -1))
        last = bisect_right(self.budgets, (most, len(self.rows))) if most is not None else None
        return bits_from(slot for _, slot in self.budgets[first:last])

    def order(self, name: str) -> list[int]:
        """All slots in one of the ORDERS; sorted the first time it is asked for."""
        if name not in self.orders:
            key = self._order_key(name)
            self.orders[name] = sorted(self.slot_of.values(), key=key)
        return self.orders[name]

    @cached_property
    def years(self) -> list[int]:
        """The years that initiatives started in, the latest first."""
        years = [year for (key, year), bits in self.bits.items() if key == "year" and bits]
        return sorted(years, reverse=True)

    @cached_property
    def bits_by_option(self) -> dict[str, list[tuple[str, int]]]:
        """By facet: (slug, bits) of each option that some initiative has."""
        return {
            key: [
                (option.slug, bits)
                for option in options.values()
                if (bits := self.bits.get((key, option.pk)))
            ]
            for key, options in self.options.items()
        }

    @cached_property
    def numbers_by_option(self) -> dict[str, list[tuple[str | int, int]]]:
        """By facet, (slug, number of the mark) of the same options; and of each "year"."""
        marks = {
            key: [(slug, (key, self.options[key][slug].pk)) for slug, _ in options]
            for key, options in self.bits_by_option.items()
        }
        marks["year"] = [(year, ("year", year)) for year in self.years]
        return {
            key: [(value, number_of(mark)) for value, mark in pairs] for key, pairs in marks.items()
        }

    @cached_property
    def valued(self) -> dict[str, int]:
        """By facet: the initiatives that have any of its options."""
        return {
            key: reduce(or_, (bits for _, bits in options), 0)
            for key, options in self.bits_by_option.items()
        }

    def pks(self, slots: Iterable[int]) -> list[int]:
        return [self.rows[slot].pk for slot in slots]

    @cached_property
    def words(self) -> WordIndex:
        """The search index; built when somebody searches."""
        texts = SearchText.objects.values_list("initiative_id", "title", "lead", "body")
        texts = texts.order_by("initiative_id")
        slots = self.slot_of
        rows = ((slots[pk], *text) for pk, *text in texts.iterator() if pk in slots)
        index = WordIndex.build(rows, self._names(), read_synonyms())
        index.newest_first = self.newest_first
        return index

    def newest_first(self, bits: int) -> Iterable[int]:
        """The slots of `bits`, the latest updated first."""
        count, rows = bits.bit_count(), self.rows
        # A few are sorted; of many, the first are soon met in the order of all.
        if count * count < 4 * len(rows):
            # Who asks may still have a snapshot with a row that is gone in this one.
            known = ((slot, row) for slot in slots_of(bits) if (row := rows[slot]))
            dates = sorted(((row.updated_at, row.pk, slot) for slot, row in known), reverse=True)
            return [slot for _, _, slot in dates]
        mask = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
        end = len(mask) * 8
        order = self.order("updated")
        return (slot for slot in order if slot < end and mask[slot >> 3] >> (slot & 7) & 1)

    def _names(self) -> list[Name]:
        return [
            Name(key, *option[1:5])
            for key, options in self.options.items()
            for option in options.values()
        ]

    def _order_key(self, name: str) -> Callable[[int], tuple]:
        rows, key = self.rows, ORDERS[name]
        return lambda slot: key(rows[slot])

    # ── Making the next one ──
    def with_changes(self, changed: Changes, version: Version) -> "Snapshot":
        """The snapshot of `version`, which differs from this one by `changed`."""
        wanted = set(changed.initiatives)
        if changed.new:
            wanted |= self._new_keys()
        following = replace(self, version=version)
        if changed.names:
            following.options = read_options()
            following.renamed = read_renamed(following.options)
        if "words" in self.__dict__:
            following.__dict__["words"] = self.words
            if changed.names:
                self.words.set_names(following._names(), read_synonyms())
        if wanted:
            following._replace_rows(wanted)
        if "words" in following.__dict__:
            following.words.newest_first = following.newest_first
        return following

    def _new_keys(self) -> set[int]:
        highest = max(self.slot_of, default=0)
        recent = Initiative.objects.visible().filter(pk__gt=highest - _LATE_KEYS)
        return {pk for pk in recent.values_list("pk", flat=True) if pk not in self.slot_of}

    def _replace_rows(self, wanted: set[int]) -> None:
        """Load these initiatives anew. Only on a snapshot that nobody else has seen."""
        self.rows, self.bits, self.budgets = [*self.rows], {**self.bits}, [*self.budgets]
        # A copy of the items first: the snapshot that is in use may get one more meanwhile.
        self.orders = {name: [*order] for name, order in [*self.orders.items()]}
        self.slot_of = {**self.slot_of}
        fresh = {row.pk: row for row in read_rows(wanted)}
        has_words = "words" in self.__dict__
        for pk in wanted:
            slot = self.slot_of.get(pk)
            if slot is not None:
                self._take_out(slot)
                if has_words and pk not in fresh:
                    self.words.remove(slot)
            if pk in fresh:
                self._put_in(fresh[pk], slot)
        if has_words:
            self._replace_words(wanted & fresh.keys())

    def _take_out(self, slot: int) -> None:
        row = self.rows[slot]
        for name, order in self.orders.items():
            key = self._order_key(name)
            del order[bisect_left(order, key(slot), key=key)]
        for mark in row.marks:
            self.bits[mark] &= ~(1 << slot)
        if row.budget_sek is not None:
            self.budgets.remove((row.budget_sek, slot))
        self.rows[slot] = None
        del self.slot_of[row.pk]

    def _put_in(self, row: Row, slot: int | None) -> None:
        """At the slot that it had, else at a new one: a freed slot may still be in the words."""
        if slot is None:
            slot = len(self.rows)
            self.rows.append(None)
        self.rows[slot] = row
        self.slot_of[row.pk] = slot
        for mark in row.marks:
            self.bits[mark] = self.bits.get(mark, 0) | 1 << slot
        if row.budget_sek is not None:
            insort(self.budgets, (row.budget_sek, slot))
        for name, order in self.orders.items():
            insort(order, slot, key=self._order_key(name))

    def _replace_words(self, wanted: set[int]) -> None:
        texts = SearchText.objects.filter(initiative_id__in=wanted)
        for pk, *text in texts.values_list("initiative_id", "title", "lead", "body"):
            self.words.replace(self.slot_of[pk], *text)


# ── The one of now ────────────────────────────────────────────────────────────
_current: Snapshot | None = None
_making = threading.Lock()


def current() -> Snapshot:
    """The snapshot of what this connection sees; the same one until something changes."""
    global _current
    version = changes.version()
    if version.pending:
        return _private(version)
    known = _current
    if known is not None and known.version == version:
        return known
    with _making:
        # The version is read before the rows: a change meanwhile is met by the next request.
        version = changes.version()
        if _current is None or _current.version != version:
            _current = _next(_current, version)
        return _current


def warm() -> None:
    """Make the snapshot and its search index now; for a server before its first visitor."""
    try:
        current().words  # noqa: B018 – made when it is asked for
    except DatabaseError as error:
        # The pages say so themselves, and a database that comes later is read later.
        log.warning("nothing is prepared, the database can't be read: %s", error)
    finally:
        connection.close()


def _next(known: Snapshot | None, version: Version) -> Snapshot:
    changed = changes.since(known.version, version) if known else changes.EVERYTHING
    if changed.everything:
        return build(version)
    return known.with_changes(changed, version)


def _private(version: Version) -> Snapshot:
    """What a transaction sees that has written and not committed: for itself alone."""
    known = getattr(connection, _PRIVATE, None)
    if known is None or known.version != version:
        known = build(version)
        setattr(connection, _PRIVATE, known)
    return known


def build(version: Version) -> Snapshot:
    """A snapshot of everything."""
    options = read_options()
    snapshot = Snapshot(version, options, read_renamed(options))
    snapshot.rows = list(read_rows())
    snapshot.slot_of = {row.pk: slot for slot, row in enumerate(snapshot.rows)}
    having = defaultdict(list)
    for slot, row in enumerate(snapshot.rows):
        for mark in row.marks:
            having[mark].append(slot)
    snapshot.bits = {mark: bits_from(slots) for mark, slots in having.items()}
    snapshot.budgets = sorted(
        (row.budget_sek, slot)
        for slot, row in enumerate(snapshot.rows)
        if row.budget_sek is not None
    )
    return snapshot
