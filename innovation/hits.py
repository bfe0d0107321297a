"""What a search finds: slots as bits, in tiers of what they are worth, and in order."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from itertools import chain, islice
from operator import or_
from typing import NamedTuple

from innovation.bitsets import slots_of

# How many values there are between one and its double.
_STEPS = 8
# Where not every word is there, each one that is: half of what it is worth in a title.
_FOR_EACH = 5.0
# Words that stand together weigh more: looked at for the best so many.
_LOOKED_AT = 40


# Between the other names in `Name.also`.
ALSO = " . "


class Name(NamedTuple):
    """What initiatives are found by without having it in their texts. `also`: other names, with
    ALSO between them."""

    kind: str
    slug: str
    name_sv: str
    name_en: str
    also: str = ""


class Named(NamedTuple):
    """A name that a word matched, and the slots that have it."""

    name: Name
    bits: int


# What slots are worth, and those slots as bits: the best first, no slot in two of them.
Tiers = tuple[tuple[float, int], ...]


def tiered(found: Iterable[tuple[float, int]]) -> Tiers:
    """Of (value, slots as bits) each slot's best value. Values of about the same size are made
    one, so that there are few: which of two is newer tells more than the rest of them."""
    by_value: dict[float, int] = {}
    for value, bits in found:
        value = _about(value)
        by_value[value] = by_value.get(value, 0) | bits
    tiers, done = [], 0
    for value in sorted(by_value, reverse=True):
        if bits := by_value[value] & ~done:
            tiers.append((value, bits))
            done |= bits
    return tuple(tiers)


def _about(value: float) -> float:
    return 2 ** (round(math.log2(value) * _STEPS) / _STEPS) if value else 0.0


def best_first(scores: dict[int, float]) -> list[int]:
    """The newest first among equals."""
    slots = sorted(scores, reverse=True)
    slots.sort(key=scores.__getitem__, reverse=True)
    return slots


@dataclass(frozen=True)
class PartHits:
    """What one word or phrase of a query found.

    forms: the numbers of the words that it was found by. whole: the slots that have it as a word,
    not as a part of one. corrected: what it was taken for, when nothing has it as it was typed,
    the nearest first, and which slots have that. tried: names that found nothing, and would if
    others had them.
    """

    tiers: Tiers
    forms: frozenset[int] = frozenset()
    names: tuple[Named, ...] = ()
    whole: int = 0
    corrected: tuple[tuple[str, int], ...] = ()
    tried: tuple[Named, ...] = ()

    @property
    def based_on(self) -> tuple[Named, ...]:
        return self.names + self.tried

    @cached_property
    def bits(self) -> int:
        return reduce(or_, (bits for _, bits in self.tiers), 0)

    def weakened(self, factor: float) -> "PartHits":
        return replace(self, tiers=tuple((value * factor, bits) for value, bits in self.tiers))

    def or_else(self, other: "PartHits") -> "PartHits":
        return PartHits(
            tiered(self.tiers + other.tiers),
            self.forms | other.forms,
            self.names + other.names,
            self.whole | other.whole,
            self.corrected,
            self.tried + other.tried,
        )

    def and_also(self, other: "PartHits") -> "PartHits | None":
        """What both found; None when that is nothing."""
        shared = (
            ((mine + theirs) / 2, both)
            for mine, one in self.tiers
            for theirs, another in other.tiers
            if (both := one & another)
        )
        tiers = tiered(shared)
        forms, names = self.forms | other.forms, self.names + other.names
        return PartHits(tiers, forms, names, self.whole & other.whole) if tiers else None


@dataclass(frozen=True)
class Hits:
    """What a search found.

    bits: the slots as bits. strict: those of them that have every word, which come first; the
    others have most of what was asked for. words: for each word and phrase of the query, every
    form in which it was found, in small letters; names: the names that matched it.
    corrected: what was searched for instead of what was typed.
    newest_first: the slots of some bits in order; nearness: a factor for one slot.
    """

    bits: int = 0
    strict: int = 0
    words: tuple[frozenset[str], ...] = ()
    names: tuple[tuple[Named, ...], ...] = ()
    corrected: str | None = None
    based_on: tuple[Named, ...] = field(default=(), repr=False)
    parts: tuple[PartHits, ...] = field(default=(), repr=False)
    total: int = field(default=0, repr=False)
    newest_first: Callable[[int], Iterable[int]] = field(default=slots_of, repr=False)
    nearness: Callable[[int], float] = field(default=lambda slot: 1.0, repr=False)

    def order(self, among: int = -1) -> Iterator[int]:
        """The slots, best first and the newest among equals; only those of the bits `among`."""
        return chain.from_iterable(self._ranked(tiers, among) for tiers in self.tiers)

    def _ranked(self, tiers: Tiers, among: int) -> Iterator[int]:
        ranked = (
            (value, slot)
            for value, bits in tiers
            if (wanted := bits & among)
            for slot in self.newest_first(wanted)
        )
        if len(self.parts) > 1:
            best = list(islice(ranked, _LOOKED_AT))
            best.sort(key=lambda hit: hit[0] * self.nearness(hit[1]), reverse=True)
            ranked = chain(best, ranked)
        return (slot for _, slot in ranked)

    @cached_property
    def forms(self) -> frozenset[int]:
        """The numbers of all words that it was found by."""
        return frozenset().union(*(part.forms for part in self.parts))

    @cached_property
    def tiers(self) -> tuple[Tiers, Tiers]:
        """Of those that have every word, and of the others. By value: the sum over the words, a
        rare word weighing more than a common one."""
        return self._worth(self.strict), self._worth(self.bits & ~self.strict, _FOR_EACH)

    def _worth(self, slots: int, for_each: float = 0.0) -> Tiers:
        """for_each: what it is worth to have a word at all, wherever."""
        tiers = ((0.0, slots),) if slots else ()
        for part in self.parts:
            weight = rarity(part.bits, self.total)
            tiers = tiered(_with_part(tiers, part, weight, for_each))
        return tiers


def rarity(bits: int, total: int) -> float:
    """What it says of a slot to be one of these, among so many."""
    return math.log(1 + total / (1 + bits.bit_count()))


def _with_part(
    tiers: Tiers, part: PartHits, weight: float, for_each: float = 0.0
) -> Iterator[tuple[float, int]]:
    for value, bits in tiers:
        for worth, theirs in part.tiers:
            if shared := bits & theirs:
                yield value + weight * (worth + for_each), shared
        if left := bits & ~part.bits:
            yield value, left


# A part of a word says half of what the word says.
_PART_OF_WORD = 0.5
# What those must have that don't have every word: nearly the rarest, and half of the best.
_OF_RAREST, _OF_BEST = 0.75, 0.5
# Beside those that have every word: the best, until there are enough; more than a page of equals
# says nothing.
_ENOUGH_OTHERS, _MOST_EQUALS = 2, 24


def with_most_of(parts: Iterable[PartHits], allowed: int, strict: int, total: int) -> int:
    """Those of the slots `allowed` that have most of what is asked for: the rarest word that
    anyone has, or as much in others. Words that none has are not asked for.

    strict: those that have all of it, which are not among the answer; beside them only the best.
    """
    tiers: Tiers = ((0.0, allowed & ~strict),)
    rarest = 0.0
    for part in parts:
        found, whole = part.bits & allowed, part.whole & allowed
        if found:
            weight = rarity(found, total)
            rarest = max(rarest, weight if whole else weight * _PART_OF_WORD)
            worth = PartHits(((1.0, whole), (_PART_OF_WORD, found & ~whole)))
            tiers = tiered(_with_part(tiers, worth, weight))
    least = max(_OF_RAREST * rarest, _OF_BEST * tiers[0][0]) if tiers else 0.0
    others = 0
    for value, bits in tiers:
        is_enough = others.bit_count() >= _ENOUGH_OTHERS or bits.bit_count() > _MOST_EQUALS
        if value < least or not value or (strict and is_enough):
            break
        others |= bits
    return others
