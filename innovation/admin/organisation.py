"""Organisations."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from innovation import permissions
from innovation.admin.base import both
from innovation.admin.challenge import SOURCE, STATE
from innovation.admin.filters import Concluded, MissingTranslation
from innovation.admin.workflow import PublishableAdmin
from innovation.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(PublishableAdmin):
    preview_of = "innovation.views.organisations.render_organisation"
    prepopulated_fields = {"slug": ("name_sv",)}
    can_be_inferred = (
        "name_sv",
        "name_en",
        "kind",
        "country",
        "parent",
        "administration",
        "text_sv",
        "text_en",
    )
    fieldsets = (
        STATE,
        (
            _("What it is"),
            {
                "fields": (
                    *both("name"),
                    ("short_name", "slug"),
                    ("kind", "country"),
                    ("parent", "administration"),
                    *both("text"),
                    "website",
                    "is_h22_partner",
                )
            },
        ),
        (_("For editors"), {"fields": ("note", "is_example")}),
        SOURCE,
    )
    list_display = ("__str__", "state", "kind", "country", "parent", "is_h22_partner")
    list_select_related = ("parent",)
    list_filter = (
        "visibility",
        "kind",
        "is_h22_partner",
        MissingTranslation,
        Concluded,
        "is_example",
    )
    search_fields = ("name_sv", "name_en", "short_name", "slug")

    def get_search_results(self, request, queryset, search_term):
        """When an editor chooses who drives an initiative, only what they write for is offered."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        asked = (request.GET.get("model_name"), request.GET.get("field_name"))
        if "/autocomplete/" in request.path and asked == ("initiative", "driven_by"):
            found = found & permissions.organisations_offered(request.user)
        return found, may_repeat
