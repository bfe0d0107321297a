"""Mail and background work that waits to be done."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxMessage(models.Model):
    """One mail or one piece of work, stored in the same transaction as its cause."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        DONE = "done", _("Done")
        DEAD = "dead", _("Given up")

    kind = models.CharField(_("kind"), max_length=60)
    # Shape: what the handler of `kind` takes; for mail {"to": str, "subject": str, "text": str,
    # "html": str, "reply_to": [str], "message_id": str}.
    payload = models.JSONField(_("content"), default=dict)
    # The same key twice is stored once: a double click sends one mail.
    dedupe_key = models.CharField(_("key"), max_length=200, unique=True, null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Also the lease: a worker that takes the message moves it ahead, so that no other does.
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outbox")
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state="queued"),
                name="outbox_waiting",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
