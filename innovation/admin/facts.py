"""Key figures and milestones."""

from django.contrib import admin

from innovation.admin.base import CatalogueAdmin, both
from innovation.admin.challenge import SOURCE
from innovation.admin.filters import MissingTranslation
from innovation.admin.forms import SourcedForm
from innovation.models import KeyFigure, Milestone


class FactAdmin(CatalogueAdmin):
    form = SourcedForm
    can_be_inferred = ("label_sv", "label_en")
    own_fields: tuple = ()
    list_filter = ("group", MissingTranslation)
    search_fields = ("label_sv", "label_en", "slug")

    def get_fieldsets(self, request, obj=None):
        fields = (*both("label"), *self.own_fields, ("slug", "group"), "note_en", "order")
        source = (*SOURCE[1]["fields"], "is_source_precise")
        return ((None, {"fields": fields}), (SOURCE[0], {**SOURCE[1], "fields": source}))


@admin.register(KeyFigure)
class KeyFigureAdmin(FactAdmin):
    can_be_inferred = (*FactAdmin.can_be_inferred, "value", "unit", "as_of")
    own_fields = (("value", "unit"), "as_of")
    list_display = ("__str__", "value", "unit", "as_of", "group", "order")


@admin.register(Milestone)
class MilestoneAdmin(FactAdmin):
    can_be_inferred = (*FactAdmin.can_be_inferred, "year")
    own_fields = ("year",)
    list_display = ("year", "__str__", "group", "order")
    list_display_links = ("__str__",)
