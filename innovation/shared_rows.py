"""The rows that initiatives have in common (statuses, sectors, organisations …): read once, and
kept until one of them changes.

What an initiative has of them is known to the snapshot by key; pages that show more of them than
a name find the rows here instead of asking for them again and again.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Model, QuerySet

from innovation.facets import FACETS
from innovation.models import Initiative, Organisation
from innovation.snapshot import Snapshot

Rows = dict[int, Model]
# What an initiative has one of; its field is called as the facet.
_SINGLE = ("status", "category", "challenge", "driven_by")


class _Kept(NamedTuple):
    options: object  # the snapshot's; others when one of the facets' rows has changed
    rows: Rows


_kept: dict[str, _Kept] = {}


def of_facet(key: str, snap: Snapshot) -> Rows:
    """The rows behind a facet's options by key, in display order; only what is visible."""
    return of(key, FACETS[key].options, snap)


def of(name: str, read: Callable[[], QuerySet], snap: Snapshot) -> Rows:
    """What `read` gives, by key; `name` is its own. It may read models of facets, and no others.

    The rows are shared: only to be read.
    """
    known = _kept.get(name)
    if known is None or known.options is not snap.options:
        known = _kept[name] = _Kept(snap.options, {row.pk: row for row in read()})
    return known.rows


def _owners(snap: Snapshot) -> Rows:
    return of("owners", Organisation.objects.all, snap)


def give_to(initiative: Initiative, snap: Snapshot) -> None:
    """Its status, category, challenge and owner. A challenge that isn't visible is left to be
    asked for; an owner isn't, since every card asks whether its own is."""
    for key in _SINGLE:
        rows = _owners(snap) if key == "driven_by" else of_facet(key, snap)
        row = rows.get(getattr(initiative, f"{key}_id"))
        if row is not None:
            setattr(initiative, key, row)
