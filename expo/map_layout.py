"""Where numbers and names stand on a map, so that none covers another. Measures are the map's
units; the same places give the same layout."""

import math
from functools import lru_cache
from typing import NamedTuple

Point = tuple[float, float]
ROUNDS = 240
# How strongly a number is drawn back to its place in each round.
HOMING = 0.02


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: "Box") -> float:
        """The surface that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    def shrunk(self, across: float, down: float) -> "Box":
        """Without a margin of that width and height on every side."""
        return Box(self.left + across, self.top + down, self.right - across, self.bottom - down)


def hull(points: list[Point]) -> list[Point]:
    """The corners of the narrowest shape without dents around `points` (monotone chain)."""
    points = sorted(set(points))
    if len(points) < 3:
        return points
    return _half(points)[:-1] + _half(points[::-1])[:-1]


def _half(points: list[Point]) -> list[Point]:
    corners: list[Point] = []
    for point in points:
        while len(corners) > 1 and _turn(corners[-2], corners[-1], point) <= 0:
            corners.pop()
        corners.append(point)
    return corners


def _turn(first: Point, second: Point, third: Point) -> float:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (
        third[0] - first[0]
    )


@lru_cache(maxsize=256)
def spread_out(places: tuple[Point, ...], *, apart: float, room: Box) -> tuple[Point, ...]:
    """Spots near `places`, at least `apart` from each other where `room` allows it.

    Kept: 26 venues in a town's centre take 20 ms to part, and seldom move.
    """
    # Those of one place go to different sides at first, or nothing would tell them apart.
    spots = [
        clamped((x + math.cos(number * 2.4) / 10, y + math.sin(number * 2.4) / 10), room)
        for number, (x, y) in enumerate(places)
    ]
    for turn in range(2 * ROUNDS):
        if turn < ROUNDS:  # the second half only pushes, so that it ends with all apart
            spots = [_towards(spot, place) for spot, place in zip(spots, places, strict=True)]
        if not _push_apart(spots, apart, room) and turn >= ROUNDS:
            break
    return tuple(spots)


def _towards(spot: Point, place: Point) -> Point:
    return spot[0] + (place[0] - spot[0]) * HOMING, spot[1] + (place[1] - spot[1]) * HOMING


def _push_apart(spots: list[Point], apart: float, room: Box) -> bool:
    """Push every two that are too near half of what lacks each; whether any were."""
    pushed = False
    for one in range(len(spots)):
        for other in range(one + 1, len(spots)):
            (x1, y1), (x2, y2) = spots[one], spots[other]
            distance = math.hypot(x2 - x1, y2 - y1) or 0.01
            if distance >= apart - 0.01:
                continue
            pushed = True
            share = (apart - distance) / distance / 2
            across, down = (x2 - x1) * share or 0.01, (y2 - y1) * share
            spots[one] = clamped((x1 - across, y1 - down), room)
            spots[other] = clamped((x2 + across, y2 + down), room)
    return pushed


def clamped(point: Point, room: Box) -> Point:
    return min(max(point[0], room.left), room.right), min(max(point[1], room.top), room.bottom)


def free_spot(
    wanted: list[Point], half_width: float, half_height: float, taken: list[Box], room: Box
) -> int:
    """Which of `wanted` is the first where a box of that size, moved into `room`, covers nothing
    that is taken; else the one where it covers least. The box is added to what is taken."""
    inner = room.shrunk(half_width, half_height)
    spots = [clamped(spot, inner) for spot in wanted]
    boxes = [
        Box(x - half_width, y - half_height, x + half_width, y + half_height) for x, y in spots
    ]
    covered = [sum(box.overlap(other) for other in taken) for box in boxes]
    best = covered.index(min(covered))
    taken.append(boxes[best])
    return best
