"""Administrations, companies, universities, associations and networks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.choices import OrganisationKind, Visibility
from innovation.models.base import HasAddress, KeepsOldSlugs, Publishable, Sourced, slug_field
from innovation.models.fields import RichTextField, Translated
from innovation.querysets import OrganisationQuerySet


class Organisation(HasAddress, KeepsOldSlugs, Publishable, Sourced):
    slug = slug_field()
    name_sv = models.CharField(_("name (Swedish)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=32, choices=OrganisationKind)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters, such as SE.")
    )
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    administration = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="committees",
        verbose_name=_("administration"),
        help_text=_("For a committee: the administration that works for it."),
    )
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))
    website = models.URLField(_("website"), max_length=500, blank=True)
    is_h22_partner = models.BooleanField(_("H22 partner"), default=False)
    note = models.CharField(_("note for editors"), max_length=500, blank=True)
    # Organisations are registers of names: a new one is shown unless someone hides it.
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility, default=Visibility.PUBLISHED
    )

    name = Translated()
    text = Translated()

    objects = OrganisationQuerySet.as_manager()
    page_name = "organisation-detail"

    class Meta(Publishable.Meta):
        ordering = ["name_sv"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return str(self.name)
