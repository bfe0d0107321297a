"""What editors narrow a list by, besides plain fields."""

from django.contrib.admin import SimpleListFilter
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from innovation import permissions
from innovation.admin.todo import TODOS, missing_language


class MissingTranslation(SimpleListFilter):
    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [("sv", _("missing in Swedish")), ("en", _("missing in English"))]

    def queryset(self, request, queryset):
        if self.value() in ("sv", "en"):
            return queryset.filter(missing_language(queryset.model, self.value()))
        return queryset


class LeftToDo(SimpleListFilter):
    title = _("to do")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [(todo.name, todo.question) for todo in TODOS.values()]

    def queryset(self, request, queryset):
        todo = TODOS.get(self.value())
        return todo.narrow(queryset) if todo else queryset


class Mine(SimpleListFilter):
    title = _("written by")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("the organisations I write for"))]

    def queryset(self, request, queryset):
        if self.value() == "1":
            mine = permissions.written_organisation_ids(request.user)
            return queryset.filter(driven_by__in=mine)
        return queryset


class Concluded(SimpleListFilter):
    """Rows with values that no source states."""

    title = _("concluded by us")
    parameter_name = "concluded"

    def lookups(self, request, model_admin):
        return list(model_admin.inferred_names().items())

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # As in InitiativeQuerySet.with_stated: a JSON list is asked by its text.
        text = Cast("inferred_fields", TextField())
        return queryset.alias(concluded_text=text).filter(
            concluded_text__contains=f'"{self.value()}"'
        )
