"""Who stands where on the quay: one large form, its neighbours to both sides, boats before it."""

from collections.abc import Sequence

from .frame import Frame
from .light import LIGHTS, Tones
from .motifs import MOTIFS
from .seeds import Seeds
from .sheet import Sheet, rect, stamp

# What stands there when the words ask for nothing: the harbour's own.
LEADERS = ("stepped", "keep", "townhall", "crane", "lighthouse", "watertower", "tower", "gable",
           "leaf", "rainbow", "arches", "stairs", "bridge", "library")  # fmt: skip
BUILDINGS = ("gable", "roof", "stepped", "block", "tower", "arches", "stairs", "kiosk",
             "containers", "crane", "works")  # fmt: skip
GREEN = ("tree", "leaf", "fir", "poplar", "grove", "fruit")
SMALL = ("lamp", "bench", "kiosk", "people", "bicycle", "tree", "lifebuoy", "roof")
BOATS = ("sail", "sail", "ferry", "tug", "buoy")
BESIDE_LOW_SUN = 96  # units of height that leave a low sun in view
_TONES = ("main", "deep", "bright", "pale")
_LEADER_HEIGHTS = {"tall": 206, "broad": 168, "low": 132, "water": 140, "air": 140}


class Town:
    """Prints motifs on the ground of a frame, never two neighbours in the same tone."""

    def __init__(self, sheet: Sheet, frame: Frame, light_name: str, seeds: Seeds):
        self.sheet, self.frame, self.seeds = sheet, frame, seeds
        self.tones: dict[str, Tones] = LIGHTS[light_name].tones
        # At night some of the windows are dark.
        self.dark_windows = 3 if light_name == "night" else 0
        self._last_tone = ""
        self._has_spark = False

    def place(self, name: str, x: int, scale: float, *, ground: int, tone: str = "") -> None:
        stamp(
            self.sheet,
            MOTIFS[name],
            self.tones[tone or self._next_tone(name)],
            x=x,
            ground=ground,
            scale=scale,
            flip=self.seeds.chance(50) and name not in ("library", "bubbles", "screen", "people"),
            dark_windows=self.dark_windows,
        )

    def _next_tone(self, name: str) -> str:
        """One spark in a picture, on something small; else another tone than the neighbour's."""
        if not self._has_spark and MOTIFS[name].place == "low" and self.seeds.chance(60):
            self._has_spark = True
            return "spark"
        tone = self.seeds.one_of([tone for tone in _TONES if tone != self._last_tone])
        self._last_tone = tone
        return tone


def draw_far_town(sheet: Sheet, frame: Frame, seeds: Seeds) -> None:
    """A pale skyline behind, of blocks in steps."""
    x, d = -seeds.number(0, 60), ""
    while x < frame.width:
        width, height = seeds.number(28, 74), seeds.number(18, 66)
        d += rect(x, frame.horizon - height, width, height)
        x += width + (seeds.number(0, 40) if seeds.chance(35) else 0)
    sheet.fill("far", d)


def draw_town(town: Town, wanted: Sequence[str], sun_x: int, sun_height: int) -> None:
    """The skyline: the first of `wanted` is the large form, the others stand beside it."""
    frame, seeds = town.frame, town.seeds
    on_land = [name for name in wanted if MOTIFS[name].place != "water"]
    leader = on_land[0] if on_land else seeds.one_of(LEADERS)
    others = on_land[1:]
    scale = leader_scale(leader)
    width = round(MOTIFS[leader].width * scale)
    away = -1 if sun_x > frame.middle else 1
    left = frame.middle + away * frame.reach * seeds.number(22, 42) // 100 - width // 2
    for side in (-1, 1):
        asked = others[: 1 if side == -away else 2]
        others = others[len(asked) :]
        _line_up(town, side, left if side < 0 else left + width, asked, sun_x, sun_height, leader)
    tone = seeds.one_of(("main", "deep", "bright"))
    town.place(leader, left, scale, ground=frame.horizon, tone=tone)


def leader_scale(name: str) -> float:
    motif = MOTIFS[name]
    return min(2.1, max(0.95, _LEADER_HEIGHTS[motif.place] / motif.height))


def _line_up(town, side, edge, asked, sun_x, sun_height, leader) -> None:
    """Motifs from `edge` outwards to the edge of the sheet; what is asked for comes first."""
    frame, seeds = town.frame, town.seeds
    asked, used, turn = list(asked), {leader}, seeds.number(0, 2)
    while -30 < edge < frame.width + 30:
        near_sun = sun_height < 80 and abs(edge + side * 50 - sun_x) < 120
        if asked:
            name = asked.pop(0)
            scale = min(1.5, max(1.0, 118 / MOTIFS[name].height))
        else:
            name = _neighbour(seeds, turn, used, near_sun)
            scale = seeds.number(88, 116) / 100
        used.add(name)
        turn += 1
        width = round(MOTIFS[name].width * scale)
        gap = seeds.number(-4, 10) if turn % 3 else seeds.number(12, 34)
        left = edge + gap if side > 0 else edge - gap - width
        town.place(name, left, scale, ground=frame.horizon)
        edge = left + width if side > 0 else left


def _neighbour(seeds: Seeds, turn: int, used: set[str], near_sun: bool) -> str:
    """Houses and trees by turns, something small before a low sun; nothing twice if it can be."""
    pool = (BUILDINGS, GREEN, BUILDINGS, SMALL)[turn % 4]
    if near_sun:
        pool = [name for name in (*SMALL, *BUILDINGS) if MOTIFS[name].height <= BESIDE_LOW_SUN]
    fresh = [name for name in pool if name not in used]
    return seeds.one_of(fresh or pool)


def draw_boats(town: Town, wanted: Sequence[str], water_top: int) -> None:
    """One or two on the water, the ones that the words ask for first."""
    frame, seeds = town.frame, town.seeds
    asked = [name for name in wanted if MOTIFS[name].place == "water"]
    if not asked and seeds.chance(70):
        asked = [seeds.one_of(BOATS)]
    if len(asked) == 1 and asked[0] != "buoy" and seeds.chance(45):
        asked.append("buoy")
    side = seeds.one_of((-1, 1))
    for number, name in enumerate(asked[:2]):
        scale = 1.0 if MOTIFS[name].width < 150 else 0.8
        width = round(MOTIFS[name].width * scale)
        offset = side * (1 - 2 * number) * frame.reach * seeds.number(30, 62) // 100
        tone = seeds.one_of(("pale", "spark", "bright"))
        town.place(
            name,
            frame.middle + offset - width // 2,
            scale,
            ground=water_top + 30 + 14 * number,
            tone=tone,
        )
