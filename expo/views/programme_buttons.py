"""The button that puts an occasion into a programme, and what the header says of the programme.

The buttons of a page belong to one form in its header (`form="programme-form"`), so that they can
stand inside other forms, as the filters of a list are. They carry no token: see
`innovation/same_origin.py`.
"""

from typing import NamedTuple

from django.contrib.messages import get_messages
from django.utils.html import format_html
from django.utils.safestring import SafeString

from expo import programmes
from expo.models import Occasion, PersonalProgramme
from expo.views.programme_cookie import tokens_in
from innovation.choices import Visibility
from innovation.models.fields import reader_language
from innovation.shells import Shell, hole, kept

_NOTHING = SafeString("")


class Choice(NamedTuple):
    """`chosen`: keys of the occasions in the visitor's programmes (the first for each expo);
    `total`: how many of them are in the current one."""

    chosen: frozenset[int] = frozenset()
    total: int = 0


def chosen_in(request) -> frozenset[int]:
    """Keys of the occasions that the visitor has chosen: 1 query, none without the cookie."""
    return choice_in(request).chosen


def choice_in(request) -> Choice:
    if not hasattr(request, "_programme_choice"):
        request._programme_choice = _read_choice(request)
    return request._programme_choice


def _read_choice(request) -> Choice:
    tokens = tokens_in(request)
    if not tokens:
        return Choice()
    rows = PersonalProgramme.objects.filter(edit_token__in=tokens).values_list(
        "edit_token",
        "expo",
        "items__occasion",
        "items__occasion__event__visibility",
        "expo__visibility",
    )
    by_token: dict[str, tuple[int, set[int]]] = {}
    for token, expo, occasion, *visibilities in rows:
        _, occasions = by_token.setdefault(token, (expo, set()))
        if set(visibilities) == {Visibility.PUBLISHED}:
            occasions.add(occasion)
    held = [by_token[token] for token in tokens if token in by_token]
    first_of_expo = dict(reversed(held))
    chosen = frozenset().union(*first_of_expo.values())
    return Choice(chosen, len(held[0][1]) if held else 0)


def chosen_of(programme: PersonalProgramme | None) -> frozenset[int]:
    """Keys of the occasions that are in a programme now."""
    if programme is None:
        return frozenset()
    items = programme.items.filter(occasion__in=Occasion.objects.visible())
    return frozenset(items.values_list("occasion", flat=True))


# ── A button ──────────────────────────────────────────────────────────────────
@kept
def _shells(language: str) -> dict[bool, Shell]:
    holes = {name: hole(name) for name in ("key", "anchor", "title")}
    return {
        is_chosen: Shell.of("expo/_programme_button.html", is_chosen=is_chosen, **holes)
        for is_chosen in (True, False)
    }


def button(key: int, title: str, *, is_chosen: bool, where: str = "choose") -> SafeString:
    """The button of the occasion with this key, in its wrapper; a few microseconds.

    title: what it is called for those who hear it. where: begins its id, for an occasion that
    stands twice on a page.
    """
    inner = _inner(key, title, is_chosen, f"{where}-{key}")
    return format_html('<span class="programme-button" data-programme-button>{}</span>', inner)


def _inner(key: int, title: str, is_chosen: bool, anchor: str) -> SafeString:
    return _shells(reader_language())[is_chosen].fill(key=key, anchor=anchor, title=title)


def button_of(occasion: Occasion, chosen: frozenset[int], where: str = "choose") -> SafeString:
    """Nothing where there is nothing to press: an occasion that is cancelled, an expo that is
    over. What is in the programme already can always be taken out."""
    is_chosen = occasion.pk in chosen
    can_be_added = not occasion.is_cancelled and programmes.is_open(occasion.event.expo)
    if not is_chosen and not can_be_added:
        return _NOTHING
    return button(occasion.pk, str(occasion.event.title), is_chosen=is_chosen, where=where)


def inside_of_button(occasion: Occasion, *, is_chosen: bool) -> SafeString:
    """What changes in a button when it is pressed."""
    return _inner(occasion.pk, str(occasion.event.title), is_chosen, f"choose-{occasion.pk}")


# ── The header ────────────────────────────────────────────────────────────────
def summary_context(request) -> dict:
    """For `expo/_programme_summary.html`; a page that is made without its request has no total."""
    if request is None:
        return {"total": 0, "said": []}
    return {"total": choice_in(request).total, "said": list(get_messages(request))}
