"""Challenges."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from innovation.admin.base import RICH_TEXT_NOTE, PartInline, both
from innovation.admin.filters import Concluded, MissingTranslation
from innovation.admin.workflow import PublishableAdmin
from innovation.models import Challenge, ChallengeContact

COVER = (
    _("Picture"),
    {
        "classes": ("collapse",),
        "fields": (
            "cover_photo",
            *both("alt"),
            ("position_x", "position_y"),
            ("creator", "licence"),
            "shows_people",
            ("consent_reference", "consent_expires_on"),
        ),
    },
)
SOURCE = (
    _("Where the facts come from"),
    {
        "classes": ("collapse",),
        "fields": ("source_ref", "source_url", "source_url_exact", "inferred_fields"),
    },
)
STATE = (None, {"fields": (("state", "published_at", "updated_at"),)})


class ChallengeContactInline(PartInline):
    model = ChallengeContact
    fields = (*both("function"), ("email", "notified_on"), "order")


@admin.register(Challenge)
class ChallengeAdmin(PublishableAdmin):
    preview_of = "innovation.views.challenges.render_challenge"
    inlines = (ChallengeContactInline,)
    prepopulated_fields = {"slug": ("title_sv",)}
    can_be_inferred = (
        "title_sv",
        "title_en",
        "lead_sv",
        "lead_en",
        "category",
        "global_goals",
        "focal_points",
    )
    fieldsets = (
        STATE,
        (
            _("What it is"),
            {
                "fields": (*both("title"), "slug", "alternative_titles", *both("lead", "text")),
                "description": RICH_TEXT_NOTE,
            },
        ),
        (
            _("What it belongs to"),
            {
                "fields": (
                    ("category", "global_goals"),
                    ("focal_points", "report_number"),
                    "order",
                    "is_example",
                )
            },
        ),
        COVER,
        (SOURCE[0], {**SOURCE[1], "fields": ("source_slug", *SOURCE[1]["fields"])}),
    )
    list_display = ("__str__", "state", "category", "order", "updated_at")
    list_select_related = ("category",)
    list_filter = (
        "visibility",
        ("category", admin.RelatedOnlyFieldListFilter),
        MissingTranslation,
        Concluded,
        "is_example",
    )
    search_fields = ("title_sv", "title_en", "lead_sv", "lead_en", "slug")
