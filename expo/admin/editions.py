"""Editions of the expo."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from expo.models import Expo
from innovation.admin.base import RICH_TEXT_NOTE, both
from innovation.admin.challenge import COVER, SOURCE, STATE
from innovation.admin.filters import Concluded, MissingTranslation
from innovation.admin.workflow import PublishableAdmin


@admin.register(Expo)
class ExpoAdmin(PublishableAdmin):
    preview_of = "expo.views.expos.render_expo"
    prepopulated_fields = {"slug": ("name_sv",)}
    can_be_inferred = ("name_en", "lead_sv", "lead_en", "starts_on", "ends_on", "areas")
    fieldsets = (
        STATE,
        (
            _("What it is"),
            {
                "fields": (*both("name"), "slug", *both("lead", "text")),
                "description": RICH_TEXT_NOTE,
            },
        ),
        (
            _("When and where"),
            {"fields": (("starts_on", "ends_on"), "areas", "is_example")},
        ),
        COVER,
        SOURCE,
    )
    list_display = ("__str__", "state", "starts_on", "ends_on", "is_example")
    list_filter = ("visibility", MissingTranslation, Concluded, "is_example")
    search_fields = ("name_sv", "name_en", "slug")
