"""The vocabularies."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from innovation import models
from innovation.admin.base import CatalogueAdmin, both
from innovation.admin.filters import MissingTranslation


class TermAdmin(CatalogueAdmin):
    prepopulated_fields = {"slug": ("name_sv",)}
    fields = (*both("name"), ("slug", "order"), "aliases")
    list_display = ("name_sv", "name_en", "slug", "order")
    list_filter = (MissingTranslation,)
    search_fields = ("name_sv", "name_en", "slug", "aliases")


class PageTermAdmin(TermAdmin):
    fields = (*TermAdmin.fields, *both("text"))


@admin.register(models.Category)
class CategoryAdmin(PageTermAdmin):
    fields = (*PageTermAdmin.fields, "band")
    list_display = (*TermAdmin.list_display, "band")


@admin.register(models.Sector, models.Technology)
class TreeTermAdmin(PageTermAdmin):
    fields = (*PageTermAdmin.fields, "parent")
    list_display = (*TermAdmin.list_display, "parent")
    list_select_related = ("parent",)


@admin.register(models.GlobalGoal)
class GlobalGoalAdmin(PageTermAdmin):
    prepopulated_fields = {}
    fields = (*both("name"), ("number", "slug"), "aliases", *both("text"))
    list_display = ("number", "name_sv", "name_en")
    list_display_links = ("name_sv",)


@admin.register(models.Status)
class StatusAdmin(TermAdmin):
    fieldsets = (
        (None, {"fields": (*TermAdmin.fields, *both("explanation"))}),
        (
            _("What it means for an initiative"),
            {
                "fields": (
                    ("progress_percent", "step"),
                    "keeps_progress",
                    "asks_for_lessons",
                    "light",
                )
            },
        ),
    )
    fields = None
    list_display = ("name_sv", "name_en", "progress_percent", "keeps_progress", "asks_for_lessons")


@admin.register(models.FocalPoint)
class FocalPointAdmin(TermAdmin):
    fields = (*TermAdmin.fields, "url")


admin.site.register(
    (models.InnovationHeight, models.ExpectedImpact, models.Operation, models.OperationDomain),
    TermAdmin,
)
