"""What stands along the quay: one thing that rules, two or three beside it, a few small ones.

The light gets a clearing of its own, where only low things stand, so that a sun that has just
risen is seen. Where things stand follows from the slug alone: a new status changes the light and
nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import sheet as shapes
from .address import Cover
from .frame import Frame
from .light import LIGHTS, Tones
from .motifs import MOTIFS
from .seeds import Seeds
from .sheet import Sheet, stamp

QUAY = 9
_HEROES = ("keep", "townhall", "lighthouse", "crane", "watertower", "turbine", "leaf", "tower",
           "stepped", "rainbow", "bridge", "stairs", "block", "works", "fir", "arches",
           "poplar", "townhall", "keep", "tree")  # fmt: skip
# They say little alone: two times in three they stand beside something that rules.
_SUPPORTING = ("screen", "people", "rainbow", "bubbles", "stairs")
_HOUSES = ("gable", "roof", "stepped", "block", "gable", "arches", "stairs", "roof", "kiosk")
_TREES = ("tree", "leaf", "fir", "poplar", "grove", "fruit", "tree")
_LOW = ("people", "bench", "lamp", "bicycle", "lifebuoy", "allotment", "bench")
_BOATS = ("sail", "sail", "tug", "ferry", "buoy")
_TALL_IN_ROW = 0.72  # a tall motif that is not the hero
_CLEARING = 62  # half the width kept low in front of the light


@dataclass(slots=True)
class Scene:
    """A cover being drawn. side: 1 when what rules stands to the right, and the light left."""

    sheet: Sheet
    frame: Frame
    cover: Cover
    seeds: Seeds
    sky_seeds: Seeds
    side: int
    sun_x: int
    hero_x: int

    @classmethod
    def of(cls, cover: Cover, sheet: Sheet, frame: Frame) -> "Scene":
        seeds = Seeds(f"{cover.kind} {cover.slug}")
        side = seeds.one_of((-1, 1))
        sun_x = frame.middle - side * seeds.number(92, 140)
        hero_x = frame.middle + side * seeds.number(64, 96)
        sky_seeds = Seeds(f"sky {cover.light} {cover.slug}")
        return cls(sheet, frame, cover, seeds, sky_seeds, side, sun_x, hero_x)

    @property
    def is_dark(self) -> bool:
        return self.cover.light in ("dusk", "night")

    def tones(self, colour: str) -> Tones:
        return LIGHTS[self.cover.light].tones[colour]

    def put(self, name: str, colour: str, x: int, ground: int, scale: float, flip=False) -> None:
        """Print a motif with its middle at x."""
        motif = MOTIFS[name]
        stamp(
            self.sheet,
            motif,
            self.tones(colour),
            x=x - round(motif.width * scale / 2),
            ground=ground,
            scale=scale,
            flip=flip,
            dark_windows=4 if self.cover.light == "night" else 0,
        )


def on_land(motifs: Sequence[str]) -> list[str]:
    return [name for name in motifs if MOTIFS[name].place != "water"]


def afloat(motifs: Sequence[str]) -> list[str]:
    return [name for name in motifs if MOTIFS[name].place == "water"]


def hero_scale(name: str) -> float:
    """As large as a ruler of the picture should be, in steps of a twentieth."""
    motif = MOTIFS[name]
    height = {"tall": 224, "broad": 190, "low": 140, "water": 150}[motif.place]
    return int(min(height / motif.height, 244 / motif.width, 1.75) * 20) / 20


def draw_skyline(scene: Scene) -> None:
    """The far shore, the row along the quay, and what rules it."""
    seeds, frame, side = scene.seeds, scene.frame, scene.side
    wanted = on_land(scene.cover.motifs)
    hero = seeds.one_of(_HEROES)
    beside = seeds.chance(66)
    if wanted and not (beside and wanted[0] in _SUPPORTING):
        hero = wanted.pop(0)
    elif hero in wanted:
        wanted.remove(hero)
    scale = hero_scale(hero)
    half = round(MOTIFS[hero].width * scale / 2)
    draw_far_shore(scene)
    colours, flip = _Colours(seeds), seeds.chance(40)
    beyond = scene.sun_x - side * _CLEARING
    between = (scene.sun_x + side * _CLEARING, scene.hero_x - side * half)
    row = _Row(scene, colours, wanted)
    row.fill(scene.hero_x + side * (half - 6), side, frame.width if side > 0 else 0)
    row.fill(beyond, -side, 0 if side > 0 else frame.width)
    row.fit(*sorted(between))
    row.clearing()
    scene.put(hero, colours.hero, scene.hero_x, frame.horizon, scale, flip)


class _Colours:
    """The next thing's colour: never that of its neighbour, the accent once a picture."""

    def __init__(self, seeds: Seeds):
        self.hero = seeds.one_of(("main", "deep", "main", "deep", "spark"))
        others = [name for name in ("main", "deep", "bright", "pale") if name != self.hero]
        self._round = seeds.shuffled(others)
        if self.hero != "spark":
            self._round.insert(seeds.number(1, 2), "spark")
        self._turn = 0

    def next(self) -> str:
        colour = self._round[self._turn % len(self._round)]
        self._turn += 1
        if colour == "spark":
            self._round.remove("spark")
            self._turn -= 1
        return colour


class _Row:
    """The things to the sides of the hero, taken from decks that never repeat side by side."""

    def __init__(self, scene: Scene, colours: _Colours, wanted: list[str]):
        self._scene, self._colours, self._wanted = scene, colours, wanted
        seeds = scene.seeds
        self._decks = [seeds.shuffled(deck) for deck in (_HOUSES, _TREES, _LOW)]
        # Houses in twos and threes, then air.
        self._rhythm = seeds.one_of(((0, 0, 1), (0, 1, 0, 2), (0, 0, 2, 1), (1, 0, 0), (0, 1, 1)))
        self._beat = 0

    def _next(self) -> str:
        self._beat += 1
        if self._wanted and self._beat == 1:
            return self._wanted.pop(0)
        deck = self._decks[self._rhythm[self._beat % len(self._rhythm)]]
        name = deck.pop(0)
        deck.append(name)
        return name

    def fill(self, x: int, way: int, limit: int) -> None:
        """From x on, to the left (way -1) or right (1), until the edge is passed."""
        scene = self._scene
        while (limit - x) * way > 8:
            name = self._next()
            scale = self._scale(name)
            width = round(MOTIFS[name].width * scale)
            middle = x + way * (width // 2)
            scene.put(name, self._colours.next(), middle, scene.frame.horizon, scale)
            x += way * (width + scene.seeds.one_of((-2, 0, 4, 10, 16)))

    def fit(self, left: int, right: int) -> None:
        """One thing in a gap, if the gap has room for it."""
        deck = [*self._wanted, *self._decks[1], *self._decks[0]]
        for name in deck:
            scale = self._scale(name)
            if MOTIFS[name].width * scale <= right - left + 14:
                scene = self._scene
                middle = (left + right) // 2
                scene.put(name, self._colours.next(), middle, scene.frame.horizon, scale)
                if name in self._wanted:
                    self._wanted.remove(name)
                return

    def clearing(self) -> None:
        """Low things before the light: a wanted one if it is low."""
        scene = self._scene
        low = [name for name in self._wanted if MOTIFS[name].place == "low"]
        name = low[0] if low else self._decks[2][0]
        scale = 0.6 if name == "lamp" else 0.8
        x = scene.sun_x + scene.seeds.number(-16, 16)
        scene.put(name, "main", x, scene.frame.horizon, scale)

    def _scale(self, name: str) -> float:
        place = MOTIFS[name].place
        if place == "tall":
            return _TALL_IN_ROW
        return self._scene.seeds.one_of((0.8, 0.9, 1)) if place == "broad" else 0.8


def draw_far_shore(scene: Scene) -> None:
    """The other side of the sound: hills, roofs or blocks in one pale ink, low under the light."""
    # Seeds of its own: a wider sheet needs more of them, and the rest shall stay as it is.
    seeds = Seeds(f"far {scene.cover.slug}")
    seeds.one_of((_far_hills, _far_roofs, _far_blocks))(scene, seeds)


def _far_hills(scene: Scene, seeds: Seeds) -> None:
    x, d = -60, ""
    while x < scene.frame.width:
        width, rise = seeds.number(15, 26) * 10, seeds.number(5, 10) * 10
        d += f"M{x} {scene.frame.horizon}q{width // 2} {-rise} {width} 0z"
        x += width * 3 // 4
    scene.sheet.fill("far", d)


def _far_roofs(scene: Scene, seeds: Seeds) -> None:
    base = scene.frame.horizon
    points, x = [(0, base)], 0
    while x < scene.frame.width:
        width, height = seeds.number(3, 6) * 10, seeds.number(4, 8) * 10
        height = 12 if _is_under_light(scene, x) else height
        points += [(x, base - height), (x + width // 2, base - height - width // 2)]
        points += [(x + width, base - height)]
        x += width
    scene.sheet.fill("far", shapes.polygon([*points, (x, base)]))


def _far_blocks(scene: Scene, seeds: Seeds) -> None:
    base = scene.frame.horizon
    points, x = [(0, base)], 0
    while x < scene.frame.width:
        width, height = seeds.number(3, 8) * 10, seeds.number(3, 12) * 10
        height = 24 if _is_under_light(scene, x) else height
        points += [(x, base - height), (x + width, base - height)]
        x += width
    scene.sheet.fill("far", shapes.polygon([*points, (x, base)]))


def _is_under_light(scene: Scene, x: int) -> bool:
    return abs(x - scene.sun_x) < 100


def draw_boat(scene: Scene) -> None:
    """Something afloat before the quay: what the words ask for, else perhaps a boat."""
    wanted = afloat(scene.cover.motifs)
    seeds, frame = scene.seeds, scene.frame
    name = wanted[0] if wanted else seeds.one_of(_BOATS)
    flip, rest = seeds.chance(50), seeds.chance(25)
    if name == "fish":
        _shoal(scene, flip)
    elif wanted or not rest:
        # Beside the light or on the far side of what rules, never before it.
        places = (scene.sun_x - scene.side * 86, scene.sun_x + scene.side * 48)
        x = seeds.one_of(places if name == "sail" else (*places, scene.hero_x + scene.side * 96))
        scale = {"ferry": 0.8, "sail": 1, "buoy": 0.9, "tug": 0.9}[name] * (1.2 if wanted else 1)
        scene.put(name, "deep", x, frame.horizon + 34, round(scale, 2), flip)


def _shoal(scene: Scene, flip: bool) -> None:
    """Three fish that swim one way, the first the largest."""
    way = -1 if flip else 1
    for number, colour in enumerate(("pale", "spark", "bright")):
        scale = (0.95, 0.6, 0.45)[number]
        x = scene.frame.middle + way * (-40 + (0, 128, 206)[number])
        ground = scene.frame.horizon + (98, 74, 102)[number]
        scene.put("fish", colour, x, ground, scale, flip)


def draw_quay(scene: Scene) -> None:
    frame = scene.frame
    scene.sheet.fill("quay", shapes.rect(0, frame.horizon, frame.width, QUAY))
