"""Covers: a harbour for every initiative, drawn from its slug, words, colour band and status."""

from .address import SIZES, VERSION, Cover, cover_from_parts, cover_path, parse_cover_path
from .drawing import draw_cover
from .words import motifs_for

__all__ = [
    "SIZES",
    "VERSION",
    "Cover",
    "cover_from_parts",
    "cover_path",
    "draw_cover",
    "motifs_for",
    "parse_cover_path",
]
