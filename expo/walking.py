"""How long the walk between two places takes, for a group in no hurry.

The straight line is made longer by DETOUR, since streets bend, and walked at a group's pace;
then the group gathers. An estimate: pages say "about".
"""

import math

EARTH_RADIUS_M = 6_371_000
DETOUR = 1.3
METRES_PER_MINUTE = 70
GATHERING_MINUTES = 5

# (latitude, longitude) in degrees.
Position = tuple[float, float]


def metres_between(start: Position, end: Position) -> float:
    """The straight line on the ground (haversine)."""
    first_latitude, second_latitude = math.radians(start[0]), math.radians(end[0])
    over = math.sin((second_latitude - first_latitude) / 2) ** 2
    across = math.sin(math.radians(end[1] - start[1]) / 2) ** 2
    angle = over + math.cos(first_latitude) * math.cos(second_latitude) * across
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(angle)))


def position_of(venue) -> Position | None:
    """Where a venue is: its own position, else its area's centre; None when neither is known."""
    if venue is None:
        return None
    if venue.position:
        return venue.position
    return venue.area.position if venue.area_id else None


def minutes_between(start, end) -> int | None:
    """About how many minutes from one venue to another, gathering included; 0 within a venue,
    None when a position isn't known. Two venues of one area without positions of their own are
    gathering apart."""
    if start is None or end is None:
        return None
    if start.pk == end.pk:
        return 0
    first, second = position_of(start), position_of(end)
    if first is None or second is None:
        return None
    walk = metres_between(first, second) * DETOUR / METRES_PER_MINUTE
    return math.ceil(walk) + GATHERING_MINUTES
