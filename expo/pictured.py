"""Which drawing an edition, an event or an area gets; a photograph takes its place where an editor
has added one."""

from expo.choices import EventKind
from expo.models import Area, Event, Expo, Venue
from innovation.choices import Band
from innovation.covers import Cover, cover_path, motifs_for

# What people come to in the evening.
_EVENING = {EventKind.CONCERT, EventKind.FESTIVAL, EventKind.PERFORMANCE}
_BANDS_OF_YEARS = (Band.URBAN, Band.AMBER, Band.HARBOUR, Band.PLUM, Band.CLIMATE)


def drawing_of(row: Expo | Event | Area, size: str) -> str:
    """The address of the drawing: a stage for what happens, the outline of a district."""
    if isinstance(row, Area):
        return _address("area", row, row.band, "day", f"{row.name_sv} {row.motto_sv}", size)
    if isinstance(row, Expo):
        return _address("event", row, band_of(row), "morning", "", size)
    light = "dusk" if row.kind in _EVENING else "day"
    return _address("event", row, band_of(row), light, f"{row.title_sv} {row.lead_sv}", size)


def band_of(row: Expo | Event) -> str:
    """An event has its theme's; an edition one by its year, so that two in a row differ."""
    if isinstance(row, Expo):
        return _BANDS_OF_YEARS[row.starts_on.year % len(_BANDS_OF_YEARS)]
    return row.theme.band if row.theme_id else Band.HARBOUR


def band_of_venue(venue: Venue | None) -> str:
    """That of the area it lies in."""
    return venue.area.band if venue and venue.area_id else Band.NEUTRAL


def _address(kind: str, row, band: str, light: str, words: str, size: str) -> str:
    return cover_path(Cover(kind, row.slug, band, light, motifs_for(words, ()), size))
