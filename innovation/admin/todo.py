"""What is left to do among the initiatives: the same questions for the dashboard's counts and the
list's filter, so that a count is always of what a click shows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from innovation.choices import Visibility
from innovation.publishing import translated_fields


@dataclass(frozen=True)
class Todo:
    """`question` is the filter's wording, `sentence` the dashboard's, after the count."""

    name: str
    question: Promise
    sentence: Promise
    narrow: Callable[[QuerySet], QuerySet]


def missing_language(model, language: str) -> Q:
    """Rows where something is written in the other language and not in this one."""
    other = "en" if language == "sv" else "sv"
    condition = Q()
    for name in translated_fields(model):
        condition |= Q(**{f"{name}_{language}": ""}) & ~Q(**{f"{name}_{other}": ""})
    return condition


def _living(rows):
    return rows.exclude(visibility=Visibility.WITHDRAWN)


def _untranslated(rows):
    missing = missing_language(rows.model, "sv") | missing_language(rows.model, "en")
    return _living(rows).filter(missing)


def _without_lessons(rows):
    return _living(rows).filter(
        status__asks_for_lessons=True, lessons_learned_sv="", lessons_learned_en=""
    )


TODOS = {
    todo.name: todo
    for todo in (
        Todo(
            "in-review",
            _("waits for review"),
            _("wait for review"),
            lambda rows: rows.filter(visibility=Visibility.IN_REVIEW),
        ),
        Todo(
            "overdue",
            _("review date passed"),
            _("have passed their review date"),
            lambda rows: _living(rows).needing_review(),
        ),
        Todo(
            "untranslated",
            _("half translated"),
            _("are written in one language only, in part"),
            _untranslated,
        ),
        Todo(
            "no-lessons",
            _("lessons learned missing"),
            _("are finished or cancelled without a word of what was learned"),
            _without_lessons,
        ),
        Todo(
            "no-contact",
            _("no contact"),
            _("have no contact"),
            lambda rows: _living(rows).filter(contacts=None),
        ),
        Todo(
            "no-owner",
            _("driven by nobody"),
            _("are driven by nobody that we know of"),
            lambda rows: _living(rows).filter(driven_by=None),
        ),
    )
}
