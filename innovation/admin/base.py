"""What all admin pages of the catalogue share."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import (
    AdminIntegerFieldWidget,
    AdminURLFieldWidget,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.db.models import ManyToManyField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from innovation.admin.fields import (
    InferredField,
    LinesField,
    MoneyField,
    OrderField,
    RichTextWidget,
    ShortTextWidget,
)
from innovation.admin.forms import CatalogueForm
from innovation.admin.formsets import KeptFormSet
from innovation.models.fields import RichTextField

# Lists of words, typed one on each line.
LINES = ("aliases", "alternative_titles")

# Shown as HTML by Django, hence without any of its signs.
RICH_TEXT_NOTE = _lazy(
    "In long texts a blank line begins a new paragraph. They can hold headings, lists, links, "
    "quotes, bold and italics; anything else is taken out, and you are told."
)


def both(*names: str) -> tuple[tuple[str, str], ...]:
    """Rows of a fieldset with the Swedish and the English field side by side."""
    return tuple((f"{name}_sv", f"{name}_en") for name in names)


class CatalogueFields:
    """Widgets for forms and for the rows below them."""

    formfield_overrides = {
        RichTextField: {"widget": RichTextWidget},
        models.TextField: {"widget": ShortTextWidget},
        models.BigIntegerField: {"form_class": MoneyField},
        models.URLField: {"widget": AdminURLFieldWidget, "assume_scheme": "https"},
    }
    # Names for `inferred_fields`; () where the model has none.
    can_be_inferred: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in LINES:
            return LinesField(label=capfirst(db_field.verbose_name))
        if db_field.name == "inferred_fields":
            return InferredField(
                names=self.inferred_names(),
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
            )
        if db_field.name == "order":
            kwargs |= {"form_class": OrderField, "widget": AdminIntegerFieldWidget}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A status or a challenge isn't deleted in passing, from the form of one initiative.
            field.widget.can_delete_related = field.widget.can_view_related = False
            if isinstance(field.widget.widget, AutocompleteSelectMultiple):
                # Takes away the cross that empties the whole list: a slip loses ten choices, and
                # it stands as a stray child in a <ul>. Each choice has a cross of its own.
                field.widget.widget.is_required = True
        return field

    def inferred_names(self) -> dict[str, str]:
        return {
            name: capfirst(_label(self.model._meta.get_field(name)))
            for name in self.can_be_inferred
        }


def _label(model_field) -> str:
    if model_field.auto_created:  # the far side of a relation has no name of its own
        return str(model_field.related_model._meta.verbose_name_plural)
    return str(model_field.verbose_name)


class CatalogueAdmin(CatalogueFields, admin.ModelAdmin):
    form = CatalogueForm
    list_per_page = 50
    # Autocomplete for every relation: set from the model, so that a new one is not forgotten.
    plain_relations: tuple[str, ...] = ()

    def get_autocomplete_fields(self, request):
        return _relations(self.model, self.admin_site, self.plain_relations)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        for sentence in getattr(form, "removals", ()):
            messages.warning(request, sentence)
        if stated := getattr(form, "now_stated", ()):
            messages.info(
                request,
                _("No longer marked as concluded by us, since you changed it: %(fields)s.")
                % {"fields": ", ".join(stated)},
            )


class PartInline(CatalogueFields, admin.StackedInline):
    """Rows below a form, stacked so that the languages stand side by side; none is asked for."""

    extra = 0
    formset = KeptFormSet
    classes = ("collapse",)

    def get_autocomplete_fields(self, request):
        return _relations(self.model, self.admin_site, ())


def _relations(model, site, plain) -> list[str]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [
        field.name
        for field in fields
        if (field.many_to_one or isinstance(field, ManyToManyField))
        and field.name not in plain
        and field.related_model in site._registry
        and site._registry[field.related_model].search_fields
    ]


class ReadOnlyAdmin(admin.ModelAdmin):
    """Something that the site writes and people read."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
