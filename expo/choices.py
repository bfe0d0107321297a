"""The fixed lists of the expo; imports nothing of ours, so that everything may import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Attendance(models.TextChoices):
    IN_PLACE = "in-place", _("In place")
    ONLINE = "online", _("Online")
    BOTH = "both", _("In place and online")


class OccasionKind(models.TextChoices):
    TIMED = "timed", _("From start to end")
    DROP_IN = "drop-in", _("Drop in")


class OccasionStatus(models.TextChoices):
    SCHEDULED = "scheduled", pgettext_lazy("occasion", "Scheduled")
    MOVED = "moved", pgettext_lazy("occasion", "Moved")
    CANCELLED = "cancelled", pgettext_lazy("occasion", "Cancelled")


class EventKind(models.TextChoices):
    CEREMONY = "ceremony", _("Ceremony")
    CONCERT = "concert", _("Concert")
    CONFERENCE = "conference", _("Conference")
    EXHIBITION = "exhibition", _("Exhibition")
    FESTIVAL = "festival", _("Festival")
    FIELD_TRIP = "field-trip", _("Field trip")
    MARKET = "market", _("Market")
    MEETING = "meeting", _("Meeting")
    PANEL = "panel", _("Panel")
    PERFORMANCE = "performance", _("Performance")
    PROGRAMME = "programme", pgettext_lazy("kind of event", "Programme")
    SEMINAR = "seminar", _("Seminar")
    SESSION = "session", _("Session")
    TALK = "talk", _("Talk")
    TOUR = "tour", _("Tour")
    WORKSHOP = "workshop", _("Workshop")


class VenueKind(models.TextChoices):
    AREA = "area", _("Outdoor area")
    CONFERENCE = "conference", _("Conference venue")
    CULTURE = "culture", _("Cultural venue")
    EXHIBITION = "exhibition", _("Exhibition hall")
    LANDMARK = "landmark", _("Landmark")
    LIBRARY = "library", _("Library")
    PARK = "park", _("Park")
    PLANT = "plant", _("Plant")
    SQUARE = "square", _("Square")
    UNIVERSITY = "university", _("University")
    OTHER = "other", _("Other place")


class BookingKind(models.TextChoices):
    """What a link to another system's page leads to."""

    BUY = "buy", _("Buy tickets")
    BOOK = "book", _("Book")
    BOOK_FREE = "book-free", _("Book, free of charge")
    SUBMIT_INTEREST = "submit-interest", _("Tell that you are interested")


class SpokenLanguage(models.TextChoices):
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    SIGN_LANGUAGE = "swl", _("Swedish Sign Language")
