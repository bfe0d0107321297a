"""The forms behind the admin's pages: what people type, and the rules for it."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innovation import publishing, richtext
from innovation.admin.fields import find_removed
from innovation.admin.versions import VersionedForm
from innovation.models.base import slug_validator
from innovation.models.fields import RichTextField

SLUG_MAX = 120
NOTED_REMOVALS = 5


class CatalogueForm(forms.ModelForm):
    """Makes the address when it is left empty, and notes what the cleaning of text took away.

    `removals` are sentences for the editor, complete after validation.
    """

    # Where the address comes from when nobody writes one.
    slug_sources = ("title_sv", "title_en", "name_sv", "name_en", "label_sv")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.removals: list[str] = []
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.error_messages["unique"] = gettext_lazy(
                "Another page has this address. Choose one that tells them apart."
            )

    def clean_slug(self):
        typed = self.cleaned_data["slug"]
        return typed or self.instance.slug or self._free_slug()

    def _free_slug(self) -> str:
        """An address from the title, with a number when the title's own is taken."""
        words = (self.data.get(self.add_prefix(name), "") for name in self.slug_sources)
        base = next(
            (slug for slug in map(slugify, words) if slug), self._meta.model._meta.model_name
        )
        base = base.replace("_", "-")[: SLUG_MAX - 4].strip("-")
        taken = set(
            self._meta.model.objects.filter(slug__startswith=base).values_list("slug", flat=True)
        )
        numbered = (f"{base}-{number}" for number in range(2, 1000))
        slug = base if base not in taken else next(one for one in numbered if one not in taken)
        slug_validator(slug)
        return slug

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name in self.changed_data:
            if isinstance(self._model_field(name), RichTextField) and cleaned.get(name):
                self._clean_rich_text(name, cleaned)
        return cleaned

    def _clean_rich_text(self, name, cleaned):
        typed = cleaned[name]
        cleaned[name] = richtext.clean(typed)
        if removed := find_removed(typed):
            self.removals.append(
                _("Taken out of “%(field)s”, since it can’t be used there: %(what)s")
                % {
                    "field": self.fields[name].label,
                    "what": ", ".join(removed[:NOTED_REMOVALS]),
                }
            )

    def _model_field(self, name):
        fields = {field.name: field for field in self._meta.model._meta.get_fields()}
        return fields.get(name)


class SourcedForm(CatalogueForm):
    """A value that a person changes is no longer concluded by us: someone has stated it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.now_stated: list[str] = []
        if field := self.fields.get("inferred_fields"):
            known = {name for name, _label in field.choices}
            strays = [name for name in self.instance.inferred_fields if name not in known]
            field.choices = [*field.choices, *((name, name) for name in strays)]

    def clean(self):
        cleaned = super().clean()
        if "inferred_fields" in self.fields and "inferred_fields" not in self.changed_data:
            self._drop_stated(cleaned)
        return cleaned

    def _drop_stated(self, cleaned):
        changed = set(self.changed_data) & set(cleaned.get("inferred_fields") or [])
        if changed and self.instance.pk:
            kept = [name for name in cleaned["inferred_fields"] if name not in changed]
            cleaned["inferred_fields"] = kept
            self.now_stated = [str(self.fields[name].label) for name in sorted(changed)]


class PublishableForm(SourcedForm, VersionedForm):
    """`step` is the workflow button that was pressed, `user` who pressed it; set by the admin."""

    step: publishing.Step | None = None
    user = None

    def _post_clean(self):
        super()._post_clean()
        if self.step and not self.errors:
            try:
                publishing.check_step(self.instance, self.step, by=self.user)
            except publishing.NotPossible as reason:
                self.add_error(None, str(reason))


class InitiativeForm(PublishableForm):
    def clean(self):
        cleaned = super().clean()
        self._take_category_from_challenge(cleaned)
        self._ask_for_lessons(cleaned)
        self._ask_for_title(cleaned)
        return cleaned

    def _ask_for_title(self, cleaned):
        # A title that was refused has its own sentence, and is no missing one.
        if "title_sv" not in self.fields or {"title_sv", "title_en"} & self.errors.keys():
            return
        if not (cleaned.get("title_sv") or cleaned.get("title_en")):
            self.add_error("title_sv", _("Give it a title in at least one language."))

    def _take_category_from_challenge(self, cleaned):
        """Offered when a person sets a challenge; a stated category always wins."""
        challenge = cleaned.get("challenge")
        if challenge and "challenge" in self.changed_data and not cleaned.get("category"):
            cleaned["category"] = challenge.category

    def _ask_for_lessons(self, cleaned):
        """Asked of a person who publishes, or who sets realised or cancelled. An import may do
        without; the editor's to-do then says so."""
        status = cleaned.get("status")
        is_asked = "status" in self.changed_data or (self.step and self.step.name == "publish")
        if not status or not status.asks_for_lessons or not is_asked:
            return
        typed = (cleaned.get("lessons_learned_sv"), cleaned.get("lessons_learned_en"))
        if not any(richtext.plain(text) for text in typed if text):
            self.add_error(
                "lessons_learned_sv",
                _(
                    "Write a sentence or two on what you learned: “%(status)s” asks for it, "
                    "in Swedish or in English."
                )
                % {"status": status},
            )
