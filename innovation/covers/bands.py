"""The colour bands: the single source of truth for the colours of categories and covers.

`static/css/tokens.css` repeats them for the pages; a test holds the two equal. Text stands on
`soft` (in ink) and on `deep` (in paper); the other tones are for areas and shapes.
"""

from typing import NamedTuple

PAPER = "#FFFDF8"
INK = "#14212B"


class Band(NamedTuple):
    """Five tones, each "#RRGGBB"."""

    deep: str
    main: str
    bright: str
    soft: str
    spark: str

    @property
    def sun(self) -> str:
        """The warmer of spark and bright: a sun is never blue."""
        return max(self.spark, self.bright, key=_warmth)


def _warmth(tone: str) -> int:
    """Red minus blue, -255 to 255."""
    return int(tone[1:3], 16) - int(tone[5:7], 16)


def _band(deep: str, main: str, bright: str, soft: str, spark: str) -> Band:
    return Band(*(f"#{tone}" for tone in (deep, main, bright, soft, spark)))


BANDS: dict[str, Band] = {
    "learning": _band("7A2E0E", "D9541E", "F4A024", "FBE3B0", "1E5B8C"),
    "climate": _band("0E4B3A", "1F8A5B", "8CC152", "DDEBC4", "F2C230"),
    "health": _band("6B1230", "C8325A", "F08A7A", "FBDCD2", "2B6777"),
    "digital": _band("10324F", "1769AA", "35B5D6", "CFEAF2", "F28C38"),
    "urban": _band("2B2F63", "4A55B8", "8FA3F0", "DEE4FB", "F0C24B"),
    "safety": _band("143D59", "2E7D9A", "F4B41A", "F8E7BF", "C8403A"),
    "integration": _band("4B1C57", "8B3FA0", "E27DA5", "F6DBE6", "2FA59A"),
    "democracy": _band("5A1A1A", "B3342D", "E8894A", "F7DCC4", "274C77"),
    # Spare bands, for further categories and for other cities.
    "harbour": _band("12384A", "1F6F8B", "7FC4C9", "E3EFE8", "E2583E"),
    "amber": _band("5C3505", "B5700F", "EDB33C", "FAEBC8", "2F6B5E"),
    "moss": _band("333D12", "6B7D2A", "B9BF55", "EEEFD0", "D9622B"),
    "plum": _band("461733", "8A2F5D", "D98BA6", "F7E3E6", "E3A83B"),
    # For what has no category: the site's own sand and ink.
    "neutral": _band("24343F", "5B6F7C", "B9AE97", "F4EFE4", "B3342D"),
}
