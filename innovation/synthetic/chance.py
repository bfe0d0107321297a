"""Skewed choices: a few common ones, many rare ones."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Zipf(Generic[T]):
    """The n-th of `items` is drawn 1/n as often as the first."""

    def __init__(self, items: Sequence[T]):
        if not items:
            raise ValueError("there is nothing to draw from")
        self._items = items
        self._limits = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def one(self, chance: Random) -> T:
        limits = self._limits
        return self._items[bisect(limits, chance.random() * limits[-1], hi=len(limits) - 1)]

    def some(self, chance: Random, most: int) -> list[T]:
        """None up to `most` different ones, in the order drawn; few more often than many."""
        wanted = min(whole(chance, 0, most), whole(chance, 0, most))
        return list(dict.fromkeys(self.one(chance) for _ in range(wanted)))


def whole(chance: Random, low: int, high: int) -> int:
    """As `randint()`, at a third of its time: a large catalogue draws tens of millions."""
    return low + int(chance.random() * (high - low + 1))


def rotated(items: Sequence[T], steps: int) -> list[T]:
    """`items` from another beginning: what is common under one theme is rare under another."""
    steps %= len(items)
    return [*items[steps:], *items[:steps]]
