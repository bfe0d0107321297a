"""Collections, their themes and their examples."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from innovation import models
from innovation.admin.base import CatalogueAdmin, PartInline, both
from innovation.admin.challenge import COVER, SOURCE, STATE
from innovation.admin.filters import MissingTranslation
from innovation.admin.forms import SourcedForm
from innovation.admin.workflow import PublishableAdmin


class ThemeInline(PartInline):
    model = models.CollectionTheme
    fields = (*both("title"), ("slug", "order"), *both("text"))
    show_change_link = True


class ExampleInline(PartInline):
    model = models.CollectionExample
    fields = (
        *both("title"),
        ("slug", "order"),
        *both("text"),
        "organisations",
        ("place", "year"),
        ("source_url", "source_ref"),
    )


@admin.register(models.Collection)
class CollectionAdmin(PublishableAdmin):
    inlines = (ThemeInline,)
    prepopulated_fields = {"slug": ("title_sv",)}
    can_be_inferred = ("title_sv", "title_en", "text_sv", "text_en")
    fieldsets = (
        STATE,
        (_("What it is"), {"fields": (*both("title"), "slug", *both("text"), "is_example")}),
        COVER,
        SOURCE,
    )
    list_display = ("__str__", "state", "updated_at")
    list_filter = ("visibility", MissingTranslation, "is_example")
    search_fields = ("title_sv", "title_en", "slug")


@admin.register(models.CollectionTheme)
class ThemeAdmin(CatalogueAdmin):
    """A theme with its examples; its collection's form leads here."""

    inlines = (ExampleInline,)
    fields = ("collection", *both("title"), ("slug", "order"), *both("text"))
    list_display = ("__str__", "collection", "order")
    list_select_related = ("collection",)
    list_filter = (("collection", admin.RelatedOnlyFieldListFilter), MissingTranslation)
    search_fields = ("title_sv", "title_en", "slug")


@admin.register(models.CollectionExample)
class ExampleAdmin(CatalogueAdmin):
    form = SourcedForm
    can_be_inferred = ("title_sv", "title_en", "text_sv", "text_en", "organisations", "year")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "theme",
                    *both("title"),
                    ("slug", "order"),
                    *both("text"),
                    "organisations",
                    ("place", "year"),
                )
            },
        ),
        SOURCE,
    )
    list_display = ("__str__", "theme", "place", "year")
    list_select_related = ("theme",)
    list_filter = (("theme", admin.RelatedOnlyFieldListFilter), MissingTranslation)
    search_fields = ("title_sv", "title_en", "slug", "place")
