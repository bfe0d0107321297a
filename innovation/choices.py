"""The fixed lists of the catalogue; imports nothing of ours, so that everything may import it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Visibility(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in-review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Role(models.TextChoices):
    """What a person does for an organisation."""

    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    REPRESENTATIVE = "representative", _("Representative")


class OrganisationKind(models.TextChoices):
    ADMINISTRATION = "administration", _("Administration")
    COMMITTEE = "committee", _("Committee")
    CITY_UNIT = "city_unit", _("City unit")
    MUNICIPAL_COMPANY = "municipal_company", _("Municipal company")
    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University")
    RESEARCH_INSTITUTE = "research_institute", _("Research institute")
    ASSOCIATION = "association", _("Association")
    NETWORK = "network", _("Network")
    PUBLIC_AUTHORITY = "public_authority", _("Public authority")
    MUNICIPALITY = "municipality", _("Municipality")
    CITY = "city", _("City abroad")
    REGION = "region", _("Region")
    MUNICIPAL_ASSOCIATION = "municipal_association", _("Municipal association")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    PUBLIC_TRANSPORT = "public_transport", _("Public transport")
    THINK_TANK = "think_tank", _("Think tank")
    FOUNDATION = "foundation", _("Foundation")
    GROUP = "group", _("Group of people")


# The city's own: they drive initiatives. The rest are partners from outside.
CITY_KINDS = (
    OrganisationKind.ADMINISTRATION,
    OrganisationKind.COMMITTEE,
    OrganisationKind.CITY_UNIT,
    OrganisationKind.MUNICIPAL_COMPANY,
)


class Band(models.TextChoices):
    """The named colour bands; the tones stand in `innovation/covers/bands.py` and tokens.css."""

    LEARNING = "learning", _("Learning (orange)")
    CLIMATE = "climate", _("Climate (green)")
    HEALTH = "health", _("Health (rose)")
    DIGITAL = "digital", _("Digital (blue)")
    URBAN = "urban", _("Urban (indigo)")
    SAFETY = "safety", _("Safety (petrol)")
    INTEGRATION = "integration", _("Integration (violet)")
    DEMOCRACY = "democracy", _("Democracy (brick)")
    HARBOUR = "harbour", _("Harbour (sea blue)")
    AMBER = "amber", _("Amber")
    MOSS = "moss", _("Moss")
    PLUM = "plum", _("Plum")
    NEUTRAL = "neutral", _("Neutral (sand)")


class Light(models.TextChoices):
    """Where the light stands on a cover; it tells the status."""

    DAWN = "dawn", _("Dawn")
    MORNING = "morning", _("Morning")
    DAY = "day", _("Day")
    NOON = "noon", _("Noon")
    DUSK = "dusk", _("Dusk")
    NIGHT = "night", _("Night with a moon")
    HAZE = "haze", _("Haze")


class FundingKind(models.TextChoices):
    GRANTED = "granted", _("Granted")
    USED = "used", _("Used")


class RoadmapStatus(models.TextChoices):
    NOT_STARTED = "not-started", _("Not started")
    IN_PROGRESS = "in-progress", pgettext_lazy("roadmap", "In progress")
    DONE = "done", pgettext_lazy("roadmap", "Done")


class SourceType(models.TextChoices):
    INNOVATION_PLATFORM = "innovation_platform", _("The city's innovation platform")
    CITY_SITE = "city_site", _("The city's website")
    PRESS = "press", _("Press")
    PARTNER_SITE = "partner_site", _("A partner's website")
    FUNDER = "funder", _("A funder's register")
    CODE_REPOSITORY = "code_repository", _("Open source code")
    HBG_WORKS = "hbg_works", _("Hbg Works")


class PositionX(models.TextChoices):
    LEFT = "left", _("Left")
    CENTER = "center", _("Centre")
    RIGHT = "right", _("Right")


class PositionY(models.TextChoices):
    TOP = "top", _("Top")
    CENTER = "center", _("Centre")
    BOTTOM = "bottom", _("Bottom")
