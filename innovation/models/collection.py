"""Collections of examples under themes, such as the crisis collection of 2020."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.models.base import CoverPhoto, KeepsOldSlugs, Publishable, Sourced, slug_field
from innovation.models.fields import RichTextField, Translated
from innovation.models.organisation import Organisation
from innovation.querysets import PublishableQuerySet


class Collection(KeepsOldSlugs, CoverPhoto, Publishable, Sourced):
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    slug = slug_field()
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))

    title = Translated()
    text = Translated()

    objects = PublishableQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["title_sv"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self):
        return str(self.title)


class CollectionTheme(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="themes")
    slug = models.SlugField(_("address"), max_length=120)
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    text_sv = models.TextField(_("text (Swedish)"), max_length=1000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title = Translated()
    text = Translated()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(fields=["collection", "slug"], name="one_theme_per_slug")
        ]

    def __str__(self):
        return str(self.title)


class CollectionExample(Sourced):
    theme = models.ForeignKey(CollectionTheme, models.CASCADE, related_name="examples")
    slug = models.SlugField(_("address"), max_length=120)
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    text_sv = models.TextField(_("text (Swedish)"), max_length=2000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=2000, blank=True)
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="examples", verbose_name=_("organisations")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title = Translated()
    text = Translated()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        constraints = [
            models.UniqueConstraint(fields=["theme", "slug"], name="one_example_per_slug")
        ]

    def __str__(self):
        return str(self.title)
