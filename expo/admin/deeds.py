"""The pages on which an occasion is moved, cancelled or copied."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from expo import occasions, permissions
from expo.admin.clashes import warn_of_clashes
from expo.admin.forms import CancelForm, CopyForm, MoveForm
from expo.models import Occasion
from innovation.admin.actions import Bulk
from innovation.publishing import NotPossible

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Deed:
    """`check(occasion, by)` raises NotPossible; `do(occasion, values, by)` gives the sentence on
    what happened and the occasions to look for clashes of."""

    name: str
    title: Promise
    form_class: type[forms.Form]
    check: Callable
    do: Callable
    initial: Callable = lambda occasion: {}


def _check_changeable(occasion, by):
    occasions.check_changeable(occasion, by=by)


def _check_editable(occasion, by):
    occasions.check_editable(occasion, by=by)


# ── What they do ──────────────────────────────────────────────────────────────
def _move(occasion, values, by):
    wanted = {name: values[name] for name in ("starts_at", "ends_at", "venue")}
    changes = {name: value for name, value in wanted.items() if _differs(occasion, name, value)}
    reasons = {name: values[name] for name in ("reason_sv", "reason_en")}
    occasions.move(occasion, by=by, **changes, **reasons)
    return _("Moved: %(occasion)s.") % {"occasion": occasion}, [occasion]


def _differs(occasion: Occasion, name: str, value) -> bool:
    """An end that is left as it was follows a new start; an empty start is no new one."""
    if name == "starts_at" and value is None:
        return False
    return getattr(occasion, name) != value


def _cancel(occasion, values, by):
    occasions.cancel(occasion, by=by, **values)
    return _("Cancelled: %(occasion)s.") % {"occasion": occasion}, []


def _copy(occasion, values, by):
    copied = occasions.copy_occasion(occasion, by=by, **values)
    return copied_sentence(copied), copied.made


def copied_sentence(copied: occasions.Copied) -> str:
    """ "3 copies made. 1 was there already. …": what came of it, and what didn't."""
    made = len(copied.made)
    told = [ngettext("%(n)d copy made.", "%(n)d copies made.", made) % {"n": made}]
    if copied.existing:
        there = ngettext("%(n)d was there already.", "%(n)d were there already.", copied.existing)
        told.append(there % {"n": copied.existing})
    if copied.outside:
        outside = ngettext(
            "%(n)d would fall outside the days of the expo.",
            "%(n)d would fall outside the days of the expo.",
            copied.outside,
        )
        told.append(outside % {"n": copied.outside})
    return " ".join(told)


def _as_it_is(occasion: Occasion) -> dict:
    return {
        "starts_at": occasion.starts_at,
        "ends_at": occasion.ends_at,
        "venue": occasion.venue_id,
        "reason_sv": occasion.reason_sv,
        "reason_en": occasion.reason_en,
    }


DEEDS = {
    deed.name: deed
    for deed in (
        Deed("move", gettext_lazy("Move"), MoveForm, _check_changeable, _move, _as_it_is),
        Deed("cancel", gettext_lazy("Cancel it"), CancelForm, _check_changeable, _cancel),
        Deed("copy", gettext_lazy("Copy"), CopyForm, _check_editable, _copy),
    )
}


def deed_bulk(name: str, title: str) -> Bulk:
    """The same deed on many rows at once."""
    deed = DEEDS[name]
    return Bulk(
        name=name,
        title=title,
        button=deed.title,
        check=lambda row, values, user: deed.check(row, user),
        do=lambda row, values, user: deed.do(row, values, user),
        form_class=deed.form_class,
    )


# ── Pages ─────────────────────────────────────────────────────────────────────
class DeedPages:
    """For the admin of occasions: `<pk>/move/`, `<pk>/cancel/`, `<pk>/copy/`."""

    def get_urls(self):
        pages = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(
                    require_http_methods(["GET", "HEAD", "POST"])(self._page)
                ),
                {"deed": deed},
                name=f"expo_occasion_{name}",
            )
            for name, deed in DEEDS.items()
        ]
        return [*pages, *super().get_urls()]

    def _page(self, request, object_id, deed: Deed):
        rows = Occasion.objects.select_related("event__expo", "venue")
        key = unquote(object_id)
        occasion = rows.filter(pk=key).first() if key.isdecimal() else None
        if occasion is None:
            raise Http404
        if not permissions.can_edit_occasion(request.user, occasion):
            raise PermissionDenied
        form = deed.form_class(request.POST or None, initial=deed.initial(occasion))
        try:
            deed.check(occasion, request.user)
            if request.method == "POST" and form.is_valid():
                return self._done(request, occasion, deed, form.cleaned_data)
        except NotPossible as reason:
            if not form.is_bound:
                form = None
                messages.warning(request, str(reason))
            else:
                form.add_error(None, str(reason))
        context = {
            **self.admin_site.each_context(request),
            "title": deed.title,
            "subtitle": str(occasion),
            "form": form,
            "occasion": occasion,
            "opts": self.opts,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/expo/deed.html", context)

    def _done(self, request, occasion, deed, values):
        sentence, to_look_at = deed.do(occasion, values, request.user)
        self.log_change(request, occasion.event, sentence)
        messages.success(request, sentence)
        warn_of_clashes(request, to_look_at)
        return HttpResponseRedirect(reverse("admin:expo_event_change", args=[occasion.event_id]))


def deed_links(occasion: Occasion):
    """Links to what can be done with a stored occasion."""
    names = ("copy",) if occasion.is_cancelled else tuple(DEEDS)
    links = [
        format_html(
            '<a href="{}">{}</a>',
            reverse(f"admin:expo_occasion_{name}", args=[occasion.pk]),
            DEEDS[name].title,
        )
        for name in names
    ]
    return format_html(" · ".join(["{}"] * len(links)), *links)
