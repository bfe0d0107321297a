"""The catalogue: the list of initiatives, narrowed, sorted and shown as its address says.

No template is rendered here and no statement sent to the database, once the process is warm: the
templates are kept with holes (shells.py), the initiatives as cards (cards.py).
"""

from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from innovation import catalogue, snapshot
from innovation.catalogue import Found
from innovation.filters import Asked, InitiativeFilter
from innovation.list_address import on_page
from innovation.models.fields import LANGUAGES, reader_language
from innovation.query_keys import reads
from innovation.shells import Shell, frame_state, hole, kept, personal_parts
from innovation.short_way import for_everyone
from innovation.snapshot import Snapshot
from innovation.views import chosen, list_panel, list_results

# So many answers' frames of some 18 kB; what is narrowed by very much isn't asked for again.
MOST_FRAMES, LONGEST_KEPT = 600, 200
_ROBOTS = b'<meta name="robots" content="noindex, follow">'


class _Shells(NamedTuple):
    page: Shell
    update: Shell


@kept
def _shells(language: str, frame: tuple) -> _Shells:
    twins = {code: hole(f"address_{code}") for code in LANGUAGES}
    values = {"twins": twins, "canonical": hole("canonical"), "page_name": "initiative-list"}
    values |= {name: hole(name) for name in personal_parts}
    return _Shells(
        page=Shell.of("innovation/initiative_list.html", **values),
        update=Shell.of("innovation/_list_update.html"),
    )


@for_everyone
@reads(*Asked.keys, "fold", "page")
@require_safe
def initiative_list(request):
    language = reader_language()
    snap = snapshot.current()
    asked = InitiativeFilter.read(request.GET, snap)
    found = catalogue.find(asked.choices, language=language, snap=snap)
    frame = _frame(asked, found, snap, language)
    holes = frame.holes | _parts(asked, found, frame, snap, language)
    shells = _shells(language, frame_state())
    # The target's id, not HX-Request: whoever goes "back" gets the whole page.
    if request.META.get("HTTP_HX_TARGET") == "results":
        response = HttpResponse(shells.update.encoded(**holes))
        response["Cache-Control"] = "no-store"
        # What static/js/list.js writes into the address bar; htmx leaves the history alone.
        response["HX-Push-Url"] = "false"
        response["Content-Location"] = _address(request.path, asked.query(page=found.page))
    else:
        holes |= _addresses(asked, found, frame, language)
        holes |= {name: part(request) for name, part in personal_parts.items()}
        response = HttpResponse(shells.page.encoded(**holes))
    response["Vary"] = "HX-Target"
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


def _addresses(asked: Asked, found: Found, frame: "_Frame", language: str) -> dict[str, str]:
    """What only the whole page says: where it is, in both languages."""
    paths, query = _paths(), asked.query(page=found.page)
    return {
        "canonical": _address(paths[language], on_page(frame.canonical, found.page)),
        **{f"address_{code}": _address(paths[code], query) for code in LANGUAGES},
    }


# ── The parts of the page ─────────────────────────────────────────────────────
class _Frame(NamedTuple):
    """What is the same on all pages of one answer."""

    holes: dict[str, str | bytes]
    results: dict[str, bytes]
    canonical: str


def _frame(asked: Asked, found: Found, snap: Snapshot, language: str) -> _Frame:
    """Kept, since most requests turn a page: with the numbers that it shows, which an edit of a
    text leaves as they are, or where the texts were searched with the snapshot."""
    keeper, key = snap if asked.choices.q else snap.tally, (language, asked.query())
    # What visitors can vary for ever, or make long, and budgets, which aren't of the tally.
    if "budget" in found.narrowing or asked.unknown or asked.unfolded or len(key[1]) > LONGEST_KEPT:
        return _made_frame(asked, found, snap, language)
    return keeper.kept(
        "frames", key, lambda: _made_frame(asked, found, snap, language), MOST_FRAMES
    )


def _made_frame(asked: Asked, found: Found, snap: Snapshot, language: str) -> _Frame:
    q = asked.choices.q
    chips = chosen.chips(asked, snap, language)
    holes = {
        "searched": f"{q} – " if q else "",
        "robots": _ROBOTS if q or len(chips) > 1 else b"",
        "q": q,
        "chosen_total": list_panel.chosen_total(asked),
        "panel": list_panel.panel(asked, found, snap, language),
        "tools": list_results.tools(asked, language),
    }
    sort = catalogue.known_sort("", q)
    canonical = asked.query(sort=sort, view="cards", unfold=())
    return _Frame(holes, list_results.frame(asked, found, chips, snap, language), canonical)


def _parts(
    asked: Asked, found: Found, frame: _Frame, snap: Snapshot, language: str
) -> dict[str, bytes]:
    """What each page has of its own."""
    return {
        "total": list_results.total(found, language),
        "results": list_results.results(asked, found, frame.results, snap, language),
    }
