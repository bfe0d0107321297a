"""The rows that belong to one initiative."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from innovation.choices import FundingKind
from innovation.models.base import Contact, Picture, WebLink
from innovation.models.fields import Translated
from innovation.models.initiative import MONEY_MAX_SEK, Initiative, money_field
from innovation.models.media import Document, PictureFile
from innovation.querysets import ImpactTargetQuerySet, PictureQuerySet


class InitiativePart(models.Model):
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class ImpactTarget(InitiativePart):
    """A goal, what was to be reached, and what came of it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="impact_targets")
    goal_sv = models.CharField(_("goal (Swedish)"), max_length=400)
    goal_en = models.CharField(_("goal (English)"), max_length=400, blank=True)
    target_value_sv = models.CharField(_("target value (Swedish)"), max_length=200, blank=True)
    target_value_en = models.CharField(_("target value (English)"), max_length=200, blank=True)
    outcome_sv = models.TextField(_("outcome (Swedish)"), max_length=600, blank=True)
    outcome_en = models.TextField(_("outcome (English)"), max_length=600, blank=True)
    is_reached = models.BooleanField(
        _("reached"), null=True, blank=True, help_text=_("Unknown until someone has said.")
    )

    goal = Translated()
    target_value = Translated()
    outcome = Translated()

    objects = ImpactTargetQuerySet.as_manager()

    class Meta(InitiativePart.Meta):
        # `initiative.impact_targets.set()` writes by the base manager.
        base_manager_name = "objects"
        verbose_name = _("impact target")
        verbose_name_plural = _("impact targets")

    def __str__(self):
        return self.goal_sv

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self._write_search_texts()
        if kwargs.get("update_fields") is None:
            self._loaded_initiative_id = self.initiative_id

    @transaction.atomic
    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        self._write_search_texts()
        return deleted

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._loaded_initiative_id = instance.__dict__.get("initiative_id")
        return instance

    def _write_search_texts(self) -> None:
        """Of its initiative, and of the one that it belonged to before."""
        before = getattr(self, "_loaded_initiative_id", None)
        Initiative.write_search_texts({before, self.initiative_id} - {None})


class ResidentInvolvement(InitiativePart):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="involvements")
    text_sv = models.TextField(_("how residents take part (Swedish)"), max_length=1000)
    text_en = models.TextField(_("how residents take part (English)"), max_length=1000, blank=True)

    text = Translated()

    class Meta(InitiativePart.Meta):
        verbose_name = _("resident involvement")
        verbose_name_plural = _("resident involvement")

    def __str__(self):
        return self.text_sv[:60]


class FundingEntry(InitiativePart):
    """Money granted or used. Kinds are never added together, nor to the estimate."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="funding")
    kind = models.CharField(_("kind"), max_length=8, choices=FundingKind)
    amount_sek = money_field(_("amount, SEK"))
    dated_on = models.DateField(_("date"), null=True, blank=True)
    note_sv = models.CharField(_("note (Swedish)"), max_length=300, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True)

    note = Translated()

    class Meta(InitiativePart.Meta):
        ordering = ["kind", "dated_on", "order", "pk"]
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_sek__range=(0, MONEY_MAX_SEK)),
                name="funding_amount_sane",
                violation_error_message=_("The amount is from 0 to a thousand billion kronor."),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.amount_sek}"


class InitiativeFigure(InitiativePart):
    """A number that tells something of the work, such as 500 pupils."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="figures")
    label_sv = models.CharField(_("what it counts (Swedish)"), max_length=200)
    label_en = models.CharField(_("what it counts (English)"), max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)

    label = Translated()

    class Meta(InitiativePart.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self):
        return f"{self.label_sv}: {self.value.normalize():f}"


class InitiativeContact(Contact):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="contacts")

    function = Translated()


class InitiativeLink(WebLink):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="links")

    title = Translated()


class InitiativeDocument(Document):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="documents")

    title = Translated()


class GalleryPicture(InitiativePart, PictureFile, Picture):
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="gallery")
    caption_sv = models.CharField(_("caption (Swedish)"), max_length=300, blank=True)
    caption_en = models.CharField(_("caption (English)"), max_length=300, blank=True)

    alt = Translated()
    caption = Translated()

    objects = PictureQuerySet.as_manager()

    class Meta(InitiativePart.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("gallery")

    def __str__(self):
        return self.alt_sv or self.picture.name


class InitiativeUpdate(models.Model):
    """A dated line of news for those who follow the initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="updates")
    dated_on = models.DateField(_("date"))
    text_sv = models.TextField(_("news (Swedish)"), max_length=1000)
    text_en = models.TextField(_("news (English)"), max_length=1000, blank=True)

    text = Translated()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        verbose_name = _("update")
        verbose_name_plural = _("updates")

    def __str__(self):
        return f"{self.dated_on}: {self.text_sv[:60]}"
