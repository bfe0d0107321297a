"""Which words stand where: in the title, lead and body of each slot, and in names."""

import math
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice, product

import numpy as np

from innovation import analysis
from innovation.bitsets import bits_from
from innovation.hits import ALSO, Name
from innovation.lexicon import Form, Lexicon
from innovation.word_families import KNOWN_WORDS

TITLE, LEAD, BODY = 1, 2, 4
# A posting is one number: the slot, and in its lowest bits the places where the word stands.
BITS = 3
PLACES = (1 << BITS) - 1

Row = tuple[array, array, array]
_EMPTY: Row = (array("I"), array("I"), array("I"))
# One word of a phrase or of a synonym: the numbers of the forms that will do.
Wanted = list[set[int]]
# More pairs of forms than this are found sooner word by word than one pair after the other.
_MOST_PAIRS = 16
# Only they are called by their initials.
_ORGANISATIONS = ("driven_by", "partner", "host")
# Of bits that are kept for words that were asked for.
_MOST_BYTES = 32_000_000


@dataclass(frozen=True)
class _Names:
    """All names, the numbers of their words in order, and which have a word: by their place in the
    list, and what share of the name the word is (see `_shares()`)."""

    names: list[Name]
    texts: list[array]
    having: dict[int, list[tuple[int, float]]]


class Postings:
    """One thread may change it while others read: what they hold is never changed, only put
    something new beside."""

    def __init__(self):
        self.lexicon = Lexicon(self.frequency)
        self.rows: dict[int, Row] = {}
        self._postings: dict[int, array] = defaultdict(lambda: array("I"))
        self._names = _Names([], [], {})
        self.everyone = 0  # the slots that have texts, as bits
        self._bits: dict[int, tuple[array, int, list[tuple[int, int]]]] = {}
        self._bytes = 0

    # ── Filling it ────────────────────────────────────────────────────────────
    def put(self, slot: int, title: str, lead: str, body: str) -> bool:
        """Set or replace the texts of a slot, as of `analysis.analysed()`; whether they are
        others than before."""
        row = (self._numbered(title), self._numbered(lead), self._numbered(body))
        known = self.rows.get(slot)
        if row == known:
            return False
        self._change(slot, _places(known or _EMPTY), _places(row))
        self.rows[slot] = row
        self.everyone |= 1 << slot
        return True

    def remove(self, slot: int) -> None:
        self._change(slot, _places(self.rows.pop(slot, _EMPTY)), {})
        self.everyone &= ~(1 << slot)

    def set_names(self, names: Iterable[Name]) -> None:
        known, texts, having = list(names), [], defaultdict(list)
        for number, name in enumerate(known):
            text = self._numbered(analysis.analysed(_texts_of(name)))
            texts.append(text)
            for word, share in self._shares(text).items():
                having[word].append((number, share))
        self._names = _Names(known, texts, dict(having))
        self.lexicon.forget_all()

    def _shares(self, text: array) -> dict[int, float]:
        """How much of a name each of its words says: of one of n words the root of 1/n. In the
        shortest text that has it, since a name has several: in two languages, and others."""
        shares: dict[int, float] = {}
        for is_break, part in groupby(text, key=Lexicon.BREAK.__eq__):
            words = [] if is_break else list(part)
            telling = [w for w in words if self.lexicon.words[w] not in analysis.STOP_WORDS]
            share = 1 / math.sqrt(max(1, len(telling)))
            shares |= {word: max(share, shares.get(word, 0.0)) for word in words}
        return shares

    def _numbered(self, terms: str) -> array:
        return array("I", map(self.lexicon.numbers.__getitem__, terms.split()))

    def _change(self, slot: int, before: dict[int, int], after: dict[int, int]) -> None:
        """Put right the postings of the words whose places in a row are others than before."""
        postings, first = self._postings, slot << BITS
        for word in before.keys() - after.keys():
            at = bisect_left(postings[word], first)
            postings[word] = postings[word][:at] + postings[word][at + 1 :]
            if not postings[word]:
                self.lexicon.forget(word)
        for word, places in after.items():
            known = before.get(word)
            if known == places:
                continue
            mine = postings[word]
            is_new = not mine
            if is_new or mine[-1] < first:
                mine.append(first | places)  # which disturbs no reader
            else:
                at = bisect_left(mine, first)
                rest = mine[at + (known is not None) :]
                postings[word] = mine[:at] + array("I", [first | places]) + rest
            if is_new:
                # Not before: a reader in between would keep that nobody has the word.
                self.lexicon.forget(word)

    # ── Reading ───────────────────────────────────────────────────────────────
    def frequency(self, word: int) -> int:
        """How many texts and names have a word."""
        return len(self.of(word)) + len(self._names.having.get(word, ()))

    def of(self, word: int) -> array | tuple:
        """The postings of a word, by slot."""
        return self._postings.get(word, ())

    def bits_of(self, word: int) -> list[tuple[int, int]]:
        """For each combination of places where a word stands, the slots as bits."""
        postings = self.of(word)
        length = len(postings)
        kept = self._bits.get(word)
        # Postings grow in place, and are otherwise replaced.
        if kept and kept[0] is postings and kept[1] == length:
            return kept[2]
        bits = _by_places((posting >> BITS, posting & PLACES) for posting in postings[:length])
        if self._bytes > _MOST_BYTES:
            self._bits, self._bytes = {}, 0
        self._bits[word] = (postings, length, bits)
        self._bytes += sum(sys.getsizeof(mine) for _, mine in bits) + 200
        return bits

    def words_in(self, slot: int, words: frozenset[int]) -> dict[int, frozenset[int]]:
        """Which of the words stand in each text of a slot."""
        texts = zip((TITLE, LEAD, BODY), self.rows.get(slot, _EMPTY), strict=True)
        return {place: words.intersection(text) for place, text in texts}

    def stems_of(self, slot: int) -> dict[str, int]:
        """The stems of a slot's title and lead, and which of the two they stand in."""
        title, lead, _ = self.rows.get(slot, _EMPTY)
        found: dict[str, int] = {}
        for text, place in ((title, TITLE), (lead, LEAD)):
            for word in text:
                if word != Lexicon.BREAK and self.lexicon.words[word] not in analysis.STOP_WORDS:
                    stem = self.lexicon.stems[word]
                    found[stem] = found.get(stem, 0) | place
        return found

    def stem_frequency(self, stem: str, among: np.ndarray | None) -> int:
        """How many slots have a word with this stem; one with two forms of it counts twice.
        among: of which slots, as of `bitsets.mask_of()`; None for all."""
        if among is None:
            return sum(len(self.of(word)) for word in self.lexicon.with_stem(stem))
        return len(self._with_stem(stem, among, PLACES))

    def with_stem(self, stem: str, among: np.ndarray) -> list[int]:
        """Those of the slots `among` that have a word with this stem in their title or lead; one
        with two forms of it is there twice."""
        return self._with_stem(stem, among, TITLE | LEAD)

    def _with_stem(self, stem: str, among: np.ndarray, places: int) -> list[int]:
        found = []
        for word in self.lexicon.with_stem(stem):
            # A copy, since a view would keep the array from growing.
            postings = np.array(self.of(word), dtype=np.uint32)
            slots = postings[postings & places > 0] >> BITS
            slots = slots[slots < len(among)]  # others came after the set was made
            found += slots[among[slots]].tolist()
        return found

    def names_of(self, forms: Iterable[Form]) -> dict[Name, float]:
        """The names that have one of the forms, and the best quality of those: less, the less of
        the name it is."""
        known, found = self._names, {}
        for form in forms:
            for number, share in known.having.get(form.word, ()):
                name = known.names[number]
                found[name] = max(found.get(name, 0.0), form.quality * share)
        return found

    def names_with(self, wanted: Wanted) -> dict[Name, float]:
        """The names in which the words stand one after the other, and what share of them it is."""
        known, found = self._names, {}
        first = {pair for word in wanted[0] for pair in known.having.get(word, ())}
        for number, share in sorted(first):
            if stand_together(wanted, known.texts[number]):
                found[known.names[number]] = min(1.0, share * math.sqrt(len(wanted)))
        return found

    def bits_with(self, wanted: Wanted) -> list[tuple[int, int]]:
        """The slots in which the words stand one after the other, by the places where."""
        stands_in = _stands_in(wanted)
        found = []
        for slot, shared in self._with_all(wanted).items():
            texts = zip((TITLE, LEAD, BODY), self.rows.get(slot, _EMPTY), strict=True)
            places = sum(place for place, text in texts if shared & place and stands_in(text))
            if places:
                found.append((slot, places))
        return _by_places(found)

    def _with_all(self, wanted: Wanted) -> dict[int, int]:
        """The slots that have all the words in the same texts, and in which of them."""
        shared: dict[int, int] | None = None
        for words in wanted:
            having: dict[int, int] = {}
            for word in words:
                for posting in self.of(word):
                    slot = posting >> BITS
                    if shared is None or slot in shared:
                        having[slot] = having.get(slot, 0) | posting & PLACES
            if shared is not None:
                having = {s: both for s, mine in having.items() if (both := mine & shared[s])}
            shared = having
        return shared or {}


def _texts_of(name: Name) -> list[tuple[str, str]]:
    """In their languages: the name, what else it is called, and its initials."""
    also = name.also.split(ALSO)
    names = (name.name_sv, name.name_en) if name.kind in _ORGANISATIONS else ()
    initials = {analysis.initials(text) for text in names} - KNOWN_WORDS
    return [
        (name.name_sv, "sv"),
        (name.name_en, "en"),
        *((text, "sv") for text in also),
        *((text, "sv") for text in sorted(initials)),
    ]


def _by_places(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """found: (slot, places)."""
    slots = defaultdict(list)
    for slot, places in found:
        slots[places].append(slot)
    return [(places, bits_from(mine)) for places, mine in slots.items()]


def _places(row: Row) -> dict[int, int]:
    """Where each word of a row stands."""
    title, lead, body = row
    places = dict.fromkeys(body, BODY)
    for text, place in ((lead, LEAD), (title, TITLE)):
        for word in set(text):
            places[word] = places.get(word, 0) | place
    places.pop(Lexicon.BREAK, None)
    return places


def _stands_in(wanted: Wanted) -> Callable[[array], bool]:
    """As `stand_together()`, quicker for many texts when the words have few forms."""
    pairs = list(islice(product(*wanted[:2]), _MOST_PAIRS + 1))
    if len(pairs) > _MOST_PAIRS:
        return partial(stand_together, wanted)
    # C finds two numbers in the bytes of a text far faster than Python goes from word to word.
    parts = [array("I", pair).tobytes() for pair in pairs]
    return lambda text: _have_one(parts, wanted, text)


def _have_one(parts: list[bytes], wanted: Wanted, text: array) -> bool:
    stored, size = text.tobytes(), text.itemsize
    for part in parts:
        at = stored.find(part)
        while at >= 0:
            # Looked at as words too: there may be more of them, and bytes of two look like one.
            first = at // size
            if stand_together(wanted, text[first : first + len(wanted)]):
                return True
            at = stored.find(part, at + 1)
    return False


def stand_together(wanted: Wanted, text: array) -> bool:
    """Whether the words stand one after the other in `text`."""
    first, *rest = wanted
    for at, word in enumerate(text, 1):
        if word in first and len(text) - at >= len(rest):
            following = text[at : at + len(rest)]
            if all(word in words for word, words in zip(following, rest, strict=True)):
                return True
    return False
