"""Suggestions while somebody types in the search field of the programme."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from expo import snapshot
from expo.models import Expo
from expo.snapshot import Snapshot
from expo.views.editions import moved_or_gone
from innovation.models.fields import reader_language
from innovation.query_keys import reads
from innovation.short_way import for_everyone
from innovation.views.panel_groups import name_at
from innovation.views.suggestions import asked_words, fragment

MOST_EVENTS, MOST_NAMES = 6, 3
_LABELS = {
    "event": gettext_lazy("Events"),
    "place": gettext_lazy("Areas and venues"),
    "theme": gettext_lazy("Themes"),
    "host": gettext_lazy("Hosts"),
}
_KINDS = {"area": "place", "venue": "place", "theme": "theme", "host": "host"}


@for_everyone
@reads("q")
@require_safe
def suggestions(request, edition):
    """A fragment for the list box of static/js/combobox.js, which says how many there are."""
    snap = snapshot.current(edition)
    if snap is None:
        return moved_or_gone(request, Expo, edition, key="edition")
    q = asked_words(request)
    found = suggested(snap, q, reader_language()) if q else {}
    return HttpResponse(fragment(found, _LABELS, q, _list_path(snap)))


def suggested(snap: Snapshot, q: str, language: str) -> dict[str, list[tuple[str, str]]]:
    """By kind: (text, address), the best first, in titles and names alone."""
    found = {kind: [] for kind in _LABELS}
    found["event"] = _events(snap, q, language)
    for name in snap.words.names_like(q):
        kind = _KINDS.get(name.kind)
        if kind and len(found[kind]) < MOST_NAMES:
            address = f"{_list_path(snap)}?{urlencode({name.kind: name.slug})}"
            found[kind].append(
                (str(name_at(snap.options, name.kind, name.slug, language)), address)
            )
    return {kind: members for kind, members in found.items() if members}


def _events(snap: Snapshot, q: str, language: str) -> list[tuple[str, str]]:
    hits, _bits = snap.search(q, only_titles=True)
    keys = dict.fromkeys(snap.places[place][0] for place in hits.order(hits.strict))
    rows = {row.event: row for row in reversed(snap.rows) if row.event in keys}
    return [
        (_title(rows[key], language), _event_address(snap, rows[key].slug))
        for key in list(keys)[:MOST_EVENTS]
    ]


def _title(row, language: str) -> str:
    first, second = row.title_sv, row.title_en
    return (second or first) if language == "en" else (first or second)


def _event_address(snap: Snapshot, slug: str) -> str:
    return reverse("expo:event-detail", kwargs={"edition": snap.expo.slug, "slug": slug})


def _list_path(snap: Snapshot) -> str:
    return reverse("expo:occasion-list", kwargs={"edition": snap.expo.slug})
