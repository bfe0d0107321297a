"""What visitors plan. Nobody reads their notes or holds their links."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from expo.models import PersonalProgramme
from innovation.admin.base import ReadOnlyAdmin


@admin.register(PersonalProgramme)
class PersonalProgrammeAdmin(ReadOnlyAdmin):
    fields = ("expo", "has_owner", "is_shared", "item_count", "created_at", "updated_at")
    list_display = ("pk", "expo", "item_count", "is_shared", "has_owner", "updated_at")
    list_select_related = ("expo",)
    list_filter = ("expo",)
    date_hierarchy = "created_at"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(item_total=Count("items"))

    @admin.display(description=_("occasions"), ordering="item_total")
    def item_count(self, obj):
        return obj.item_total

    @admin.display(description=_("shared"), boolean=True)
    def is_shared(self, obj):
        return obj.share_token is not None

    @admin.display(description=_("with an account"), boolean=True)
    def has_owner(self, obj):
        return obj.owner_id is not None
