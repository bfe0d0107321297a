"""Draft, in review, published, withdrawn: the buttons, messages and previews of a change form."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import NoReverseMatch, path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from innovation import permissions, publishing
from innovation.admin.actions import BulkActions
from innovation.admin.base import CatalogueAdmin
from innovation.admin.forms import PublishableForm
from innovation.admin.versions import VersionedAdmin
from innovation.choices import Visibility

NAMED_IN_MESSAGE = 4


class PublishableAdmin(BulkActions, VersionedAdmin, CatalogueAdmin):
    """`preview_of` is the dotted path of the function that makes the public page, called as
    `function(request, obj, is_preview=True)`; "" for what has no page yet."""

    form = PublishableForm
    preview_of = ""
    # Set by publishing, not typed; and these two by those who may publish.
    readonly_fields = ("state", "published_at", "updated_at")
    reach_fields: tuple[str, ...] = ("is_example",)
    change_form_template = "admin/innovation/publishable_form.html"

    # ── Rights ────────────────────────────────────────────────────────────────
    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or permissions.can_edit(request.user, obj))

    def has_publish_permission(self, request):
        return permissions.can_publish(request.user)

    def get_readonly_fields(self, request, obj=None):
        if permissions.can_change_reach(request.user, obj):
            return self.readonly_fields
        return (*self.readonly_fields, *self.reach_fields)

    # ── The form ──────────────────────────────────────────────────────────────
    @admin.display(description=gettext_lazy("visibility"))
    def state(self, obj):
        return visibility_badge(obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.step = pressed_step(request)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        row = obj or self.model()
        may_save = (
            self.has_change_permission(request, obj) if change else self.has_add_permission(request)
        )
        is_alone = IS_POPUP_VAR not in request.GET and IS_POPUP_VAR not in request.POST
        context["steps"] = publishing.steps_for(request.user, row) if may_save and is_alone else []
        if change and obj and not context["errors"]:
            context["remaining"] = publishing.remaining_work(obj)
        if change and obj:
            context["previews"] = self._previews(request, obj)
            context["public_url"] = public_url(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if form.step:
            obj.visibility = form.step.target
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        told = super().construct_change_message(request, form, formsets, add)
        if form.step:
            told.append({"changed": {"fields": [f"visibility: {form.step.target}"]}})
        return told

    # ── What the editor is told ───────────────────────────────────────────────
    def response_add(self, request, obj, post_url_continue=None):
        response = self._after_step(request, obj)
        response = response or super().response_add(request, obj, post_url_continue)
        return self._with_remainder(request, obj, response)

    def response_change(self, request, obj):
        response = self._after_step(request, obj) or super().response_change(request, obj)
        return self._with_remainder(request, obj, response)

    def _after_step(self, request, obj):
        """After a workflow button: what happened, and the same form again."""
        step = pressed_step(request)
        if step is None or IS_POPUP_VAR in request.POST:
            return None
        messages.success(request, _told(step, obj))
        url = reverse(f"admin:{self._page_name('change')}", args=[obj.pk])
        filters = self.get_preserved_filters(request)
        return HttpResponseRedirect(
            add_preserved_filters({"preserved_filters": filters, "opts": self.opts}, url)
        )

    def _with_remainder(self, request, obj, response):
        """What remains, after what happened."""
        sentence = "" if IS_POPUP_VAR in request.POST else remaining_sentence(obj)
        if sentence:
            messages.warning(request, sentence)
        return response

    def get_view_on_site_url(self, obj=None):
        return public_url(obj) if obj else None

    # ── Preview ───────────────────────────────────────────────────────────────
    def get_urls(self):
        preview = path(
            "<path:object_id>/preview/",
            self.admin_site.admin_view(require_safe(self.preview_view)),
            name=self._page_name("preview"),
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request, object_id):
        """The public page of something that may be unpublished, in `?language=sv` or `en`."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.preview_of:
            raise Http404
        if not permissions.can_preview(request.user, obj):
            raise PermissionDenied
        language = "en" if request.GET.get("language") == "en" else "sv"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = import_string(self.preview_of)(request, obj, is_preview=True)
            if hasattr(response, "render"):
                response.render()
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _page_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _previews(self, request, obj) -> list[dict]:
        if not self.preview_of or not permissions.can_preview(request.user, obj):
            return []
        address = reverse(f"admin:{self._page_name('preview')}", args=[obj.pk])
        return [
            {"url": f"{address}?language={code}", "language": code, "name": name}
            for code, name in (("sv", "svenska"), ("en", "English"))
        ]


def pressed_step(request) -> publishing.Step | None:
    """The workflow button that sent the form, if one did."""
    if request.method != "POST":
        return None
    return next(
        (step for step in publishing.STEPS.values() if f"_{step.name}" in request.POST), None
    )


def public_url(obj) -> str | None:
    """Where the public sees `obj`; None while it doesn't, or has no page."""
    if not hasattr(obj, "get_absolute_url"):
        return None
    if not type(obj)._default_manager.visible().filter(pk=obj.pk).exists():
        return None
    try:
        return obj.get_absolute_url()
    except NoReverseMatch:
        return None


def visibility_badge(obj):
    return format_html(
        '<span class="badge" data-visibility="{}">{}</span>',
        obj.visibility,
        Visibility(obj.visibility).label,
    )


def remaining_sentence(obj) -> str:
    """ "Left to do: It has no contact. …", short enough for a message; "" when all is done."""
    items = publishing.remaining_work(obj)
    if not items:
        return ""
    words = " ".join(item.text for item in items[:NAMED_IN_MESSAGE])
    return _("Left to do: %(items)s") % {"items": words}


def _told(step, obj):
    sentence = step.done % {"name": obj}
    url = public_url(obj)
    if url is None:
        return sentence
    return format_html('{} <a href="{}">{}</a>', sentence, url, _("See the page"))
