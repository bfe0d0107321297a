"""Where things happen: districts and the addresses in them. They outlive an edition."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from expo.choices import VenueKind
from innovation.choices import Band
from innovation.models.base import KeepsOldSlugs, slug_field
from innovation.models.fields import RichTextField, Translated


def _both_or_none(name: str):
    return models.CheckConstraint(
        condition=Q(latitude=None, longitude=None)
        | Q(latitude__isnull=False, longitude__isnull=False),
        name=name,
    )


class Positioned(models.Model):
    """A point on the map, in degrees (WGS 84); None where it isn't known."""

    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, such as 56.0467."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    is_approximate = models.BooleanField(_("the position is approximate"), default=False)

    class Meta:
        abstract = True

    @property
    def position(self) -> tuple[float, float] | None:
        """(latitude, longitude), or None."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class Area(Positioned, KeepsOldSlugs):
    """A district of the expo."""

    slug = slug_field()
    name_sv = models.CharField(_("name (Swedish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    motto_sv = models.CharField(_("motto (Swedish)"), max_length=200, blank=True)
    motto_en = models.CharField(_("motto (English)"), max_length=200, blank=True)
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))
    band = models.CharField(_("colour band"), max_length=12, choices=Band, default=Band.NEUTRAL)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Translated()
    motto = Translated()
    text = Translated()

    class Meta:
        ordering = ["order", "name_sv"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [_both_or_none("area_has_a_whole_position")]

    def __str__(self):
        return str(self.name)


class AccessFeature(KeepsOldSlugs):
    """Something that lets more people take part: step-free, hearing loop, sign language …"""

    slug = slug_field()
    name_sv = models.CharField(_("name (Swedish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    # Shape: ["Elevator/ramp", …]: what sources call it, for importers and search.
    aliases = models.JSONField(_("also called"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Translated()

    class Meta:
        ordering = ["order", "name_sv"]
        verbose_name = _("access feature")
        verbose_name_plural = _("access features")

    def __str__(self):
        return str(self.name)


class Venue(Positioned, KeepsOldSlugs):
    """An address where events take place."""

    area = models.ForeignKey(
        Area,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("area"),
    )
    slug = slug_field()
    name_sv = models.CharField(_("name (Swedish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=VenueKind, default=VenueKind.OTHER)
    street_address = models.CharField(_("street address"), max_length=200, blank=True)
    getting_in_sv = models.TextField(
        _("how to get in (Swedish)"),
        max_length=1000,
        blank=True,
        help_text=_("Entrance, lift, where to ring."),
    )
    getting_in_en = models.TextField(_("how to get in (English)"), max_length=1000, blank=True)
    access_features = models.ManyToManyField(
        AccessFeature, blank=True, related_name="venues", verbose_name=_("access")
    )
    # Shape: ["area", …]: names of fields whose value no source states.
    inferred_fields = models.JSONField(_("concluded by us"), default=list, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    name = Translated()
    getting_in = Translated()

    class Meta:
        ordering = ["name_sv"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [_both_or_none("venue_has_a_whole_position")]

    def __str__(self):
        return str(self.name)
