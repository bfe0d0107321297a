"""Drawings in three storeys: sky, shore and water. Pure: the same cover gives the same bytes."""

from functools import lru_cache

from . import sheet as shapes
from .address import SIZES, Cover
from .frame import Frame
from .light import LIGHTS, draw_sky, draw_veil, inks_of
from .motifs import MOTIFS
from .seeds import Seeds
from .sheet import Sheet
from .town import Town, draw_boats, draw_far_town, draw_town, leader_scale
from .water import draw_water

QUAY = 9
# Lights that lie on the water as a path.
_LOW_LIGHTS = ("dawn", "dusk", "night")


@lru_cache(maxsize=512)
def draw_cover(cover: Cover) -> str:
    """The SVG of a cover: under 2 kB compressed, without style, script or anything to fetch."""
    frame = Frame.of(cover.size)
    sheet = Sheet(inks_of(cover.band, cover.light))
    seeds = Seeds(f"{cover.kind}/{cover.slug}")
    # The sun stands to one side, inside what a square crop shows.
    sun_x = frame.middle + seeds.one_of((-1, 1)) * frame.reach * seeds.number(28, 52) // 100
    draw_sky(sheet, frame, cover.light, sun_x, seeds)
    town = Town(sheet, frame, cover.light, seeds)
    _SCENES[cover.kind](town, cover, sun_x)
    return sheet.svg((frame.width, frame.height), SIZES[cover.size])


def _harbour(town: Town, cover: Cover, sun_x: int) -> None:
    draw_far_town(town.sheet, town.frame, town.seeds)
    draw_town(town, cover.motifs, sun_x, LIGHTS[cover.light].height)
    _shore(town, cover, sun_x)
    draw_boats(town, cover.motifs, town.frame.horizon + QUAY)


def _coast(town: Town, cover: Cover, sun_x: int) -> None:
    """A wide coast: hills in three depths, a mark on the headland, sails far out."""
    sheet, frame, seeds = town.sheet, town.frame, town.seeds
    away = -1 if sun_x > frame.middle else 1
    for tone, spread, low, high in (("far", 150, 90, 150), ("far", 110, 60, 110)):
        hills = ""
        for number in range(4):
            x = frame.middle + (number - 2) * spread * 2 + seeds.number(-60, 100)
            hills += shapes.dome(x, frame.horizon + 30, seeds.number(low, high))
        sheet.fill(tone, hills)
    head = frame.middle + away * frame.reach * seeds.number(45, 60) // 100
    sheet.fill("shade", shapes.dome(head + away * 150, frame.horizon + 96, 176))
    sheet.fill("quay", shapes.dome(head + away * 40, frame.horizon + 110, 150))
    name = cover.motifs[0] if cover.motifs else seeds.one_of(("lighthouse", "keep", "turbine"))
    scale = leader_scale(name) * 0.8
    width = round(MOTIFS[name].width * scale)
    town.place(name, head - width // 2, scale, ground=frame.horizon - 36, tone="pale")
    for number, tree in enumerate(("leaf", "poplar", "fir")):
        x = head + away * (70 + 44 * number) - 20
        town.place(tree, x, 0.62, ground=frame.horizon - 30 + 12 * number)
    _shore(town, cover, sun_x, quay=0)
    for number in range(3):
        x = frame.middle - away * (60 + 90 * number) - 40
        town.place("sail", x, 0.8 - 0.16 * number, ground=frame.horizon + 34 - 8 * number)


def _procession(town: Town, cover: Cover, sun_x: int) -> None:
    """Houses in a row, each of its own kind."""
    x = -town.seeds.number(0, 50)
    while x < town.frame.width:
        name = town.seeds.one_of(("gable", "stepped", "roof", "gable", "stepped", "care"))
        town.place(name, x, 1.35, ground=town.frame.horizon)
        x += round(MOTIFS[name].width * 1.35) - 1
    _shore(town, cover, sun_x)


def _single_form(town: Town, cover: Cover, sun_x: int) -> None:
    """One big form, and room around it."""
    name = cover.motifs[0] if cover.motifs else town.seeds.one_of(("leaf", "pear", "tulip", "keep"))
    scale = 262 / max(MOTIFS[name].height, MOTIFS[name].width * 0.8)
    left = town.frame.middle - round(MOTIFS[name].width * scale) // 2
    town.place(name, left, scale, ground=town.frame.horizon, tone="main")
    _shore(town, cover, sun_x)


def _stage(town: Town, cover: Cover, sun_x: int) -> None:
    """A stage under bunting, and those who came."""
    frame, seeds = town.frame, town.seeds
    draw_far_town(town.sheet, frame, seeds)
    town.place("theatre", frame.middle - 119, 1.7, ground=frame.horizon, tone="main")
    for number in range(-3, 3):
        town.place("bunting", frame.middle + number * 150, 1, ground=frame.horizon + 4)
    for name in cover.motifs[:2]:
        x = frame.middle + seeds.one_of((-220, 150))
        town.place(name, x, 1.1, ground=frame.horizon)
    _shore(town, cover, sun_x)
    for number in range(-2, 3):
        town.place("people", frame.middle + number * 122 - 60, 1, ground=frame.height - 40)


def _foundation(town: Town, cover: Cover, sun_x: int) -> None:
    """Layers that carry a town: what a platform is."""
    sheet, frame, seeds = town.sheet, town.frame, town.seeds
    draw_far_town(sheet, frame, seeds)
    draw_town(town, cover.motifs, sun_x, LIGHTS[cover.light].height)
    top = frame.horizon
    for number, tone in enumerate(("quay", "water", "crest", "trough", "water", "foam")):
        sheet.fill(tone, shapes.rect(0, top, frame.width, frame.height - top))
        top += 14 + 6 * number


def _shore(town: Town, cover: Cover, sun_x: int, quay: int = QUAY) -> None:
    sheet, frame = town.sheet, town.frame
    draw_veil(sheet, frame, cover.light, town.seeds)
    if quay:
        sheet.fill("quay", shapes.rect(0, frame.horizon, frame.width, quay))
    is_low = cover.light in _LOW_LIGHTS
    draw_water(sheet, frame, frame.horizon + quay, sun_x, is_low, town.seeds)


_SCENES = {
    "initiative": _harbour,
    "challenge": _coast,
    "collection": _procession,
    "story": _single_form,
    "event": _stage,
    "area": _harbour,
    "organisation": _procession,
    "platform": _foundation,
}
