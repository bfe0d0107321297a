"""Words as the search sees them: letters, forms, stop words, typing errors, what a query asks.

Pure functions, the same for what is written and for what is asked.
"""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from os.path import commonprefix

import snowballstemmer

from innovation.word_families import ENGLISH_FAMILIES, STOP_WORDS, SWEDISH_FAMILIES

MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 20
MAX_QUERY_PHRASES = 3
MAX_WORD_LENGTH = 40
# Of more words than this in one text it is quicker to look at each word of the text.
_MOST_SOUGHT = 30
# Stands between texts that don't follow on each other, so that no phrase goes across.
BREAK = "."

# What an organisation's initials leave out.
_LEGAL_FORMS = frozenset(("ab", "hb", "kb", "inc", "ltd"))

_WORD = re.compile(r"[^\W_]+")
# Den (ut)forskande staden; 30 000.
_BRACKETED = re.compile(r"\((\w+)\)(?=\w)")
_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d|[,.]\d)")
_POSSESSIVE = re.compile(r"['’´]s\b")
_QUERY_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


class _Letters(dict):
    """A table for `str.translate`: å, ä and ö are letters of their own, other marks are not.

    The Danish and Norwegian ø and æ are written as the Swedish letters that they are.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter not in "åäö":
            parts = unicodedata.normalize("NFD", letter)
            letter = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = letter
        return letter


_LETTERS = _Letters({ord("ø"): "ö", ord("æ"): "ä", ord("ß"): "ss"})
_WITHOUT_RINGS = str.maketrans("åäö", "aao")


def tokens(text: str) -> list[str]:
    """The words of `text` in order, in small letters; of one longer than 40, its beginning."""
    text = _joined(unicodedata.normalize("NFC", text).casefold())
    if not text.isascii():
        text = text.translate(_LETTERS)
    return [word[:MAX_WORD_LENGTH] for word in _WORD.findall(_POSSESSIVE.sub("", text))]


def _joined(text: str) -> str:
    """Without the brackets within words and the spaces within numbers."""
    if "(" in text:
        text = _BRACKETED.sub(r"\1", text)
    return _GROUPED.sub(lambda number: re.sub(r"\s", "", number[0]), text)


def initials(name: str) -> str:
    """ "Blekinge Tekniska Högskola": bth; empty for a name of fewer than three words."""
    words = [word for word in tokens(name) if word not in STOP_WORDS | _LEGAL_FORMS]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""


def spans(text: str, words: Collection[str]) -> list[tuple[int, int, str]]:
    """Where each of `words` begins and ends in `text`, in NFC, in order, and the word: as of
    `tokens()`."""
    plain = text.lower().translate(_LETTERS)
    if len(plain) == len(text) and len(words) <= _MOST_SOUGHT:
        return sorted(span for word in words for span in _spans_of(plain, word))
    found = []
    for match in _WORD.finditer(text):
        if (word := next(iter(tokens(match[0])), None)) in words:
            found.append((match.start(), match.end(), word))
    return found


def _spans_of(text: str, word: str) -> Iterator[tuple[int, int, str]]:
    # In C from one to the next, which no walk through all the words of a text is as quick as.
    at = text.find(word)
    if at < 0 and (word.isdigit() or "(" in text):
        yield from _spans_of_joined(text, word)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            yield at, end, word
        at = text.find(word, end)


def _spans_of_joined(text: str, word: str) -> Iterator[tuple[int, int, str]]:
    """Of a word that `_joined()` has put together: "30 000", "(ut)forskande"."""
    before, between = ("", r"[ \u00a0\u202f]?") if word.isdigit() else (r"\(?", r"[()]?")
    for match in re.finditer(rf"(?<!\w){before}{between.join(word)}(?!\w)", text):
        yield match.start(), match.end(), word


def fold(word: str) -> str:
    """`word` with a for å and ä and o for ö: what someone without those keys would type."""
    return word if word.isascii() else word.translate(_WITHOUT_RINGS)


def fits(asked: str, found: str) -> bool:
    """Whether every å, ä and ö of `asked` stands in `found` at the same place. An a or o that
    was asked for may stand for them, they never for it."""
    return asked.isascii() or all(
        theirs == mine for mine, theirs in zip(asked, found, strict=False) if mine in "åäö"
    )


# ── Forms of a word ───────────────────────────────────────────────────────────
class _Stemmers(threading.local):
    """One of each for every thread: a stemmer keeps the word that it works on."""

    def __init__(self):
        self.sv = snowballstemmer.stemmer("swedish")
        self.en = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()
# What Snowball's Swedish rules leave on the word: the definite forms of nouns (skolan, energin,
# matsvinnet, områdena), the neuter of adjectives (digitalt) and the past tense (hjälpte).
_LEFT_ON = [
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"(..[^aeiouyåäö])an$", r"\1a"),
        (r"(...(?:[gtfr]i|omi))n$", r"\1"),
        (r"(...[eo][lr])n$", r"\1"),
        (r"(..[^aeiouyåäöh])et$", r"\1"),
        (r"(...e)na$", r"\1"),
        (r"(...al|..ig|..iv|..isk|..ell|..sam|..bar|...in)t$", r"\1"),
        (r"(..[pkgvj])[td]e$", r"\1"),
    )
]
# The rule that n and m are never double at the end of a word: matsvinn, matsvinnet; hem, hemmet.
_DOUBLED = re.compile(r"(?<=.)([mn])\1$|(?<=tt)n$")


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """What all the forms of `word` have in common; rather too short than different for two
    forms of one word."""
    if len(word) <= 3:
        return _in_family(word, language) or word
    return _swedish_stem(word) if language == "sv" else _english_stem(word)


def _swedish_stem(word: str) -> str:
    least = 3
    while True:
        if base := _in_family(word, "sv"):
            return base
        shorter = word
        for ending, kept in _LEFT_ON:
            shorter = ending.sub(kept, shorter)
        shorter = _stemmers.sv.stemWord(shorter)
        # Again until little is left to take: only so do sensorer and sensor end as one.
        if shorter == word or len(shorter) < least:
            return _DOUBLED.sub(r"\1" if word[-1] == word[-2] else "", word)
        word, least = shorter, 4


def _english_stem(word: str) -> str:
    if base := _in_family(word, "en"):
        return base
    return _stemmers.en.stemWord(_british(word))


def _british(word: str) -> str:
    return re.sub(r"(?<=...)(i|y)z(?=e|ing|ation)", r"\1s", word)


def _in_family(word: str, language: str) -> str | None:
    families = SWEDISH_FAMILIES if language == "sv" else ENGLISH_FAMILIES
    if base := families.get(word) or families.get(word.removesuffix("s")):
        return base
    if language == "sv":
        # The last part of a compound bends as it does alone: lånecyklar, bostäder.
        for length in range(min(len(word) - 2, 10), 3, -1):
            if base := families.get(word[-length:]):
                return word[:-length] + base
    return None


def stems(word: str) -> set[str]:
    """Its stem in each language, for a word that doesn't say which it is in."""
    return {stem(word, "sv"), stem(word, "en")}


def analysed(texts) -> str:
    """What is stored of `texts`, pairs of (text, language): each word as "form/stem", or only the
    form when that is the stem too, in order, with a break between texts."""
    parts = (
        " ".join(_stored(word, language) for word in tokens(text))
        for text, language in texts
        if text
    )
    return f" {BREAK} ".join(part for part in parts if part)


@lru_cache(maxsize=100_000)
def _stored(word: str, language: str) -> str:
    base = stem(word, language)
    return word if base == word else f"{word}/{base}"


# ── What someone asks ─────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Query:
    """`words` may stand in any form; the words of each of `phrases` must stand together, as they
    are; the other two must not stand there."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without_words: tuple[str, ...] = ()
    without_phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def asks_for_something(self) -> bool:
        return any((self.words, self.phrases, self.without_words, self.without_phrases))


@lru_cache(maxsize=1000)
def parse(text: str) -> Query:
    """Never fails; of a long text only the first 200 characters and 20 words are read.

    Words such as "och" and "the" are left out when there are others. Of more than 3 phrases the
    words of the rest may stand anywhere; more than 3 that are not wanted are not read.
    """
    found: dict[str, list] = {
        "words": [],
        "phrases": [],
        "without_words": [],
        "without_phrases": [],
    }
    left = MAX_QUERY_WORDS
    for part in _QUERY_PART.finditer(_joined(text[:MAX_QUERY_LENGTH]).translate(_QUOTES)):
        words = tokens(part["word"] if part["phrase"] is None else part["phrase"])[:left]
        left -= len(words)
        if not words:
            continue
        without = "without_" if part["minus"] else ""
        if part["phrase"] is not None or (without and len(words) > 1):
            phrases = found[f"{without}phrases"]
            if len(phrases) < MAX_QUERY_PHRASES:
                phrases.append(tuple(words))
            elif not without:
                found["words"].extend(words)
        else:
            found[f"{without}words"].extend(words)
    telling = [word for word in found["words"] if word not in STOP_WORDS]
    if telling or found["phrases"]:
        found["words"] = telling
    return Query(**{kind: tuple(dict.fromkeys(parts)) for kind, parts in found.items()})


# ── Typing errors ─────────────────────────────────────────────────────────────
# In a shorter word another consonant makes another word: fisk, fick; taxes, takes.
LONG = 6
_VOWELS = frozenset("aeiouyåäö")
# Letters that sound the same, and those beside each other on a keyboard.
_SOUND_ALIKE = frozenset(map(frozenset, ("iy", "ck", "sz", "vw", "eä", "oå")))
_KEYS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_NEIGHBOURS = frozenset(frozenset(pair) for row in _KEYS for pair in pairwise(row)) | frozenset(
    frozenset(pair)
    for upper, lower in pairwise(_KEYS)
    for pair in (*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False))
)


def errors_allowed(word: str) -> int:
    return 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 8 else 2


def distance(one: str, other: str, limit: int) -> float:
    """How many letters are added, left out, changed or swapped with the next; `limit` + 1 for
    any number above `limit`. A letter changed for one that sounds the same counts half.

    When `one` has no å, ä or ö, those of `other` are an a or o.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    if one.isascii():
        other = fold(other)
    is_short = min(len(one), len(other)) < LONG
    # What is the same at both ends costs nothing, and is most of it.
    shared = len(commonprefix([one, other]))
    one, other = one[shared:], other[shared:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before: list[float] = []
    last: list[float] = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line: list[float] = [row]
        for column, theirs in enumerate(other, 1):
            changed = 0 if letter == theirs else _changed(letter, theirs, is_short)
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + changed)
            is_swapped = row > 1 < column and letter == other[column - 2] and one[row - 2] == theirs
            if is_swapped:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return limit + 1
        before, last = last, line
    return last[-1] if last[-1] <= limit else limit + 1


def _changed(letter: str, other: str, is_short: bool) -> float:
    pair = frozenset((letter, other))
    if pair in _SOUND_ALIKE:
        return 0.5
    is_likely = pair <= _VOWELS or pair in _NEIGHBOURS
    return 1 if is_likely or not is_short else 2


def letters_of(word: str) -> int:
    """Which letters `word` has, as bits: what differs in more than two a typing error, differs
    by more errors."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
