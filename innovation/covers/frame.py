"""The room of a drawing: its own measures, and what stays in view however it is cropped."""

from typing import NamedTuple

# Widths and heights in units: motifs keep their size, a wider sheet shows more of the coast.
_BOXES = {"wide": (854, 480), "card": (640, 480), "social": (914, 480), "square": (600, 600)}
WIDEST_CROP = 21 / 9
SUN_ROOM = 70  # from the upper edge of the widest crop down to the middle of the noon sun


class Frame(NamedTuple):
    width: int
    height: int

    @classmethod
    def of(cls, size: str) -> "Frame":
        return cls(*_BOXES[size])

    @property
    def middle(self) -> int:
        return self.width // 2

    @property
    def reach(self) -> int:
        """How far to each side of the middle a square crop shows."""
        return min(self.width, self.height) // 2

    @property
    def safe_top(self) -> int:
        return self.height // 2 - round(self.width / WIDEST_CROP) // 2

    @property
    def safe_bottom(self) -> int:
        return self.height - self.safe_top

    @property
    def horizon(self) -> int:
        """Where the water begins: low enough for a wide sky, high enough for every crop."""
        return min(self.safe_bottom - 34, self.height * 18 // 25)

    @property
    def noon(self) -> int:
        """The middle of the highest sun."""
        return self.safe_top + SUN_ROOM

    def light_at(self, percent: int) -> int:
        """The height of a light, 0 on the horizon and 100 at noon."""
        return self.horizon - (self.horizon - self.noon) * percent // 100
