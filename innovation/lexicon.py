"""The words that texts are made of, and which of them someone may mean by a word.

A form's quality says how near it is: 1 for the word itself, less for another form of it, a word
that begins with it, a compound with it, and least for what it may be a typing error of.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, chain, islice
from os.path import commonprefix
from typing import NamedTuple

from innovation import analysis
from innovation.word_families import (
    COMPOUND_HEADS,
    KNOWN_WORDS,
    STOP_WORDS,
    SWEDISH_FORMS,
    WORD_ENDINGS,
)

SAME, OTHER_FORM, BEGINNING = 1.0, 0.85, 0.6
COMPOUND_BEGINNING, COMPOUND_END, COMPOUND_PART = 0.45, 0.45, 0.3
# What a word loses for each of these.
OTHER_LETTER, HEAD_UNKNOWN, ONLY_STEM, TYPING_ERROR = 0.85, 0.7, 0.8, 0.5

_MIN_BEGINNING, _MIN_PART, _MIN_HEAD, _MIN_TAIL = 2, 3, 3, 3
# A stem that is no word is looked for in others when it has so many letters, at their beginning
# when so few are left out (of "gratis" not "grat", of "resa" not "res").
_MIN_STEM, _MOST_LEFT_OUT = 4, 2
# So long, a word is no part of others by chance.
_MIN_SURE_PART = 6
# Of a typing error in another form: so long the stem at least, so long the ending at most.
_MIN_LIKE_STEM, _MOST_ENDING = 6, 3
# So short, "ar" isn't meant for "år" when it is a word itself.
_MOST_ABBREVIATION = 2
_MOST_FORMS, _MOST_CANDIDATES, _MOST_CORRECTIONS = 400, 2000, 3
_HEADS = frozenset(map(analysis.fold, COMPOUND_HEADS))
# They stand before words, but not before what is only a part of one.
_PREFIXES = frozenset(map(analysis.fold, ("för",)))
# What a compound may put after its first part, or have for its last letter: gata, gatukontor.
_BINDING = "aeou"
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
_MOST_KEPT = 1000
# After so many words that came or went, all is looked for anew.
_MOST_TURNED = 5000
# So many new words are looked through one by one before all are sorted anew.
_MOST_UNSORTED = 300


class Form(NamedTuple):
    word: int
    quality: float


class _Numbers(dict):
    """Stored terms ("skolor/skol") and their numbers; an unknown one gets the next."""

    def __init__(self, lexicon):
        super().__init__({analysis.BREAK: Lexicon.BREAK})
        self._lexicon = lexicon

    def __missing__(self, term: str) -> int:
        self[term] = number = self._lexicon._learn(term)
        return number


class Lexicon:
    """Numbers for words. Words are only ever added; one that no text has any more is never meant
    by anyone.

    frequency(number): how many texts and names have a word, 0 for one that is not used now.
    """

    BREAK = 0

    def __init__(self, frequency: Callable[[int], int]):
        self.words = [analysis.BREAK]
        self.stems = [analysis.BREAK]
        self.numbers = _Numbers(self)
        self._frequency = frequency
        self._folded = [analysis.BREAK]
        # The length and the letters of the form and of the stem, which tell most words apart.
        self._signs: list[tuple[tuple[int, int], ...]] = [()]
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._sorted = _SortedForms([])
        self._kept: dict[str, _Meaning] = {}
        # The words that came into use or went out of it, in order.
        self._turned: list[int] = []
        self._corrected: dict[str, list[tuple[str, int]]] = {}

    def _learn(self, term: str) -> int:
        word, _, stem = term.partition("/")
        number = len(self.words)
        folded, folded_stem = analysis.fold(word), analysis.fold(stem or word)
        signs = tuple((len(t), analysis.letters_of(t)) for t in {folded, folded_stem})
        # Whoever reads meanwhile counts the words and looks in the lists before them, and finds
        # numbers in those after: each is whole before it is pointed to.
        self.stems.append(stem or word)
        self._signs.append(signs)
        self._folded.append(folded)
        self.words.append(word)
        self._by_form[folded].append(number)
        self._by_stem[folded_stem].append(number)
        return number

    def exact(self, word: str) -> list[Form]:
        """The word as it is, with or without the rings and dots of its letters."""
        found = [
            Form(number, SAME if self.words[number] == word else SAME * OTHER_LETTER)
            for number in self._by_form.get(analysis.fold(word), ())
            if analysis.fits(word, self.words[number]) and self._may_be(word, number)
        ]
        if len(word) <= _MOST_ABBREVIATION and self._is_word(word):
            return [form for form in found if form.quality == SAME]
        return found

    def _may_be(self, word: str, number: int) -> bool:
        """Whether it is a word in use; such as "och" is only ever itself."""
        other = self.words[number]
        return bool(self._frequency(number)) and (other == word or other not in STOP_WORDS)

    def same(self, word: str) -> list[Form]:
        """The word in all its forms, in either language."""
        forms = {form.word: form for form in self.exact(word)}
        is_itself = len(word) <= _MOST_ABBREVIATION and self._is_word(word)
        for stem in analysis.stems(word):
            for number in self._by_stem.get(analysis.fold(stem), ()):
                theirs = self.stems[number]
                if number in forms or not self._may_be(word, number):
                    continue
                if analysis.fits(stem, theirs) and (theirs == stem or not is_itself):
                    quality = OTHER_FORM * _alike(word, self.words[number])
                    loss = 1.0 if theirs == stem else OTHER_LETTER
                    forms[number] = Form(number, quality * loss)
        return self._best(forms)

    def with_stem(self, stem: str) -> list[int]:
        """The words with exactly this stem."""
        found = self._by_stem.get(analysis.fold(stem), ())
        return [number for number in found if self.stems[number] == stem]

    def meant(self, word: str) -> list[Form]:
        """All that `word` may mean when it is typed rightly: its forms, words that begin with it
        and compounds; the nearest 400, best first."""
        known = self._kept.get(word)
        turned = self._turned
        if known is None or known.turned is not turned or self._has_more(known):
            # What turns while it is looked for is met the next time.
            seen = len(turned)
            known = self._find_meant(word)
            known.turned, known.seen = turned, seen
            if len(self._kept) >= _MOST_KEPT:
                self._kept = {}
            self._kept[word] = known
        return known.forms

    def _has_more(self, known: "_Meaning") -> bool:
        """Whether a word came or went that a meaning is about."""
        last = len(self._turned)
        if any(
            known.is_about(self._folded[number], analysis.fold(self.stems[number]))
            for number in self._turned[known.seen : last]
        ):
            return True
        known.seen = last
        return False

    def _find_meant(self, word: str) -> "_Meaning":
        forms = {form.word: form for form in self.same(word)}
        # A whole word begins only compounds (bil: bilpendlare, not bild); what is no word yet is
        # still being typed (mats: matsvinn).
        is_known = bool(forms)
        around = _Around({}, set())
        bases = self._bases(word, forms)
        for base, is_word in bases.items():
            whole = word if word.startswith(base) else base
            for number, at in self._containing(analysis.fold(base)):
                if number in forms or not self._may_be(word, number):
                    continue
                is_typed = self._folded[number].startswith(analysis.fold(whole), at)
                if not (is_typed or is_word or self._has_stem(base, number, at, word)):
                    continue
                part = whole if is_typed else base
                quality = self._as_part(part, number, at, is_known or not is_typed, around)
                if quality:
                    forms[number] = Form(number, quality * (1.0 if is_typed else ONLY_STEM))
        stems = {word, *analysis.stems(word)}
        return _Meaning(
            self._best(forms)[:_MOST_FORMS],
            frozenset(map(analysis.fold, bases)),
            frozenset(map(analysis.fold, stems)).union(*map(_parts_of_head, around.heads)),
            tuple(around.tails),
        )

    def _bases(self, word: str, forms: Iterable[int]) -> dict[str, bool]:
        """What to look for in other words, and whether it is a word: the word, its forms and stems
        that it begins with, and what no stem has in common (lånecyklar for cykel); but none that
        begins with another word of them."""
        bases = dict.fromkeys([word], True)
        for stem in analysis.stems(word):
            bases |= {form: True for form in SWEDISH_FORMS.get(stem, ()) if len(form) > _MIN_STEM}
            parts = [stem, *(stem + letter for letter in _BINDING)]
            known = [p for p in parts if p in KNOWN_WORDS and p not in STOP_WORDS]
            bases |= dict.fromkeys(known, True)
            if len(stem) >= _MIN_STEM:
                bases.setdefault(stem, False)
        mine = (self.words[number] for number in forms)
        bases |= {form: True for form in mine if word.startswith(form) and len(form) >= _MIN_PART}
        in_order = sorted(bases, key=lambda base: (len(base), base))
        words = [base for base in in_order if bases[base]]
        shortest = [w for at, w in enumerate(words) if not w.startswith((*words[:at], "\n"))]
        return {
            base: bases[base]
            for base in in_order
            if base in shortest or not (bases[base] or base.startswith((*shortest, "\n")))
        }

    def _has_stem(self, stem: str, number: int, at: int, word: str) -> bool:
        """Whether a word that has `stem`, which is no word, from `at` on has it as `word` does."""
        if at:
            return analysis.fold(self.stems[number])[at:] == analysis.fold(stem)
        return len(word) - len(stem) <= _MOST_LEFT_OUT

    def _best(self, forms: dict[int, Form]) -> list[Form]:
        # By the words, not by their numbers: those depend on which text came first.
        words, stems = self.words, self.stems
        return sorted(forms.values(), key=lambda f: (-f.quality, words[f.word], stems[f.word]))

    def _containing(self, part: str) -> Iterator[tuple[int, int]]:
        """Words of which `part` is the beginning or, when it is long enough, any part, and where
        it begins."""
        if len(part) < _MIN_BEGINNING:
            return
        self.sort()
        if len(part) < _MIN_PART:
            yield from ((number, 0) for number in self._sorted.starting(part))
        else:
            yield from islice(self._sorted.containing(part), _MOST_CANDIDATES)
        for number in range(self._sorted.size, len(self.words)):
            at = self._folded[number].find(part)
            if at == 0 or (at > 0 and len(part) >= _MIN_PART):
                yield number, at

    def forget(self, word: int) -> None:
        """To be called when a word has come into use, or is in use no longer: afterwards."""
        if len(self._turned) >= _MOST_TURNED:
            self.forget_all()
        self._turned.append(word)

    def forget_all(self) -> None:
        """To be called when that can be said of many words."""
        # Another list, so that a reader in between does not keep what was so before.
        self._turned = []

    def forget_corrections(self) -> None:
        """To be called when any word's frequency has changed."""
        self._corrected = {}

    def sort(self) -> None:
        """Look through the words that are new since the last time faster from now on."""
        if len(self.words) - self._sorted.size > _MOST_UNSORTED or not self._sorted.size:
            self._sorted = _SortedForms(self._folded)

    def _as_part(self, base: str, number: int, at: int, is_whole: bool, around) -> float:
        """How near a word is that has `base` from `at` on; 0 when it only looks like a part."""
        word = self.words[number]
        if not word.startswith(base, at) and not analysis.fits(base, word[at:]):
            return 0.0
        is_same = word.startswith(base, at)
        if not is_same and is_whole and self._is_word(base):
            return 0.0  # "val" is written so, and isn't meant for "väl" in välfärd
        loss = 1.0 if is_same else OTHER_LETTER
        if at:
            return loss * self._in_compound(base, number, at, is_whole, around)
        if is_whole and not self._begins_compound(base, number, around):
            return 0.0
        nearness = 0.6 + 0.4 * len(base) / len(word)
        return loss * nearness * (COMPOUND_BEGINNING if is_whole else BEGINNING)

    def _in_compound(self, base: str, number: int, at: int, is_whole: bool, around) -> float:
        if at < _MIN_HEAD or base in WORD_ENDINGS:
            return 0.0
        is_end = at + len(base) >= len(self.stems[number])
        quality = COMPOUND_END if is_end else COMPOUND_PART
        folded = self._folded[number]
        head, tail = folded[:at], folded[at + len(base) :]
        # "kol" is no part of högskola, "lora" none of förlora.
        if head[-1] == "s" and self._is_tail(folded[at - 1 :], around):
            return 0.0
        if head in _PREFIXES and not (self._is_word(base) or analysis.fold(base) in _HEADS):
            return 0.0
        if head not in around.heads:
            around.heads[head] = self._is_head(head)
        # A short word is a part of many that have nothing to do with it (mat: klimat, val:
        # förvaltning). One that no text has by itself stands in compounds only.
        is_sure = len(base) >= _MIN_SURE_PART
        if around.heads[head]:
            is_whole_rest = is_end or is_sure or self._is_tail(tail, around)
            return quality if is_whole_rest else 0.0
        is_long = is_sure and at > _MIN_HEAD
        is_long |= is_end and len(base) == _MIN_SURE_PART - 1 and at > _MIN_HEAD + 1
        is_long |= is_end and len(base) == _MIN_SURE_PART - 2 and not is_whole
        return quality * HEAD_UNKNOWN if is_long else 0.0

    def _begins_compound(self, base: str, number: int, around: "_Around") -> bool:
        """Whether a word goes on after `base`, a word too, as compounds do: mat and matsvinn, but
        not man and management."""
        tail = self._folded[number][len(base) :]
        if len(tail) < _MIN_TAIL or len(base) < _MIN_PART or tail in WORD_ENDINGS:
            return False
        is_sure = len(base) > _MIN_PART or analysis.fold(base) in _HEADS
        return is_sure or self._is_tail(tail, around, or_begins=True)

    def _is_head(self, head: str) -> bool:
        """Whether `head` is a word, or one as it is in compounds: gatu-, livs-, skol-."""
        parts = _parts_of_head(head)
        return not parts.isdisjoint(_HEADS) or any(
            self._stands(part) for part in parts if len(part) >= _MIN_HEAD
        )

    def _is_tail(self, tail: str, around: "_Around", *, or_begins: bool = False) -> bool:
        """Whether what is left of a compound is a word, with or without an s before it, or begins
        one (mat, matsvinn: svinnräknare)."""
        tails = [part for part in (tail, tail.removeprefix("s")) if len(part) >= _MIN_TAIL]
        around.tails.update(tails)
        return any(
            self._stands(part) or part in _HEADS or (or_begins and self._begins_any(part))
            for part in tails
        )

    def _begins_any(self, part: str) -> bool:
        """Whether a word in use begins so."""
        new = range(self._sorted.size, len(self.words))
        numbers = chain(
            self._sorted.starting(part), (n for n in new if self._folded[n].startswith(part))
        )
        return any(self._frequency(number) for number in numbers)

    def _stands(self, folded: str) -> bool:
        """Whether a word in use is written so, with or without rings and dots."""
        return any(
            self._frequency(number) and self.words[number] not in STOP_WORDS
            for number in self._by_form.get(folded, ())
        )

    def _is_word(self, word: str) -> bool:
        """Whether a word in use is written exactly so."""
        return any(
            self.words[number] == word and self._frequency(number)
            for number in self._by_form.get(analysis.fold(word), ())
        )

    # ── Typing errors ─────────────────────────────────────────────────────────
    def corrections(self, word: str) -> list[tuple[str, int]]:
        """The words nearest to `word`, and their distance: the most frequent first, at most 3."""
        kept = self._corrected
        if word not in kept:
            if len(kept) >= _MOST_KEPT:
                self._corrected = kept = {}
            kept[word] = self._find_corrections(word)
        return kept[word]

    def _find_corrections(self, word: str) -> list[tuple[str, int]]:
        limit = analysis.errors_allowed(word)
        # A word that we know is no error only because nobody here has it (plast: plats).
        if not limit or word in KNOWN_WORDS:
            return []
        # Rank: how far, whether from the stem alone, and the more frequent the lower.
        found: dict[str, tuple[int, bool, int]] = {}
        for number in self._near(analysis.fold(word), limit):
            if self._may_be(word, number):
                count = self._frequency(number)
                far, is_stem = self._distance(word, number, limit)
                if far <= limit:
                    stem = self.stems[number]
                    # A stem that is no word by itself says nothing to a reader.
                    shown = stem if is_stem and self.exact(stem) else self.words[number]
                    rank = (far, is_stem, -count)
                    found[shown] = min(found.get(shown, rank), rank)
        if not found:
            # Words that the texts may have in compounds only.
            for head in COMPOUND_HEADS:
                far = analysis.distance(word, head, limit)
                if far <= limit and self.meant(head):
                    found[head] = (far, True, 0)
        ranked = sorted((rank, shown) for shown, rank in found.items())
        nearest = ranked[0][0][0] if ranked else 0
        return [(w, far) for (far, *_), w in ranked if far == nearest][:_MOST_CORRECTIONS]

    def halves(self, word: str) -> tuple[str, str] | None:
        """Two words that `word` is a compound of, when it stands in no text itself."""
        for at in range(len(word) - _MIN_TAIL, _MIN_HEAD - 1, -1):
            head, tail = word[:at], word[at:]
            for first in (head, head.removesuffix("s")):
                if len(first) < _MIN_HEAD or tail in WORD_ENDINGS:
                    continue
                if self.same(first) and self.same(tail):
                    return first, tail
        return None

    def _distance(self, word: str, number: int, limit: int) -> tuple[int, bool]:
        """How far from `word` to the form of `number`, or from stem to stem, and whether so."""
        form, stem = self.words[number], self.stems[number]
        mine = analysis.stem(word, "sv")
        pairs = [(word, form, limit)]
        if len(stem) >= _MIN_STEM + 1 and len(form) - len(stem) <= _MOST_ENDING:
            pairs.append((word, stem, limit))
        # Short stems are alike by chance (unicorn, units: unic, unit).
        if len(stem) >= max(_MIN_LIKE_STEM, len(word) - _MOST_ENDING):
            pairs.append((mine, stem, min(limit, analysis.errors_allowed(mine))))
        best = (limit + 1, False)
        for asked, theirs, allowed in pairs:
            far = analysis.distance(asked, theirs, allowed)
            if far <= allowed and far < best[0]:
                best = (far, asked != word or theirs != form)
        return best

    def _near(self, word: str, limit: int) -> list[int]:
        """Words that may be within `limit`: those with the same first letter, and those with an
        error in the first letter alone."""
        self.sort()
        unsorted = range(self._sorted.size, len(self.words))
        asked = {word, analysis.fold(analysis.stem(word, "sv"))}
        asked = [(len(text), analysis.letters_of(text)) for text in asked]
        found = [
            number
            for number in (*self._sorted.starting(word[0]), *unsorted)
            if any(
                abs(length - mine) <= limit and (letters ^ theirs).bit_count() <= 2 * limit
                for length, letters in self._signs[number]
                for mine, theirs in asked
            )
        ]
        for other in _with_other_beginning(word):
            found += self._by_form.get(other, ())
        return found


class _Around(NamedTuple):
    """What stands before a word in compounds, and whether it is a word; what stands behind it."""

    heads: dict[str, bool]
    tails: set[str]


@dataclass
class _Meaning:
    """What a word may mean, and what tells whether another word could change that: `bases`, parts
    of it; `words`, the word, its stems and what stands before it in compounds; `tails`, beginnings
    of what stands behind it there."""

    forms: list[Form]
    bases: frozenset[str]
    words: frozenset[str]
    tails: tuple[str, ...]
    turned: list[int] = field(default_factory=list)
    seen: int = 0

    def is_about(self, form: str, stem: str) -> bool:
        if form in self.words or stem in self.words or form.startswith(self.tails):
            return True
        return any(base in form for base in self.bases)


def _parts_of_head(head: str) -> set[str]:
    """A word as it is in compounds, and what it may be alone."""
    return {head, head.removesuffix("s"), head[:-1] if head[-1] in "euo" else head}


def _alike(word: str, other: str) -> float:
    """0.6 to 1: by how much of two forms of a word is the same."""
    shared = len(commonprefix([word, other]))
    return 0.6 + 0.4 * shared / max(len(word), len(other))


def _with_other_beginning(word: str):
    yield word[1:]
    yield word[1] + word[0] + word[2:]
    for letter in _ALPHABET:
        yield letter + word
        if len(word) >= analysis.LONG:
            yield letter + word[1:]


class _SortedForms:
    """The forms that were known at one time, in order of the alphabet."""

    def __init__(self, folded: list[str]):
        self.size = len(folded)
        self._numbers = sorted(range(1, self.size), key=folded.__getitem__)
        self._forms = [folded[number] for number in self._numbers]
        # One long text, in which C finds a part faster than Python goes from word to word.
        self._text = "\n" + "\n".join(self._forms) + "\n"
        self._starts = list(accumulate((len(form) + 1 for form in self._forms), initial=1))

    def starting(self, part: str) -> list[int]:
        first = bisect_left(self._forms, part)
        return self._numbers[first : bisect_left(self._forms, part + "\U0010ffff")]

    def containing(self, part: str) -> Iterator[tuple[int, int]]:
        text, starts, after = self._text, self._starts, 0
        at = text.find(part)
        while at >= 0:
            after = bisect_right(starts, at, after)
            yield self._numbers[after - 1], at - starts[after - 1]
            at = text.find(part, starts[after])
