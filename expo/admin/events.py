"""Events, with their occasions below."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from expo import permissions as expo_permissions
from expo.admin.clashes import warn_of_clashes
from expo.admin.forms import EventForm, LanguagesField
from expo.admin.occasion_rows import OccasionInline
from expo.models import Event, Occasion
from innovation import permissions
from innovation.admin.base import RICH_TEXT_NOTE, both
from innovation.admin.challenge import COVER, SOURCE, STATE
from innovation.admin.filters import Concluded, MissingTranslation
from innovation.admin.workflow import PublishableAdmin


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    form = EventForm
    inlines = (OccasionInline,)
    preview_of = "expo.views.events.render_event"
    prepopulated_fields = {"slug": ("title_sv",)}
    can_be_inferred = (
        "title_sv",
        "title_en",
        "lead_sv",
        "lead_en",
        "theme",
        "organiser",
        "hosts",
        "audiences",
        "kind",
        "attendance",
    )
    fieldsets = (
        STATE,
        (
            _("What it is"),
            {
                "fields": (("expo", "kind"), *both("title"), "slug", *both("lead", "text")),
                "description": RICH_TEXT_NOTE,
            },
        ),
        (
            _("Who does it, and what it belongs to"),
            {"fields": (("organiser", "hosts"), ("initiatives", "theme"), "part_of")},
        ),
        (
            _("For whom"),
            {
                "fields": (
                    ("audiences", "access_features"),
                    ("min_age", "max_age"),
                    "languages",
                )
            },
        ),
        (
            _("How to take part"),
            {
                "fields": (
                    ("attendance", "online_url"),
                    "price_sek",
                    *both("price_note"),
                    ("booking_url", "booking_kind"),
                    "is_example",
                )
            },
        ),
        COVER,
        SOURCE,
    )
    list_display = ("__str__", "state", "expo", "organiser", "occasion_count", "updated_at")
    list_select_related = ("expo", "organiser")
    list_filter = (
        "expo",
        "visibility",
        "kind",
        ("theme", admin.RelatedOnlyFieldListFilter),
        ("organiser", admin.RelatedOnlyFieldListFilter),
        MissingTranslation,
        Concluded,
    )
    search_fields = ("title_sv", "title_en", "slug", "organiser__name_sv", "organiser__name_en")

    # ── Rights ────────────────────────────────────────────────────────────────
    def has_add_permission(self, request):
        return expo_permissions.can_add_event(request.user)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_delete_permission(request)
        return expo_permissions.can_delete_event(request.user, obj)

    # ── The form ──────────────────────────────────────────────────────────────
    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "languages":
            return LanguagesField(label=capfirst(db_field.verbose_name))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "organiser":
            kwargs["queryset"] = permissions.organisations_offered(request.user)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "organiser" and not permissions.can_publish(request.user):
            # Without it nobody but a moderator could open the event again.
            field.required = True
        return field

    def get_changeform_initial_data(self, request):
        """An editor's only organisation stands there from the start."""
        offered = permissions.written_organisation_ids(request.user)
        only = {"organiser": next(iter(offered))} if len(offered) == 1 else {}
        return {**only, **super().get_changeform_initial_data(request)}

    # ── Clashes ───────────────────────────────────────────────────────────────
    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        saved = [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]
        request.saved_occasions = [row for row in saved if isinstance(row, Occasion)]

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        warn_of_clashes(request, request.saved_occasions)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        warn_of_clashes(request, request.saved_occasions)
        return response

    # ── The list ──────────────────────────────────────────────────────────────
    def get_queryset(self, request):
        # Not Count(): rows that are grouped can't be locked while a form is saved.
        its_own = Occasion.objects.filter(event=OuterRef("pk")).order_by().values("event")
        count = Subquery(its_own.annotate(total=Count("pk")).values("total"))
        return super().get_queryset(request).annotate(occasion_total=count)

    @admin.display(description=_("occasions"), ordering="occasion_total")
    def occasion_count(self, obj):
        return obj.occasion_total or 0
