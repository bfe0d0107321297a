"""Where a search matched: a piece of the text around it, or the name, with the words marked."""

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from innovation import analysis

MOST_LETTERS = 160
# So much of what stands before the first match is shown.
_BEFORE = 40


class Text(NamedTuple):
    text: str
    language: str


class Label(NamedTuple):
    """A name that an initiative has: of what kind, and which parts of the query matched it."""

    kind: str
    text: str
    parts: frozenset[int]


class _Match(NamedTuple):
    start: int
    end: int
    part: int


# By form: the parts of the query that it matches.
Parts = dict[str, list[int]]


def parts_by_form(words: Iterable[Iterable[str]]) -> Parts:
    """words: for each part of the query the forms that match."""
    parts: Parts = {}
    for part, forms in enumerate(words):
        for form in forms:
            parts.setdefault(form, []).append(part)
    return parts


def excerpt(
    shown: Text,
    texts: Iterable[Text],
    labels: Iterable[Label],
    found: Parts,
    words: Parts,
    language: str,
) -> SafeString | None:
    """Safe HTML of what matched beside the title, None when the title has it all.

    shown: the title as the reader sees it. texts: the others, those first that say most.
    words: as of `parts_by_form()`; found: those of them that stand in these texts.
    language: the reader's.
    """
    missing = {part for parts in words.values() for part in parts}
    missing -= {match.part for match in _matches(shown.text, found)}
    pieces = []
    if missing and (best := _best(texts, found, missing)):
        text, matches = best
        pieces.append(_fragment(text, matches, language))
        missing -= {match.part for match in matches}
    for label in labels:
        if label.parts & missing:
            missing -= label.parts
            name = unicodedata.normalize("NFC", label.text)
            marked = _marked(name, _matches(name, words), 0, len(name))
            pieces.append(f"{escape(str(label.kind))}: {marked}")
    return SafeString(" · ".join(pieces)) if pieces else None


def _best(
    texts: Iterable[Text], words: Parts, missing: set[int]
) -> tuple[Text, list[_Match]] | None:
    """The text with the piece that has most of what is missing, and the matches in that piece."""
    best, most = None, 0
    for text in texts:
        text = text._replace(text=unicodedata.normalize("NFC", text.text))
        near = _nearest(_matches(text.text, words), missing)
        count = len({match.part for match in near} & missing)
        if count > most:
            best, most = (text, near), count
        if most == len(missing):
            break
    return best


def _matches(text: str, words: Parts) -> list[_Match]:
    return [
        _Match(start, end, part)
        for start, end, word in analysis.spans(text, words)
        for part in words[word]
    ]


def _nearest(matches: list[_Match], missing: set[int]) -> list[_Match]:
    """Of the matches, those of the piece that has most of what is missing."""
    best, most = [], 0
    for at, first in enumerate(matches):
        limit = first.start + MOST_LETTERS - _BEFORE
        near = [match for match in matches[at:] if match.end <= limit]
        count = len({match.part for match in near} & missing)
        if count > most:
            best, most = near, count
    return best


def _fragment(text: Text, matches: list[_Match], language: str) -> str:
    """Safe HTML of at most MOST_LETTERS of the text, from a little before the first match on."""
    whole = text.text
    start = max(0, matches[0].start - _BEFORE)
    if start:
        start = whole.find(" ", start, matches[0].start) + 1 or matches[0].start
    end = min(len(whole), start + MOST_LETTERS)
    if end < len(whole):
        end = max(whole.rfind(" ", start, end), matches[-1].end)
    before, after = "… " if start else "", " …" if end < len(whole) else ""
    html = f"{before}{_marked(whole, matches, start, end)}{after}"
    if text.language == language:
        return html
    return f'<span lang="{text.language}">{html}</span>'


def _marked(text: str, matches: list[_Match], start: int, end: int) -> str:
    parts, at = [], start
    for match in matches:
        if at <= match.start and match.end <= end:
            word = escape(text[match.start : match.end])
            parts += (escape(text[at : match.start]), f"<mark>{word}</mark>")
            at = match.end
    parts.append(escape(text[at:end]))
    return "".join(parts)
