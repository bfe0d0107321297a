"""The groups of a list's panel: boxes to narrow by, with a number beside each.

A long group shows its first options. The others come when they are asked for, by an address of
their own (`unfold=partner`): there are hundreds of them, which few visitors look at, and a page
would be twice as long with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress
from typing import Any, NamedTuple, Self

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation.models.fields import LocalText
from innovation.shells import Shell, kept
from innovation.snapshot import Option
from innovation.swedish_order import sort_key
from innovation.templatetags.catalogue import text

# A group with more options than FEW shows its FIRST ones; the rest unfold.
FEW, FIRST = 10, 8
_STATES = ("", "chosen", "none")
_OPEN, _HIDDEN, _NOTHING = b" open", b" hidden", b""


class Box(NamedTuple):
    """An option's HTML with a %b for its number: as it stands, is chosen or has no hits."""

    plain: bytes
    chosen: bytes
    none: bytes

    @classmethod
    def of(cls, *halves: tuple[bytes, bytes]) -> Self:
        """Of what stands before and after the number, in each of the three."""
        return cls(*(b"%b".join(half.replace(b"%", b"%%") for half in both) for both in halves))


class _Shells(NamedTuple):
    option: dict[str, Shell]
    unfold: Shell
    unfolded: Shell
    fold: Shell
    more: str
    chosen: Shell


@kept
def _shells(language: str) -> _Shells:
    return _Shells(
        option={state: Shell.of("innovation/_list_option.html", state=state)
                for state in _STATES},
        unfold=Shell.of("innovation/_list_unfold.html"),
        unfolded=Shell.of("innovation/_list_unfolded.html"),
        fold=Shell.of("innovation/_list_fold.html"),
        more=_("Show %(n)s more"),
        chosen=Shell.of("innovation/_list_group_chosen.html"),
    )  # fmt: skip


@kept
def _find_box(language: str, key: str, groups: "Groups") -> bytes:
    label = str(groups.labels[key]).lower()
    return Shell.of("innovation/_list_find.html", key=key, label=label).encoded()


@dataclass(frozen=True, eq=False)
class Groups:
    """How the groups of one list behave, by key.

    labels: what each is called.
    stand_still: short vocabularies, where an option without hits is shown with its nought.
    largest_first: those that nobody knows by heart; the others keep their vocabulary's order.
    """

    labels: dict[str, object]
    stand_still: tuple[str, ...]
    largest_first: tuple[str, ...]
    open_from_the_start: tuple[str, ...]

    def boxes(self, key: str, options: Iterable[Option], language: str) -> dict[str, Box]:
        """By slug, in the order that options of equal numbers have."""
        shells, rows = _shells(language), list(options)
        if key in self.largest_first:
            rows.sort(key=lambda row: sort_key(name_of(key, row, language)))
        boxes = {}
        for row in rows:
            values = {"key": key, "slug": row.slug, "name": text(name_of(key, row, language))}
            halves = (shells.option[state].around("count", **values) for state in _STATES)
            boxes[row.slug] = Box.of(*halves)
        return boxes

    def holes(
        self, key: str, counts: dict, boxes: dict[str, Box], asked, language: str
    ) -> dict[str, bytes]:
        """What fills the holes of the group. asked: the `Asked` of the list's filters."""
        shells, chosen = _shells(language), asked.choices.facets.get(key, ())
        shown = self._shown(key, counts, chosen, boxes)
        is_long, is_unfolded = len(shown) > FEW, key in asked.unfolded
        if is_long and not is_unfolded:
            # What is chosen is always seen.
            listed = shown[:FIRST] + [slug for slug in shown[FIRST:] if slug in chosen]
        else:
            listed = shown
        options = joined(listed, counts, chosen, boxes)
        if is_unfolded:
            options += shells.unfolded.encoded(key=key)
        if is_unfolded and is_long:
            options += shells.fold.encoded(key=key)
        elif len(listed) < len(shown):
            more = shells.more % {"n": len(shown) - len(listed)}
            options += shells.unfold.encoded(key=key, more=more)
        said = chosen_text(len(chosen))
        is_open = chosen or (is_unfolded and is_long) or key in self.open_from_the_start
        return {
            f"state_{key}": (_OPEN if is_open else _NOTHING) if shown else _HIDDEN,
            f"chosen_{key}": shells.chosen.encoded(said=said) if chosen else _NOTHING,
            f"find_{key}": _find_box(language, key, self) if is_long else _NOTHING,
            f"options_{key}": options,
        }

    def _shown(self, key: str, counts: dict, chosen, boxes: dict[str, Box]) -> list[str]:
        """The slugs to show, in order. An option without hits is left out: it leads nowhere."""
        if key in self.stand_still:
            return list(boxes)
        shown = [*compress(boxes, map(counts.get, boxes))]
        if key in self.largest_first:
            shown.sort(key=counts.__getitem__, reverse=True)
        if all(map(counts.get, chosen)):
            return shown
        # What nothing has any more has no box: its chip says so.
        places = {*shown, *chosen}
        if key in self.largest_first:
            return shown + [slug for slug in boxes if slug in places and not counts.get(slug)]
        return [slug for slug in boxes if slug in places]


def joined(slugs: list, counts: dict, chosen, boxes: dict[Any, Box]) -> bytes:
    """The boxes of these options, with their numbers."""
    # The numbers are put into all of them at once, since there can be hundreds.
    numbers = [counts.get(slug, 0) for slug in slugs]
    pattern = b"".join(
        [
            boxes[slug].chosen if slug in chosen else boxes[slug].plain if n else boxes[slug].none
            for slug, n in zip(slugs, numbers, strict=True)
        ]
    )
    return pattern % tuple([encoded_number(n) for n in numbers])


# ── What things are called ────────────────────────────────────────────────────
def name_at(options: dict[str, dict[str, Option]], key: str, slug: str, language: str) -> LocalText:
    """What is called so; the slug itself when it was taken away a moment ago."""
    return name_of(key, options[key].get(slug) or Option(0, slug, slug, slug), language)


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


def encoded_number(number: int) -> bytes:
    return b"%d" % number if number < 10_000 else in_figures(number).encode()


def chosen_text(total: int) -> str:
    """ "3 chosen"; empty for none."""
    return ngettext("%(n)s chosen", "%(n)s chosen", total) % {"n": total} if total else ""
