"""The panel of the catalogue: what to narrow the list by, with a number beside each choice."""

from typing import NamedTuple

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation.catalogue import Found
from innovation.facets import FACETS
from innovation.filters import Asked, InitiativeFilter
from innovation.models.fields import LocalText
from innovation.shells import Shell, kept
from innovation.snapshot import Option, Snapshot
from innovation.swedish_order import sort_key
from innovation.templatetags.catalogue import text

# A group with more options than FEW shows its FIRST ones; the rest unfold.
FEW, FIRST = 10, 8
# Short vocabularies stand still: an option without hits is shown with its nought.
_STAND_STILL = ("status", "category")
# Those that nobody knows by heart come with the largest first; vocabularies in their own order.
_LARGEST_FIRST = ("driven_by", "sector", "technology", "partner")
_OPEN_FROM_THE_START = ("status", "category")
_MONEY = ("budget_min", "budget_max")
_FLAGS = ("open_for_schools", "stated", "examples")
_STATES = ("", "chosen", "none")
_OPEN, _HIDDEN, _NOTHING = b" open", b" hidden", b""
_FAULTY = b' aria-invalid="true" aria-describedby="budget-fault"'


class _Box(NamedTuple):
    """An option's HTML with a %b for its number: as it stands, is chosen or has no hits."""

    plain: bytes
    chosen: bytes
    none: bytes


class _Shells(NamedTuple):
    panel: Shell
    option: dict[str, Shell]
    rest: dict[str, Shell]
    find: dict[str, bytes]
    chosen: Shell
    note: Shell
    fault: bytes
    year: dict[bool, Shell]  # by whether it is the chosen one
    flags: dict[tuple[str, bool], Shell]
    shape: Shell


@kept
def _shells(language: str) -> _Shells:
    labels = {key: str(InitiativeFilter.base_filters[key].label) for key in (*FACETS, *_FLAGS)}
    groups = [{"key": key, "label": labels[key]} for key in FACETS]
    return _Shells(
        panel=Shell.of("innovation/_list_panel.html", groups=groups),
        option={state: Shell.of("innovation/_list_option.html", state=state)
                for state in _STATES},
        rest={key: Shell.of("innovation/_list_rest.html", key=key) for key in FACETS},
        find={key: Shell.of("innovation/_list_find.html", key=key,
                            label=labels[key].lower()).encoded()
              for key in FACETS},
        chosen=Shell.of("innovation/_list_group_chosen.html"),
        note=Shell.of("innovation/_list_note.html"),
        fault=Shell.of("innovation/_list_fault.html").encoded(),
        year={is_chosen: Shell.of("innovation/_list_year.html", is_chosen=is_chosen)
              for is_chosen in (True, False)},
        flags={(key, is_chosen): Shell.of("innovation/_list_flag.html", key=key, label=labels[key],
                                          is_chosen=is_chosen)
               for key in _FLAGS for is_chosen in (True, False)},
        shape=Shell.of("innovation/_list_shape_field.html"),
    )  # fmt: skip


class _Boxes(NamedTuple):
    """The boxes of one language, by facet and slug."""

    options: dict[str, dict[str, Option]]
    of: dict[str, dict[str, _Box]]


_boxes: dict[str, _Boxes] = {}


def _current_boxes(snap: Snapshot, language: str) -> _Boxes:
    """Made anew when a name has changed."""
    boxes = _boxes.get(language)
    if boxes is None or boxes.options is not snap.options or settings.DEBUG:
        made = {key: _boxes_of(key, snap.options[key], language) for key in FACETS}
        boxes = _boxes[language] = _Boxes(snap.options, made)
    return boxes


def _boxes_of(key: str, options: dict[str, Option], language: str) -> dict[str, _Box]:
    shells = _shells(language)
    rows = list(options.values())
    if key in _LARGEST_FIRST:
        rows.sort(key=lambda row: sort_key(name_of(key, row, language)))
    boxes = {}
    for row in rows:
        values = {"key": key, "slug": row.slug, "name": text(name_of(key, row, language))}
        boxes[row.slug] = _Box(
            *(_pattern(shells.option[state].around("count", **values)) for state in _STATES)
        )
    return boxes


def _pattern(halves: tuple[bytes, bytes]) -> bytes:
    return b"%b".join(half.replace(b"%", b"%%") for half in halves)


def name_at(snap: Snapshot, key: str, slug: str, language: str) -> LocalText:
    """What is called so; the slug itself when it was taken away a moment ago."""
    option = snap.options[key].get(slug) or Option(0, slug, slug, slug)
    return name_of(key, option, language)


def name_of(key: str, option: Option, language: str) -> LocalText:
    """What the option is called, with its number when it is a Global Goal."""
    own = option.name_en if language == "en" else option.name_sv
    name = own or option.name_sv or option.name_en
    other = "sv" if language == "en" else "en"
    number = f"{option.slug}. " if key == "goal" else ""
    return LocalText(f"{number}{name}", language if own else other, is_fallback=not own)


def in_figures(number: int) -> str:
    """1234 as it is, 12345 with its thousands apart."""
    return str(number) if number < 10_000 else number_format(number, force_grouping=True)


def _encoded(number: int) -> bytes:
    return b"%d" % number if number < 10_000 else in_figures(number).encode()


def panel(asked: Asked, found: Found, snap: Snapshot, language: str) -> bytes:
    """The groups with their boxes, as they stand for what was asked and found."""
    choices, shells = asked.choices, _shells(language)
    boxes = _current_boxes(snap, language)
    holes = {}
    for key in FACETS:
        chosen = choices.facets.get(key, ())
        holes |= _group(key, found.counts[key], chosen, boxes.of[key], shells)
    _fill_notes(holes, asked, found, shells)
    _fill_money(holes, asked, found, shells)
    holes["flags"] = _flags(choices, found, shells)
    holes["kept"] = shells.shape.encoded(shape=asked.shape) if asked.shape != "cards" else _NOTHING
    holes["show"] = _show(found.total)
    return shells.panel.encoded(**holes)


def chosen_total(asked: Asked) -> str:
    """How many choices narrow the list, for the panel's summary."""
    choices = asked.choices
    singles = (choices.year, choices.budget_min, choices.budget_max)
    total = sum(map(len, choices.facets.values())) + sum(value is not None for value in singles)
    total += sum(getattr(choices, key) for key in _FLAGS)
    return _chosen(total)


def _chosen(total: int) -> str:
    return ngettext("%(n)s chosen", "%(n)s chosen", total) % {"n": total} if total else ""


# ── A group ───────────────────────────────────────────────────────────────────
def _group(key: str, counts, chosen, boxes: dict[str, _Box], shells: _Shells) -> dict[str, bytes]:
    """What fills the holes of one group."""
    shown = _shown(key, counts, chosen, boxes)
    first, rest = (shown[:FIRST], shown[FIRST:]) if len(shown) > FEW else (shown, [])
    # What is chosen is always seen.
    first += [slug for slug in rest if slug in chosen]
    rest = [slug for slug in rest if slug not in chosen]
    options = _joined(first, counts, chosen, boxes)
    if rest:
        more = _("Show %(n)s more") % {"n": len(rest)}
        options += shells.rest[key].encoded(more=more, options=_joined(rest, counts, chosen, boxes))
    state = _OPEN if chosen or key in _OPEN_FROM_THE_START else _NOTHING
    return {
        f"state_{key}": state if shown else _HIDDEN,
        f"chosen_{key}": shells.chosen.encoded(said=_chosen(len(chosen))) if chosen else _NOTHING,
        f"find_{key}": shells.find[key] if rest else _NOTHING,
        f"options_{key}": options,
    }


def _shown(key: str, counts: dict[str, int], chosen, boxes: dict[str, _Box]) -> list[str]:
    """The slugs to show, in order. An option without hits is left out: it leads nowhere."""
    if key in _STAND_STILL:
        return list(boxes)
    if key not in _LARGEST_FIRST:
        return [slug for slug in boxes if counts.get(slug) or slug in chosen]
    # A name may be newer than the numbers: then nothing has it yet.
    shown = [slug for slug in boxes if counts.get(slug)]
    shown.sort(key=counts.__getitem__, reverse=True)
    return shown + [slug for slug in boxes if slug in chosen and not counts.get(slug)]


def _joined(slugs: list[str], counts: dict[str, int], chosen, boxes: dict[str, _Box]) -> bytes:
    # The numbers are put into all of them at once, since there are hundreds.
    numbers = [counts.get(slug, 0) for slug in slugs]
    pattern = b"".join(
        [
            boxes[slug].chosen if slug in chosen else boxes[slug].plain if n else boxes[slug].none
            for slug, n in zip(slugs, numbers, strict=True)
        ]
    )
    return pattern % tuple([_encoded(n) for n in numbers])


def _fill_notes(holes: dict, asked: Asked, found: Found, shells: _Shells) -> None:
    """How much of each group's numbers rests on values that no source states."""
    query = asked.query(stated=True)
    for key in FACETS:
        concluded, total = found.concluded[key]
        is_said = concluded and not asked.choices.stated
        holes["note_" + key] = (
            shells.note.encoded(concluded=concluded, total=total, query=query)
            if is_said
            else _NOTHING
        )


# ── Money, year and the single boxes ──────────────────────────────────────────
def _fill_money(holes: dict, asked: Asked, found: Found, shells: _Shells) -> None:
    choices, faulty = asked.choices, dict(asked.unknown)
    for key in _MONEY:
        value = getattr(choices, key)
        holes[key] = faulty.get(key, "") if value is None else value
        holes["fault_" + key] = _FAULTY if key in faulty else _NOTHING
    is_faulty = any(key in faulty for key in _MONEY)
    holes["fault"] = shells.fault if is_faulty else _NOTHING
    is_set = choices.year or any(getattr(choices, key) is not None for key in _MONEY)
    holes["state_money"] = _OPEN if is_set or is_faulty else _NOTHING
    holes["years"] = _years(choices.year, found.counts["year"], shells)


def _years(chosen: int | None, counts: dict[int, int], shells: _Shells) -> bytes:
    shown = {year: count for year, count in counts.items() if count or year == chosen}
    if chosen is not None:
        shown.setdefault(chosen, 0)
    return b"".join(
        [
            shells.year[year == chosen].encoded(year=year, count=_encoded(count))
            for year, count in shown.items()
        ]
    )


def _flags(choices, found: Found, shells: _Shells) -> bytes:
    for_schools = found.counts["open_for_schools"][True]
    return b"".join(
        [
            shells.flags[key, getattr(choices, key)].encoded(count=_encoded(for_schools))
            for key in _FLAGS
            if key != "open_for_schools" or for_schools or choices.open_for_schools
        ]
    )


def _show(total: int) -> str:
    said = ngettext("Show %(n)s initiative", "Show %(n)s initiatives", total)
    return said % {"n": in_figures(total)}
