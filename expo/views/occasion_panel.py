"""The panel of the programme: what to narrow it by, with a number beside each choice."""

from typing import NamedTuple

from django.utils.translation import ngettext

from expo.filters import LABELS, Asked
from expo.finding import Choices, Found
from expo.snapshot import Snapshot
from innovation.shells import Shell, kept
from innovation.views.panel_groups import Box, Groups, chosen_text, in_figures

# In the order of the panel.
GROUPS = ("day", "time", "area", "theme", "audience", "kind", "access", "language", "venue",
          "host", "initiative")  # fmt: skip
_GROUPS = Groups(
    labels={key: LABELS[key] for key in GROUPS},
    stand_still=("time", "area", "access", "language"),
    largest_first=("theme", "audience", "kind", "venue", "host", "initiative"),
    open_from_the_start=("time", "area"),
)
_FLAGS = ("open_now", "drop_in", "online")
_OPEN, _HIDDEN, _NOTHING = b" open", b" hidden", b""
_FAULTY = b' aria-invalid="true"'
_FAULTY_COMPANY = b' aria-invalid="true" aria-describedby="company-fault"'


class _Shells(NamedTuple):
    panel: Shell
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
        chosen=Shell.of("innovation/_list_group_chosen.html"),
        fault=Shell.of("expo/_occasions_fault.html").encoded(),
        flags={(key, is_chosen): Shell.of("expo/_occasions_flag.html", key=key, label=labels[key],
                                          is_chosen=is_chosen)
               for key in (*_FLAGS, "age_unknown") for is_chosen in (True, False)},
        shape=Shell.of("innovation/_list_shape_field.html"),
    )  # fmt: skip


def panel(asked: Asked, found: Found, snap: Snapshot, language: str) -> bytes:
    """The groups with their boxes, as they stand for what was asked and found."""
    choices, shells = asked.choices, _shells(language)
    boxes = _boxes(snap, language)
    holes = {}
    for key in GROUPS:
        holes |= _GROUPS.holes(key, found.counts[key], boxes[key], asked, language)
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
    return chosen_text(total + sum(getattr(choices, key) for key in _FLAGS))


def _show(total: int) -> str:
    said = ngettext("Show %(n)s occasion", "Show %(n)s occasions", total)
    return said % {"n": in_figures(total)}


def _boxes(snap: Snapshot, language: str) -> dict[str, dict[str, Box]]:
    """By key and slug, those that some occasion has; kept as long as the names."""
    return snap.kept(
        "boxes", language, lambda: {key: _boxes_of(key, snap, language) for key in GROUPS}
    )


def _boxes_of(key: str, snap: Snapshot, language: str) -> dict[str, Box]:
    options = (snap.options[key][slug] for slug, _ in snap.bits_by_option[key])
    return _GROUPS.boxes(key, options, language)


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
    holes["chosen_company"] = (
        shells.chosen.encoded(said=chosen_text(chosen)) if chosen else _NOTHING
    )
    holes["state_company"] = _OPEN if chosen or is_faulty else _NOTHING
    asks_age = choices.age is not None or choices.age_unknown
    holes["age_unknown"] = _flag("age_unknown", choices, found, shells) if asks_age else _NOTHING


def _flag(key: str, choices: Choices, found: Found, shells: _Shells) -> bytes:
    return shells.flags[key, getattr(choices, key)].encoded(count=found.counts[key][True])


def _kept_fields(asked: Asked, shells: _Shells) -> bytes:
    """Whoever looks at the timetable goes on looking at the timetable."""
    return shells.shape.encoded(shape=asked.shape) if asked.shape != "list" else _NOTHING
