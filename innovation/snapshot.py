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
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import or_

import numpy as np
from django.db import DatabaseError, connection
from django.db.models import QuerySet

from innovation import changes
from innovation.bitsets import Tally, bits_from, mask_of
from innovation.changes import Changes, Version
from innovation.kept import Keeps
from innovation.models import Initiative, SearchText
from innovation.prepared import ByKeys
from innovation.snapshot_rows import (
    EVERYONE,
    EXAMPLE,
    FOR_SCHOOLS,
    Mark,
    Option,
    Row,
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

# To put one of them in order takes as long as to look at so many in the order of all.
_SORTING_COSTS = 4


def _texts() -> QuerySet:
    return SearchText.objects.values_list("initiative_id", "title", "lead", "body")


_some_texts = ByKeys(_texts, "initiative_id")


def _marks_of(row: Row | None) -> frozenset[Mark]:
    return row.marks if row else frozenset()


def _budget_of(row: Row | None) -> int | None:
    return row.budget_sek if row else None


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
    orders: dict[str, np.ndarray] = field(default_factory=dict)
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

    def order(self, name: str) -> np.ndarray:
        """All slots in one of the ORDERS; sorted the first time it is asked for."""
        if name not in self.orders:
            slots = sorted(self.slot_of.values(), key=self._order_key(name))
            self.orders[name] = np.array(slots, dtype=np.int32)
        return self.orders[name]

    def in_order(self, bits: int, name: str) -> np.ndarray:
        """The slots of `bits` in one of the ORDERS."""
        order = self.order(name)
        if bits == self.bits.get(EVERYONE, 0):
            return order
        mask = mask_of(bits, len(self.rows))
        if bits.bit_count() * _SORTING_COSTS > len(order):
            return order[mask[order]]
        slots = np.flatnonzero(mask[: len(self.rows)])
        ranks = self._ranks(name)[slots]
        # Who asks may still have a snapshot with a row that is gone in this one.
        return slots[np.argsort(ranks)][: np.count_nonzero(ranks < len(order))]

    def _ranks(self, name: str) -> np.ndarray:
        """The place of each slot in an order; of a free one, behind them all."""

        def make():
            order = self.order(name)
            ranks = np.full(len(self.rows), len(order), dtype=np.int32)
            ranks[order] = np.arange(len(order), dtype=np.int32)
            return ranks

        return self.kept("ranks", name, make)

    @cached_property
    def years(self) -> list[int]:
        """The years that initiatives started in, the latest first."""
        years = [year for (key, year), bits in self.bits.items() if key == "year" and bits]
        return sorted(years, reverse=True)

    @cached_property
    def tally(self) -> Tally:
        """Counts what some initiatives have: the options of each facet that any has, "year",
        "open_for_schools" by True, and by facet and for "year" how many have a value ("valued")
        and one that was "concluded". It goes on to the next snapshot when options and marks are the
        same: what is kept with it may hang on them, not on budgets or texts."""
        sets: dict[str, list] = {
            key: [
                (option.slug, bits)
                for option in options.values()
                if (bits := self.bits.get((key, option.pk)))
            ]
            for key, options in self.options.items()
        }
        sets["year"] = [(year, self.bits["year", year]) for year in self.years]
        valued = {key: reduce(or_, (bits for _, bits in pairs), 0) for key, pairs in sets.items()}
        sets["open_for_schools"] = [(True, self.bits.get(FOR_SCHOOLS, 0))]
        sets["valued"] = [*valued.items()]
        sets["concluded"] = [
            (key, bits & self.bits.get(("concluded", key), 0)) for key, bits in valued.items()
        ]
        return Tally(sets, len(self.rows))

    def pks(self, slots: Iterable[int]) -> list[int]:
        return [self.rows[slot].pk for slot in slots]

    @cached_property
    def words(self) -> WordIndex:
        """The search index; built when somebody searches."""
        texts, slots = _texts().order_by("initiative_id").iterator(), self.slot_of
        rows = ((slots[pk], *text) for pk, *text in texts if pk in slots)
        index = WordIndex.build(rows, self._names(), read_synonyms())
        index.newest_first = self.newest_first
        return index

    def newest_first(self, bits: int) -> list[int]:
        """The slots of `bits`, the latest updated first."""
        return self.in_order(bits, "updated").tolist()

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
        if following.options is self.options and following.bits is self.bits:
            same = self.__dict__.keys() & {"tally", "years"}
            following.__dict__ |= {name: self.__dict__[name] for name in same}
        if "words" in following.__dict__:
            following.words.newest_first = following.newest_first
        return following

    def _new_keys(self) -> set[int]:
        highest = max(self.slot_of, default=0)
        recent = Initiative.objects.visible().filter(pk__gt=highest - _LATE_KEYS)
        return {pk for pk in recent.values_list("pk", flat=True) if pk not in self.slot_of}

    def _replace_rows(self, wanted: set[int]) -> None:
        """Load these initiatives anew. Only on a snapshot that nobody else has seen."""
        before = {pk: self.rows[self.slot_of[pk]] for pk in wanted & self.slot_of.keys()}
        after = {row.pk: row for row in read_rows(wanted)}
        self.rows = [*self.rows]
        # A copy of the items first: the snapshot that is in use may get one more meanwhile.
        self.orders = dict([*self.orders.items()])
        if before.keys() != after.keys():
            self.slot_of = {**self.slot_of}
        if any(_marks_of(before.get(pk)) != _marks_of(after.get(pk)) for pk in wanted):
            self.bits = {**self.bits}
        if any(_budget_of(before.get(pk)) != _budget_of(after.get(pk)) for pk in wanted):
            self.budgets = [*self.budgets]
        for pk in wanted:
            self._replace_row(before.get(pk), after.get(pk))
        if "words" in self.__dict__:
            self._replace_words(after.keys())

    def _replace_row(self, old: Row | None, new: Row | None) -> None:
        """At the slot that it had, else at a new one: a freed slot may still be in the words."""
        if old is not None:
            slot = self.slot_of[old.pk]
        elif new is not None:
            slot = self.slot_of[new.pk] = len(self.rows)
            self.rows.append(None)
        else:
            return
        bit = 1 << slot
        for mark in _marks_of(old) - _marks_of(new):
            self.bits[mark] &= ~bit
        for mark in _marks_of(new) - _marks_of(old):
            self.bits[mark] = self.bits.get(mark, 0) | bit
        was, now = _budget_of(old), _budget_of(new)
        if was != now and was is not None:
            self.budgets.remove((was, slot))
        if was != now and now is not None:
            insort(self.budgets, (now, slot))
        for name in self.orders:
            self._replace_in_order(name, slot, old, new)
        self.rows[slot] = new
        if new is None:
            del self.slot_of[old.pk]
            if "words" in self.__dict__:
                self.words.remove(slot)

    def _replace_in_order(self, name: str, slot: int, old: Row | None, new: Row | None) -> None:
        order, key, of_row = self.orders[name], self._order_key(name), ORDERS[name]
        if old is not None and new is not None and of_row(old) == of_row(new):
            return
        if old is not None:
            order = np.delete(order, bisect_left(order, of_row(old), key=key))
        if new is not None:
            order = np.insert(order, bisect_left(order, of_row(new), key=key), slot)
        self.orders[name] = order

    def _replace_words(self, wanted: Collection[int]) -> None:
        for pk, *text in _some_texts.values(wanted):
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
