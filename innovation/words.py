"""The search index, in the memory of the process: which initiatives have the words of a query.

Initiatives are slots, small numbers. Of each it keeps the words of its title, lead and body in
order; names (of challenges, organisations …) are kept once, and the caller says who has them.
Nothing here knows of the database.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce
from itertools import compress, pairwise
from operator import and_, or_
from typing import NamedTuple

from innovation import analysis
from innovation.bitsets import slots_of
from innovation.corrections import Corrections
from innovation.hits import Hits, Name, Named, PartHits, tiered, with_most_of
from innovation.lexicon import Form
from innovation.postings import BODY, LEAD, PLACES, TITLE, Postings, stand_together
from innovation.synonyms import Synonyms
from innovation.word_families import FILLERS, STOP_WORDS

__all__ = ["Hits", "Name", "WordIndex"]

_WORTH = {TITLE: 10.0, LEAD: 3.0, BODY: 1.0}
# What a name is worth that only one initiative has; one that all have is worth next to nothing.
NAME_WORTH = {
    "driven_by": 8.0,
    "partner": 7.0,
    "technology": 6.0,
    "sector": 5.0,
    "challenge": 5.0,
    "category": 4.0,
    "goal": 3.0,
    "status": 2.0,
}
_OTHER_ROLE = {"driven_by": "partner", "partner": "driven_by"}
_SYNONYM, _TYPING_ERROR, _FILLER = 0.7, 0.5, 0.2
# Of a second place where the same word stands, this much is added.
_ALSO = 0.25
_TOGETHER = 0.5
_MOST_KEPT = 500
# A form that is so much worse than the best is only a part of another word.
_WHOLE = 0.55
# When fewer have all the words, those that have most of them are shown too.
_FEW = 3
_MIN_SYNONYM_IN_COMPOUNDS = 5

BitsOf = Callable[[str, str], int]


def _worths(of_place: dict[int, float]) -> list[float]:
    """What a word is worth, for each combination of places where it stands."""
    found = [[v for place, v in of_place.items() if places & place] for places in range(PLACES + 1)]
    return [max(values, default=0.0) * (1 - _ALSO) + sum(values) * _ALSO for values in found]


_ANYWHERE, _IN_TITLES = _worths(_WORTH), _worths({TITLE: _WORTH[TITLE]})


class _Scope(NamedTuple):
    """Where to look: who has a name, and whether only titles count."""

    bits_of: BitsOf
    only_titles: bool

    @property
    def worths(self) -> list[float]:
        return _IN_TITLES if self.only_titles else _ANYWHERE


class WordIndex:
    """One thread may change it while others search."""

    def __init__(self):
        # For what else is to be known of the words; only to be read.
        self.postings = Postings()
        self._lexicon = self.postings.lexicon
        self._corrections = Corrections(self._lexicon)
        self._synonyms = Synonyms(())
        self._kept: dict[tuple, tuple[int, PartHits | Hits]] = {}
        self._generation = 0
        # Which of equals come first; who has the index may know better what is new.
        self.newest_first: Callable[[int], Iterable[int]] = lambda bits: slots_of(bits)[::-1]
        # What a name is worth, by its kind.
        self.name_worth = NAME_WORTH

    @classmethod
    def build(cls, rows: Iterable[tuple[int, str, str, str]], names=(), synonyms=()) -> "WordIndex":
        """rows: (slot, title, lead, body), the texts as of `analysis.analysed()`; quickest when
        they come in the order of their slots.

        synonyms: groups of words that stand for each other, as "bok, böcker".
        """
        index = cls()
        index.set_names(names, synonyms)
        for row in rows:
            index.postings.put(*row)
        index._lexicon.sort()
        return index

    def replace(self, slot: int, title: str, lead: str, body: str) -> None:
        if self.postings.put(slot, title, lead, body):
            self._forget()

    def remove(self, slot: int) -> None:
        self.postings.remove(slot)
        self._forget()

    def set_names(self, names: Iterable[Name], synonyms: Iterable[str] = ()) -> None:
        self.postings.set_names(names)
        self._synonyms = Synonyms(synonyms)
        self._forget()

    def _forget(self) -> None:
        self._corrections.forget()
        self._generation += 1

    def search(
        self,
        query: str,
        bits_of: BitsOf,
        *,
        only_titles: bool = False,
        allowed: int | None = None,
    ) -> Hits:
        """The slots that have all that is asked for: words, phrases, and nothing after a minus.

        bits_of(kind, slug): the slots that have a name, as bits. Never fails, whatever is typed.
        When few have all the words, those that have most of them too. allowed: the slots that may
        be found, as bits; None for all.
        """
        asked = analysis.parse(query)
        if not asked.asks_for_something:
            return Hits()
        scope = _Scope(bits_of, only_titles)
        return self._kept_or_made(
            ("query", asked, allowed), scope, lambda: self._hits(asked, scope, allowed)
        )

    def names_like(self, query: str) -> list[Name]:
        """The names that have all the words of `query`, or their beginnings; best first."""
        found = [self._names_of(word) for word in analysis.parse(query).words]
        shared = set(found[0]).intersection(*found[1:]) if found else ()

        def rank(name: Name) -> tuple:
            return (-sum(qualities[name] for qualities in found), len(name.name_sv), name)

        return sorted(shared, key=rank)

    def _names_of(self, word: str) -> dict[Name, float]:
        forms = self._lexicon.meant(word)
        return self.postings.names_of(forms or self._corrected_forms(self._corrections.of(word)))

    # ── A whole query ─────────────────────────────────────────────────────────
    def _hits(self, asked: analysis.Query, scope: _Scope, allowed: int | None) -> Hits:
        allowed = self.postings.everyone if allowed is None else self.postings.everyone & allowed
        alone = [self._found(self._word, word, scope) for word in asked.words]
        words = self._with_spans(asked.words, [*alone], scope)
        phrases = [self._found(self._phrase, phrase, scope) for phrase in asked.phrases]
        unwanted = [
            *(self._found(self._same, word, scope) for word in asked.without_words),
            *(self._found(self._phrase, phrase, scope) for phrase in asked.without_phrases),
        ]
        for part in phrases:
            allowed &= part.bits
        for part in unwanted:
            allowed &= ~part.bits
        total = len(self.postings.rows)
        needed = _needed(asked.words, alone, words, allowed)
        telling = [*compress(words, needed)]
        strict = reduce(and_, (part.bits for part in telling), allowed)
        others = 0
        if len(telling) > 1 and strict.bit_count() < _FEW:
            others = with_most_of(telling, allowed, strict, total)
        # What people write around what they look for only decides between equals.
        pairs = zip(words, needed, strict=True)
        parts = [part if is_needed else part.weakened(_FILLER) for part, is_needed in pairs]
        parts += phrases
        told = [*telling, *phrases]
        return Hits(
            bits=strict | others,
            strict=strict,
            words=tuple(frozenset(self._lexicon.words[n] for n in p.forms) for p in told),
            names=tuple(part.names for part in told),
            corrected=_corrected([*compress(asked.words, needed)], telling, strict or others),
            based_on=tuple(named for part in [*parts, *unwanted] for named in part.based_on),
            parts=tuple(parts),
            total=total,
            newest_first=lambda bits: self.newest_first(bits),
            nearness=lambda slot: self._nearness(slot, parts),
        )

    def _nearness(self, slot: int, parts: list[PartHits]) -> float:
        """A factor for words that stand beside each other as they do in the query."""
        if len(parts) < 2:
            return 1.0
        title, lead = self.postings.rows.get(slot, ((), ()))[:2]
        pairs = 0
        for one, other in pairwise(parts):
            first, second = one.forms, other.forms
            pairs += _beside(first, second, title) or _beside(first, second, lead)
        return 1 + _TOGETHER * pairs / (len(parts) - 1)

    def _found(self, finding, part: str | tuple[str, ...], scope: _Scope) -> PartHits:
        return self._kept_or_made((finding.__name__, part), scope, lambda: finding(part, scope))

    def _kept_or_made(self, key: tuple, scope: _Scope, make):
        """What `make` gives, kept until it may be another: when what is indexed has changed, or
        who has the names that it is based on."""
        key = (*key, scope.only_titles)
        generation = self._generation
        kept_at, kept = self._kept.get(key, (None, None))
        if kept_at == generation and all(
            scope.bits_of(name.kind, name.slug) == bits for name, bits in kept.based_on
        ):
            return kept
        made = make()
        if len(self._kept) >= _MOST_KEPT:
            self._kept = {}
        self._kept[key] = (generation, made)
        return made

    # ── One word or phrase ────────────────────────────────────────────────────
    def _word(self, word: str, scope: _Scope) -> PartHits:
        synonyms = self._synonyms.of((word,))
        forms = self._meant(word)
        if not forms and not synonyms:
            return self._guessed(word, scope)
        hits = self._scored(forms, scope)
        sequences = [self._forms_of(words) for words in synonyms if len(words) > 1]
        if not sequences:
            return hits
        return hits.or_else(self._in_sequence(sequences, _SYNONYM, scope))

    def _meant(self, word: str) -> list[Form]:
        """All that a word may mean, and the single words that stand for it."""
        forms = [*self._lexicon.meant(word)]
        for other, *rest in self._synonyms.of((word,)):
            if not rest:
                # In compounds too: co2, koldioxid, koldioxidekvivalenter.
                is_long = len(other) >= _MIN_SYNONYM_IN_COMPOUNDS
                found = self._lexicon.meant(other) if is_long else self._lexicon.same(other)
                forms += _weakened(found, _SYNONYM)
        return forms

    def _guessed(self, word: str, scope: _Scope) -> PartHits:
        """For a word that is nowhere: what it may be a typing error of, or those that have both
        halves of a compound (skräpplockare: skräp and plockar)."""
        corrections = self._corrections.of(word)
        is_near = bool(corrections) and corrections[0][1] <= 1
        tried: tuple[Named, ...] = ()
        if not is_near and (halves := self._corrections.halves(word)):
            first, second = (self._scored(self._lexicon.same(half), scope) for half in halves)
            if both := first.and_also(second):
                return both
            tried = first.names + second.names
        hits = self._scored(self._corrected_forms(corrections), scope)
        corrected = tuple(
            (other, self._scored(self._lexicon.meant(other), scope).bits)
            for other, _ in corrections
        )
        return replace(hits, corrected=corrected, tried=tried)

    def _corrected_forms(self, corrections: list[tuple[str, float]]) -> list[Form]:
        best: dict[int, Form] = {}
        for other, far in corrections:
            # A letter that sounds the same is half an error, and no better than one.
            for form in _weakened(self._meant(other), _TYPING_ERROR / max(1, far)):
                if form.word not in best or best[form.word].quality < form.quality:
                    best[form.word] = form
        return list(best.values())

    def _phrase(self, words: tuple[str, ...], scope: _Scope) -> PartHits:
        return self._in_sequence([[self._lexicon.exact(word) for word in words]], 1.0, scope)

    def _same(self, word: str, scope: _Scope) -> PartHits:
        """For a word that is not wanted: in any form, but never in a compound and never by a
        typing error, since nobody sees what is left out."""
        forms = self._lexicon.same(word)
        found = [(1.0, bits) for form in forms for _, bits in self.postings.bits_of(form.word)]
        # Of names only the word itself: who leaves out "skola" keeps what Skolförvaltningen does.
        exact = self.postings.names_of(self._lexicon.exact(word))
        names = self._named(exact, scope)
        return PartHits(tiered(found + _tiers_of(names)), names=_only_names(names))

    def _with_spans(self, words, found: list[PartHits], scope: _Scope) -> list[PartHits]:
        """Words that mean something else together: what is written apart and is one word
        ("skol gård"), and synonyms of several words ("sakernas internet": iot)."""
        for length in (2, 3):
            for first in range(len(words) - length + 1):
                span = words[first : first + length]
                sequences = [self._forms_of(other) for other in self._synonyms.of(span)]
                sequences += [[forms] for forms in self._written_as_one(span)]
                if sequences:
                    together = self._in_sequence(sequences, 1.0, scope)
                    for at in range(first, first + length):
                        found[at] = found[at].or_else(together)
        return found

    def _written_as_one(self, words: tuple[str, ...]) -> list[list[Form]]:
        first, rest = words[0], "".join(words[1:])
        beginnings = dict.fromkeys([first, f"{first}s", first[:-1]])
        found = (self._lexicon.same(beginning + rest) for beginning in beginnings)
        return [forms for forms in found if forms]

    def _forms_of(self, words: tuple[str, ...]) -> list[list[Form]]:
        return [self._lexicon.same(word) for word in words]

    # ── What it is worth ──────────────────────────────────────────────────────
    def _scored(self, forms: list[Form], scope: _Scope) -> PartHits:
        found = [
            (form.quality * scope.worths[places], bits)
            for form in forms
            for places, bits in self.postings.bits_of(form.word)
            if scope.worths[places]
        ]
        names = self._named(self.postings.names_of(forms), scope)
        # The best forms are the word itself, or what was taken for it; a name says it in any form.
        least = _WHOLE * max((form.quality for form in forms), default=0.0)
        itself = (form.word for form in forms if form.quality >= least)
        whole = _union(
            bits
            for word in itself
            for places, bits in self.postings.bits_of(word)
            if scope.worths[places]
        )
        whole |= _union(named.bits for _, named in names)
        words = frozenset(form.word for form in forms)
        return PartHits(tiered(found + _tiers_of(names)), words, _only_names(names), whole)

    def _in_sequence(self, sequences: list[list[list[Form]]], quality: float, scope) -> PartHits:
        """Those that have one of the sequences of forms, one after the other."""
        found, forms, names = [], set(), []
        for sequence in sequences:
            wanted = [{form.word for form in one} for one in sequence]
            # "of" of "internet of things" says nothing where it stands alone.
            forms.update(*(filter(self._are_telling, wanted)))
            with_all = self.postings.names_with(wanted)
            names += self._named({n: share * quality for n, share in with_all.items()}, scope)
            found += [
                (quality * scope.worths[places], bits)
                for places, bits in self.postings.bits_with(wanted)
                if scope.worths[places]
            ]
        tiers = tiered(found + _tiers_of(names))
        return PartHits(tiers, frozenset(forms), _only_names(names), _union(b for _, b in tiers))

    def _are_telling(self, words: set[int]) -> bool:
        return any(self._lexicon.words[number] not in STOP_WORDS for number in words)

    def _named(self, qualities: dict[Name, float], scope: _Scope) -> list[tuple[float, Named]]:
        """What each name is worth, and who has it; the best first."""
        if scope.only_titles:
            return []
        total = max(1, len(self.postings.rows))
        worths = []
        for name, quality in qualities.items():
            bits = scope.bits_of(name.kind, name.slug)
            # Of an organisation all that it has to do with: who is looked for by name is found
            # first where it drives.
            having = bits | scope.bits_of(_OTHER_ROLE.get(name.kind, name.kind), name.slug)
            rarity = math.log(1 + total / max(1, having.bit_count())) / math.log(1 + total)
            worths.append((quality * rarity * self.name_worth[name.kind], Named(name, bits)))
        return sorted(worths, reverse=True)


def _needed(
    typed: tuple[str, ...], alone: list[PartHits], words: list[PartHits], allowed: int
) -> list[bool]:
    """For each word whether it must be there: all but what people write around what they look
    for, unless nothing else is found. alone: what each found outside of spans."""
    needed = [
        word not in FILLERS or part is not single  # of "smart city" it is no filler
        for word, part, single in zip(typed, words, alone, strict=True)
    ]
    is_found = any(part.bits & allowed for part in compress(words, needed))
    return needed if is_found else [True] * len(words)


def _union(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def _tiers_of(names: list[tuple[float, Named]]) -> list[tuple[float, int]]:
    return [(worth, named.bits) for worth, named in names]


def _only_names(names: list[tuple[float, Named]]) -> tuple[Named, ...]:
    return tuple(named for _, named in names)


def _beside(first: frozenset[int], second: frozenset[int], text) -> bool:
    # In C first: few texts have both.
    has_both = not first.isdisjoint(text) and not second.isdisjoint(text)
    return has_both and stand_together([first, second], text)


def _corrected(typed: list[str], words: list[PartHits], found: int) -> str | None:
    """The words as they were searched for, if any was taken for another that was found."""
    others = [
        next((other for other, bits in part.corrected if bits & found), None) for part in words
    ]
    if not any(others):
        return None
    return " ".join(other or word for word, other in zip(typed, others, strict=True))


def _weakened(forms: list[Form], factor: float) -> list[Form]:
    return [Form(form.word, form.quality * factor) for form in forms]
