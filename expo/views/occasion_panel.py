"""The panel of the programme: what to narrow it by, with a number beside each choice."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expo.filters import LABELS, Asked
from expo.finding import Choices, Found
from expo.snapshot import Snapshot
from innovation.models.fields import LocalText
from innovation.shells import Shell, kept
from innovation.snapshot import Option
from innovation.swedish_order import sort_key
from innovation.templatetags.catalogue import text
from innovation.views.list_panel import FEW, FIRST, in_figures, name_of

# In the order of the panel.
GROUPS = ("day", "time", "area", "theme", "audience", "kind", "access", "language", "venue",
          "host", "initiative")  # fmt: skip
_OPEN_FROM_THE_START = ("time", "area")
# Short lists stand still: an option without hits is shown with its nought.
_STAND_STILL = ("time", "area", "access", "language")
# Those that nobody knows by heart come with the largest first.
_LARGEST_FIRST = ("theme", "audience", "kind", "venue", "host", "initiative")
_FLAGS = ("open_now", "drop_in", "online")
_STATES = ("", "chosen", "none")
_OPEN, _HIDDEN, _NOTHING = b" open", b" hidden", b""
_FAULTY = b' aria-invalid="true"'
_FAULTY_COMPANY = b' aria-invalid="true" aria-describedby="company-fault"'


class _Box(NamedTuple):
    """An option's HTML before its number, as it stands, is chosen or has no hits; and after it."""

    plain: bytes
    chosen: bytes
    none: bytes
    after: bytes


class _Shells(NamedTuple):
    panel: Shell
    option: dict[str, Shell]
    rest: dict[str, Shell]
    find: dict[str, bytes]
    chosen: Shell
    fault: bytes
    flags: dict[tuple[str, bool], Shell]
    shape: Shell


@kept
def _shells(language: str) -> _Shells:
    labels = {key: str(label) for key, label in LABELS.items()}
    groups = [{"key": key, "label": labels[key]} for key in GROUPS]
    return _Shells(
        panel=Shell.of("expo/_occasions_panel.html", groups=groups),
        option={state: Shell.of("innovation/_list_option.html", state=state) for state in _STATES},
        rest={key: Shell.of("innovation/_list_rest.html", key=key) for key in GROUPS},
        find={key: _find_box(key, labels[key].lower()) for key in GROUPS},
        chosen=Shell.of("innovation/_list_group_chosen.html"),
        fault=Shell.of("expo/_occasions_fault.html").encoded(),
        flags={(key, is_chosen): Shell.of("expo/_occasions_flag.html", key=key, label=labels[key],
                                          is_chosen=is_chosen)
               for key in (*_FLAGS, "age_unknown") for is_chosen in (True, False)},
        shape=Shell.of("innovation/_list_shape_field.html"),
    )  # fmt: skip


def _find_box(key: str, label: str) -> bytes:
    return Shell.of("innovation/_list_find.html", key=key, label=label).encoded()


def panel(asked: Asked, found: Found, snap: Snapshot, language: str) -> bytes:
    """The groups with their boxes, as they stand for what was asked and found."""
    choices, shells = asked.choices, _shells(language)
    boxes = _boxes(snap, language)
    holes = {}
    for key in GROUPS:
        holes |= _group(key, found.counts[key], choices.facets.get(key, ()), boxes[key], shells)
    _fill_days(holes, asked, snap)
    _fill_company(holes, asked, found, shells)
    shown = [key for key in _FLAGS if getattr(choices, key) or found.counts[key][True]]
    holes["flags"] = b"".join([_flag(key, choices, found, shells) for key in shown])
    holes["state_flags"] = _NOTHING if shown else _HIDDEN
    holes["kept"] = _kept_fields(asked, shells)
    holes["show"] = _show(found.total)
    return shells.panel.encoded(**holes)


def chosen_total(choices: Choices) -> str:
    """How many choices narrow the programme, for the panel's summary."""
    singles = (choices.age, choices.seats, choices.first_day, choices.last_day)
    total = sum(map(len, choices.facets.values())) + sum(value is not None for value in singles)
    return _chosen(total + sum(getattr(choices, key) for key in _FLAGS))


def _chosen(total: int) -> str:
    return ngettext("%(n)s chosen", "%(n)s chosen", total) % {"n": total} if total else ""


def _show(total: int) -> str:
    said = ngettext("Show %(n)s occasion", "Show %(n)s occasions", total)
    return said % {"n": in_figures(total)}


# ── A group ───────────────────────────────────────────────────────────────────
def _boxes(snap: Snapshot, language: str) -> dict[str, dict[str, _Box]]:
    """By key and slug, those that some occasion has; kept as long as the names."""
    return snap.kept(
        "boxes", language, lambda: {key: _boxes_of(key, snap, language) for key in GROUPS}
    )


def _boxes_of(key: str, snap: Snapshot, language: str) -> dict[str, _Box]:
    shells = _shells(language)
    rows = [snap.options[key][slug] for slug, _ in snap.bits_by_option[key]]
    if key in _LARGEST_FIRST:
        rows.sort(key=lambda row: sort_key(name_of(key, row, language)))
    return {row.slug: _box(key, row, shells, language) for row in rows}


def _box(key: str, row: Option, shells: _Shells, language: str) -> _Box:
    name: LocalText = name_of(key, row, language)
    values = {"key": key, "slug": row.slug, "name": text(name)}
    halves = [shells.option[state].around("count", **values) for state in _STATES]
    return _Box(*(before for before, _ in halves), halves[0][1])


def _group(key: str, counts: dict, chosen: tuple, boxes: dict[str, _Box], shells: _Shells) -> dict:
    """What fills the holes of one group."""
    shown = _shown(key, counts, chosen, boxes)
    first, rest = (shown[:FIRST], shown[FIRST:]) if len(shown) > FEW else (shown, [])
    # What is chosen is always seen.
    first += [slug for slug in rest if slug in chosen]
    rest = [slug for slug in rest if slug not in chosen]
    options = _joined(first, counts, chosen, boxes)
    if rest:
        more = _("Show %(n)s more") % {"n": len(rest)}
        folded = _joined(rest, counts, chosen, boxes)
        options += shells.rest[key].encoded(more=more, options=folded)
    state = _OPEN if chosen or key in _OPEN_FROM_THE_START else _NOTHING
    said = _chosen(len(chosen))
    return {
        f"state_{key}": state if shown else _HIDDEN,
        f"chosen_{key}": shells.chosen.encoded(said=said) if chosen else _NOTHING,
        f"find_{key}": shells.find[key] if rest else _NOTHING,
        f"options_{key}": options,
    }


def _shown(key: str, counts: dict, chosen: tuple, boxes: dict[str, _Box]) -> list[str]:
    """The slugs to show, in order. An option without hits is left out: it leads nowhere."""
    if key in _STAND_STILL:
        return list(boxes)
    # A chosen one that nothing has any more has no box: its chip says so.
    shown = [slug for slug in boxes if counts.get(slug) or slug in chosen]
    if key in _LARGEST_FIRST:
        shown.sort(key=lambda slug: counts.get(slug, 0), reverse=True)
    return shown


def _joined(slugs: list[str], counts: dict, chosen: tuple, boxes: dict[str, _Box]) -> bytes:
    parts = []
    for slug in slugs:
        box, count = boxes[slug], counts.get(slug, 0)
        before = box.chosen if slug in chosen else box.plain if count else box.none
        parts += (before, b"%d" % count, box.after)
    return b"".join(parts)


# ── Fields and single boxes ───────────────────────────────────────────────────
def _fill_days(holes: dict, asked: Asked, snap: Snapshot) -> None:
    choices, faulty = asked.choices, dict(asked.unknown)
    holes |= {"from": choices.first_day or "", "to": choices.last_day or ""}
    holes |= {"first_day": snap.expo.starts_on, "last_day": snap.expo.ends_on}
    for key in ("from", "to"):
        holes[f"fault_{key}"] = _FAULTY if key in faulty else _NOTHING
    if choices.first_day or choices.last_day or faulty.keys() & {"from", "to"}:
        holes["state_day"] = _OPEN


def _fill_company(holes: dict, asked: Asked, found: Found, shells: _Shells) -> None:
    choices, faulty = asked.choices, dict(asked.unknown)
    for key in ("age", "seats"):
        value = getattr(choices, key)
        holes[key] = faulty.get(key, "") if value is None else value
        holes[f"fault_{key}"] = _FAULTY_COMPANY if key in faulty else _NOTHING
    is_faulty = bool(faulty.keys() & {"age", "seats"})
    holes["fault"] = shells.fault if is_faulty else _NOTHING
    chosen = sum(value is not None for value in (choices.age, choices.seats))
    holes["chosen_company"] = shells.chosen.encoded(said=_chosen(chosen)) if chosen else _NOTHING
    holes["state_company"] = _OPEN if chosen or is_faulty else _NOTHING
    asks_age = choices.age is not None or choices.age_unknown
    holes["age_unknown"] = _flag("age_unknown", choices, found, shells) if asks_age else _NOTHING


def _flag(key: str, choices: Choices, found: Found, shells: _Shells) -> bytes:
    return shells.flags[key, getattr(choices, key)].encoded(count=found.counts[key][True])


def _kept_fields(asked: Asked, shells: _Shells) -> bytes:
    """Whoever looks at the timetable goes on looking at the timetable."""
    return shells.shape.encoded(shape=asked.shape) if asked.shape != "list" else _NOTHING
