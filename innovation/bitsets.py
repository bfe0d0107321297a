"""Sets of slots, each as one Python int with a bit for every slot in it: AND narrows, OR widens.

Where each of the bits is looked at, or hundreds of sets at once, numpy does it.
"""

from collections.abc import Hashable, Iterable, Mapping

import numpy as np

from innovation.kept import Keeps


def slots_of(bits: int) -> list[int]:
    """The slots in order."""
    return np.flatnonzero(mask_of(bits)).tolist()


def bits_from(slots: Iterable[int]) -> int:
    """The set of these slots."""
    slots = list(slots)
    mask = np.zeros(max(slots, default=0) + 1, dtype=bool)
    mask[slots] = True
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(bits: int, size: int = 0) -> np.ndarray:
    """For each slot whether it is in the set: an array of bool, of `size` at least."""
    size = max(size, bits.bit_length())
    packed = np.frombuffer(bits.to_bytes(-(-size // 8), "little"), np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").view(bool)


class Tally(Keeps):
    """Counts how many of a set have each value, for all the values of several keys in one go.

    sets: by key, (value, slots as bits); size: there are no more slots.
    """

    def __init__(self, sets: Mapping[str, Iterable[tuple[Hashable, int]]], size: int):
        self.values: dict[str, list] = {}
        self._places: dict[str, slice] = {}
        self._width = max(1, -(-size // 64)) * 8
        packed: list[bytes] = []
        for key, pairs in sets.items():
            first, pairs = len(packed), list(pairs)
            packed += [self._packed(bits) for _, bits in pairs]
            self.values[key] = [value for value, _ in pairs]
            self._places[key] = slice(first, len(packed))
        table = np.frombuffer(b"".join(packed), np.uint64)
        self._table = table.reshape(len(packed), self._width // 8)

    def of(self, bits: int, instead: Mapping[str, int]) -> dict[str, dict]:
        """By key and value, how many of `bits` have it. instead: for some keys, another set."""
        numbers = self._shared(bits, slice(None))
        counts = {}
        for key, values in self.values.items():
            place, own = self._places[key], instead.get(key, bits)
            mine = numbers[place] if own == bits else self._shared(own, place)
            counts[key] = dict(zip(values, mine, strict=True))
        return counts

    def _shared(self, bits: int, place: slice) -> list[int]:
        one = np.frombuffer(self._packed(bits), np.uint64)
        return np.bitwise_count(self._table[place] & one).sum(axis=1, dtype=np.uint32).tolist()

    def _packed(self, bits: int) -> bytes:
        return bits.to_bytes(self._width, "little")
