"""What an import did, kept for those who wonder afterwards."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportReport(models.Model):
    source = models.CharField(_("source"), max_length=60)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    # Shape: {"initiative": {"created": 105, "updated": 0, "unchanged": 0}, …}
    counts = models.JSONField(_("counts"), default=dict)
    # Shape: [{"kind": str, "slug": str, "field": str, "before": str, "after": str}, …]
    changes = models.JSONField(_("changes"), default=list)
    # Shape: ["initiative lugna-bussen: there is no sector 'xyz'", …]
    problems = models.JSONField(_("problems"), default=list)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("import report")
        verbose_name_plural = _("import reports")

    def __str__(self):
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"
