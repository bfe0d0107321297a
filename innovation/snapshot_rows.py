"""What the database says of the visible initiatives and of what they have in common, for the
snapshot: as few statements as can be, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from innovation.facets import FACETS, STATED_BY
from innovation.hits import ALSO
from innovation.models import Initiative, SlugRedirect, Synonym
from innovation.prepared import ByKeys

# What initiatives share: ("sector", 12), ("year", 2021), ("concluded", "sector"), EVERYONE …
Mark = tuple[str, int | str]
EVERYONE = ("all", 0)
EXAMPLE = ("example", 0)
FOR_SCHOOLS = ("open_for_schools", 0)


class Option(NamedTuple):
    """One value of a facet, as people choose it."""

    pk: int
    slug: str
    name_sv: str
    name_en: str
    also: str = ""  # what else it is called, for the search
    is_example: bool = False


class Row(NamedTuple):
    """What lists ask of one initiative. A changed initiative gets a new Row, so that what was
    made from a Row (its card) holds as long as the Row is the same object."""

    pk: int
    title_sv: str
    title_en: str
    updated_at: float
    published_at: float | None
    progress_percent: int | None
    budget_sek: int | None
    marks: frozenset[Mark]


def read_options() -> dict[str, dict[str, Option]]:
    return {
        key: {
            option.slug: Option(
                option.pk,
                option.slug,
                *_names_of(option),
                getattr(option, "is_example", False),
            )
            for option in facet.options()
        }
        for key, facet in FACETS.items()
    }


def read_renamed(options: dict[str, dict[str, Option]]) -> dict[str, dict[str, str]]:
    """By facet: what an option's slug was once, and what it is now."""
    models = {key: facet.options().model._meta.model_name for key, facet in FACETS.items()}
    redirects = SlugRedirect.objects.filter(model__in=models.values())
    once = defaultdict(dict)
    for model, old_slug, pk in redirects.values_list("model", "old_slug", "object_id"):
        once[model][old_slug] = pk
    renamed = {}
    for key, model in models.items():
        now = {option.pk: option.slug for option in options[key].values()}
        renamed[key] = {slug: now[pk] for slug, pk in once[model].items() if pk in now}
    return renamed


def _names_of(option) -> tuple[str, str, str]:
    name = "title" if hasattr(option, "title_sv") else "name"
    lists = (getattr(option, field, ()) for field in ("aliases", "alternative_titles"))
    others = [getattr(option, "short_name", ""), *chain.from_iterable(lists)]
    also = ALSO.join(other for other in others if isinstance(other, str) and other)
    return getattr(option, f"{name}_sv"), getattr(option, f"{name}_en"), also


_COLUMNS = (
    "pk",
    "title_sv",
    "title_en",
    "updated_at",
    "published_at",
    "progress_percent",
    "estimated_budget_sek",
    "start_year",
    "open_for_schools",
    "is_example",
    "inferred_fields",
)
_SINGLE = [
    (key, f"{facet.field}_id")
    for key, facet in FACETS.items()
    if Initiative._meta.get_field(facet.field).many_to_one
]
_MANY = [
    (key, relation.m2m_db_table(), relation.m2m_column_name(), relation.m2m_reverse_name())
    for key, facet in FACETS.items()
    for relation in map(Initiative._meta.get_field, facet.relations)
    if relation.many_to_many
]


def read_rows(pks: set[int] | None = None) -> Iterable[Row]:
    """The visible initiatives in the order of their keys, or those of `pks` that are visible: one
    query, and one for the facets with many values."""
    marks = _marks_of_lists(pks)
    rows = _some.values(pks) if pks is not None else _visible().order_by("pk").iterator()
    for values in rows:
        yield _row(values, marks[values[0]])


def _visible() -> QuerySet:
    columns = (*_COLUMNS, *(column for _, column in _SINGLE))
    return Initiative.objects.visible().order_by().values_list(*columns)


_some = ByKeys(_visible)


def _row(values: tuple, marks: set[Mark]) -> Row:
    pk, title_sv, title_en, updated_at, published_at, progress, budget = values[:7]
    year, for_schools, is_example, inferred = values[7:11]
    marks |= {(key, value) for (key, _), value in zip(_SINGLE, values[11:], strict=True) if value}
    marks.add(EVERYONE)
    if year is not None:
        marks.add(("year", year))
    if for_schools:
        marks.add(FOR_SCHOOLS)
    if is_example:
        marks.add(EXAMPLE)
    marks |= {("concluded", key) for key, field in STATED_BY.items() if field in inferred}
    published = published_at and published_at.timestamp()
    return Row(
        pk,
        title_sv,
        title_en,
        updated_at.timestamp(),
        published,
        progress,
        budget,
        frozenset(marks),
    )


def read_synonyms() -> list:
    return list(Synonym.objects.values_list("words", flat=True))


def _marks_of_lists(pks: set[int] | None) -> dict[int, set[Mark]]:
    """What the initiatives have of the facets with many values: one query for all of them."""
    only = f"WHERE {{}} IN ({', '.join(map(str, pks))})" if pks is not None else ""
    lists = (
        # Names of our own tables, and numbers.
        f"SELECT '{key}', {mine}, {other} FROM {table} {only.format(mine)}"  # noqa: S608
        for key, table, mine, other in _MANY
    )
    marks = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(lists))
        for key, pk, other in cursor:
            marks[pk].add((key, other))
    return marks
