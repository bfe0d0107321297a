"""Which picture a row gets: the drawing that its words, colour and status ask for, or a photograph.

The address of a drawing holds all that is drawn, so that it can be kept for ever.
"""

from innovation.covers import SIZES, Cover, cover_path, motifs_for
from innovation.models import Challenge, Initiative, Organisation, Platform

__all__ = ["SIZES", "drawing_of", "drawing_of_error", "drawing_of_site", "drawing_of_status"]

_KINDS = {Challenge: "challenge", Platform: "platform", Organisation: "organisation"}
# The light over an error page: what is gone is night, what will be back is dawn.
_ERROR_LIGHTS = {404: "haze", 410: "night", 403: "dusk", 503: "dawn", 500: "dusk", 400: "haze"}


def photo_of(row):
    """The photograph that an editor has added, if it may still be shown."""
    return row.cover_photo if row.cover_photo and row.is_showable else None


def drawing_of(row, size: str) -> str:
    """The address of the drawing for an initiative, challenge, platform or organisation."""
    if isinstance(row, Initiative):
        words = f"{row.title_sv} {row.title_en} {row.lead_sv}"
        return _address("initiative", row.slug, row.band, row.status.light, words, size)
    band = "harbour" if isinstance(row, Organisation) else "digital"
    if isinstance(row, Challenge):
        band = row.band
    words = "" if isinstance(row, Organisation) else f"{row.title_sv} {row.title_en}"
    return _address(_KINDS[type(row)], row.slug, band, "day", words, size)


def drawing_of_site(size: str) -> str:
    motifs = ("keep", "lighthouse", "ferry")
    return cover_path(Cover("initiative", "helsingborg", "harbour", "noon", motifs, size))


def drawing_of_status(status) -> str:
    return _address("initiative", f"light-{status.slug}", "harbour", status.light, "", "square")


def drawing_of_error(status: int, size: str) -> str:
    light = _ERROR_LIGHTS.get(status, "haze")
    return _address("initiative", f"error-{status}", "neutral", light, "", size)


def _address(kind: str, slug: str, band: str, light: str, words: str, size: str) -> str:
    motifs = motifs_for(words, ())
    return cover_path(Cover(kind, slug, band, light, motifs, size))
