"""Deeds of editing: the steps from draft to published and back, and what several rows get at once.

A step that can't be taken raises `NotPossible` with a sentence for the editor. Every deed raises
`version`, so that someone who has the row open in a form is told.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innovation import permissions
from innovation.choices import Visibility
from innovation.models import Initiative

DRAFT, IN_REVIEW = Visibility.DRAFT, Visibility.IN_REVIEW
PUBLISHED, WITHDRAWN = Visibility.PUBLISHED, Visibility.WITHDRAWN


class NotPossible(Exception):
    """The text says, to the editor, why not and how to mend it."""


@dataclass(frozen=True)
class Step:
    """One way to change the visibility. `done` tells that it happened, with the row's `name`."""

    name: str
    sources: tuple[Visibility, ...]
    target: Visibility
    label: Promise
    done: Promise
    needs_publisher: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "send_for_review",
            (DRAFT, WITHDRAWN),
            IN_REVIEW,
            gettext_lazy("Send for review"),
            gettext_lazy("“%(name)s” waits for review."),
        ),
        Step(
            "publish",
            (DRAFT, IN_REVIEW, WITHDRAWN),
            PUBLISHED,
            gettext_lazy("Publish"),
            gettext_lazy("“%(name)s” is published."),
            needs_publisher=True,
        ),
        Step(
            "return_to_draft",
            (IN_REVIEW,),
            DRAFT,
            gettext_lazy("Back to draft"),
            gettext_lazy("“%(name)s” is a draft again."),
        ),
        Step(
            "withdraw",
            (PUBLISHED,),
            WITHDRAWN,
            gettext_lazy("Withdraw"),
            gettext_lazy("“%(name)s” is withdrawn. Its address now says that it is gone."),
            needs_publisher=True,
        ),
    )
}


# ── One row ───────────────────────────────────────────────────────────────────
def steps_for(user, obj) -> list[Step]:
    """The steps that `user` can take `obj` on now, for buttons; `obj` may be unsaved."""
    now = Visibility(obj.visibility)
    return [step for step in STEPS.values() if now in step.sources and _may_take(user, step)]


def check_step(obj, step: Step, *, by) -> None:
    """Raise NotPossible, with the reason, if `by` can't take `obj` through `step`."""
    if obj.pk and not permissions.can_edit(by, obj):
        raise NotPossible(_("You don’t write for the organisation that drives it."))
    if not _may_take(by, step):
        raise NotPossible(_("Only a moderator publishes and withdraws."))
    if obj.visibility not in step.sources:
        raise NotPossible(
            _("It is “%(now)s” already.") % {"now": Visibility(obj.visibility).label}
            if obj.visibility == step.target
            else _("That can’t be done from “%(now)s”.") % {"now": Visibility(obj.visibility).label}
        )
    if step.target == PUBLISHED and lacks_lessons(obj):
        raise NotPossible(
            _("Write what you learned first: the status “%(status)s” asks for it.")
            % {"status": obj.status}
        )


@transaction.atomic
def take_step(obj, step: Step, *, by) -> None:
    """Take a stored row through `step`, as it stands in the database and not as it was read."""
    row = _locked(obj)
    check_step(row, step, by=by)
    row.visibility = step.target
    _save(row, "visibility", "published_at")
    obj.visibility, obj.version = row.visibility, row.version


@transaction.atomic
def change_status(initiative: Initiative, status, *, by, comment_sv="", comment_en="") -> None:
    """Set the status; the history gets a dated row. The comment replaces the one before."""
    row = _locked(initiative)
    check_status(row, status, by=by)
    row.status = status
    row.status_comment_sv, row.status_comment_en = comment_sv, comment_en
    row.inferred_fields = [name for name in row.inferred_fields if name != "status"]
    _save(
        row,
        "status",
        "progress_percent",
        "status_comment_sv",
        "status_comment_en",
        "inferred_fields",
    )


def check_status(initiative: Initiative, status, *, by) -> None:
    """Raise NotPossible, with the reason, if `initiative` can't get `status`."""
    check_editable(initiative, by=by)
    if initiative.status_id == status.pk:
        raise NotPossible(_("It has that status already."))
    if status.asks_for_lessons and not has_lessons(initiative):
        raise NotPossible(
            _("Write what you learned first: the status “%(status)s” asks for it.")
            % {"status": status}
        )


@transaction.atomic
def set_review_date(initiative: Initiative, review_on, *, by) -> None:
    row = _locked(initiative)
    check_editable(row, by=by)
    row.review_on = review_on
    _save(row, "review_on")


@transaction.atomic
def set_open_for_schools(initiative: Initiative, is_open: bool, *, by) -> None:
    row = _locked(initiative)
    check_editable(row, by=by)
    row.open_for_schools = is_open
    _save(row, "open_for_schools")


def check_editable(obj, *, by) -> None:
    if not permissions.can_edit(by, obj):
        raise NotPossible(_("You don’t write for the organisation that drives it."))


def has_lessons(initiative: Initiative) -> bool:
    return bool(initiative.lessons_learned_sv or initiative.lessons_learned_en)


def lacks_lessons(obj) -> bool:
    """An initiative whose status asks for lessons learned, and that has none."""
    return isinstance(obj, Initiative) and obj.status.asks_for_lessons and not has_lessons(obj)


def _may_take(user, step: Step) -> bool:
    return not step.needs_publisher or permissions.can_publish(user)


def _locked(obj):
    # "self" alone: PostgreSQL can't lock the empty side of an outer join.
    return type(obj).objects.select_for_update(of=("self",)).get(pk=obj.pk)


def _save(row, *fields: str) -> None:
    row.version += 1
    row.save(update_fields={*fields, "version", "updated_at"})


# ── What remains ──────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Remaining:
    """One thing that an editor has left to do; `field` is where in the form, "" for nowhere."""

    text: str
    field: str = ""


@dataclass
class Remainder:
    items: list[Remaining] = field(default_factory=list)

    def note(self, condition, text: str, field_name: str = "") -> None:
        if condition:
            self.items.append(Remaining(text, field_name))


def remaining_work(obj, today=None) -> list[Remaining]:
    """What an editor has left to do with a stored `obj`: at most 3 queries for an initiative."""
    remainder = Remainder()
    _note_languages(obj, remainder)
    if isinstance(obj, Initiative):
        _note_initiative(obj, remainder, today or timezone.localdate())
    if hasattr(obj, "cover_photo"):
        remainder.note(
            obj.cover_photo and not obj.alt_sv,
            _("The photograph is not described in words."),
            "alt_sv",
        )
    return remainder.items


def translated_fields(model) -> list[str]:
    """Names without language of what is written twice: title, lead, what …"""
    names = {item.name for item in model._meta.concrete_fields}
    return [
        name.removesuffix("_sv")
        for name in (item.name for item in model._meta.concrete_fields)
        if name.endswith("_sv") and f"{name.removesuffix('_sv')}_en" in names
    ]


def _note_languages(obj, remainder: Remainder) -> None:
    for language, other, sentence in (
        ("sv", "en", _("Missing in Swedish: %(fields)s.")),
        ("en", "sv", _("Missing in English: %(fields)s.")),
    ):
        missing = [
            name
            for name in translated_fields(type(obj))
            if getattr(obj, f"{name}_{other}") and not getattr(obj, f"{name}_{language}")
        ]
        labels = [_bare_label(obj, f"{name}_{language}") for name in missing]
        first = f"{missing[0]}_{language}" if missing else ""
        remainder.note(missing, sentence % {"fields": ", ".join(labels)}, first)


def _bare_label(obj, name: str) -> str:
    """ "title (Swedish)" → "title": the sentence has said which language."""
    label = str(obj._meta.get_field(name).verbose_name)
    return label.rsplit(" (", 1)[0]


def _note_initiative(initiative: Initiative, remainder: Remainder, today) -> None:
    remainder.note(
        lacks_lessons(initiative),
        _("Nothing is written of what you learned."),
        "lessons_learned_sv",
    )
    remainder.note(not (initiative.lead_sv or initiative.lead_en), _("It has no lead."), "lead_sv")
    remainder.note(initiative.driven_by_id is None, _("Nobody is said to drive it."), "driven_by")
    remainder.note(not initiative.contacts.exists(), _("It has no contact."))
    remainder.note(
        initiative.review_on and initiative.review_on < today,
        _("The review date has passed."),
        "review_on",
    )
    unseen = initiative.gallery.filter(alt_sv="", alt_en="").count()
    remainder.note(
        unseen, _("Pictures without a description in words: %(count)d.") % {"count": unseen}
    )
