"""Suggestions while somebody types in the search field of the programme."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from expo import snapshot
from expo.models import Expo
from expo.snapshot import Snapshot
from expo.views.editions import moved_or_gone
from expo.views.occasion_chosen import name_at
from innovation.filters import MAX_SEARCH_LENGTH, one_line
from innovation.models.fields import reader_language
from innovation.shells import Shell, kept
from innovation.views.suggestions import SHORTEST

MOST_EVENTS, MOST_NAMES = 6, 3
_LABELS = {
    "event": gettext_lazy("Events"),
    "place": gettext_lazy("Areas and venues"),
    "theme": gettext_lazy("Themes"),
    "host": gettext_lazy("Hosts"),
}
_KINDS = {"area": "place", "venue": "place", "theme": "theme", "host": "host"}


class _Shells(NamedTuple):
    all: Shell
    group: dict[str, Shell]
    one: Shell
    everything: Shell


@kept
def _shells(language: str) -> _Shells:
    return _Shells(
        all=Shell.of("innovation/_suggestions.html"),
        group={kind: Shell.of("innovation/_suggestion_group.html", kind=kind, label=label)
               for kind, label in _LABELS.items()},
        one=Shell.of("innovation/_suggestion.html"),
        everything=Shell.of("innovation/_suggestion_all.html"),
    )  # fmt: skip


@require_safe
def suggestions(request, edition):
    """A fragment for the list box of static/js/combobox.js, which says how many there are."""
    snap = snapshot.current(edition)
    if snap is None:
        return moved_or_gone(request, Expo, edition, key="edition")
    q = one_line(request.GET.get("q", ""))[:MAX_SEARCH_LENGTH]
    language = reader_language()
    found = suggested(snap, q, language) if len(q) >= SHORTEST else {}
    return HttpResponse(_fragment(found, q, snap, _shells(language)))


def suggested(snap: Snapshot, q: str, language: str) -> dict[str, list[tuple[str, str]]]:
    """By kind: (text, address), the best first, in titles and names alone."""
    found = {kind: [] for kind in _LABELS}
    found["event"] = _events(snap, q, language)
    listed = reverse("expo:occasion-list", kwargs={"edition": snap.expo.slug})
    for name in snap.words.names_like(q):
        kind = _KINDS.get(name.kind)
        if kind and len(found[kind]) < MOST_NAMES:
            address = f"{listed}?{urlencode({name.kind: name.slug})}"
            found[kind].append((str(name_at(snap, name.kind, name.slug, language)), address))
    return {kind: members for kind, members in found.items() if members}


def _events(snap: Snapshot, q: str, language: str) -> list[tuple[str, str]]:
    hits, _bits = snap.search(q, only_titles=True)
    if hits.is_partial:
        return []
    keys = dict.fromkeys(snap.places[place][0] for place in hits.order())
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


def _fragment(found: dict, q: str, snap: Snapshot, shells: _Shells) -> bytes:
    number, groups = 0, []
    for kind, members in found.items():
        options = []
        for text, address in members:
            number += 1
            options.append(shells.one.encoded(number=number, url=address, text=text))
        groups.append(shells.group[kind].encoded(options=b"".join(options)))
    said = ngettext("%(n)d suggestion", "%(n)d suggestions", number) % {"n": number}
    if len(q) >= SHORTEST:
        groups.append(_search_for(q, snap, shells))
    said = said if number else _("No suggestions")
    return shells.all.encoded(said=said, groups=b"".join(groups))


def _search_for(q: str, snap: Snapshot, shells: _Shells) -> bytes:
    path = reverse("expo:occasion-list", kwargs={"edition": snap.expo.slug})
    said = _("Search all texts for “%(words)s”") % {"words": q}
    return shells.everything.encoded(url=f"{path}?{urlencode({'q': q})}", said=said)
