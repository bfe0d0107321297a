"""Deeds on many rows at once, each with a page that first says what will change and what can't."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminDateWidget
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innovation import publishing
from innovation.models import Status
from innovation.publishing import STEPS, NotPossible


class ReviewDateForm(forms.Form):
    review_on = forms.DateField(label=gettext_lazy("Review by"), widget=AdminDateWidget)


class StatusForm(forms.Form):
    status = forms.ModelChoiceField(Status.objects.all(), label=gettext_lazy("Status"))
    comment_sv = forms.CharField(
        label=gettext_lazy("Status comment (Swedish)"),
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )
    comment_en = forms.CharField(
        label=gettext_lazy("Status comment (English)"),
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )


@dataclass(frozen=True)
class Bulk:
    """`check(row, values, by)` raises NotPossible; `do(row, values, by)` is the deed.

    `values` are the cleaned answers of `form_class`, {} without one.
    """

    name: str
    title: str
    button: str
    check: Callable
    do: Callable
    form_class: type[forms.Form] | None = None


def run_bulk(modeladmin, request, queryset, bulk: Bulk):
    """First the page that asks; then, when its form comes back whole, one transaction.

    Where the answers decide what can't be done (a status may ask for lessons learned), the page
    is shown once more with the reasons, and the next press goes ahead with the rest.
    """
    is_answer = request.POST.get("confirmed") == bulk.name
    form = bulk.form_class(request.POST if is_answer else None) if bulk.form_class else None
    is_whole = is_answer and (form is None or form.is_valid())
    values = form.cleaned_data if form and is_whole else {}
    rows = list(queryset)
    possible, impossible = _sort_out(rows, bulk, values, request.user)
    agreed = "|".join(str(value) for value in values.values())
    if is_whole and (not values or not impossible or request.POST.get("agreed") == agreed):
        _carry_out(modeladmin, request, queryset, bulk, values)
        return None
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": bulk.title,
        "subtitle": None,
        "bulk": bulk,
        "form": form,
        "possible": possible,
        "impossible": impossible,
        "rows": rows,
        "agreed": agreed,
        "opts": modeladmin.opts,
        "media": modeladmin.media + (form.media if form else forms.Media()),
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    request.current_app = modeladmin.admin_site.name
    return TemplateResponse(request, "admin/innovation/bulk_confirmation.html", context)


def _sort_out(rows, bulk, values, user):
    possible, impossible = [], []
    for row in rows:
        try:
            bulk.check(row, values, user)
        except NotPossible as reason:
            impossible.append((row, str(reason)))
        else:
            possible.append(row)
    return possible, impossible


def _carry_out(modeladmin, request, queryset, bulk, values):
    done, refused = 0, []
    with transaction.atomic():
        # In the order of keys: two people with the same rows can't wait for each other.
        for row in queryset.order_by("pk"):
            try:
                bulk.do(row, values, request.user)
            except NotPossible as reason:
                refused.append(f"{row}: {reason}")
            else:
                modeladmin.log_change(request, row, str(bulk.title))
                done += 1
    if done:
        text = ngettext("%(title)s: %(count)d changed.", "%(title)s: %(count)d changed.", done)
        messages.success(request, text % {"title": bulk.title, "count": done})
    for sentence in refused[:5]:
        messages.warning(request, sentence)
    if len(refused) > 5:
        text = _("And %(count)d more were left as they are.") % {"count": len(refused) - 5}
        messages.warning(request, text)


def _step_bulk(name: str, title: str) -> Bulk:
    step = STEPS[name]
    return Bulk(
        name=name,
        title=title,
        button=step.label,
        check=lambda row, values, user: publishing.check_step(row, step, by=user),
        do=lambda row, values, user: publishing.take_step(row, step, by=user),
    )


class BulkActions:
    """Publish, withdraw and send for review, for all that has a visibility."""

    actions = ("publish_selected", "withdraw_selected", "review_selected")

    @admin.action(description=gettext_lazy("Publish …"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        return run_bulk(self, request, queryset, _step_bulk("publish", _("Publish")))

    @admin.action(description=gettext_lazy("Withdraw …"), permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        return run_bulk(self, request, queryset, _step_bulk("withdraw", _("Withdraw")))

    @admin.action(description=gettext_lazy("Send for review …"), permissions=["change"])
    def review_selected(self, request, queryset):
        bulk = _step_bulk("send_for_review", _("Send for review"))
        return run_bulk(self, request, queryset, bulk)


class InitiativeActions(BulkActions):
    actions = (
        *BulkActions.actions,
        "set_review_date",
        "set_status",
        "open_for_schools",
        "close_for_schools",
    )

    @admin.action(description=gettext_lazy("Set the review date …"), permissions=["change"])
    def set_review_date(self, request, queryset):
        bulk = Bulk(
            name="set_review_date",
            title=_("Set the review date"),
            button=_("Set the date"),
            check=lambda row, values, user: publishing.check_editable(row, by=user),
            do=lambda row, values, user: publishing.set_review_date(
                row, values["review_on"], by=user
            ),
            form_class=ReviewDateForm,
        )
        return run_bulk(self, request, queryset, bulk)

    @admin.action(description=gettext_lazy("Set the status …"), permissions=["change"])
    def set_status(self, request, queryset):
        bulk = Bulk(
            name="set_status",
            title=_("Set the status"),
            button=_("Set the status"),
            check=_check_status,
            do=lambda row, values, user: publishing.change_status(
                row,
                values["status"],
                by=user,
                comment_sv=values["comment_sv"],
                comment_en=values["comment_en"],
            ),
            form_class=StatusForm,
        )
        return run_bulk(self, request, queryset.select_related("status"), bulk)

    @admin.action(description=gettext_lazy("Mark as open for schools …"), permissions=["change"])
    def open_for_schools(self, request, queryset):
        return run_bulk(self, request, queryset, _schools_bulk(is_open=True))

    @admin.action(description=gettext_lazy("No longer open for schools …"), permissions=["change"])
    def close_for_schools(self, request, queryset):
        return run_bulk(self, request, queryset, _schools_bulk(is_open=False))


def _check_status(row, values, user):
    """Before the status is chosen only the rights can be asked about."""
    if "status" in values:
        publishing.check_status(row, values["status"], by=user)
    else:
        publishing.check_editable(row, by=user)


def _schools_bulk(*, is_open: bool) -> Bulk:
    title = _("Mark as open for schools") if is_open else _("No longer open for schools")
    return Bulk(
        name="open_for_schools" if is_open else "close_for_schools",
        title=title,
        button=title,
        check=lambda row, values, user: publishing.check_editable(row, by=user),
        do=lambda row, values, user: publishing.set_open_for_schools(row, is_open, by=user),
    )
