"""Initiatives: the form, the list and who may write what."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innovation import permissions
from innovation.admin.actions import InitiativeActions
from innovation.admin.base import RICH_TEXT_NOTE, both
from innovation.admin.filters import Concluded, LeftToDo, Mine, MissingTranslation
from innovation.admin.forms import InitiativeForm
from innovation.admin.initiative_parts import INLINES
from innovation.admin.workflow import PublishableAdmin
from innovation.models import Initiative
from innovation.publishing import lacks_lessons, translated_fields


@admin.register(Initiative)
class InitiativeAdmin(InitiativeActions, PublishableAdmin):
    form = InitiativeForm
    inlines = INLINES
    preview_of = "innovation.views.initiatives.render_initiative"
    prepopulated_fields = {"slug": ("title_sv",)}
    reach_fields = ("internal", "is_example")
    can_be_inferred = (
        "title_sv",
        "title_en",
        "lead_sv",
        "lead_en",
        "status",
        "challenge",
        "category",
        "sectors",
        "technologies",
        "global_goals",
        "driven_by",
        "participants",
        "partners",
        "start_year",
        "end_year",
        "involvements",
        "figures",
    )
    fieldsets = (
        (None, {"fields": (("state", "published_at", "updated_at"),)}),
        (
            gettext_lazy("What it is"),
            {
                "fields": (*both("title"), "slug", *both("lead", "what", "why", "how")),
                "description": RICH_TEXT_NOTE,
            },
        ),
        (
            gettext_lazy("How far it has come"),
            {
                "fields": (
                    ("status", "progress_percent"),
                    *both("status_comment"),
                    ("starts_on", "ends_on"),
                    ("start_year", "end_year"),
                    *both("lessons_learned"),
                )
            },
        ),
        (
            gettext_lazy("Who does it"),
            {"fields": ("driven_by", ("participants", "partners"), *both("collaboration_wanted"))},
        ),
        (
            gettext_lazy("What it belongs to"),
            {
                "fields": (
                    ("challenge", "category"),
                    ("sectors", "technologies"),
                    ("global_goals", "platforms"),
                    ("operations", "operation_domain"),
                    ("expected_impact", "innovation_heights"),
                    ("is_city_wide", "challenges_core"),
                )
            },
        ),
        (
            gettext_lazy("Limits and money"),
            {
                "fields": (
                    *both("delimitations"),
                    "estimated_budget_sek",
                    *both("budget_note"),
                )
            },
        ),
        (
            gettext_lazy("Picture, film and place"),
            {
                "classes": ("collapse",),
                "fields": (
                    "cover_photo",
                    *both("alt"),
                    ("position_x", "position_y"),
                    ("creator", "licence"),
                    "shows_people",
                    ("consent_reference", "consent_expires_on"),
                    "video_url",
                    *both("place"),
                    ("latitude", "longitude"),
                ),
            },
        ),
        (
            gettext_lazy("Who sees it, and when it is looked over"),
            {"fields": ("open_for_schools", "internal", "is_example", "review_on")},
        ),
        (
            gettext_lazy("Where the facts come from"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("source_type", "source_ref"),
                    "source_url",
                    "source_url_exact",
                    "source_slug",
                    "inferred_fields",
                ),
            },
        ),
    )

    list_display = (
        "__str__",
        "visibility_shown",
        "status",
        "belongs_to",
        "driven_by",
        "missing",
        "review_on",
        "updated_on",
    )
    list_select_related = ("status", "challenge", "category", "driven_by")
    list_filter = (
        LeftToDo,
        Mine,
        "visibility",
        ("status", admin.RelatedOnlyFieldListFilter),
        ("challenge", admin.RelatedOnlyFieldListFilter),
        ("category", admin.RelatedOnlyFieldListFilter),
        ("driven_by", admin.RelatedOnlyFieldListFilter),
        MissingTranslation,
        Concluded,
        "open_for_schools",
        "internal",
        "is_example",
    )
    search_fields = (
        "title_sv",
        "title_en",
        "slug",
        "source_slug",
        "lead_sv",
        "lead_en",
        "driven_by__name_sv",
        "driven_by__name_en",
        "participants__name_sv",
        "participants__name_en",
        "partners__name_sv",
        "partners__name_en",
    )
    search_help_text = gettext_lazy(
        "Titles, leads, addresses and organisations, in both languages."
    )

    # ── Rights ────────────────────────────────────────────────────────────────
    def has_add_permission(self, request):
        return permissions.can_add_initiative(request.user)

    def has_delete_permission(self, request, obj=None):
        if obj is None:
            return super().has_delete_permission(request)
        return permissions.can_delete_initiative(request.user, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "driven_by":
            kwargs["queryset"] = permissions.organisations_offered(request.user)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "driven_by" and not permissions.can_publish(request.user):
            # Without it nobody but a moderator could open the initiative again.
            field.required = True
        return field

    def get_changeform_initial_data(self, request):
        """An editor's only organisation stands there from the start."""
        offered = permissions.written_organisation_ids(request.user)
        only = {"driven_by": next(iter(offered))} if len(offered) == 1 else {}
        return {**only, **super().get_changeform_initial_data(request)}

    # ── The list ──────────────────────────────────────────────────────────────
    @admin.display(description=gettext_lazy("visibility"), ordering="visibility")
    def visibility_shown(self, obj):
        marks = [
            word
            for word, is_so in ((_("internal"), obj.internal), (_("example"), obj.is_example))
            if is_so
        ]
        extra = format_html_join("", ' <span class="badge">{}</span>', ((mark,) for mark in marks))
        return format_html("{}{}", self.state(obj), extra)

    @admin.display(
        description=gettext_lazy("challenge and category"), ordering="challenge__title_sv"
    )
    def belongs_to(self, obj):
        """Both in one column: side by side they would push the owner out of the window."""
        return format_html_join(
            "",
            '<span class="{}">{}</span>',
            (
                (kind, row)
                for kind, row in (("short", obj.challenge), ("quiet", obj.category))
                if row
            ),
        )

    @admin.display(description=gettext_lazy("missing"))
    def missing(self, obj):
        """The languages that lack something the other has, and the lessons not written."""
        names = translated_fields(Initiative)
        found = [
            language
            for language, other in (("sv", "en"), ("en", "sv"))
            if any(
                getattr(obj, f"{name}_{other}") and not getattr(obj, f"{name}_{language}")
                for name in names
            )
        ]
        if lacks_lessons(obj):
            found.append(_("lessons"))
        return ", ".join(found)

    @admin.display(description=gettext_lazy("updated"), ordering="updated_at")
    def updated_on(self, obj):
        return obj.updated_at.date()
