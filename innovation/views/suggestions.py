"""Suggestions while somebody types in the search field."""

from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from innovation import search
from innovation.filters import MAX_SEARCH_LENGTH, one_line
from innovation.models.fields import reader_language
from innovation.shells import Shell, kept

MOST = 8
SHORTEST = 2  # characters
_LABELS = {
    "initiative": gettext_lazy("Initiatives"),
    "challenge": gettext_lazy("Challenges"),
    "organisation": gettext_lazy("Organisations"),
}


class _Shells(NamedTuple):
    all: Shell
    group: dict[str, Shell]
    one: Shell
    everything: Shell


@kept
def _shells(language: str) -> _Shells:
    return _Shells(
        all=Shell.of("innovation/_suggestions.html"),
        group={
            kind: Shell.of("innovation/_suggestion_group.html", kind=kind, label=label)
            for kind, label in _LABELS.items()
        },
        one=Shell.of("innovation/_suggestion.html"),
        everything=Shell.of("innovation/_suggestion_all.html"),
    )


@require_safe
def suggestions(request):
    """A fragment for the list box of static/js/combobox.js, which says how many there are."""
    language = reader_language()
    q = one_line(request.GET.get("q", ""))[:MAX_SEARCH_LENGTH]
    if len(q) < SHORTEST:
        return HttpResponse(_fragment([], "", _shells(language)))
    found = search.suggestions(q, language, MOST)
    return HttpResponse(_fragment(found, q, _shells(language)))


def _fragment(found, q: str, shells: _Shells) -> SafeString:
    """q: what to search all texts for, as a last choice; empty for none."""
    order = list(_LABELS)
    found = sorted(found, key=lambda suggestion: order.index(suggestion.kind))
    numbered = list(enumerate(found, 1))
    groups = []
    for kind, members in groupby(numbered, key=lambda pair: pair[1].kind):
        options = [
            shells.one.fill(number=number, url=suggestion.url, text=suggestion.text)
            for number, suggestion in members
        ]
        groups.append(shells.group[kind].fill(options=SafeString("".join(options))))
    said = ngettext("%(n)d suggestion", "%(n)d suggestions", len(found)) % {"n": len(found)}
    said = said if found else _("No suggestions")
    if q:
        groups.append(_search_for(q, shells))
    return shells.all.fill(said=said, groups=SafeString("".join(groups)))


def _search_for(q: str, shells: _Shells) -> SafeString:
    url = f"{reverse('innovation:initiative-list')}?{urlencode({'q': q})}"
    said = _("Search all texts for “%(words)s”") % {"words": q}
    return shells.everything.fill(url=url, said=said)
