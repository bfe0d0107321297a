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
from innovation.compounds import MIN_PART, OTHER_LETTER, Around, Compounds, parts_of_head
from innovation.word_families import KNOWN_WORDS, STOP_WORDS, SWEDISH_FORMS

SAME, OTHER_FORM = 1.0, 0.85
# What a word loses for this.
ONLY_STEM = 0.8

_MIN_BEGINNING = 2
# A stem that is no word is looked for in others when it has so many letters, at their beginning
# when so few are left out (of "gratis" not "grat", of "resa" not "res").
_MIN_STEM, _MOST_LEFT_OUT = 4, 2
# So short, "ar" isn't meant for "år" when it is a word itself.
_MOST_ABBREVIATION = 2
_MOST_FORMS, _MOST_CANDIDATES = 400, 2000
# What a compound may have instead of a word's last letter: gata, gatukontor.
_BINDING = "aeou"
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
        self.frequency = frequency
        self.folded = [analysis.BREAK]
        # The length and the letters of the form and of the stem, which tell most words apart.
        self.signs: list[tuple[tuple[int, int], ...]] = [()]
        self.by_form: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self.sorted = _SortedForms([])
        self._kept: dict[str, _Meaning] = {}
        # The words that came into use or went out of it, in order.
        self._turned: list[int] = []
        self._compounds = Compounds(self)

    def _learn(self, term: str) -> int:
        word, _, stem = term.partition("/")
        number = len(self.words)
        folded, folded_stem = analysis.fold(word), analysis.fold(stem or word)
        signs = tuple((len(t), analysis.letters_of(t)) for t in {folded, folded_stem})
        # Whoever reads meanwhile counts the words and looks in the lists before them, and finds
        # numbers in those after: each is whole before it is pointed to.
        self.stems.append(stem or word)
        self.signs.append(signs)
        self.folded.append(folded)
        self.words.append(word)
        self.by_form[folded].append(number)
        self._by_stem[folded_stem].append(number)
        return number

    def exact(self, word: str) -> list[Form]:
        """The word as it is, with or without the rings and dots of its letters."""
        found = [
            Form(number, SAME if self.words[number] == word else SAME * OTHER_LETTER)
            for number in self.by_form.get(analysis.fold(word), ())
            if analysis.fits(word, self.words[number]) and self.may_be(word, number)
        ]
        if self._is_abbreviation(word):
            return [form for form in found if form.quality == SAME]
        return found

    def _is_abbreviation(self, word: str) -> bool:
        """Whether it is meant for itself alone: not "ar" for "år"."""
        return len(word) <= _MOST_ABBREVIATION and self.is_word(word)

    def may_be(self, word: str, number: int) -> bool:
        """Whether it is a word in use; such as "och" is only ever itself."""
        other = self.words[number]
        return bool(self.frequency(number)) and (other == word or other not in STOP_WORDS)

    def same(self, word: str) -> list[Form]:
        """The word in all its forms, in either language."""
        forms = {form.word: form for form in self.exact(word)}
        is_itself = self._is_abbreviation(word)
        for stem in analysis.stems(word):
            for number in self._by_stem.get(analysis.fold(stem), ()):
                theirs = self.stems[number]
                if number in forms or not self.may_be(word, number):
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
            known.is_about(self.folded[number], analysis.fold(self.stems[number]))
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
        around = Around({}, set())
        bases = self._bases(word, forms)
        for base, is_word in bases.items():
            whole = word if word.startswith(base) else base
            for number, at in self._containing(analysis.fold(base)):
                if number in forms or not self.may_be(word, number):
                    continue
                is_typed = self.folded[number].startswith(analysis.fold(whole), at)
                if not (is_typed or is_word or self._has_stem(base, number, at, word)):
                    continue
                part = whole if is_typed else base
                is_whole = is_known or not is_typed
                if quality := self._compounds.nearness(part, number, at, is_whole, around):
                    forms[number] = Form(number, quality * (1.0 if is_typed else ONLY_STEM))
        stems = {word, *analysis.stems(word)}
        return _Meaning(
            self._best(forms)[:_MOST_FORMS],
            frozenset(map(analysis.fold, bases)),
            frozenset(map(analysis.fold, stems)).union(*map(parts_of_head, around.heads)),
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
        bases |= {form: True for form in mine if word.startswith(form) and len(form) >= MIN_PART}
        in_order = sorted(bases, key=lambda base: (len(base), base))
        words = [base for base in in_order if bases[base]]
        shortest = [w for at, w in enumerate(words) if not w.startswith(tuple(words[:at]))]
        return {
            base: bases[base]
            for base in in_order
            if base in shortest or not (bases[base] or base.startswith(tuple(shortest)))
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
        known = self.sorted  # another reader may sort anew meanwhile
        if len(part) < MIN_PART:
            yield from ((number, 0) for number in known.starting(part))
        else:
            yield from islice(known.containing(part), _MOST_CANDIDATES)
        for number in range(known.size, len(self.words)):
            at = self.folded[number].find(part)
            if at == 0 or (at > 0 and len(part) >= MIN_PART):
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

    def sort(self) -> None:
        """Look through the words that are new since the last time faster from now on."""
        if len(self.words) - self.sorted.size > _MOST_UNSORTED or not self.sorted.size:
            self.sorted = _SortedForms(self.folded[: len(self.words)])

    def stands(self, folded: str) -> bool:
        """Whether a word in use is written so, with or without rings and dots."""
        return any(
            self.frequency(number) and self.words[number] not in STOP_WORDS
            for number in self.by_form.get(folded, ())
        )

    def begins_any(self, folded: str) -> bool:
        """Whether a word in use begins so, with or without rings and dots."""
        known = self.sorted
        new = range(known.size, len(self.words))
        newer = (number for number in new if self.folded[number].startswith(folded))
        return any(self.frequency(number) for number in chain(known.starting(folded), newer))

    def is_word(self, word: str) -> bool:
        """Whether a word in use is written exactly so."""
        return any(
            self.words[number] == word and self.frequency(number)
            for number in self.by_form.get(analysis.fold(word), ())
        )


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


def _alike(word: str, other: str) -> float:
    """0.6 to 1: by how much of two forms of a word is the same."""
    shared = len(commonprefix([word, other]))
    return 0.6 + 0.4 * shared / max(len(word), len(other))


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
