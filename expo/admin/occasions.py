"""The list of all occasions, and what is done with them; they are written below their events."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo.admin.deeds import DeedPages, deed_bulk, deed_links
from expo.admin.occasion_rows import status_badge
from expo.models import Occasion, OccasionRevision
from innovation.admin.actions import run_bulk
from innovation.admin.base import ReadOnlyAdmin, both


@admin.register(Occasion)
class OccasionAdmin(DeedPages, ReadOnlyAdmin):
    fields = (
        ("event", "status_shown"),
        "what_can_be_done",
        ("kind", "venue"),
        ("first_day", "last_day"),
        ("starts_at", "ends_at"),
        ("capacity", "seats_held", "seats_taken"),
        *both("reason"),
        ("sequence", "revised_at"),
        "history",
    )
    list_display = ("event", "when", "venue", "kind", "status_shown", "seats")
    list_select_related = ("event__expo", "venue")
    list_filter = (
        "event__expo",
        "status",
        "kind",
        ("venue__area", admin.RelatedOnlyFieldListFilter),
    )
    list_per_page = 50
    date_hierarchy = "first_day"
    search_fields = ("event__title_sv", "event__title_en", "venue__name_sv", "venue__name_en")
    actions = ("copy_selected", "cancel_selected")

    def has_deed_permission(self, request):
        return request.user.has_perm("expo.change_occasion")

    @admin.action(description=gettext_lazy("Copy …"), permissions=["deed"])
    def copy_selected(self, request, queryset):
        rows = queryset.select_related("event__expo", "venue")
        return run_bulk(self, request, rows, deed_bulk("copy", _("Copy occasions")))

    @admin.action(description=gettext_lazy("Cancel …"), permissions=["deed"])
    def cancel_selected(self, request, queryset):
        rows = queryset.select_related("event__expo", "venue")
        return run_bulk(self, request, rows, deed_bulk("cancel", _("Cancel occasions")))

    # ── What is shown ─────────────────────────────────────────────────────────
    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, obj):
        return status_badge(obj)

    @admin.display(description=gettext_lazy("what can be done"))
    def what_can_be_done(self, obj):
        return deed_links(obj)

    @admin.display(description=gettext_lazy("when"), ordering="first_day")
    def when(self, obj):
        return str(obj).removeprefix(f"{obj.event} ")

    @admin.display(description=gettext_lazy("seats left"))
    def seats(self, obj):
        return "–" if obj.seats_left is None else f"{obj.seats_left} / {obj.capacity}"

    @admin.display(description=gettext_lazy("history"))
    def history(self, obj):
        """What it was and is, the latest first."""
        rows = obj.revisions.select_related("venue").order_by("-sequence")
        lines = format_html_join("", "<li>{}: {} · {} · {}</li>", map(_revision_words, rows))
        return format_html("<ol>{}</ol>", lines)


def _revision_words(row: OccasionRevision) -> tuple[str, str, str, str]:
    """Since when, when, where, and as what."""
    start = timezone.localtime(row.starts_at) if row.starts_at else None
    return (
        f"{timezone.localtime(row.revised_at):%Y-%m-%d %H:%M}",
        f"{start:%Y-%m-%d %H:%M}" if start else str(row.first_day),
        str(row.venue or "–"),
        row.get_status_display(),
    )
