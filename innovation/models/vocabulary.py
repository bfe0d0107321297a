"""The vocabularies that initiatives are sorted by."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.choices import Band, Light
from innovation.models.base import HasAddress, KeepsOldSlugs, slug_field
from innovation.models.fields import RichTextField, Translated


class Term(KeepsOldSlugs):
    """One word of a vocabulary, in both languages."""

    slug = slug_field()
    name_sv = models.CharField(_("name (Swedish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    # Shape: ["Utforskas", "Explored", …]: what sources also call it, for importers and search.
    aliases = models.JSONField(_("also called"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Translated()

    class Meta:
        abstract = True
        ordering = ["order", "name_sv"]

    def __str__(self):
        return str(self.name)


class PageTerm(HasAddress, Term):
    """A term with a page of its own, and so with a text."""

    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))

    text = Translated()

    class Meta(Term.Meta):
        abstract = True


class Category(PageTerm):
    band = models.CharField(
        _("colour band"),
        max_length=12,
        choices=Band,
        default=Band.NEUTRAL,
        help_text=_("The five colours of its pages and covers."),
    )

    page_name = "category-detail"

    class Meta(PageTerm.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class TreeTerm(PageTerm):
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )

    class Meta(PageTerm.Meta):
        abstract = True


class Sector(TreeTerm):
    page_name = "sector-detail"

    class Meta(TreeTerm.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Technology(TreeTerm):
    page_name = "technology-detail"

    class Meta(TreeTerm.Meta):
        verbose_name = _("technology")
        verbose_name_plural = _("technologies")


class GlobalGoal(PageTerm):
    """One of the 17 Sustainable Development Goals; its slug is its number."""

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )

    page_name = "global-goal-detail"

    class Meta:
        ordering = ["number"]
        verbose_name = _("Global Goal")
        verbose_name_plural = _("Global Goals")

    def __str__(self):
        return f"{self.number}. {self.name}"


class Status(Term):
    """How far an initiative has come. Paused and cancelled have no progress of their own:
    the initiative keeps what it had reached."""

    explanation_sv = models.CharField(_("explanation (Swedish)"), max_length=300, blank=True)
    explanation_en = models.CharField(_("explanation (English)"), max_length=300, blank=True)
    progress_percent = models.PositiveSmallIntegerField(
        _("progress, per cent"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Empty where the status says nothing of how far the work has come."),
    )
    keeps_progress = models.BooleanField(
        _("keeps the progress reached"),
        default=False,
        help_text=_("For paused and cancelled: the initiative keeps what it had reached."),
    )
    step = models.PositiveSmallIntegerField(
        _("step, 1 to 4"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
    )
    asks_for_lessons = models.BooleanField(_("asks for lessons learned"), default=False)
    light = models.CharField(
        _("light on the cover"), max_length=8, choices=Light, default=Light.HAZE
    )

    explanation = Translated()

    class Meta(Term.Meta):
        verbose_name = _("status")
        verbose_name_plural = _("statuses")


class FocalPoint(Term):
    """What the city's horizon scanning points at ("brännpunkt")."""

    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")


class InnovationHeight(Term):
    class Meta(Term.Meta):
        verbose_name = _("innovation height")
        verbose_name_plural = _("innovation heights")


class ExpectedImpact(Term):
    class Meta(Term.Meta):
        verbose_name = _("expected impact")
        verbose_name_plural = _("expected impacts")


class Operation(Term):
    class Meta(Term.Meta):
        verbose_name = _("operation")
        verbose_name_plural = _("operations")


class OperationDomain(Term):
    class Meta(Term.Meta):
        verbose_name = _("operation domain")
        verbose_name_plural = _("operation domains")
