"""The catalogue: the list of initiatives, narrowed, sorted and shown as its address says.

No template is rendered here and no statement sent to the database, once the process is warm: the
templates are kept with holes (shells.py), the initiatives as cards (cards.py).
"""

from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from innovation import catalogue, snapshot
from innovation.catalogue import Found
from innovation.filters import Asked, InitiativeFilter
from innovation.models.fields import LANGUAGES, reader_language
from innovation.shells import Shell, hole, kept
from innovation.snapshot import Snapshot
from innovation.views import chosen, list_panel, list_results

_NOTHING = SafeString("")
_ROBOTS = SafeString('<meta name="robots" content="noindex, follow">')


class _Shells(NamedTuple):
    page: Shell
    update: Shell


@kept
def _shells(language: str) -> _Shells:
    twins = {code: hole(f"address_{code}") for code in LANGUAGES}
    frame = {"twins": twins, "canonical": hole("canonical"), "page_name": "initiative-list"}
    return _Shells(
        page=Shell.of("innovation/initiative_list.html", **frame),
        update=Shell.of("innovation/_list_update.html"),
    )


@require_safe
def initiative_list(request):
    language = reader_language()
    snap = snapshot.current()
    asked = InitiativeFilter.read(request.GET, snap)
    found = catalogue.find(asked.choices, language=language, snap=snap)
    holes = _holes(asked, found, snap, language)
    # The target's id, not HX-Request: whoever goes "back" gets the whole page.
    if request.META.get("HTTP_HX_TARGET") == "results":
        response = HttpResponse(_shells(language).update.fill(**holes))
        response["Cache-Control"] = "no-store"
        # What static/js/list.js writes into the address bar; htmx leaves the history alone.
        response["HX-Push-Url"] = "false"
        response["Content-Location"] = _address(request.path, asked.query(page=found.page))
    else:
        holes |= _addresses(asked, found, language)
        response = HttpResponse(_shells(language).page.fill(**holes))
    patch_vary_headers(response, ["HX-Target"])
    return response


# ── Addresses ─────────────────────────────────────────────────────────────────
@kept
def _paths() -> dict[str, str]:
    """The list's own address in each language."""
    paths = {}
    for language in LANGUAGES:
        with translation.override(language):
            paths[language] = reverse("innovation:initiative-list")
    return paths


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _addresses(asked: Asked, found: Found, language: str) -> dict:
    """What only the whole page says: where it is, in both languages."""
    paths, query = _paths(), asked.query(page=found.page)
    sort = catalogue.known_sort("", asked.choices.q)
    canonical = asked.query(page=found.page, sort=sort, shape="cards")
    return {
        "canonical": _address(paths[language], canonical),
        **{f"address_{code}": _address(paths[code], query) for code in LANGUAGES},
    }


# ── The parts of the page ─────────────────────────────────────────────────────
def _holes(asked: Asked, found: Found, snap: Snapshot, language: str) -> dict:
    """What both the whole page and an update of it are filled with."""
    q = asked.choices.q
    chips = chosen.chips(asked, snap, language)
    return {
        "searched": f"{q} – " if q else "",
        "robots": _ROBOTS if q or len(chips) > 1 else _NOTHING,
        "q": q,
        "chosen_total": list_panel.chosen_total(asked),
        "panel": list_panel.panel(asked, found, snap, language),
        "total": list_results.total(found, language),
        "tools": list_results.tools(asked, language),
        "results": list_results.results(asked, found, chips, snap, language),
    }
