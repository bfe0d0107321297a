from .edition import Audience, Expo, Theme
from .event import Event
from .occasion import Occasion, OccasionRevision
from .place import AccessFeature, Area, Venue
from .programme import PersonalProgramme, ProgrammeItem

__all__ = [
    "AccessFeature",
    "Area",
    "Audience",
    "Event",
    "Expo",
    "Occasion",
    "OccasionRevision",
    "PersonalProgramme",
    "ProgrammeItem",
    "Theme",
    "Venue",
]
