"""Writes a plan, whole or not at all, and keeps a report of it."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone

from innovation.choices import Visibility
from innovation.importers.base import Action, Change, Plan, described
from innovation.importers.known import Known
from innovation.importers.stated import AttachedFile
from innovation.models import ImportReport, User
from innovation.models.base import Publishable


@transaction.atomic
def apply(
    plan: Plan,
    *,
    source: str,
    by: User | None = None,
    visibility: str = Visibility.DRAFT,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> ImportReport:
    """Write what `plan` says, and keep a report.

    `visibility` is for rows that are new; one that an editor has withdrawn stays withdrawn.
    `on_progress` is told the model's name, how many of its rows are done, and of how many.
    """
    report = ImportReport(source=source, by=by, started_at=timezone.now())
    totals = {name: sum(counts.values()) for name, counts in plan.counts().items()}
    done = dict.fromkeys(totals, 0)
    later: list[tuple[models.Model, str, str]] = []
    for change in plan.changes:
        if change.action in (Action.CREATE, Action.UPDATE):
            _write(change, plan.known, visibility, later)
        name = change.row.model_name
        done[name] += 1
        if on_progress:
            on_progress(name, done[name], totals[name])
    _link(later, plan.known)
    return _keep_report(report, plan)


def _write(change: Change, known: Known, visibility: str, later: list) -> None:
    model = change.row.model
    instance = change.held or model(slug=change.row.slug)
    if isinstance(instance, Publishable):
        if change.held is None:
            instance.visibility = visibility
        else:
            # An editor who has the row open must not overwrite this without knowing.
            instance.version += 1
    lists = []
    for diff in change.diffs:
        field = model._meta.get_field(diff.field)
        if field.one_to_many or field.many_to_many:
            lists.append((field, diff.after))
        elif field.many_to_one:
            _set_link(instance, field, diff.after, known, later)
        else:
            setattr(instance, diff.field, diff.after)
    instance.save()
    known.add(instance, change.row.key)
    for field, after in lists:
        if field.many_to_many:
            linked = [known.find(field.related_model, key) for key in after]
            getattr(instance, field.name).set([row for row in linked if row])
        else:
            _replace_parts(instance, field, after, known)


def _set_link(instance, field, key: str | None, known: Known, later: list) -> None:
    target = known.find(field.related_model, key) if key else None
    setattr(instance, field.name, target)
    if key and target is None:
        later.append((instance, field.name, key))


def _link(later: list, known: Known) -> None:
    """Sets the links to rows that came after the one that links, such as an organisation's
    parent further down the list."""
    for instance, name, key in later:
        setattr(instance, name, known.find(instance._meta.get_field(name).related_model, key))
        instance.save(update_fields=[name])


def _replace_parts(instance, field, parts: list[dict[str, Any]], known: Known) -> None:
    manager = getattr(instance, field.name)
    for old in manager.all():
        _forget_files(old)
        old.delete()
    for values in parts:
        part = field.related_model(**{field.field.name: instance})
        for name, value in values.items():
            setattr(part, name, _as_stored(part, name, value, known))
        part.save()


def _as_stored(part: models.Model, name: str, value: Any, known: Known) -> Any:
    if isinstance(value, AttachedFile):
        return ContentFile(value.make(), name=value.name)
    field = part._meta.get_field(name)
    if field.is_relation:
        return known.find(field.related_model, value) if value else None
    return value


def _forget_files(part: models.Model) -> None:
    """Takes the files of a part from the disk, once it is sure that the part is gone."""
    for field in part._meta.fields:
        file = getattr(part, field.name)
        if isinstance(field, models.FileField) and file:
            transaction.on_commit(lambda file=file: file.storage.delete(file.name))


def _keep_report(report: ImportReport, plan: Plan) -> ImportReport:
    words = {
        Action.CREATE: "created",
        Action.UPDATE: "updated",
        Action.UNCHANGED: "unchanged",
        Action.SKIP: "skipped",
    }
    report.counts = {
        name: {words[action]: count for action, count in counts.items()}
        for name, counts in plan.counts().items()
    }
    report.changes = [
        {"kind": change.row.model_name, "slug": change.row.key, **described(diff)}
        for change in plan.changes
        if change.action is Action.UPDATE
        for diff in change.diffs
    ]
    report.problems = plan.problems
    report.finished_at = timezone.now()
    report.save()
    return report
