"""What happens at an expo."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from expo.choices import Attendance, BookingKind, EventKind, SpokenLanguage
from expo.models.edition import Audience, Expo, Theme
from expo.models.place import AccessFeature
from expo.querysets import EventQuerySet
from innovation.models import Initiative, Organisation
from innovation.models.base import CoverPhoto, KeepsOldSlugs, Publishable, Sourced, slug_field
from innovation.models.fields import RichTextField, Translated


def validate_languages(value) -> None:
    """A list of codes of SpokenLanguage, each once."""
    codes = SpokenLanguage.values
    if not isinstance(value, list) or len(set(map(str, value))) != len(value):
        raise ValidationError(_("Choose each language once."))
    if unknown := [code for code in value if code not in codes]:
        raise ValidationError(
            _("“%(code)s” is not one of the languages."), params={"code": unknown[0]}
        )


class Event(KeepsOldSlugs, CoverPhoto, Publishable, Sourced):
    """Something that happens once or many times; see Occasion for when."""

    # Whose editors may write it (`innovation.permissions.can_edit`).
    owned_by = "organiser"

    expo = models.ForeignKey(Expo, models.PROTECT, related_name="events", verbose_name=_("expo"))
    slug = slug_field()
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    lead_sv = models.TextField(_("lead (Swedish)"), max_length=500, blank=True)
    lead_en = models.TextField(_("lead (English)"), max_length=500, blank=True)
    text_sv = RichTextField(_("text (Swedish)"))
    text_en = RichTextField(_("text (English)"))
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind, default=EventKind.SESSION)
    theme = models.ForeignKey(
        Theme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("theme"),
    )
    part_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("The conference or festival that this is a part of."),
    )

    # ── Who ──
    organiser = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organised_events",
        verbose_name=_("organiser"),
    )
    hosts = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="hosted_events",
        verbose_name=_("hosts"),
        help_text=_("Those who meet the visitors, besides the organiser."),
    )
    initiatives = models.ManyToManyField(
        Initiative, blank=True, related_name="events", verbose_name=_("initiatives")
    )

    # ── For whom ──
    audiences = models.ManyToManyField(
        Audience, blank=True, related_name="events", verbose_name=_("audience")
    )
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    # Shape: ["sv", "en"], codes of SpokenLanguage.
    languages = models.JSONField(
        _("languages"), default=list, blank=True, validators=[validate_languages]
    )
    access_features = models.ManyToManyField(
        AccessFeature,
        blank=True,
        related_name="events",
        verbose_name=_("access"),
        help_text=_("Besides what the venue has."),
    )

    # ── How to take part ──
    attendance = models.CharField(
        _("attendance"), max_length=8, choices=Attendance, default=Attendance.IN_PLACE
    )
    online_url = models.URLField(_("link to take part online"), max_length=500, blank=True)
    price_sek = models.PositiveIntegerField(
        _("price in kronor"), null=True, blank=True, help_text=_("0 is free; empty is not known.")
    )
    price_note_sv = models.CharField(_("about the price (Swedish)"), max_length=200, blank=True)
    price_note_en = models.CharField(_("about the price (English)"), max_length=200, blank=True)
    booking_url = models.URLField(_("booking page of another system"), max_length=500, blank=True)
    booking_kind = models.CharField(
        _("that page is for"), max_length=16, choices=BookingKind, blank=True
    )

    title = Translated()
    lead = Translated()
    text = Translated()
    price_note = Translated()

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["title_sv", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=F("min_age")),
                name="event_ages_in_order",
            ),
        ]

    def __str__(self):
        return str(self.title)

    def get_absolute_url(self):
        return reverse("expo:event-detail", kwargs={"edition": self.expo.slug, "slug": self.slug})

    @property
    def is_online(self) -> bool:
        return self.attendance != Attendance.IN_PLACE

    @property
    def is_in_place(self) -> bool:
        return self.attendance != Attendance.ONLINE
