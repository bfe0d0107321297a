"""An initiative with all that its page shows, in few statements.

There are lists of many kinds for it, and most initiatives have few of them: one statement says
which, and only those are read. What it has in common with others is kept (shared_rows.py).
"""

from collections import defaultdict
from functools import cache

from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from innovation import shared_rows
from innovation.models import GalleryPicture, Initiative, Platform, StatusChange
from innovation.snapshot import Snapshot

# By name of the list, the facet that its rows are options of.
_SHARED = {
    "sectors": "sector",
    "technologies": "technology",
    "global_goals": "goal",
    "participants": "partner",
    "partners": "partner",
}
_OWN = (
    "operations",
    "innovation_heights",
    "impact_targets",
    "involvements",
    "figures",
    "funding",
    "contacts",
    "links",
    "documents",
    "updates",
    "platforms",
    "gallery",
    "status_changes",
)
HISTORY = Prefetch("status_changes", StatusChange.objects.select_related("to_status"))


def of(slug: str, snap: Snapshot) -> Initiative:
    """The visible initiative at `slug`; raises Initiative.DoesNotExist."""
    initiatives = Initiative.objects.visible().select_related("operation_domain", "expected_impact")
    initiative = initiatives.get(slug=slug)
    shared_rows.give_to(initiative, snap)
    keys = _keys_by_list(initiative.pk)
    # Where Django keeps what was prefetched, so that templates ask for lists as always.
    initiative._prefetched_objects_cache = {name: [] for name in _OWN if name not in keys} | {
        name: [row for pk, row in shared_rows.of_facet(key, snap).items() if pk in keys[name]]
        for name, key in _SHARED.items()
    }
    prefetch_related_objects([initiative], *(_prefetch(name) for name in _OWN if name in keys))
    return initiative


def _prefetch(name: str) -> Prefetch | str:
    """What the public may see of a list."""
    if name == "platforms":
        return Prefetch(name, Platform.objects.visible())
    if name == "gallery":
        return Prefetch(name, GalleryPicture.objects.showable(timezone.localdate()))
    return HISTORY if name == "status_changes" else name


def _keys_by_list(pk: int) -> dict[str, set[int]]:
    """The keys of what stands in each list of an initiative; nothing for the empty ones."""
    keys = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_which_lists(), [pk] * (len(_SHARED) + len(_OWN)))
        for name, key in cursor:
            keys[name].add(key)
    return keys


@cache
def _which_lists() -> str:
    fields = {name: Initiative._meta.get_field(name) for name in (*_SHARED, *_OWN)}
    # Names of our own tables and columns.
    lists = (
        f"SELECT '{name}', {key} FROM {table} WHERE {owner} = %s"  # noqa: S608
        for name, (table, owner, key) in ((name, _columns(fields[name])) for name in fields)
    )
    return " UNION ALL ".join(lists)


def _columns(relation) -> tuple[str, str, str]:
    """The table of a list, its column with the initiative, and that with the key."""
    if relation.many_to_many:
        return relation.m2m_db_table(), relation.m2m_column_name(), relation.m2m_reverse_name()
    meta = relation.related_model._meta
    return meta.db_table, relation.field.column, meta.pk.column
