"""Platforms: shared technical ground that initiatives build on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.choices import RoadmapStatus
from innovation.films import validate_film
from innovation.models.base import (
    Contact,
    CoverPhoto,
    HasAddress,
    KeepsOldSlugs,
    Publishable,
    Sourced,
    WebLink,
    slug_field,
)
from innovation.models.fields import RichTextField, Translated
from innovation.models.media import Document
from innovation.models.organisation import Organisation
from innovation.querysets import PublishableQuerySet


class Platform(HasAddress, KeepsOldSlugs, CoverPhoto, Publishable, Sourced):
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    slug = slug_field()
    lead_sv = models.TextField(_("lead (Swedish)"), max_length=600, blank=True)
    lead_en = models.TextField(_("lead (English)"), max_length=600, blank=True)
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))
    get_started_heading_sv = models.CharField(
        _("get started, heading (Swedish)"), max_length=200, blank=True
    )
    get_started_heading_en = models.CharField(
        _("get started, heading (English)"), max_length=200, blank=True
    )
    get_started_sv = RichTextField(_("get started (Swedish)"))
    get_started_en = RichTextField(_("get started (English)"))
    video_url = models.URLField(_("film"), max_length=500, blank=True, validators=[validate_film])
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="platforms", verbose_name=_("partners")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title = Translated()
    lead = Translated()
    text = Translated()
    get_started_heading = Translated()
    get_started = Translated()

    objects = PublishableQuerySet.as_manager()
    page_name = "platform-detail"

    class Meta(Publishable.Meta):
        ordering = ["order", "title_sv"]
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")

    def __str__(self):
        return str(self.title)


class PlatformPart(models.Model):
    """What features and roadmap items share."""

    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    group_sv = models.CharField(_("group (Swedish)"), max_length=100, blank=True)
    group_en = models.CharField(_("group (English)"), max_length=100, blank=True)
    text_sv = models.TextField(_("text (Swedish)"), max_length=500, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title = Translated()
    group = Translated()
    text = Translated()

    class Meta:
        abstract = True

    def __str__(self):
        return self.title_sv


class PlatformFeature(PlatformPart):
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="features")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("feature")
        verbose_name_plural = _("features")


class RoadmapItem(PlatformPart):
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="roadmap")
    planned_on = models.DateField(_("date"))
    status = models.CharField(
        _("status"), max_length=12, choices=RoadmapStatus, default=RoadmapStatus.NOT_STARTED
    )

    class Meta:
        ordering = ["planned_on", "order", "pk"]
        verbose_name = _("roadmap item")
        verbose_name_plural = _("roadmap")


class PlatformContact(Contact):
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="contacts")
    role_sv = models.CharField(_("role (Swedish)"), max_length=200, blank=True)
    role_en = models.CharField(_("role (English)"), max_length=200, blank=True)

    function = Translated()
    role = Translated()


class PlatformLink(WebLink):
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="links")

    title = Translated()


class PlatformDocument(Document):
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="documents")

    title = Translated()
