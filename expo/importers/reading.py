"""What sources of every kind need: tolerant readers that tell what they couldn't read."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import slugify

from expo.wall_time import read_local
from innovation import richtext
from innovation.importers.stated import KEEP, Keep

SLUG_MAX = 120
# What a source gives as the words of a title or a lead; longer ones are cut.
TITLE_MAX, LEAD_MAX = 200, 500
_INLINE = re.compile(r"</?(?:strong|em|a)\b[^>]*>")
_NUMBER = re.compile(r"\d+")


class Unreadable(Exception):
    """The whole file can't be read; the text says why and how to mend it."""


def read_json(data: str | bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, UnicodeDecodeError) as error:
        raise Unreadable(f"This is no JSON: {error}. Save the API's answer as it came.") from error


@dataclass
class Problems:
    """Sentences on what couldn't be read, each with the record that it is about."""

    sentences: list[str] = field(default_factory=list)
    about: str = ""

    def note(self, sentence: str) -> None:
        self.sentences.append(f"{self.about}: {sentence}" if self.about else sentence)

    def moment(self, value: Any, name: str) -> datetime | Keep:
        """A time; one without a zone is Stockholm's. KEEP, and a sentence, when it is none."""
        if not isinstance(value, str) or not value.strip():
            self.note(f"{name} is missing")
            return KEEP
        try:
            moment = read_local(value.strip())
        except ValueError:
            moment = None
        # Beyond these the calendar ends, or the source has slipped on a key.
        if moment is None or not 1900 <= moment.year <= 2200:
            self.note(f"{name} can't be {value!r}: a time is written 2022-06-01 10:00")
            return KEEP
        return moment

    def number(self, value: Any, name: str) -> int | Keep:
        """A whole number of 0 or more, also as text; KEEP for nothing, and for what is none."""
        if value in (None, "", [], False):
            return KEEP
        try:
            number = int(float(str(value).replace(",", ".")))
        except (ValueError, OverflowError):
            number = -1
        if number < 0:
            self.note(f"{name} can't be {value!r}: a number of 0 or more is")
            return KEEP
        return number

    def choice(self, value: Any, name: str, meanings: dict[str, str]) -> str | Keep:
        """What `value` means here; KEEP for nothing, and for what means nothing."""
        if value in (None, "", False):
            return KEEP
        if not isinstance(value, str) or value not in meanings:
            self.note(f"{name} can't be {value!r}: {', '.join(meanings)} can")
            return KEEP
        return meanings[value]

    def degrees(self, value: Any, name: str, most: float) -> float | Keep:
        if value in (None, ""):
            return KEEP
        try:
            number = float(value)
        except (ValueError, TypeError):
            number = most + 1
        if not -most <= number <= most:
            self.note(f"{name} can't be {value!r}: degrees between -{most:g} and {most:g} are")
            return KEEP
        return number


def listed(value: Any) -> list:
    """What may be given as one or as many; nothing is []."""
    if value in (None, "", False):
        return []
    return value if isinstance(value, list) else [value]


def words(value: Any, most: int) -> str:
    """Plain text of what may be HTML, cut at a word."""
    # Without the tags within a sentence, which would leave a space before its full stop.
    text = richtext.plain(_INLINE.sub("", richtext.clean(str(value or ""))))
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"


def rich(value: Any) -> str | Keep:
    return richtext.clean(str(value)) if value else KEEP


def slug_of(title: str, fallback: str) -> str:
    return (slugify(title) or slugify(fallback)).replace("_", "-")[:SLUG_MAX].strip("-") or "event"


def ages(value: Any) -> tuple[int | Keep, int | Keep]:
    """ "10-12" → (10, 12); "13-" → (13, KEEP)."""
    text = str(value or "")
    found = [int(number) for number in _NUMBER.findall(text)[:2]]
    if not found:
        return KEEP, KEEP
    if len(found) == 2:
        return found[0], found[1]
    return (KEEP, found[0]) if text.strip().startswith("-") else (found[0], KEEP)
