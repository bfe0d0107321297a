"""The map of areas and venues as a drawing: what stands where, without tiles or a third party.

Places are drawn where they lie, north up; numbers that would cover each other move apart and keep
a line to their place. Nothing is drawn that isn't known: no streets, no coast. Measures are
percent of the drawing's width and height, so that numbers and letters keep their size while the
drawing grows with the screen (see `expo/_map.html`).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from expo.map_layout import Box, Point, clamped, free_spot, hull, spread_out
from expo.models import Area, Venue
from expo.walking import DETOUR, METRES_PER_MINUTE, Position, metres_between, minutes_between

# A phone's width; what is apart here is apart on every screen.
WIDTH, HEIGHT = 360, 450
MARGIN, MARGIN_BELOW = 44, 76  # below, the scale has its place
# Half the ground of an area around its outermost places.
AREA_REACH = 20
MARKER = 27  # from one number's middle to the next, at least
NEAREST = 400  # metres: a map of less would be all margin
SCALE_MINUTES = (1, 2, 5, 10, 15, 20, 30, 60)
SCALE_MOST = 130  # units
WALK_LABEL_ROOM = 74  # units that a walk must be long on the map to have its minutes beside it
_LETTER, _LINE = 8.6, 24


@dataclass(frozen=True)
class Marker:
    """A venue's number at (x, y), and its place where the number had to move away from it."""

    number: int
    venue: Venue
    x: str
    y: str
    place_x: str
    place_y: str
    is_moved: bool


@dataclass(frozen=True)
class Ground:
    """An area: the outline around its places, to be drawn with a thick round line, and its name
    beside it, which begins, ends or has its middle (`anchor`) there."""

    area: Area
    outline: str  # a path in units of WIDTH × HEIGHT
    label_x: str
    label_y: str
    anchor: str


@dataclass(frozen=True)
class Walk:
    """Between the middles of two areas; `label_x` is "" where there is no room for the minutes."""

    start: Area
    end: Area
    minutes: int
    is_drawn: bool
    x1: str
    y1: str
    x2: str
    y2: str
    label_x: str
    label_y: str


@dataclass(frozen=True)
class Scale:
    minutes: int
    metres: int
    width: str


@dataclass(frozen=True)
class Drawing:
    """`walks` are of every two areas; those that are drawn join all areas by the shortest way.
    `unplaced` are the venues without a position of their own."""

    markers: list[Marker]
    grounds: list[Ground]
    walks: list[Walk]
    scale: Scale
    unplaced: list[Venue]
    is_approximate: bool
    dots: list[tuple[str, str]]
    # On the map of one area its name would only repeat the page's.
    has_names: bool
    reach: int = 2 * AREA_REACH


def draw(
    venues: Iterable[Venue], areas: Iterable[Area], *, around: Iterable[Venue] = ()
) -> Drawing | None:
    """The map of `venues` (numbered from 1 in their order) and `areas`; None when no position is
    known at all. around: other venues, which give the areas their outline and are dots."""
    venues, areas = list(venues), [area for area in areas if area.position]
    placed = [venue for venue in venues if venue.position]
    others = [venue for venue in around if venue.position and venue not in placed]
    positions = [place.position for place in (*placed, *others, *areas)]
    if not positions:
        return None
    sheet = _Sheet(positions)
    markers = _markers(sheet, placed)
    taken = [_box_of_marker(sheet, marker) for marker in markers]
    grounds = _grounds(sheet, areas, placed + others, taken)
    return Drawing(
        markers,
        grounds,
        _walks(sheet, areas, taken),
        _scale(sheet),
        [venue for venue in venues if not venue.position],
        any(place.is_approximate for place in (*placed, *areas)),
        [(_across(x), _down(y)) for x, y in (sheet.point(other.position) for other in others)],
        has_names=len(areas) > 1,
    )


class _Sheet:
    """Degrees to units: equal lengths in both directions, the whole within the margins."""

    def __init__(self, positions: list[Position]):
        latitudes, longitudes = zip(*positions, strict=True)
        self._middle = _halfway(latitudes), _halfway(longitudes)
        self._shrink = math.cos(math.radians(self._middle[0]))
        degree = metres_between((self._middle[0] - 0.5, 0), (self._middle[0] + 0.5, 0))
        north = (max(latitudes) - min(latitudes)) * degree
        east = (max(longitudes) - min(longitudes)) * degree * self._shrink
        self.metres_per_unit = max(
            north / (HEIGHT - MARGIN - MARGIN_BELOW), east / (WIDTH - 2 * MARGIN), NEAREST / WIDTH
        )
        self._per_degree = degree / self.metres_per_unit

    def point(self, position: Position) -> Point:
        latitude, longitude = position
        east = (longitude - self._middle[1]) * self._shrink * self._per_degree
        north = (latitude - self._middle[0]) * self._per_degree
        return WIDTH / 2 + east, (HEIGHT + MARGIN - MARGIN_BELOW) / 2 - north


def _halfway(numbers) -> float:
    return (max(numbers) + min(numbers)) / 2


def _across(units: float) -> str:
    return f"{100 * units / WIDTH:.2f}%"


def _down(units: float) -> str:
    return f"{100 * units / HEIGHT:.2f}%"


def _markers(sheet: _Sheet, venues: list[Venue]) -> list[Marker]:
    places = tuple(sheet.point(venue.position) for venue in venues)
    room = Box(0, 0, WIDTH, HEIGHT - MARGIN_BELOW / 2).shrunk(MARKER / 2, MARKER / 2)
    spots = spread_out(places, apart=MARKER, room=room)
    return [
        Marker(
            number,
            venue,
            _across(spot[0]),
            _down(spot[1]),
            _across(place[0]),
            _down(place[1]),
            math.dist(spot, place) > MARKER / 3,
        )
        for number, (venue, place, spot) in enumerate(zip(venues, places, spots, strict=True), 1)
    ]


def _box_of_marker(sheet: _Sheet, marker: Marker) -> Box:
    x, y = float(marker.x[:-1]) * WIDTH / 100, float(marker.y[:-1]) * HEIGHT / 100
    return Box(x - MARKER / 2, y - MARKER / 2, x + MARKER / 2, y + MARKER / 2)


def _grounds(sheet, areas: list[Area], venues: list[Venue], taken: list[Box]) -> list[Ground]:
    """The larger first, so that a smaller one within it lies on top."""
    outlines = []
    for area in areas:
        within = [venue.position for venue in venues if venue.area_id == area.pk]
        outlines.append((area, hull([sheet.point(spot) for spot in (area.position, *within)])))
    outlines.sort(key=lambda found: -_extent(found[1]))
    return [_ground(area, corners, taken) for area, corners in outlines]


def _ground(area: Area, corners: list[Point], taken: list[Box]) -> Ground:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "z"
    (x, y), anchor = _label_spot(str(area.name), _around(corners), taken)
    return Ground(area, path, _across(x), _down(y), anchor)


def _extent(corners: list[Point]) -> float:
    box = _around(corners)
    return (box.right - box.left) * (box.bottom - box.top)


def _around(corners: list[Point]) -> Box:
    across, down = zip(*corners, strict=True)
    reach = AREA_REACH
    return Box(min(across) - reach, min(down) - reach, max(across) + reach, max(down) + reach)


def _label_spot(text: str, around: Box, taken: list[Box]) -> tuple[Point, str]:
    """Where `text` stands at the edge of `around`, off what is taken, and how it is anchored
    there: letters keep their size when the map grows, so they must hold on to the edge."""
    half, gap = len(text) * _LETTER / 2, _LINE / 2
    x, y = (around.left + around.right) / 2, (around.top + around.bottom) / 2
    edges = [
        ((x, around.top - gap), "middle"),
        ((around.right + 3, y), "start"),
        ((around.left - 3, y), "end"),
        ((x, around.bottom + gap), "middle"),
        ((around.right - gap, around.top), "start"),
        ((around.right - gap, around.bottom), "start"),
        ((around.left + gap, around.top), "end"),
        ((around.left + gap, around.bottom), "end"),
    ]
    shift = {"start": half, "middle": 0, "end": -half}
    wanted = [(x + shift[anchor], y) for (x, y), anchor in edges]
    inside = Box(2, 2, WIDTH - 2, HEIGHT - MARGIN_BELOW / 2)
    best = free_spot(wanted, half, gap, taken, inside)
    spot, (_, anchor) = wanted[best], edges[best]
    spot = clamped(spot, inside.shrunk(half, gap))
    return (spot[0] - shift[anchor], spot[1]), anchor


def _walks(sheet: _Sheet, areas: list[Area], taken: list[Box]) -> list[Walk]:
    pairs = [(one, other) for at, one in enumerate(areas) for other in areas[at + 1 :]]
    pairs.sort(key=lambda pair: metres_between(pair[0].position, pair[1].position))
    joined = {area.pk: {area.pk} for area in areas}
    walks = []
    for start, end in pairs:
        is_drawn = joined[start.pk] is not joined[end.pk]
        if is_drawn:
            both = joined[start.pk] | joined[end.pk]
            joined.update(dict.fromkeys(both, both))
        walks.append(_walk(sheet, start, end, is_drawn, taken))
    return walks


def _walk(sheet: _Sheet, start: Area, end: Area, is_drawn: bool, taken: list[Box]) -> Walk:
    (x1, y1), (x2, y2) = sheet.point(start.position), sheet.point(end.position)
    label_x = label_y = ""
    if is_drawn and math.dist((x1, y1), (x2, y2)) >= WALK_LABEL_ROOM:
        parts = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (0.5, 0.6, 0.4, 0.7)]
        x, y = parts[free_spot(parts, 32, _LINE / 2, taken, Box(0, 0, WIDTH, HEIGHT))]
        label_x, label_y = _across(x), _down(y)
    return Walk(
        start,
        end,
        minutes_between(start, end),
        is_drawn,
        _across(x1),
        _down(y1),
        _across(x2),
        _down(y2),
        label_x,
        label_y,
    )


def _scale(sheet: _Sheet) -> Scale:
    """The longest walk of SCALE_MINUTES that the scale has room for; along streets, as
    `walking.py` counts, without gathering."""

    def units(minutes: int) -> float:
        return minutes * METRES_PER_MINUTE / DETOUR / sheet.metres_per_unit

    minutes = max((each for each in SCALE_MINUTES if units(each) <= SCALE_MOST), default=1)
    metres = round(minutes * METRES_PER_MINUTE / DETOUR, -1)
    return Scale(minutes, int(metres), _across(units(minutes)))
