"""What the catalogue's list shows of its answer: the number, the initiatives, what stands around.

Each function makes the HTML of one part from shells, for the page and for an update of it.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation import cards, catalogue, search
from innovation.catalogue import Found, Relief
from innovation.filters import SHAPES, Asked
from innovation.list_address import on_page
from innovation.shells import Shell, kept
from innovation.snapshot import EXAMPLE, Snapshot
from innovation.views import chosen
from innovation.views.pages import page_links
from innovation.views.panel_groups import in_figures, name_at

_NOTHING = b""
_CURRENT, _SELECTED = b' aria-current="true"', b" selected"
_PAGE_KINDS = ("page", "current", "gap", "prev", "next")


class _Shells(NamedTuple):
    total: Shell
    said: dict[str, str]  # of the total: "none", "one", "many" and "here"
    tools: dict[bool, Shell]  # by whether something is searched for
    results: dict[str, Shell]  # by shape, or "empty"
    empty: dict[bool, Shell]  # by whether something was chosen
    reliefs: Shell
    relief: Shell
    excerpt: Shell
    corrected: Shell
    examples: Shell
    pages: Shell
    page_link: dict[str, Shell]


@kept
def _shells(language: str) -> _Shells:
    return _Shells(
        total=Shell.of("innovation/_list_total.html"),
        said={
            "none": _("No initiative"),
            "one": ngettext("%(n)s initiative", "%(n)s initiatives", 1),
            "many": ngettext("%(n)s initiative", "%(n)s initiatives", 2),
            "here": _(", %(first)s–%(last)s here"),
        },
        tools={is_search: Shell.of("innovation/_list_tools.html", is_search=is_search)
               for is_search in (True, False)},
        results={shape: Shell.of("innovation/_list_results.html", shape=shape)
                 for shape in (*SHAPES, "empty")},
        empty={is_narrowed: Shell.of("innovation/_list_empty.html", is_narrowed=is_narrowed)
               for is_narrowed in (True, False)},
        reliefs=Shell.of("innovation/_list_reliefs.html"),
        relief=Shell.of("innovation/_list_relief.html"),
        excerpt=Shell.of("innovation/_excerpt.html"),
        corrected=Shell.of("innovation/_corrected.html"),
        examples=Shell.of("innovation/_list_examples.html"),
        pages=Shell.of("innovation/_pages.html"),
        page_link={kind: Shell.of("innovation/_page_link.html", kind=kind)
                   for kind in _PAGE_KINDS},
    )  # fmt: skip


def total(found: Found, language: str) -> bytes:
    shells, here = _shells(language), ""
    if found.pages > 1:
        here = shells.said["here"] % {"first": found.first, "last": found.last}
    said = shells.said["none" if not found.total else "one" if found.total == 1 else "many"]
    return shells.total.encoded(said=said % {"n": in_figures(found.total)}, here=here)


def tools(asked: Asked, language: str) -> bytes:
    """How to sort the list, and the shapes it can have."""
    holes = {f"sort_{sort}": _NOTHING for sort in catalogue.SORTS}
    holes[f"sort_{asked.choices.sort}"] = _SELECTED
    for shape in SHAPES:
        holes[f"query_{shape}"] = asked.query(view=shape)
        holes[f"current_{shape}"] = _CURRENT if shape == asked.shape else _NOTHING
    return _shells(language).tools[bool(asked.choices.q)].encoded(**holes)


def results(
    asked: Asked, found: Found, frame: dict[str, bytes], snap: Snapshot, language: str
) -> bytes:
    """The initiatives or why there are none, and the pages, in their `frame`."""
    shells = _shells(language)
    if found.total:
        shape, items = asked.shape, _items(asked, found, snap, language)
    else:
        shape, items = "empty", _empty(asked, snap, language)
    return shells.results[shape].encoded(items=items, pages=pages(asked, found, language), **frame)


def frame(
    asked: Asked, found: Found, chips: list, snap: Snapshot, language: str
) -> dict[str, bytes]:
    """What stands around the initiatives on every page: the chips, what was searched for
    instead, the offer of examples."""
    return {
        "chips": chosen.html_of(chips, asked, language),
        "corrected": _corrected(found, language) if found.total else _NOTHING,
        "examples": _examples(asked, snap, language),
    }


def _items(asked: Asked, found: Found, snap: Snapshot, language: str) -> bytes:
    excerpts = {}
    if found.hits is not None:
        excerpts = {
            pk: _shells(language).excerpt.encoded(excerpt=excerpt)
            for pk, excerpt in search.excerpts(found.hits, found.ids, language, snap).items()
        }
    rows = [snap.rows[slot] for slot in found.slots]
    return cards.items(rows, shape=asked.shape, language=language, snap=snap, excerpts=excerpts)


def _corrected(found: Found, language: str) -> bytes:
    if found.hits is None:
        return _NOTHING
    with_all = (found.bits & found.hits.strict).bit_count()
    if with_all < found.total:
        return _nearly(with_all, language)
    return corrected(found.hits.corrected, language) if found.hits.corrected else _NOTHING


def _nearly(with_all: int, language: str) -> bytes:
    """That not all that is shown has every word, but only so many."""
    said = ngettext(
        "Only one initiative has all the words. The others have some of them.",
        "Only %(n)s initiatives have all the words. The others have some of them.",
        with_all,
    )
    if not with_all:
        said = _("None of these has all the words, but each has some of them.")
    return _shells(language).corrected.encoded(said=said % {"n": with_all})


def corrected(words: str, language: str) -> bytes:
    """That these words were searched for instead of what was typed."""
    said = _("Nothing has exactly those words. This is what “%(words)s” finds.")
    return _shells(language).corrected.encoded(said=said % {"words": words})


def pages(asked: Asked, found: Found, language: str) -> bytes:
    """The way to the other pages; empty when there is only one."""
    shells = _shells(language)
    if found.pages < 2:
        return _NOTHING

    first = asked.query()

    def link(kind: str, page: int = 1) -> bytes:
        return shells.page_link[kind].encoded(query=on_page(first, page), number=page)

    links = [
        link("gap") if page is None else link("current" if page == found.page else "page", page)
        for page in page_links(found.page, found.pages)
    ]
    if found.page > 1:
        links.insert(0, link("prev", found.page - 1))
    if found.page < found.pages:
        links.append(link("next", found.page + 1))
    return shells.pages.encoded(links=b"".join(links))


def _examples(asked: Asked, snap: Snapshot, language: str) -> bytes:
    if asked.choices.examples or not snap.bits.get(EXAMPLE):
        return _NOTHING
    return _shells(language).examples.encoded(query=asked.query(examples=True))


# ── An empty answer ───────────────────────────────────────────────────────────
def _empty(asked: Asked, snap: Snapshot, language: str) -> bytes:
    if not chosen.chips(asked, snap, language):
        return _shells(language).empty[False].encoded()
    ways = catalogue.reliefs(asked.choices, snap)
    told = [(_told(way, asked, snap, language), _relief_query(way, asked)) for way in ways]
    return empty(told, language, keeps=any(way.is_kept for way in ways))


def empty(reliefs: list[tuple[str, str]], language: str, *, keeps: bool = False) -> bytes:
    """That nothing was found. reliefs: (sentence, query string) of what to drop or, when it
    `keeps`, of the only choice to keep, best first."""
    shells, listed = _shells(language), _NOTHING
    advice = _("Take away one of your choices, or use fewer words.")
    if keeps:
        advice = _("Keep one of your choices:")
    if reliefs:
        links = [shells.relief.encoded(said=said, query=query) for said, query in reliefs]
        listed = shells.reliefs.encoded(reliefs=b"".join(links))
    return shells.empty[True].encoded(advice=advice, reliefs=listed)


def _told(relief: Relief, asked: Asked, snap: Snapshot, language: str) -> str:
    n, is_budget = relief.total, relief.key == "budget"
    if relief.is_kept and is_budget:
        said = ngettext(
            "Only the limits for the budget: %(n)s initiative",
            "Only the limits for the budget: %(n)s initiatives",
            n,
        )
    elif relief.is_kept:
        said = ngettext(
            "Only “%(choice)s”: %(n)s initiative", "Only “%(choice)s”: %(n)s initiatives", n
        )
    elif is_budget:
        said = ngettext(
            "Without limits for the budget: %(n)s initiative",
            "Without limits for the budget: %(n)s initiatives",
            n,
        )
    else:
        said = ngettext(
            "Without “%(choice)s”: %(n)s initiative", "Without “%(choice)s”: %(n)s initiatives", n
        )
    choice = "" if is_budget else _choice(relief.key, asked.choices, snap, language)
    return said % {"choice": choice, "n": in_figures(n)}


def _choice(key: str, choices, snap: Snapshot, language: str) -> str:
    if key in choices.facets:
        return ", ".join(name_at(snap.options, key, slug, language) for slug in choices.facets[key])
    value = getattr(choices, key)
    return chosen.label_of(key) if value is True else str(value)


def _relief_query(relief: Relief, asked: Asked) -> str:
    choices, key = asked.choices, relief.key
    if not relief.is_kept:
        if key == "budget":
            return asked.query(budget_min=None, budget_max=None)
        return asked.query(without=(key, None))
    kept = {key: choices.facets[key] if key in choices.facets else getattr(choices, key, None)}
    if key == "budget":
        kept = {"budget_min": choices.budget_min, "budget_max": choices.budget_max}
    return asked.cleared().query(**kept, examples=choices.examples)
