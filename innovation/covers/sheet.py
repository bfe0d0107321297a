"""A sheet of paper and its inks: shapes go in, a small SVG comes out.

Only geometry and presentation attributes are written: no style, no script, nothing to fetch.
Coordinates are whole numbers, so that every machine writes the same bytes.
"""

from collections.abc import Mapping, Sequence

from .motifs import Motif

# A colour, and how much of it covers what lies below: an overprint, not a gradient.
Ink = tuple[str, float]


class Sheet:
    """Shapes in painting order; neighbours of the same ink become one path."""

    def __init__(self, inks: Mapping[str, Ink]):
        self._inks = inks
        self._runs: list[tuple[str, list[str]]] = []

    def fill(self, tone: str, d: str) -> None:
        colour, cover = self._inks[tone]
        opacity = "" if cover == 1 else f' fill-opacity="{cover:g}"'
        self._add(f'fill="{colour}"{opacity}', d)

    def stroke(self, tone: str, thickness: int, d: str, *, round_ends: bool = False) -> None:
        colour, cover = self._inks[tone]
        opacity = "" if cover == 1 else f' stroke-opacity="{cover:g}"'
        ends = ' stroke-linecap="round"' if round_ends else ""
        self._add(f'fill="none" stroke="{colour}"{opacity} stroke-width="{thickness}"{ends}', d)

    def _add(self, attributes: str, d: str) -> None:
        # What shines through stacks up ring by ring, so it stays a path of its own.
        if self._runs and self._runs[-1][0] == attributes and "opacity" not in attributes:
            self._runs[-1][1].append(d)
        else:
            self._runs.append((attributes, [d]))

    def svg(self, box: tuple[int, int], size: tuple[int, int]) -> str:
        """box: the drawing's own width and height; size: pixels, where a page states none."""
        paths = "".join(f'<path {run} d="{"".join(ds)}"/>' for run, ds in self._runs)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
            f'viewBox="0 0 {box[0]} {box[1]}" preserveAspectRatio="xMidYMid slice">{paths}</svg>'
        )


# Every outline runs clockwise: shapes of one path may then overlap without cutting holes.


def rect(x: int, y: int, width: int, height: int) -> str:
    return f"M{x} {y}h{width}v{height}h{-width}z"


def rects(places: Sequence[tuple[int, int]], width: int, height: int) -> str:
    """Equal rectangles by their upper left corners; steps instead of places compress better."""
    cell = f"h{width}v{height}h{-width}z"
    d, x, y = "", 0, 0
    for next_x, next_y in places:
        d += f"m{next_x - x} {next_y - y}{cell}" if d else f"M{next_x} {next_y}{cell}"
        x, y = next_x, next_y
    return d


def disc(cx: int, cy: int, r: int) -> str:
    return f"M{cx - r} {cy}a{r} {r} 0 0 1 {2 * r} 0a{r} {r} 0 0 1 {-2 * r} 0z"


def dome(cx: int, cy: int, r: int) -> str:
    return f"M{cx - r} {cy}a{r} {r} 0 0 1 {2 * r} 0z"


def bowl(cx: int, cy: int, r: int) -> str:
    return f"M{cx + r} {cy}a{r} {r} 0 0 1 {-2 * r} 0z"


def arch(x: int, y: int, width: int, height: int) -> str:
    """x, y: the upper left corner of its box."""
    r = width // 2
    width, straight = 2 * r, max(height - r, 0)
    return f"M{x} {y + r + straight}v{-straight}a{r} {r} 0 0 1 {width} 0v{straight}z"


def bar(x: int, y: int, width: int, thickness: int) -> str:
    """A level bar with round ends, centred on y."""
    r = thickness // 2
    w = width - 2 * r
    return f"M{x + r} {y - r}h{w}a{r} {r} 0 0 1 0 {2 * r}h{-w}a{r} {r} 0 0 1 0 {-2 * r}z"


def leaf(cx: int, top: int, bottom: int, width: int) -> str:
    half, rise = width, bottom - top
    bend = rise * 2 // 5
    return f"M{cx} {bottom}q{-half} {-bend} 0 {-rise}q{half} {rise - bend} 0 {rise}z"


def polygon(points: Sequence[tuple[int, int]]) -> str:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    if sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) < 0:
        points = points[::-1]
    return polyline(points) + "z"


def polyline(points: Sequence[tuple[int, int]]) -> str:
    (x, y), *rest = points
    d = f"M{x} {y}"
    for next_x, next_y in rest:
        dx, dy = next_x - x, next_y - y
        d += f"v{dy}" if dx == 0 else f"h{dx}" if dy == 0 else f"l{dx} {dy}"
        x, y = next_x, next_y
    return d


class Stand:
    """A motif's own units on the sheet: where it stands, how large, which way it looks."""

    def __init__(self, x: int, ground: int, scale: float, flip: bool, width: int):
        self._x, self._ground, self._scale = x, ground, scale
        self._flip, self._width = flip, width

    def size(self, length: float) -> int:
        return max(1, round(length * self._scale)) if length else 0

    def x(self, x: float) -> int:
        return self._x + round((self._width - x if self._flip else x) * self._scale)

    def y(self, y: float) -> int:
        return self._ground - round(y * self._scale)

    def left(self, x: float, width: float) -> int:
        """The left edge, on the sheet, of what is x to x + width in the motif."""
        return self.x(x + width) if self._flip else self.x(x)

    def points(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return [(self.x(x), self.y(y)) for x, y in pairs]


def stamp(
    sheet: Sheet,
    motif: Motif,
    tones: Mapping[str, str],
    *,
    x: int,
    ground: int,
    scale: float = 1,
    flip: bool = False,
    dark_windows: int = 0,
) -> None:
    """Print a motif: its left edge at x, its foot at ground.

    tones: an ink for each role. dark_windows: 0, or leave out every so manieth window.
    """
    stand = Stand(x, ground, scale, flip, motif.width)
    for form, role, numbers in motif.shapes:
        tone = tones[role]
        if form in _STROKES:
            thickness, *rest = numbers
            sheet.stroke(tone, stand.size(thickness), _STROKES[form](stand, rest))
        elif form == "grid":
            skip = dark_windows if role == "w" else 0
            sheet.fill(tone, _grid(stand, numbers, skip))
        else:
            sheet.fill(tone, _FILLS[form](stand, numbers))


def _rect(at: Stand, numbers) -> str:
    x, y, width, height = numbers
    left, right = sorted((at.x(x), at.x(x + width)))
    top = at.y(y + height)
    return rect(left, top, right - left, at.y(y) - top)


def _arch(at: Stand, numbers) -> str:
    x, y, width, height = numbers
    return arch(at.left(x, width), at.y(y + height), at.size(width), at.size(height))


def _leaf(at: Stand, numbers) -> str:
    x, y, width, height = numbers
    return leaf(at.x(x), at.y(y + height), at.y(y), at.size(width))


def _grid(at: Stand, numbers, skip: int) -> str:
    """Sizes and steps are rounded by themselves, so that rows stay even at every scale."""
    x, y, width, height, columns, rows, dx, dy = numbers
    left = at.left(x, (columns - 1) * dx + width)
    w, h, step_x, step_y = at.size(width), at.size(height), at.size(dx), at.size(dy)
    top = at.y(y) - h
    places = [
        (left + column * step_x, top - row * step_y)
        for row in range(rows)
        for column in range(columns)
        if not skip or columns * rows == 1 or (row * 5 + column * 3) % skip
    ]
    return rects(places, w, h)


def _round(shape):
    return lambda at, numbers: shape(at.x(numbers[0]), at.y(numbers[1]), at.size(numbers[2]))


def _bow(at: Stand, numbers) -> str:
    cx, cy, r = at.x(numbers[0]), at.y(numbers[1]), at.size(numbers[2])
    return f"M{cx - r} {cy}a{r} {r} 0 0 1 {2 * r} 0"


_FILLS = {
    "poly": lambda at, numbers: polygon(at.points(numbers)),
    "rect": _rect,
    "disc": _round(disc),
    "dome": _round(dome),
    "bowl": _round(bowl),
    "arch": _arch,
    "leaf": _leaf,
}
_STROKES = {
    "line": lambda at, numbers: polyline(at.points(numbers)),
    "ring": _round(disc),
    "bow": _bow,
}
