"""A small generator of our own: Python's `random` may give other numbers in a later version."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Seeds:
    """Choices that follow from a text alone: the same on every machine, for ever."""

    def __init__(self, text: str):
        self._text = text.encode()
        self._pool = b""
        self._round = 0

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included; at most 65 536 apart."""
        if len(self._pool) < 2:
            self._pool = sha256(self._round.to_bytes(4) + self._text).digest()
            self._round += 1
        drawn, self._pool = int.from_bytes(self._pool[:2]), self._pool[2:]
        return low + drawn * (high - low + 1) // 65536

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.number(0, len(choices) - 1)]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        rest = list(choices)
        return [rest.pop(self.number(0, len(rest) - 1)) for _ in range(len(rest))]

    def chance(self, percent: int) -> bool:
        return self.number(1, 100) <= percent
