"""Covers: every page's picture, drawn from its slug, its colour band, its status and its words."""

from .address import (
    KINDS,
    LIGHTS,
    SIZES,
    VERSION,
    Cover,
    cover_from_parts,
    cover_path,
    parse_cover_path,
)
from .bands import BANDS, INK, PAPER, Band
from .drawing import draw_cover
from .motifs import MOTIFS
from .words import motifs_for

__all__ = [
    "BANDS",
    "INK",
    "KINDS",
    "LIGHTS",
    "MOTIFS",
    "PAPER",
    "SIZES",
    "VERSION",
    "Band",
    "Cover",
    "cover_from_parts",
    "cover_path",
    "draw_cover",
    "motifs_for",
    "parse_cover_path",
]
