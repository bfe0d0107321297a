"""Challenges: the city-wide "How can we …?" that initiatives answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.choices import Band
from innovation.models.base import (
    Contact,
    CoverPhoto,
    HasAddress,
    KeepsOldSlugs,
    Publishable,
    Sourced,
    slug_field,
)
from innovation.models.fields import RichTextField, Translated
from innovation.models.vocabulary import Category, FocalPoint, GlobalGoal
from innovation.querysets import PublishableQuerySet


class Challenge(HasAddress, KeepsOldSlugs, CoverPhoto, Publishable, Sourced):
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    slug = slug_field()
    source_slug = models.CharField(_("address on the old site"), max_length=200, blank=True)
    # Shape: ["Hur gör vi …?", …]: what the same challenge has also been called.
    alternative_titles = models.JSONField(_("also called"), default=list, blank=True)
    lead_sv = models.TextField(_("lead (Swedish)"), max_length=600, blank=True)
    lead_en = models.TextField(_("lead (English)"), max_length=600, blank=True)
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="challenges",
        verbose_name=_("category"),
    )
    global_goals = models.ManyToManyField(
        GlobalGoal, blank=True, related_name="challenges", verbose_name=_("Global Goals")
    )
    focal_points = models.ManyToManyField(
        FocalPoint, blank=True, related_name="challenges", verbose_name=_("focal points")
    )
    report_number = models.PositiveSmallIntegerField(
        _("number in the horizon scan"), null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title = Translated()
    lead = Translated()
    text = Translated()

    objects = PublishableQuerySet.as_manager()
    page_name = "challenge-detail"

    class Meta(Publishable.Meta):
        ordering = ["order", "title_sv"]
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")

    def __str__(self):
        return str(self.title)

    @property
    def band(self) -> str:
        """The colour band of its category."""
        return self.category.band if self.category_id else Band.NEUTRAL


class ChallengeContact(Contact):
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="contacts")

    function = Translated()
