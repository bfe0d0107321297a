"""Words that stand for each other in a search."""

from django.contrib import admin

from innovation.admin.base import CatalogueAdmin
from innovation.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(CatalogueAdmin):
    fields = ("words",)
    list_display = ("words",)
    search_fields = ("words",)
