"""What the site writes about itself: read, and in one case tried again."""

import json

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from innovation import outbox
from innovation.admin.base import ReadOnlyAdmin
from innovation.models import ImportReport, OutboxMessage, SlugRedirect


def as_text(value):
    """JSON as people read it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return format_html('<pre class="json">{}</pre>', text)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    fields = (
        "kind",
        "state",
        "attempts",
        "next_attempt_at",
        "last_error",
        "created_at",
        "finished_at",
        "content",
    )
    list_display = ("__str__", "subject", "state", "attempts", "next_attempt_at", "created_at")
    list_filter = ("state", "kind")
    date_hierarchy = "created_at"
    search_fields = ("kind", "last_error")
    actions = ("retry",)

    def has_retry_permission(self, request):
        return request.user.is_superuser

    @admin.action(description=_("Try again"), permissions=["retry"])
    def retry(self, request, queryset):
        count = outbox.requeue(queryset)
        text = ngettext(
            "%(count)d message will be tried again.",
            "%(count)d messages will be tried again.",
            count,
        )
        messages.success(request, text % {"count": count})

    @admin.display(description=_("subject"))
    def subject(self, obj):
        return obj.payload.get("subject", "")

    @admin.display(description=_("content"))
    def content(self, obj):
        """Without the texts: a mail may hold a link that lets its reader in."""
        shown = {key: value for key, value in obj.payload.items() if key not in ("text", "html")}
        return as_text(shown)


@admin.register(ImportReport)
class ImportReportAdmin(ReadOnlyAdmin):
    fields = ("source", "by", "started_at", "finished_at", "what", "troubles", "details")
    list_display = ("__str__", "by", "started_at", "finished_at", "trouble_count")
    list_select_related = ("by",)
    date_hierarchy = "started_at"

    @admin.display(description=_("problems"))
    def trouble_count(self, obj):
        return len(obj.problems)

    @admin.display(description=_("counts"))
    def what(self, obj):
        return as_text(obj.counts)

    @admin.display(description=_("problems"))
    def troubles(self, obj):
        return as_text(obj.problems)

    @admin.display(description=_("changes"))
    def details(self, obj):
        return as_text(obj.changes)


@admin.register(SlugRedirect)
class SlugRedirectAdmin(ReadOnlyAdmin):
    list_display = ("old_slug", "model", "object_id", "created_at")
    list_filter = ("model",)
    search_fields = ("old_slug",)
