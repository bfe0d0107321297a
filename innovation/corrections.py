"""What a word may be a typing error of, or a compound that stands in no text itself."""

from innovation import analysis
from innovation.compounds import MIN_HEAD, MIN_TAIL
from innovation.word_families import COMPOUND_HEADS, FILLERS, KNOWN_WORDS, WORD_ENDINGS

# Of an error in another form: so long the stem at least, so long the ending at most.
_MIN_STEM, _MIN_LIKE_STEM, _MOST_ENDING = 5, 6, 3
_MOST, _MOST_KEPT = 3, 1000
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


class Corrections:
    """Of the words of a Lexicon."""

    def __init__(self, lexicon):
        self._lexicon = lexicon
        self._kept: dict[str, list[tuple[str, float]]] = {}

    def forget(self) -> None:
        """To be called when any word's frequency has changed."""
        self._kept = {}

    def of(self, word: str) -> list[tuple[str, float]]:
        """The words nearest to `word`, and their distance: the most frequent first, at most 3."""
        kept = self._kept
        if word not in kept:
            if len(kept) >= _MOST_KEPT:
                self._kept = kept = {}
            kept[word] = self._find_corrections(word)
        return kept[word]

    def _find_corrections(self, word: str) -> list[tuple[str, float]]:
        limit = analysis.errors_allowed(word)
        # A word that we know is no error only because nobody here has it (plast: plats).
        if not limit or word in KNOWN_WORDS:
            return []
        # Rank: how far, whether from the stem alone, and the more frequent the lower.
        found: dict[str, tuple[float, bool, int]] = {}
        for number in self._near(analysis.fold(word), limit):
            if self._lexicon.may_be(word, number) and self._lexicon.words[number] not in FILLERS:
                count = self._lexicon.frequency(number)
                far, is_stem = self._distance(word, number, limit)
                if far <= limit:
                    stem = self._lexicon.stems[number]
                    # A stem that is no word by itself says nothing to a reader.
                    shown = (
                        stem
                        if is_stem and self._lexicon.exact(stem)
                        else self._lexicon.words[number]
                    )
                    rank = (far, is_stem, -count)
                    found[shown] = min(found.get(shown, rank), rank)
        if not found:
            # Words that the texts may have in compounds only.
            for head in COMPOUND_HEADS:
                far = analysis.distance(word, head, limit)
                if far <= limit and self._lexicon.meant(head):
                    found[head] = (far, True, 0)
        ranked = sorted((rank, shown) for shown, rank in found.items())
        nearest = ranked[0][0][0] if ranked else 0
        return [(w, far) for (far, *_), w in ranked if far == nearest][:_MOST]

    def halves(self, word: str) -> tuple[str, str] | None:
        """Two words that `word` is a compound of, when it stands in no text itself."""
        for at in range(len(word) - MIN_TAIL, MIN_HEAD - 1, -1):
            head, tail = word[:at], word[at:]
            for first in (head, head.removesuffix("s")):
                if len(first) < MIN_HEAD or tail in WORD_ENDINGS:
                    continue
                if self._lexicon.same(first) and self._lexicon.same(tail):
                    return first, tail
        return None

    def _distance(self, word: str, number: int, limit: int) -> tuple[float, bool]:
        """How far from `word` to the form of `number`, or from stem to stem, and whether so."""
        form, stem = self._lexicon.words[number], self._lexicon.stems[number]
        mine = analysis.stem(word, "sv")
        pairs = [(word, form, limit)]
        if len(stem) >= _MIN_STEM and len(form) - len(stem) <= _MOST_ENDING:
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
        self._lexicon.sort()
        known = self._lexicon.sorted
        unsorted = range(known.size, len(self._lexicon.words))
        asked = {word, analysis.fold(analysis.stem(word, "sv"))}
        asked = [(len(text), analysis.letters_of(text)) for text in asked]
        found = [
            number
            for number in (*known.starting(word[0]), *unsorted)
            if any(
                abs(length - mine) <= limit and (letters ^ theirs).bit_count() <= 2 * limit
                for length, letters in self._lexicon.signs[number]
                for mine, theirs in asked
            )
        ]
        for other in _with_other_beginning(word):
            found += self._lexicon.by_form.get(other, ())
        return found


def _with_other_beginning(word: str):
    yield word[1:]
    yield word[1] + word[0] + word[2:]
    for letter in _ALPHABET:
        yield letter + word
        if len(word) >= analysis.LONG:
            yield letter + word[1:]
