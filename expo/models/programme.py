"""What someone plans to see: a programme without an account, reached by a secret link."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from expo.models.edition import Expo
from expo.models.occasion import Occasion

# 192 bits, as URL-safe text.
_TOKEN_BYTES = 24
TOKEN_LENGTH = 32


def new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


class PersonalProgramme(models.Model):
    """Whoever has `edit_token` may change it; `share_token` only reads, and can be taken back.

    `owner` is None: accounts can be given programmes later.
    """

    expo = models.ForeignKey(Expo, models.CASCADE, related_name="programmes")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="programmes",
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    edit_token = models.CharField(
        max_length=TOKEN_LENGTH, unique=True, default=new_token, editable=False
    )
    # None until it is shared, and again when the link is taken back.
    share_token = models.CharField(max_length=TOKEN_LENGTH, unique=True, null=True, editable=False)
    # Its own, so that a calendar on a phone neither gives away nor outlives the right to edit.
    calendar_token = models.CharField(
        max_length=TOKEN_LENGTH, unique=True, default=new_token, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("personal programme")
        verbose_name_plural = _("personal programmes")

    def __str__(self):
        return self.name or f"{self._meta.verbose_name} {self.pk}"


class ProgrammeItem(models.Model):
    programme = models.ForeignKey(PersonalProgramme, models.CASCADE, related_name="items")
    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="programme_items")
    note = models.CharField(_("note"), max_length=300, blank=True)
    # When a drop-in visit is planned to begin; None lets the programme find a time.
    visit_at = models.DateTimeField(null=True, blank=True)
    # How often that time was changed, for calendars: they look at a higher SEQUENCE.
    plan_sequence = models.PositiveIntegerField(default=0)
    # The revision that the person has seen: a higher one of the occasion is news.
    seen_sequence = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["programme", "occasion"]
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
        constraints = [
            models.UniqueConstraint(fields=["programme", "occasion"], name="one_item_per_occasion")
        ]

    def __str__(self):
        return f"{self.programme_id}: {self.occasion_id}"
