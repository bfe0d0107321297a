"""What the programme shows of its answer: the number, the days, the occasions by time."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateformat import format as in_words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expo import finding
from expo.filters import Asked
from expo.finding import Day, Found, Relief
from expo.snapshot import Snapshot
from expo.times import day_name, short_day_name
from expo.views import occasion_chosen
from expo.views.lines import Lines
from expo.wording import days_between
from innovation.shells import Shell, kept
from innovation.views import list_results
from innovation.views.panel_groups import in_figures

_NOTHING, _CURRENT = b"", b' aria-current="true"'
SHAPES = ("list", "timetable", "map")
_KINDS = ("open", "timed", "unknown", "lasting")


class _Shells(NamedTuple):
    total: Shell
    tools: Shell
    results: Shell
    day: dict[bool, Shell]  # by whether it has a heading of its own
    group: dict[tuple[str, str], Shell]
    past: Shell
    strip: dict[bool, Shell]  # by whether all days are on the page
    strip_day: dict[tuple[str, bool, bool], Shell]
    day_nav: dict[tuple[bool, bool], Shell]
    pages: Shell
    page_link: dict[str, Shell]
    corrected: Shell
    none: dict[tuple[bool, bool], Shell]  # by whether it is narrowed, and about one day
    reliefs: Shell
    relief: Shell


@kept
def _shells(language: str) -> _Shells:
    both = (True, False)
    return _Shells(
        total=Shell.of("innovation/_list_total.html"),
        tools=Shell.of("expo/_occasions_tools.html"),
        results=Shell.of("expo/_occasions_results.html"),
        day={is_titled: Shell.of("expo/_occasions_day.html", is_titled=is_titled)
             for is_titled in both},
        group={(kind, heading): Shell.of("expo/_occasions_group.html", kind=kind, heading=heading)
               for kind in _KINDS for heading in ("h2", "h3")},
        past=Shell.of("expo/_occasions_past.html"),
        strip={is_all: Shell.of("expo/_strip.html", is_all=is_all) for is_all in both},
        strip_day={
            (kind, is_past, is_month): Shell.of("expo/_strip_day.html", kind=kind, is_past=is_past,
                                                is_month=is_month)
            for kind in ("day", "current", "none") for is_past in both for is_month in both},
        day_nav={(has_previous, has_next): Shell.of("expo/_day_nav.html", has_previous=has_previous,
                                                    has_next=has_next)
                 for has_previous in both for has_next in both},
        pages=Shell.of("expo/_day_pages.html"),
        page_link={kind: Shell.of("expo/_day_page_link.html", kind=kind)
                   for kind in ("prev", "next")},
        corrected=Shell.of("innovation/_corrected.html"),
        none={(is_narrowed, is_one_day): Shell.of("expo/_occasions_none.html",
                                                  is_narrowed=is_narrowed, is_one_day=is_one_day)
              for is_narrowed in both for is_one_day in both},
        reliefs=Shell.of("innovation/_list_reliefs.html"),
        relief=Shell.of("innovation/_list_relief.html"),
    )  # fmt: skip


def total(found: Found, asked: Asked, on_day: date | None, language: str) -> bytes:
    said = ngettext("%(n)s occasion", "%(n)s occasions", found.total)
    said = said % {"n": in_figures(found.total)} if found.total else _("No occasion")
    here = ""
    if found.cancelled:
        cancelled = ngettext(", %(n)s cancelled", ", %(n)s cancelled", found.cancelled)
        here = cancelled % {"n": found.cancelled}
    if len(found.pages) > 1 and asked.shape != "map":
        days = found.pages[found.page - 1]
        span = days_between(days[0], days[-1], with_year=False)
        here += _(". Here: %(days)s") % {"days": span}
    return _shells(language).total.encoded(said=said, here=here)


def tools(asked: Asked, language: str) -> bytes:
    """The shapes that the programme can have."""
    holes = {}
    for shape in SHAPES:
        holes[f"query_{shape}"] = asked.query(view=shape)
        holes[f"current_{shape}"] = _CURRENT if shape == asked.shape else _NOTHING
    return _shells(language).tools.encoded(**holes)


# ── The list ──────────────────────────────────────────────────────────────────
def list_of_days(
    found: Found, asked: Asked, chosen: frozenset[int], on_day: date | None, language: str
) -> bytes:
    shells, snap = _shells(language), found.snap
    slots = [*found.lasting, *(slot for day in found.days for slot in day.slots)]
    lines = Lines(snap, slots, shape="line", language=language, chosen=chosen)
    heading = "h2" if on_day else "h3"
    made = [_lasting(found, lines, shells)] if found.lasting else []
    for day in found.days:
        groups = b"".join(_groups(day, lines, heading, shells, language))
        if on_day:
            made.append(shells.day[False].encoded(groups=groups))
            continue
        made.append(
            shells.day[True].encoded(
                name=title_of(day.date),
                address=day_address(snap, day.date, asked),
                day=day.date,
                groups=groups,
            )
        )
    return b"".join(made)


def _lasting(found: Found, lines: Lines, shells: _Shells) -> bytes:
    items = lines.html(found.lasting)
    group = shells.group["lasting", "h2"].encoded(time="", items=items)
    return shells.day[False].encoded(groups=group)


def title_of(day: date) -> str:
    name = day_name(day)
    return name[:1].upper() + name[1:]


def _groups(day: Day, lines: Lines, heading: str, shells: _Shells, language: str) -> list[bytes]:
    groups = [("open", "", day.open), *(("timed", time, slots) for time, slots in day.timed)]
    groups.append(("unknown", "", day.unknown))
    return [
        shells.group[kind, heading].encoded(time=clock_of(time, language), items=lines.html(slots))
        for kind, time, slots in groups
        if slots
    ]


def clock_of(begins: str, language: str) -> str:
    """ "10:00" as the language writes it."""
    return begins if language == "en" else begins.replace(":", ".")


# ── Days ──────────────────────────────────────────────────────────────────────
def day_address(snap: Snapshot, day: date, asked: Asked) -> str:
    """The page of one day, with all other choices of `asked`."""
    return _with_query(_day_path(snap, day), _without_days(asked))


def _day_path(snap: Snapshot, day: date) -> str:
    return _day_paths(snap)[day]


def _day_paths(snap: Snapshot) -> dict[date, str]:
    # The language that is active decides what the addresses are called.
    some = reverse("expo:day-detail", kwargs={"edition": snap.expo.slug, "day": "0"})
    above = some.removesuffix("0/")
    return snap.kept(
        "day_paths",
        some,
        lambda: {day: f"{above}{day}/" for day in map(date.fromisoformat, snap.days)},
    )


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _without_days(asked: Asked) -> str:
    choices = asked.choices
    facets = {key: slugs for key, slugs in choices.facets.items() if key != "day"}
    # "Also what has been" is of days too: each day is shown whole on its own page.
    choices = replace(choices, facets=facets, first_day=None, last_day=None, past=False)
    unknown = tuple(pair for pair in asked.unknown if pair[0] not in ("day", "from", "to"))
    return replace(asked, choices=choices, unknown=unknown).query()


def strip(found: Found, asked: Asked, on_day: date | None, today: date, language: str) -> bytes:
    """All days, each with how many one could go to under the other choices; nothing when that is
    none on every day."""
    if not any(found.day_counts.values()):
        return _NOTHING
    shells, snap = _shells(language), found.snap
    paths, query = _day_paths(snap), _without_days(asked)
    names = _day_names(snap, language)
    first = next(iter(found.day_counts), None)
    days = [
        shells.strip_day[
            "current" if day == on_day else "day" if count else "none",
            day < today,
            day.day == 1 or day == first,
        ].encoded(address=_with_query(paths[day], query), day=day, count=count, **names[day])
        for day, count in found.day_counts.items()
    ]
    is_all = on_day is None and not _chose_days(asked)
    path = reverse("expo:occasion-list", kwargs={"edition": snap.expo.slug})
    return shells.strip[is_all].encoded(all=_with_query(path, query), days=b"".join(days))


def _chose_days(asked: Asked) -> bool:
    choices = asked.choices
    return bool(choices.first_day or choices.last_day or "day" in choices.facets)


def _day_names(snap: Snapshot, language: str) -> dict[date, dict]:
    days = map(date.fromisoformat, snap.days)
    return snap.kept("day_names", language, lambda: {day: _day_name(day, language) for day in days})


def _day_name(day: date, language: str) -> dict[str, str | int]:
    weekday, month = in_words(day, "D"), in_words(day, "M")
    if language == "sv":
        month = month.lower()
    return {"weekday": weekday, "number": day.day, "month": month}


def day_nav(snap: Snapshot, asked: Asked, on_day: date, language: str) -> bytes:
    """To the day before and the day after."""
    days = [date.fromisoformat(day) for day in snap.days]
    at = days.index(on_day)
    previous = days[at - 1] if at else None
    following = days[at + 1] if at + 1 < len(days) else None
    holes = {}
    for name, day in (("previous", previous), ("next", following)):
        holes[name] = day_address(snap, day, asked) if day else ""
        holes[f"{name}_name"] = title_of(day) if day else ""
    return _shells(language).day_nav[bool(previous), bool(following)].encoded(**holes)


def pages(asked: Asked, found: Found, language: str) -> bytes:
    """To the days before those of this page, and after; empty when there is only one page."""
    shells, links = _shells(language), []
    if found.page > 1:
        links.append(("prev", found.page - 1))
    if found.page < len(found.pages):
        links.append(("next", found.page + 1))
    if not links:
        return _NOTHING
    made = [
        shells.page_link[kind].encoded(
            query=asked.query(page=page), name=_span(found.pages[page - 1])
        )
        for kind, page in links
    ]
    return shells.pages.encoded(links=b"".join(made))


def _span(days: list[date]) -> str:
    if len(days) == 1:
        return title_of(days[0])
    return f"{short_day_name(days[0])} – {short_day_name(days[-1])}"


# ── What stands around ────────────────────────────────────────────────────────
def results(parts: dict[str, bytes], language: str) -> bytes:
    return _shells(language).results.encoded(**parts)


def past(asked: Asked, found: Found, language: str) -> bytes:
    """What has been of an edition that is on, one press away."""
    if not found.past:
        return _NOTHING
    said = ngettext(
        "%(n)s occasion has been already.", "%(n)s occasions have been already.", found.past
    )
    said = said % {"n": in_figures(found.past)}
    return _shells(language).past.encoded(said=said, query=asked.query(past=True))


def corrected(found: Found, language: str) -> bytes:
    if found.hits is None or not found.with_cancelled:
        return _NOTHING
    if not found.hits.strict:
        said = _("Nothing has all the words. This has some of them.")
        return _shells(language).corrected.encoded(said=said)
    return list_results.corrected(found.hits.corrected, language) if found.hits.corrected else b""


def empty(asked: Asked, found: Found, on_day: date | None, now, language: str) -> bytes:
    """That nothing was found, and what to drop."""
    shells = _shells(language)
    given = finding.reliefs(found, asked.choices, on_day=on_day, now=now)
    ways = [
        shells.relief.encoded(
            said=_without(relief, asked, found.snap, language), query=_query(relief, asked)
        )
        for relief in given
    ]
    listed = shells.reliefs.encoded(reliefs=b"".join(ways)) if ways else _NOTHING
    return shells.none[asked.is_narrowed, bool(on_day)].encoded(reliefs=listed)


def _without(relief: Relief, asked: Asked, snap: Snapshot, language: str) -> str:
    total = {"n": in_figures(relief.total)}
    if relief.key == "past":
        said = ngettext(
            "With what has been: %(n)s occasion",
            "With what has been: %(n)s occasions",
            relief.total,
        )
        return said % total
    said = ngettext(
        "Without “%(dropped)s”: %(n)s occasion",
        "Without “%(dropped)s”: %(n)s occasions",
        relief.total,
    )
    dropped = occasion_chosen.dropped(relief.key, asked.choices, snap, language)
    return said % {"dropped": dropped, **total}


def _query(relief: Relief, asked: Asked) -> str:
    if relief.key == "past":
        return asked.query(past=True)
    if relief.key == "dates":
        return asked.query(**{"from": None, "to": None})
    return asked.query(without=(relief.key, None))


def links(asked: Asked, snap: Snapshot, language: str) -> bytes:
    """The programme as files, narrowed as the page is."""
    return _of_feeds("expo/_occasions_links.html", asked, snap, language)


def alternates(asked: Asked, snap: Snapshot, language: str) -> bytes:
    return _of_feeds("expo/_occasions_alternates.html", asked, snap, language)


def _of_feeds(template: str, asked: Asked, snap: Snapshot, language: str) -> bytes:
    context = {"expo": snap.expo, "query": asked.query(view="list", unfold=())}
    return snap.kept(
        "links",
        (template, language, context["query"]),
        lambda: render_to_string(template, context).encode(),
    )
