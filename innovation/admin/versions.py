"""Two editors with the same row open: the second to save is told, and nothing is overwritten.

The form carries the version that was opened. Every save in the admin raises it, whatever was
changed; the row is locked while a form is saved. A form with an older version is shown again with
what was typed, what stands there now, and who saved it; pressing once more saves what was typed.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import display_for_field
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from innovation import richtext
from innovation.models.fields import RichTextField

SHOWN_CHARACTERS = 300


@dataclass
class Conflict:
    """Somebody saved in between. `differences` are (label, value that stands there now)."""

    who: str
    saved_at: datetime
    visibility: str
    differences: list[tuple[str, str]] = field(default_factory=list)


class VersionedForm(forms.ModelForm):
    """Refuses to save over a version that its editor has not seen."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: Conflict | None = None
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version

    def clean(self):
        cleaned = super().clean()
        seen = self.cleaned_data.get("version")
        # Before the instance gets what was typed: it still is what the database holds.
        if self.instance.pk and seen != self.instance.version:
            self._refuse()
        return cleaned

    def _refuse(self):
        entry = _last_entry(self.instance)
        self.conflict = Conflict(
            who=str(entry.user) if entry else _("Someone"),
            saved_at=entry.action_time if entry else self.instance.updated_at,
            visibility=self.instance.get_visibility_display(),
            differences=_differences(self),
        )
        # The next press is made knowing of it.
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(self.instance.version)
        self.add_error(
            None,
            _(
                "Nothing is saved yet: %(who)s saved this while you were writing. What you typed "
                "is kept. Compare the two, and save again if yours is to stand."
            )
            % {"who": self.conflict.who},
        )


class VersionedAdmin:
    """For a ModelAdmin whose form is a VersionedForm."""

    def get_object(self, request, object_id, from_field=None):
        """Locks the row while a form is saved (SQLite locks the whole file by itself)."""
        if request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return super().get_object(request, object_id, from_field)
        # "self" alone: PostgreSQL can't lock the empty side of an outer join.
        model_field = self.opts.get_field(from_field) if from_field else self.opts.pk
        try:
            key = model_field.to_python(object_id)
            rows = self.get_queryset(request).select_for_update(of=("self",))
            return rows.get(**{model_field.name: key})
        except (self.model.DoesNotExist, forms.ValidationError, ValueError):
            return None

    def save_model(self, request, obj, form, change):
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        conflict = getattr(form, "conflict", None)
        if conflict:
            for inline in context["inline_admin_formsets"]:
                conflict.differences += _inline_differences(inline.formset)
        context["conflict"] = conflict
        return super().render_change_form(request, context, *args, **kwargs)


def _last_entry(obj) -> LogEntry | None:
    kind = ContentType.objects.get_for_model(obj)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(obj.pk))
    return entries.select_related("user").order_by("-action_time").first()


def _differences(form) -> list[tuple[str, str]]:
    """The fields where what was typed is not what stands there now."""
    found = []
    for name in form.changed_data:
        if name != "version":
            found.append((str(form.fields[name].label), shown(form, name)))
    return found


def _inline_differences(formset) -> list[tuple[str, str]]:
    """The same for the rows below: changed, and added by someone else."""
    found, seen = [], set()
    kind = str(formset.model._meta.verbose_name)
    for form in formset.initial_forms:
        seen.add(form.instance.pk)
        for name in form.changed_data:
            if name in form.fields and name not in ("id", "DELETE"):
                label = f"{kind} “{form.instance}”: {form.fields[name].label}"
                found.append((label, shown(form, name)))
    for number in formset.revived:
        row = formset.forms[number].instance
        found.append(
            (kind, _("Deleted meanwhile, and made anew if you save: %(row)s") % {"row": row})
        )
    for row in formset.get_queryset():
        if row.pk not in seen:
            found.append((kind, _("Added meanwhile, and kept: %(row)s") % {"row": row}))
    return found


def shown(form, name: str) -> str:
    """The stored value of a field as words; "–" for nothing."""
    stored = form.initial.get(name)
    if isinstance(stored, bool):
        return _("Yes") if stored else _("No")
    if isinstance(stored, list):
        return ", ".join(str(item) for item in stored) or "–"
    model_field = form._meta.model._meta.get_field(name)
    if model_field.is_relation:
        row = model_field.related_model.objects.filter(pk=stored).first()
        return str(row) if row else "–"
    if isinstance(model_field, RichTextField):
        stored = richtext.plain(stored or "")
    return Truncator(str(display_for_field(stored, model_field, "–"))).chars(SHOWN_CHARACTERS)
