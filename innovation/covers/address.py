"""What a cover is, and its address: all that is drawn stands in it, so that it never goes stale."""

import re
from dataclasses import dataclass

from .bands import BANDS
from .motifs import MOTIFS

# Raise it whenever a drawing changes: browsers keep each address for a year.
VERSION = 1

KINDS = (
    "initiative",
    "challenge",
    "collection",
    "story",
    "event",
    "area",
    "organisation",
    "platform",
)
LIGHTS = ("dawn", "morning", "day", "noon", "dusk", "night", "haze")
# The width and height, in pixels, that a page states for the picture.
SIZES = {"wide": (1600, 900), "card": (640, 480), "social": (1200, 630), "square": (800, 800)}
MOTIFS_MAX = 3
NO_MOTIFS = "-"

_SLUG = re.compile(r"[a-z0-9-]{1,120}")
_PATH = re.compile(
    r"/covers/([1-9][0-9]{0,5})/([a-z]+)/([a-z]+)/([a-z]+)/([a-z+-]+)/([a-z]+)/([^/]+)\.svg"
)


@dataclass(frozen=True, slots=True)
class Cover:
    """All that decides a drawing. Raises ValueError, with a sentence, for what cannot be drawn."""

    kind: str
    slug: str
    band: str
    light: str
    motifs: tuple[str, ...] = ()
    size: str = "card"

    def __post_init__(self):
        _check("kind", self.kind, KINDS)
        _check("band", self.band, BANDS)
        _check("light", self.light, LIGHTS)
        _check("size", self.size, SIZES)
        for motif in self.motifs:
            _check("motif", motif, MOTIFS)
        if len(self.motifs) > MOTIFS_MAX or len(set(self.motifs)) != len(self.motifs):
            raise ValueError(f"A cover has at most {MOTIFS_MAX} different motifs: {self.motifs!r}.")
        if not _SLUG.fullmatch(self.slug):
            raise ValueError(f"A slug is 1 to 120 of a-z, 0-9 and hyphen: {self.slug[:130]!r}.")


def _check(what: str, value: str, known) -> None:
    if value not in known:
        raise ValueError(f"There is no {what} {value[:40]!r}; choose one of {', '.join(known)}.")


def cover_path(cover: Cover) -> str:
    """The address from the root: /covers/<version>/<kind>/<band>/<light>/<motifs>/<size>/<slug>.svg

    The motifs are joined by "+", which needs no escaping in a path; "-" stands for none.
    """
    motifs = "+".join(cover.motifs) or NO_MOTIFS
    return (
        f"/covers/{VERSION}/{cover.kind}/{cover.band}/{cover.light}/{motifs}/{cover.size}"
        f"/{cover.slug}.svg"
    )


def cover_from_parts(
    *, kind: str, band: str, light: str, motifs: str, size: str, slug: str
) -> Cover:
    """The cover that the parts of an address ask for. Raises ValueError with a sentence."""
    names = () if motifs == NO_MOTIFS else tuple(motifs.split("+"))
    return Cover(kind, slug, band, light, names, size)


def parse_cover_path(path: str) -> tuple[int, Cover]:
    """The version and the cover of an address from the root. Raises ValueError with a sentence."""
    found = _PATH.fullmatch(path)
    if not found:
        raise ValueError(f"This is not the address of a cover: {path[:200]!r}.")
    version, kind, band, light, motifs, size, slug = found.groups()
    cover = cover_from_parts(kind=kind, band=band, light=light, motifs=motifs, size=size, slug=slug)
    return int(version), cover
