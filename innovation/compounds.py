"""Whether a word is a part of another: gata of gatubelysning, vård of äldrevård; but not mat of
klimat, nor val of förvaltning.

In Swedish any two words make a third, so that no list has them all. What stands before a part, and
behind a short one, must be words too.
"""

from typing import NamedTuple

from innovation import analysis
from innovation.word_families import COMPOUND_HEADS, WORD_ENDINGS

WORD_BEGINNING = 0.6
COMPOUND_BEGINNING, COMPOUND_END, COMPOUND_PART = 0.45, 0.45, 0.3
# What a word loses for each of these.
OTHER_LETTER, HEAD_UNKNOWN = 0.85, 0.7

MIN_PART, MIN_HEAD, MIN_TAIL = 3, 3, 3
# So long, a word is no part of others by chance.
_MIN_SURE_PART = 6
_HEADS = frozenset(map(analysis.fold, COMPOUND_HEADS))
# They stand before words, but not before what is only a part of one.
_PREFIXES = frozenset(map(analysis.fold, ("för",)))


class Around(NamedTuple):
    """What stands before a word in compounds, and whether it is a word; what stands behind it."""

    heads: dict[str, bool]
    tails: set[str]


class Compounds:
    """Of the words of a Lexicon."""

    def __init__(self, lexicon):
        self._lexicon = lexicon

    def nearness(self, base: str, number: int, at: int, is_whole: bool, around: Around) -> float:
        """How near a word is that has `base` from `at` on; 0 when it only looks like a part."""
        word = self._lexicon.words[number]
        is_same = word.startswith(base, at)
        if not is_same and not analysis.fits(base, word[at:]):
            return 0.0
        if not is_same and is_whole and self._lexicon.is_word(base):
            return 0.0  # "val" is written so, and isn't meant for "väl" in välfärd
        loss = 1.0 if is_same else OTHER_LETTER
        if at:
            return loss * self._within(base, number, at, is_whole, around)
        if is_whole and not self._begins_compound(base, number, around):
            return 0.0
        nearness = 0.6 + 0.4 * len(base) / len(word)
        return loss * nearness * (COMPOUND_BEGINNING if is_whole else WORD_BEGINNING)

    def _within(self, base: str, number: int, at: int, is_whole: bool, around: Around) -> float:
        if at < MIN_HEAD or base in WORD_ENDINGS:
            return 0.0
        is_end = at + len(base) >= len(self._lexicon.stems[number])
        quality = COMPOUND_END if is_end else COMPOUND_PART
        folded = self._lexicon.folded[number]
        head, tail = folded[:at], folded[at + len(base) :]
        # "kol" is no part of högskola, "lora" none of förlora.
        if head[-1] == "s" and self._is_tail(folded[at - 1 :], around):
            return 0.0
        if head in _PREFIXES and not (self._lexicon.is_word(base) or analysis.fold(base) in _HEADS):
            return 0.0
        if head not in around.heads:
            around.heads[head] = self._is_head(head)
        # A short word is a part of many that have nothing to do with it (mat: klimat, val:
        # förvaltning). One that no text has by itself stands in compounds only.
        is_sure = len(base) >= _MIN_SURE_PART
        if around.heads[head]:
            is_whole_rest = is_end or is_sure or self._is_tail(tail, around)
            return quality if is_whole_rest else 0.0
        is_long = is_sure and at > MIN_HEAD
        is_long |= is_end and len(base) == _MIN_SURE_PART - 1 and at > MIN_HEAD + 1
        is_long |= is_end and len(base) == _MIN_SURE_PART - 2 and not is_whole
        return quality * HEAD_UNKNOWN if is_long else 0.0

    def _begins_compound(self, base: str, number: int, around: Around) -> bool:
        """Whether a word goes on after `base`, a word too, as compounds do: mat and matsvinn, but
        not man and management."""
        tail = self._lexicon.folded[number][len(base) :]
        if len(tail) < MIN_TAIL or len(base) < MIN_PART or tail in WORD_ENDINGS:
            return False
        is_sure = len(base) > MIN_PART or analysis.fold(base) in _HEADS
        return is_sure or self._is_tail(tail, around, or_begins=True)

    def _is_head(self, head: str) -> bool:
        """Whether `head` is a word, or one as it is in compounds: gatu-, livs-, skol-."""
        parts = parts_of_head(head)
        return not parts.isdisjoint(_HEADS) or any(
            self._lexicon.stands(part) for part in parts if len(part) >= MIN_HEAD
        )

    def _is_tail(self, tail: str, around: Around, *, or_begins: bool = False) -> bool:
        """Whether what is left of a compound is a word, with or without an s before it, or begins
        one (mat, matsvinn: svinnräknare)."""
        tails = [part for part in (tail, tail.removeprefix("s")) if len(part) >= MIN_TAIL]
        around.tails.update(tails)
        return any(
            self._lexicon.stands(part)
            or part in _HEADS
            or (or_begins and self._lexicon.begins_any(part))
            for part in tails
        )


def parts_of_head(head: str) -> set[str]:
    """A word as it is in compounds, and what it may be alone."""
    return {head, head.removesuffix("s"), head[:-1] if head[-1] in "euo" else head}
