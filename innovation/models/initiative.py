"""Initiatives: one piece of innovation work each."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation.choices import Band, SourceType
from innovation.films import validate_film
from innovation.models.base import (
    CoverPhoto,
    HasAddress,
    KeepsOldSlugs,
    Publishable,
    Sourced,
    slug_field,
)
from innovation.models.challenge import Challenge
from innovation.models.fields import RichTextField, Translated
from innovation.models.organisation import Organisation
from innovation.models.platform import Platform
from innovation.models.search import write_search_texts
from innovation.models.vocabulary import (
    Category,
    ExpectedImpact,
    GlobalGoal,
    InnovationHeight,
    Operation,
    OperationDomain,
    Sector,
    Status,
    Technology,
)
from innovation.querysets import InitiativeQuerySet
from innovation.search_texts import has_text

# A thousand billion kronor: larger is a slip of the finger.
MONEY_MAX_SEK = 10**12
YEAR_MIN, YEAR_MAX = 1900, 2100


def money_field(label, **kwargs):
    """Whole Swedish kronor."""
    return models.BigIntegerField(
        label, validators=[MinValueValidator(0), MaxValueValidator(MONEY_MAX_SEK)], **kwargs
    )


def year_field(label):
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(YEAR_MIN), MaxValueValidator(YEAR_MAX)],
    )


class Initiative(HasAddress, KeepsOldSlugs, CoverPhoto, Publishable, Sourced):
    # ── What it is ──
    title_sv = models.CharField(_("title (Swedish)"), max_length=200, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    slug = slug_field()
    lead_sv = models.TextField(
        _("lead (Swedish)"),
        max_length=600,
        blank=True,
        help_text=_("Two or three sentences that anyone understands. Shown on cards."),
    )
    lead_en = models.TextField(_("lead (English)"), max_length=600, blank=True)
    what_sv = RichTextField(_("what? (Swedish)"))
    what_en = RichTextField(_("what? (English)"))
    why_sv = RichTextField(_("why? (Swedish)"))
    why_en = RichTextField(_("why? (English)"))
    how_sv = RichTextField(_("how? (Swedish)"))
    how_en = RichTextField(_("how? (English)"))
    delimitations_sv = RichTextField(_("delimitations (Swedish)"))
    delimitations_en = RichTextField(_("delimitations (English)"))
    lessons_learned_sv = RichTextField(_("lessons learned (Swedish)"))
    lessons_learned_en = RichTextField(_("lessons learned (English)"))
    collaboration_wanted_sv = RichTextField(_("collaboration wanted (Swedish)"))
    collaboration_wanted_en = RichTextField(_("collaboration wanted (English)"))

    # ── How far it has come ──
    status = models.ForeignKey(
        Status, models.PROTECT, related_name="initiatives", verbose_name=_("status")
    )
    progress_percent = models.PositiveSmallIntegerField(
        _("progress reached, per cent"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Follows the status; paused and cancelled keep what was reached."),
    )
    status_comment_sv = models.TextField(_("status comment (Swedish)"), max_length=600, blank=True)
    status_comment_en = models.TextField(_("status comment (English)"), max_length=600, blank=True)
    start_year = year_field(_("start, year"))
    end_year = year_field(_("end, year"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    # ── What it belongs to ──
    challenge = models.ForeignKey(
        Challenge,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("challenge"),
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("category"),
        help_text=_("Offered from the challenge when it is left empty."),
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="initiatives", verbose_name=_("sectors")
    )
    technologies = models.ManyToManyField(
        Technology, blank=True, related_name="initiatives", verbose_name=_("technologies")
    )
    global_goals = models.ManyToManyField(
        GlobalGoal, blank=True, related_name="initiatives", verbose_name=_("Global Goals")
    )
    platforms = models.ManyToManyField(
        Platform, blank=True, related_name="initiatives", verbose_name=_("platforms")
    )
    operations = models.ManyToManyField(
        Operation, blank=True, related_name="initiatives", verbose_name=_("operations")
    )
    operation_domain = models.ForeignKey(
        OperationDomain,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("operation domain"),
    )
    expected_impact = models.ForeignKey(
        ExpectedImpact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("expected impact"),
    )
    innovation_heights = models.ManyToManyField(
        InnovationHeight,
        blank=True,
        related_name="initiatives",
        verbose_name=_("innovation height"),
    )
    is_city_wide = models.BooleanField(_("city-wide initiative"), default=False)
    challenges_core = models.BooleanField(_("challenges the core business"), default=False)
    open_for_schools = models.BooleanField(_("open for schools"), default=False)
    internal = models.BooleanField(
        _("internal"),
        default=False,
        help_text=_("Never leaves the admin: no page, number, feed, export or search shows it."),
    )

    # ── Who does it ──
    driven_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="driven_initiatives",
        verbose_name=_("driven by"),
    )
    participants = models.ManyToManyField(
        Organisation, blank=True, related_name="joined_initiatives", verbose_name=_("taking part")
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partnered_initiatives", verbose_name=_("partners")
    )

    # ── Money, film, place, care ──
    estimated_budget_sek = money_field(_("estimated budget, SEK"), null=True, blank=True)
    budget_note_sv = models.CharField(_("note on the money (Swedish)"), max_length=300, blank=True)
    budget_note_en = models.CharField(_("note on the money (English)"), max_length=300, blank=True)
    video_url = models.URLField(
        _("film"),
        max_length=500,
        blank=True,
        validators=[validate_film],
        help_text=_("The address of a film at YouTube or Vimeo."),
    )
    place_sv = models.CharField(_("place (Swedish)"), max_length=200, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    source_type = models.CharField(
        _("kind of source"), max_length=24, choices=SourceType, blank=True
    )
    source_slug = models.CharField(
        _("address on the old site"), max_length=200, blank=True, db_index=True
    )
    review_on = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("After this day it counts as overdue.")
    )

    title = Translated()
    lead = Translated()
    what = Translated()
    why = Translated()
    how = Translated()
    delimitations = Translated()
    lessons_learned = Translated()
    collaboration_wanted = Translated()
    status_comment = Translated()
    budget_note = Translated()
    place = Translated()

    objects = InitiativeQuerySet.as_manager()
    page_name = "initiative-detail"

    class Meta(Publishable.Meta):
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        permissions = [("publish_initiative", "Can publish and withdraw initiatives")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title_sv="") | ~Q(title_en=""),
                name="initiative_has_title",
                violation_error_message=_("Give it a title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(estimated_budget_sek=None)
                | Q(estimated_budget_sek__range=(0, MONEY_MAX_SEK)),
                name="initiative_budget_sane",
                violation_error_message=_("The budget is from 0 to a thousand billion kronor."),
            ),
            models.CheckConstraint(
                condition=Q(progress_percent=None) | Q(progress_percent__range=(0, 100)),
                name="initiative_progress_percent",
                violation_error_message=_("Progress is from 0 to 100 per cent."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="initiative_ends_after_start",
                violation_error_message=_("It can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(start_year=None) | Q(end_year=None) | Q(end_year__gte=F("start_year")),
                name="initiative_years_in_order",
                violation_error_message=_("It can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    # Said aloud: a comparison with NULL is unknown, which a constraint lets pass.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="initiative_position_whole",
                violation_error_message=_("A position has both a latitude and a longitude."),
            ),
        ]

    def __str__(self):
        return str(self.title)

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._loaded_status_id = instance.__dict__.get("status_id")
        return instance

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Keeps the years in step with the dates, the progress with the status, and a dated row
        of every change of status (`update()` does none of this); and the words for the search
        (which `update()` does too)."""
        before = getattr(self, "_loaded_status_id", None)
        is_changed = before != self.status_id
        self._follow_dates()
        if is_changed:
            self._follow_status()
        super().save(*args, **kwargs)
        if is_changed and before is not None:
            self.status_changes.create(
                from_status_id=before,
                to_status_id=self.status_id,
                changed_on=timezone.localdate(),
                comment_sv=self.status_comment_sv,
                comment_en=self.status_comment_en,
            )
        self._loaded_status_id = self.status_id
        if kwargs.get("update_fields") is None or has_text(kwargs["update_fields"]):
            self.write_search_texts([self.pk])

    @classmethod
    def write_search_texts(cls, keys) -> None:
        """Write what the search reads of these initiatives anew, from what is stored of them."""
        write_search_texts(cls, list(keys))

    def _follow_dates(self):
        self.start_year = self.starts_on.year if self.starts_on else self.start_year
        self.end_year = self.ends_on.year if self.ends_on else self.end_year

    def _follow_status(self):
        if not self.status.keeps_progress:
            self.progress_percent = self.status.progress_percent

    @property
    def band(self) -> str:
        """The colour band of its category."""
        return self.category.band if self.category_id else Band.NEUTRAL

    @property
    def is_stopped(self) -> bool:
        """Paused or cancelled: it stopped at the progress it had reached."""
        return self.status.keeps_progress


class StatusChange(models.Model):
    """One step in the history of an initiative; `changed_on` is empty where no source says."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="status_changes")
    from_status = models.ForeignKey(
        Status, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from")
    )
    to_status = models.ForeignKey(
        Status, models.PROTECT, related_name="+", verbose_name=_("to status")
    )
    changed_on = models.DateField(_("date"), null=True, blank=True)
    comment_sv = models.TextField(_("comment (Swedish)"), max_length=600, blank=True)
    comment_en = models.TextField(_("comment (English)"), max_length=600, blank=True)

    comment = Translated()

    class Meta:
        ordering = [F("changed_on").asc(nulls_first=True), "pk"]
        verbose_name = _("status change")
        verbose_name_plural = _("status history")

    def __str__(self):
        return f"{self.changed_on or '–'}: {self.to_status}"
