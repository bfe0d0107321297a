"""Which initiatives have the words that someone types.

Simple and the same on both databases: every word must begin a word of the initiative's text.
"""

import re
import unicodedata

from innovation import richtext
from innovation.choices import Visibility
from innovation.models import Initiative

# Where a word is found decides the order: a title before a lead before the rest.
_TITLE, _LEAD, _REST = 0, 1, 2
_FIELDS = (
    (_TITLE, ("title_sv", "title_en")),
    (_LEAD, ("lead_sv", "lead_en")),
    (
        _REST,
        tuple(
            f"{name}_{language}"
            for name in ("what", "why", "how", "lessons_learned")
            for language in ("sv", "en")
        )
        + ("challenge__title_sv", "challenge__title_en", "category__name_sv", "category__name_en")
        + ("driven_by__name_sv", "driven_by__name_en"),
    ),
)
# What the words of a relation may be found by: only while it is public itself.
_GUARDS = {name: f"{name}__visibility" for name in ("challenge", "driven_by")}
_WORD = re.compile(r"\w+")
# Å, ä and ö are letters of their own and come last.
_SWEDISH_ORDER = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c", "é": "e", "ü": "y"})


def words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def sort_key(text: str) -> str:
    """For sorting titles as a Swede does, on every database."""
    return text.casefold().translate(_SWEDISH_ORDER)


def matching_ids(text: str) -> list[int]:
    """The ids of the visible initiatives that have every word of `text`, best first."""
    wanted = words(text)[:20]
    if not wanted:
        return []
    names = [name for _, group in _FIELDS for name in group]
    hits = []
    for row in Initiative.objects.visible().values("pk", *names, *_GUARDS.values()):
        rank = _rank(wanted, _without_hidden(row))
        if rank is not None:
            hits.append((rank, -row["pk"]))
    return [-pk for _, pk in sorted(hits)]


def _without_hidden(row: dict) -> dict:
    """`row` without the names of an owner or a challenge that is not public."""
    hidden = [name for name, guard in _GUARDS.items() if row[guard] != Visibility.PUBLISHED]
    return {
        key: "" if any(key.startswith(f"{name}__") for name in hidden) else value
        for key, value in row.items()
    }


def _rank(wanted: list[str], values: dict[str, str | None]) -> int | None:
    """The sum of the best place of each word; None when one is missing."""
    places = [
        (place, words(richtext.plain(" ".join(values[name] or "" for name in group))))
        for place, group in _FIELDS
    ]
    total = 0
    for word in wanted:
        found = next(
            (place for place, text in places if any(w.startswith(word) for w in text)), None
        )
        if found is None:
            return None
        total += found
    return total
