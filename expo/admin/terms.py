"""What events are sorted by, and what lets more people take part."""

from django.contrib import admin

from expo.models import AccessFeature, Audience, Theme
from innovation.admin.base import both
from innovation.admin.vocabulary import TermAdmin


class ExpoTermAdmin(TermAdmin):
    fields = (*both("name"), ("slug", "order"))
    search_fields = ("name_sv", "name_en", "slug")


@admin.register(Theme)
class ThemeAdmin(ExpoTermAdmin):
    fields = (*ExpoTermAdmin.fields, *both("text"), "band")
    list_display = (*ExpoTermAdmin.list_display, "band")


@admin.register(Audience)
class AudienceAdmin(ExpoTermAdmin):
    """Names, an address and an order."""


@admin.register(AccessFeature)
class AccessFeatureAdmin(TermAdmin):
    """As the catalogue's words: two names, an address, an order and what sources call it."""
