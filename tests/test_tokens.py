"""The colour bands stand in three places: the drawings, the style sheet and the editor's list."""

import re
from pathlib import Path

from django.conf import settings

from innovation.choices import Band
from innovation.covers.bands import BANDS

TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
_BLOCK = re.compile(r'\[data-band="(?P<name>[\w-]+)"\]\s*{(?P<tones>[^}]*)}')
_TONE = re.compile(r"--band-(?P<tone>\w+):\s*(?P<value>#[0-9a-fA-F]{6});")


def bands_of_the_style_sheet() -> dict[str, dict[str, str]]:
    """{"learning": {"deep": "#7A2E0E", …}, …}: the light ones, which stand first."""
    found: dict[str, dict[str, str]] = {}
    for block in _BLOCK.finditer(TOKENS.read_text()):
        tones = {tone["tone"]: tone["value"].upper() for tone in _TONE.finditer(block["tones"])}
        found.setdefault(block["name"], tones)
    return found


def test_bands_of_the_style_sheet_are_those_of_the_drawings():
    drawn = {name: band._asdict() for name, band in BANDS.items()}

    assert bands_of_the_style_sheet() == {
        name: {tone: value.upper() for tone, value in tones.items()}
        for name, tones in drawn.items()
    }


def test_editor_can_choose_every_band_and_no_other():
    assert set(Band.values) == set(BANDS)
