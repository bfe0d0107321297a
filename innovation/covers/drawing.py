"""From a cover to its drawing."""

from functools import lru_cache

from .address import SIZES, Cover
from .frame import Frame
from .light import inks_of
from .scenes import SCENES
from .sheet import Sheet
from .skyline import Scene


@lru_cache(maxsize=512)
def draw_cover(cover: Cover) -> str:
    """The cover as a standalone SVG, at most 2 kB compressed; the same for ever for one VERSION."""
    frame = Frame.of(cover.size)
    sheet = Sheet(inks_of(cover.band, cover.light))
    SCENES[cover.kind](Scene.of(cover, sheet, frame))
    return sheet.svg(frame, SIZES[cover.size])
