"""Key figures and milestones of "What is H22?"."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.models.base import Sourced
from innovation.models.fields import Translated


class Fact(Sourced):
    slug = models.SlugField(_("key"), max_length=120, unique=True)
    group = models.CharField(_("group"), max_length=40, blank=True)
    label_sv = models.CharField(_("label (Swedish)"), max_length=300)
    label_en = models.CharField(_("label (English)"), max_length=300, blank=True)
    note_en = models.TextField(_("note"), blank=True)
    is_source_precise = models.BooleanField(_("the source is known to the page"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    label = Translated()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self):
        return str(self.label)


class KeyFigure(Fact):
    """`value` is what the source says, as text: a number, a date or a few words."""

    value = models.CharField(_("value"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    as_of = models.CharField(_("as of"), max_length=20, blank=True)

    class Meta(Fact.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")


class Milestone(Fact):
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta(Fact.Meta):
        ordering = ["year", "order", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
