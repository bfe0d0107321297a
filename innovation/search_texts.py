"""Which texts of an initiative are searched, and the words that are stored of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from innovation import richtext
from innovation.analysis import analysed

# In the order of an initiative's page. Names of what an initiative belongs to are not here: the
# index has each of them once, so that a new name needs no new texts.
TITLE, LEAD, BODY = ("title",), ("lead",), ("what", "why", "how", "lessons_learned")
NOTES = ("status_comment", "place")
OF_TARGET = ("goal", "target_value", "outcome")
LANGUAGES = ("sv", "en")


def _fields(names: Iterable[str]) -> list[str]:
    return [f"{name}_{language}" for name in names for language in LANGUAGES]


TEXT_FIELDS = _fields([*TITLE, *LEAD, *BODY, *NOTES])
BODY_FIELDS = frozenset(_fields(BODY))  # rich text
TARGET_FIELDS = _fields(OF_TARGET)


def has_text(names: Iterable[str]) -> bool:
    """Whether any of these fields of an initiative is searched."""
    return not set(TEXT_FIELDS).isdisjoint(names)


def search_text(values: Mapping[str, Any], targets: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The title, lead and body of a SearchText, from the fields of an initiative and of each of
    its impact targets, by name."""
    long_texts = [(richtext.plain(text), language) for text, language in _texts(values, BODY)]
    of_targets = [pair for target in targets for pair in _texts(target, OF_TARGET)]
    return {
        "title": analysed(_texts(values, TITLE)),
        "lead": analysed(_texts(values, LEAD)),
        "body": analysed(long_texts + of_targets + _texts(values, NOTES)),
    }


def _texts(values: Mapping[str, Any], names: Iterable[str]) -> list[tuple[str, str]]:
    pairs = ((values.get(f"{n}_{language}"), language) for n in names for language in LANGUAGES)
    return [(text, language) for text, language in pairs if text]
