"""Platforms."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from innovation import models
from innovation.admin.base import RICH_TEXT_NOTE, PartInline, both
from innovation.admin.challenge import COVER, SOURCE, STATE
from innovation.admin.filters import MissingTranslation
from innovation.admin.workflow import PublishableAdmin


class FeatureInline(PartInline):
    model = models.PlatformFeature
    fields = (*both("title", "group", "text"), "order")


class RoadmapItemInline(PartInline):
    model = models.RoadmapItem
    fields = (*both("title"), ("planned_on", "status"), *both("group", "text"), "order")


class PlatformContactInline(PartInline):
    model = models.PlatformContact
    fields = (*both("function", "role"), ("email", "notified_on"), "order")


class PlatformLinkInline(PartInline):
    model = models.PlatformLink
    fields = (*both("title"), ("url", "order"))


class PlatformDocumentInline(PartInline):
    model = models.PlatformDocument
    fields = (*both("title"), ("file", "order"))


@admin.register(models.Platform)
class PlatformAdmin(PublishableAdmin):
    preview_of = "innovation.views.platforms.render_platform"
    inlines = (
        FeatureInline,
        RoadmapItemInline,
        PlatformContactInline,
        PlatformLinkInline,
        PlatformDocumentInline,
    )
    prepopulated_fields = {"slug": ("title_sv",)}
    can_be_inferred = ("title_sv", "title_en", "lead_sv", "lead_en", "partners")
    fieldsets = (
        STATE,
        (
            _("What it is"),
            {
                "fields": (*both("title"), "slug", *both("lead", "text")),
                "description": RICH_TEXT_NOTE,
            },
        ),
        (_("Get started"), {"fields": both("get_started_heading", "get_started")}),
        (_("What it belongs to"), {"fields": ("partners", "video_url", "order", "is_example")}),
        COVER,
        SOURCE,
    )
    list_display = ("__str__", "state", "order", "updated_at")
    list_filter = ("visibility", MissingTranslation, "is_example")
    search_fields = ("title_sv", "title_en", "lead_sv", "lead_en", "slug")
