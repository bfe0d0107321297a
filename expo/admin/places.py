"""Venues and the areas that they stand in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from expo.models import Area, Venue
from innovation.admin.base import CatalogueAdmin, both
from innovation.admin.filters import Concluded, MissingTranslation
from innovation.admin.forms import SourcedForm

POSITION = (("latitude", "longitude"), "is_approximate")


@admin.register(Venue)
class VenueAdmin(CatalogueAdmin):
    form = SourcedForm
    prepopulated_fields = {"slug": ("name_sv",)}
    can_be_inferred = ("area", "latitude", "longitude", "kind")
    fieldsets = (
        (None, {"fields": (*both("name"), ("slug", "kind"))}),
        (
            _("Where it is"),
            {"fields": (("area", "street_address"), *POSITION, *both("getting_in"))},
        ),
        (_("Access"), {"fields": ("access_features", "inferred_fields")}),
    )
    list_display = ("name_sv", "area", "kind", "has_position")
    list_select_related = ("area",)
    list_filter = ("area", "kind", MissingTranslation, Concluded)
    search_fields = ("name_sv", "name_en", "slug", "street_address")

    @admin.display(description=_("position"), boolean=True)
    def has_position(self, obj):
        return obj.position is not None


@admin.register(Area)
class AreaAdmin(CatalogueAdmin):
    prepopulated_fields = {"slug": ("name_sv",)}
    fields = (*both("name"), ("slug", "order"), *both("motto", "text"), "band", *POSITION)
    list_display = ("name_sv", "name_en", "order", "band")
    list_filter = (MissingTranslation,)
    search_fields = ("name_sv", "name_en", "slug")
