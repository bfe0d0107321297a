"""An edition of the expo, and what its programme is sorted by."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from expo.models.place import Area
from innovation.choices import Band
from innovation.models.base import CoverPhoto, KeepsOldSlugs, Publishable, Sourced, slug_field
from innovation.models.fields import RichTextField, Translated
from innovation.querysets import PublishableQuerySet


class Expo(KeepsOldSlugs, CoverPhoto, Publishable, Sourced):
    """One edition: H22 City Expo 2022, the summit of 2020. An invented one (`is_example`) is
    labelled as a demonstration wherever it is shown."""

    slug = slug_field()
    name_sv = models.CharField(_("name (Swedish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    lead_sv = models.TextField(_("lead (Swedish)"), max_length=500, blank=True)
    lead_en = models.TextField(_("lead (English)"), max_length=500, blank=True)
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    areas = models.ManyToManyField(Area, blank=True, related_name="expos", verbose_name=_("areas"))

    name = Translated()
    lead = Translated()
    text = Translated()

    objects = PublishableQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["-starts_on"]
        verbose_name = _("expo")
        verbose_name_plural = _("expos")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="expo_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return str(self.name)

    def get_absolute_url(self):
        return reverse("expo:expo-detail", kwargs={"edition": self.slug})

    @property
    def days(self) -> list[date]:
        length = (self.ends_on - self.starts_on).days + 1
        return [self.starts_on + timedelta(days=number) for number in range(length)]


class ExpoTerm(KeepsOldSlugs):
    """A word that events are sorted by, in both languages."""

    slug = slug_field()
    name_sv = models.CharField(_("name (Swedish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Translated()

    class Meta:
        abstract = True
        ordering = ["order", "name_sv"]

    def __str__(self):
        return str(self.name)


class Theme(ExpoTerm):
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))
    band = models.CharField(_("colour band"), max_length=12, choices=Band, default=Band.NEUTRAL)

    text = Translated()

    class Meta(ExpoTerm.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Audience(ExpoTerm):
    """Whom an event is for: everyone, families, professionals …"""

    class Meta(ExpoTerm.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
