"""The programme of an edition, and one day of it: as a list, a timetable or a map.

No template is rendered here and no statement sent to the database, once the process is warm: the
templates are kept with holes (shells.py), the occasions as lines (lines.py).
"""

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from expo import finding, snapshot
from expo.filters import Asked, OccasionFilter
from expo.finding import Found
from expo.map import draw
from expo.models import Expo
from expo.shown import venues_of
from expo.snapshot import Snapshot
from expo.snapshot_rows import CANCELLED
from expo.templatetags.programme import header_part
from expo.views import occasion_chosen, occasion_panel, occasion_results, timetable
from expo.views.editions import crumbs_of, moved_or_gone
from expo.views.programme_buttons import chosen_in
from innovation.models.fields import LANGUAGES, reader_language
from innovation.query_keys import reads
from innovation.shells import Shell, hole
from innovation.short_way import for_everyone
from innovation.views.chosen import html_of

_ROBOTS = b'<meta name="robots" content="noindex, follow">'


@for_everyone
@reads(*Asked.keys, "fold", "page")
@require_safe
def occasion_list(request, edition):
    snap = snapshot.current(edition)
    if snap is None:
        return moved_or_gone(request, Expo, edition, key="edition")
    return _programme(request, snap, None)


@for_everyone
@reads(*Asked.keys, "fold", "page")
@require_safe
def day_detail(request, edition, day):
    snap = snapshot.current(edition)
    if snap is None:
        return moved_or_gone(request, Expo, edition, key="edition")
    if day not in snap.options["day"]:
        raise Http404
    return _programme(request, snap, date.fromisoformat(day))


# ── One answer ────────────────────────────────────────────────────────────────
class _Page(NamedTuple):
    """What a page is made of. on_day: the one day that it is about."""

    snap: Snapshot
    asked: Asked
    found: Found
    on_day: date | None
    chosen: frozenset[int]
    language: str
    now: object

    @property
    def address(self) -> str:
        return self.asked.query(page=self.found.page)


def _programme(request, snap: Snapshot, on_day: date | None) -> HttpResponse:
    now = timezone.now()
    asked = OccasionFilter.read(request.GET, snap)
    found = finding.find(
        asked.choices,
        expo=snap.expo,
        now=now,
        on_day=on_day,
        one_day_a_page=asked.shape == "timetable",
        snap=snap,
    )
    page = _Page(snap, asked, found, on_day, chosen_in(request), reader_language(), now)
    shells = _shells(snap, page.language)
    holes = _holes(page)
    # The target's id, not HX-Request: whoever goes "back" gets the whole page.
    if request.META.get("HTTP_HX_TARGET") == "results":
        response = HttpResponse(shells.update.encoded(**holes))
        response["Cache-Control"] = "no-store"
        # What static/js/list.js writes into the address bar; htmx leaves the history alone.
        response["HX-Push-Url"] = "false"
        response["Content-Location"] = _address(request.path, page.address)
    else:
        holes |= _around(request, page)
        response = HttpResponse(shells.page.encoded(**holes))
        if asked.choices.open_now:  # another answer in a minute
            response["Cache-Control"] = "no-cache"
    response["Vary"] = "HX-Target"
    return response


class _Shells(NamedTuple):
    page: Shell
    update: Shell


def _shells(snap: Snapshot, language: str) -> _Shells:
    """Kept with the snapshot, since they tell of the edition; made in some milliseconds."""
    return snap.kept("shells", language, lambda: _made_shells(snap))


def _made_shells(snap: Snapshot) -> _Shells:
    frame = {name: hole(name) for name in ("canonical", "programme_summary")}
    frame |= {"twins": {code: hole(f"address_{code}") for code in LANGUAGES}}
    return _Shells(
        page=Shell.of(
            "expo/occasion_list.html", expo=snap.expo, page_name="occasion-list", **frame
        ),
        update=Shell.of("expo/_occasions_update.html", expo=snap.expo),
    )


def _holes(page: _Page) -> dict:
    """What both the whole page and an update of it are filled with."""
    snap, asked, found, on_day, _chosen, language, now = page
    chips = occasion_chosen.chips(asked, snap, language)
    today = timezone.localdate(now)
    around = {
        "strip": occasion_results.strip(found, asked, on_day, today, language),
        "chips": html_of(chips, asked, language),
        "corrected": occasion_results.corrected(found, language),
        "notes": occasion_results.past(asked, found, language),
        "items": _items(page),
        "pages": _pages(page),
        "links": occasion_results.links(asked, snap, language),
    }
    q = asked.choices.q
    return {
        "searched": f"{q} – " if q else "",
        "heading": occasion_results.title_of(on_day) if on_day else _("Programme"),
        "chosen_total": occasion_panel.chosen_total(asked.choices),
        "panel": occasion_panel.panel(asked, found, snap, language),
        "total": occasion_results.total(found, asked, on_day, language),
        "tools": occasion_results.tools(asked, language),
        "results": occasion_results.results(around, language),
    }


def _items(page: _Page) -> bytes:
    snap, asked, found, on_day, chosen, language, now = page
    if asked.shape == "map":
        return _map(snap, found, language)
    if not found.with_cancelled:
        return occasion_results.empty(asked, found, on_day, now, language)
    if asked.shape == "timetable" and found.days:
        return timetable.timetable(found, asked, chosen, language)
    return occasion_results.list_of_days(found, asked, chosen, on_day, language)


def _pages(page: _Page) -> bytes:
    if page.on_day:
        return occasion_results.day_nav(page.snap, page.asked, page.on_day, page.language)
    if page.asked.shape == "map":
        return b""
    return occasion_results.pages(page.asked, page.found, page.language)


def _map(snap: Snapshot, found: Found, language: str) -> bytes:
    """The venues, each with how many of what was found one could go to there."""
    venues, drawing = snap.kept("drawings", language, lambda: _drawn(snap))
    going = found.bits & ~snap.bits.get(CANCELLED, 0)
    counts = Counter(
        {v.pk: (snap.bits.get(("venue", v.slug), 0) & going).bit_count() for v in venues}
    )
    context = {"expo": snap.expo, "drawing": drawing, "counts": counts, "id": "map"}
    return render_to_string("expo/_map.html", context).encode()


def _drawn(snap: Snapshot):
    venues = list(venues_of(snap.expo).select_related("area"))
    return venues, draw(venues, list(snap.expo.areas.all()))


# ── What only the whole page says ─────────────────────────────────────────────
def _around(request, page: _Page) -> dict:
    snap, asked, language = page.snap, page.asked, page.language
    paths = _paths(snap, page.on_day)
    canonical = asked.query(page=page.found.page, view="list", unfold=())
    is_narrow = asked.choices.q or len(occasion_chosen.chips(asked, snap, language)) > 1
    return {
        "robots": _ROBOTS if is_narrow or snap.expo.is_example else b"",
        "feeds": occasion_results.alternates(asked, snap, language),
        "breadcrumb": _breadcrumb(page),
        "path": paths[language],
        "q": asked.choices.q,
        "canonical": _address(paths[language], canonical),
        **{f"address_{code}": _address(paths[code], page.address) for code in LANGUAGES},
        "programme_summary": header_part(request),
    }


def _paths(snap: Snapshot, on_day: date | None) -> dict[str, str]:
    """The page's own address in each language."""
    name, kwargs = "expo:occasion-list", {"edition": snap.expo.slug}
    if on_day:
        name, kwargs = "expo:day-detail", kwargs | {"day": on_day}
    return snap.kept(
        "paths", on_day, lambda: {code: _path(code, name, kwargs) for code in LANGUAGES}
    )


def _path(language: str, name: str, kwargs: dict) -> str:
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


def _breadcrumb(page: _Page) -> bytes:
    key = (page.language, page.on_day)
    return page.snap.kept("breadcrumbs", key, lambda: _made_breadcrumb(page))


def _made_breadcrumb(page: _Page) -> bytes:
    title, above = _("Programme"), ()
    if page.on_day:
        above = ((title, _paths(page.snap, None)[page.language]),)
        title = occasion_results.title_of(page.on_day)
    context = {"crumbs": crumbs_of(page.snap.expo, *above), "title": title}
    return render_to_string("expo/_breadcrumb.html", context).encode()


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
