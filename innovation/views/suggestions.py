"""Suggestions while somebody types in the search field."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from innovation import search
from innovation.filters import MAX_SEARCH_LENGTH, one_line
from innovation.models.fields import reader_language
from innovation.query_keys import reads
from innovation.shells import Shell, kept
from innovation.short_way import for_everyone

MOST = 8
SHORTEST = 2  # characters
_LABELS = {
    "initiative": gettext_lazy("Initiatives"),
    "challenge": gettext_lazy("Challenges"),
    "organisation": gettext_lazy("Organisations"),
}


class _Shells(NamedTuple):
    all: Shell
    one: Shell
    everything: Shell


@kept
def _shells(language: str) -> _Shells:
    return _Shells(
        all=Shell.of("innovation/_suggestions.html"),
        one=Shell.of("innovation/_suggestion.html"),
        everything=Shell.of("innovation/_suggestion_all.html"),
    )


@kept
def _group_shell(kind: str, label: str) -> Shell:
    return Shell.of("innovation/_suggestion_group.html", kind=kind, label=label)


@for_everyone
@reads("q")
@require_safe
def suggestions(request):
    """A fragment for the list box of static/js/combobox.js, which says how many there are."""
    q = asked_words(request)
    groups = {kind: [] for kind in _LABELS}
    for found in search.suggestions(q, reader_language(), MOST) if q else ():
        groups[found.kind].append((found.text, found.url))
    return HttpResponse(fragment(groups, _LABELS, q, reverse("innovation:initiative-list")))


def asked_words(request) -> str:
    """What has been typed; nothing as long as it is too little to suggest anything for."""
    q = one_line(request.GET.get("q", ""))[:MAX_SEARCH_LENGTH]
    return q if len(q) >= SHORTEST else ""


def fragment(
    groups: dict[str, list[tuple[str, str]]], labels: dict[str, str], q: str, list_path: str
) -> bytes:
    """The groups that have any, each with its label, and the search for `q` itself at last.

    groups: by kind, (text, address) of what is suggested, the best first.
    """
    language, number, parts = reader_language(), 0, []
    shells = _shells(language)
    for kind, members in groups.items():
        options = []
        for text, address in members:
            number += 1
            options.append(shells.one.encoded(number=number, url=address, text=text))
        if options:
            group = _group_shell(kind, str(labels[kind]))
            parts.append(group.encoded(options=b"".join(options)))
    said = ngettext("%(n)d suggestion", "%(n)d suggestions", number) % {"n": number}
    if q:
        url = f"{list_path}?{urlencode({'q': q})}"
        everything = _("Search all texts for “%(words)s”") % {"words": q}
        parts.append(shells.everything.encoded(url=url, said=everything))
    said = said if number else _("No suggestions")
    return shells.all.encoded(said=said, groups=b"".join(parts))
