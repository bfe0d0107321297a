"""What a search finds: slots with scores, as bits and in order."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, count
from typing import NamedTuple

# Of a second place where the same word stands, this much is added.
ALSO = 0.25
# Words that stand together weigh more: looked at for the best so many.
_LOOKED_AT = 40
_TRUE_DIGITS = bytes(int(code == ord("1")) for code in range(256))


class Name(NamedTuple):
    """What initiatives are found by without having it in their texts. `also`: other names."""

    kind: str
    slug: str
    name_sv: str
    name_en: str
    also: str = ""


class Named(NamedTuple):
    """A name that a word matched, and the slots that have it."""

    name: Name
    bits: int


def slots_of(bits: int) -> list[int]:
    """The numbers of the bits that are set."""
    if bits.bit_count() * 16 < bits.bit_length():  # few: from one to the next
        slots = []
        while bits:
            lowest = bits & -bits
            slots.append(lowest.bit_length() - 1)
            bits ^= lowest
        return slots
    digits = bytes(f"{bits:b}"[::-1], "ascii").translate(_TRUE_DIGITS)
    return list(compress(count(), digits))


def bits_from(slots: Iterable[int]) -> int:
    """The int in which these bits are set."""
    slots = list(slots)
    # A bytearray, since setting a bit of an int copies all of it.
    mask = bytearray(max(slots, default=0) // 8 + 1)
    for slot in slots:
        mask[slot >> 3] |= 1 << (slot & 7)
    return int.from_bytes(mask, "little")


def add(scores: dict[int, float], slot: int, value: float) -> None:
    """The best value counts whole, any other a little."""
    before = scores.get(slot)
    if before is None:
        scores[slot] = value
    elif value > before:
        scores[slot] = value + ALSO * before
    else:
        scores[slot] = before + ALSO * value


def best_first(scores: dict[int, float]) -> list[int]:
    """The newest first among equals."""
    slots = sorted(scores, reverse=True)
    slots.sort(key=scores.__getitem__, reverse=True)
    return slots


@dataclass(frozen=True)
class PartHits:
    """What one word or phrase of a query found. `forms`: the numbers of the words that it was
    found by. corrected: what it was taken for, when nothing has it as it was typed. tried: names
    that found nothing, and would if others had them."""

    scores: dict[int, float]
    forms: frozenset[int] = frozenset()
    names: tuple[Named, ...] = ()
    corrected: str | None = None
    tried: tuple[Named, ...] = ()

    @property
    def based_on(self) -> tuple[Named, ...]:
        return self.names + self.tried

    @cached_property
    def bits(self) -> int:
        return bits_from(self.scores)

    @cached_property
    def order(self) -> list[int]:
        return best_first(self.scores)

    def or_else(self, other: "PartHits") -> "PartHits":
        scores = dict(self.scores)
        for slot, value in other.scores.items():
            add(scores, slot, value)
        names = self.names + other.names
        tried = self.tried + other.tried
        return PartHits(scores, self.forms | other.forms, names, self.corrected, tried)

    def and_also(self, other: "PartHits") -> "PartHits | None":
        """What both found; None when that is nothing."""
        shared = self.scores.keys() & other.scores.keys()
        scores = {slot: (self.scores[slot] + other.scores[slot]) / 2 for slot in shared}
        names = self.names + other.names
        return PartHits(scores, self.forms | other.forms, names) if shared else None


@dataclass(frozen=True)
class Hits:
    """What a search found.

    bits: the slots as bits. words: for each word and phrase of the query, every form in which it
    was found, in small letters; names: the names that matched it.
    corrected: what was searched for instead of what was typed.
    is_partial: no initiative has all the words, these have all but one.
    """

    bits: int = 0
    words: tuple[frozenset[str], ...] = ()
    names: tuple[tuple[Named, ...], ...] = ()
    corrected: str | None = None
    is_partial: bool = False
    based_on: tuple[Named, ...] = field(default=(), repr=False)
    parts: tuple[PartHits, ...] = field(default=(), repr=False)
    total: int = field(default=0, repr=False)
    nearness: Callable[[int], float] = field(default=lambda slot: 1.0, repr=False)
    # What was shown of where it matched; see innovation.search.
    excerpts: dict = field(default_factory=dict, repr=False)

    def order(self) -> list[int]:
        """The slots, best first."""
        return self._order

    @cached_property
    def forms(self) -> frozenset[int]:
        """The numbers of all words that it was found by."""
        return frozenset().union(*(part.forms for part in self.parts))

    @cached_property
    def _order(self) -> list[int]:
        if len(self.parts) == 1:
            part = self.parts[0]
            if self.bits == part.bits:
                return part.order
            wanted = set(slots_of(self.bits))
            return [slot for slot in part.order if slot in wanted]
        best = best_first(self.scores)
        nearer = {slot: self.scores[slot] * self.nearness(slot) for slot in best[:_LOOKED_AT]}
        return best_first(nearer) + best[_LOOKED_AT:]

    @cached_property
    def scores(self) -> dict[int, float]:
        """By slot: the sum over the words, a rare word weighing more than a common one."""
        totals = dict.fromkeys(slots_of(self.bits), 0.0)
        for part in self.parts:
            weight = math.log(1 + self.total / (1 + len(part.scores)))
            mine = part.scores
            for slot in totals.keys() & mine.keys() if self.is_partial else totals:
                totals[slot] += weight * mine[slot]
        return totals


def all_but_one(parts: list[PartHits]) -> int:
    """The slots that at most one of the parts hasn't."""
    all_before, found = parts[0].bits, -1
    for part in parts[1:]:
        found = (found & part.bits) | all_before
        all_before &= part.bits
    return found
