"""The occasions below an event's form."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo.admin.deeds import deed_links
from expo.admin.forms import MomentInput, OccasionForm, OccasionFormSet
from expo.models import Occasion
from innovation.admin.base import PartInline


def status_badge(occasion: Occasion):
    return format_html('<span class="badge">{}</span>', occasion.get_status_display())


class OccasionInline(PartInline):
    model = Occasion
    form = OccasionForm
    formset = OccasionFormSet
    can_be_inferred = ("first_day", "last_day", "starts_at", "ends_at", "venue")
    readonly_fields = ("status_shown", "what_can_be_done")
    ordering = ("first_day", "starts_at", "pk")
    fieldsets = (
        (None, {"fields": (("status_shown", "what_can_be_done"), ("kind", "venue"))}),
        (
            gettext_lazy("When"),
            {
                "fields": (("starts_at", "ends_at"), ("first_day", "last_day"), "visit_minutes"),
                "description": gettext_lazy(
                    "The day follows from the start. Give days alone where the hours aren’t known."
                ),
            },
        ),
        (
            gettext_lazy("Seats"),
            {"fields": (("capacity", "seats_held"), ("smallest_group", "largest_group"))},
        ),
        (gettext_lazy("Where the facts come from"), {"fields": ("inferred_fields",)}),
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("starts_at", "ends_at"):
            kwargs |= {"form_class": forms.DateTimeField, "widget": MomentInput}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """What has been announced is cancelled: those who planned to come are told."""
        if obj is not None and obj.published_at is not None:
            return False
        return super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("status"))
    def status_shown(self, obj):
        return status_badge(obj)

    @admin.display(description=gettext_lazy("what can be done"))
    def what_can_be_done(self, obj):
        if obj.pk is None:
            return ""
        links = deed_links(obj)
        if obj.event.published_at is None:
            return links
        told = _("It can’t be deleted, since the event has been published: cancel it instead.")
        return format_html("{}<br>{}", links, told)
