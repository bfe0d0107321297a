"""Writes what a synthetic initiative says, in Swedish and in English."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from innovation.synthetic import words
from innovation.synthetic.chance import Zipf, rotated, whole
from innovation.synthetic.words import Pair, Theme

# How many sentences there are in each text: from, to.
LENGTHS = {"title": (1, 1), "lead": (2, 2), "what": (3, 4), "why": (3, 4), "how": (3, 4)}
LESSONS = {"lessons_learned": (2, 3)}
# This share of the compounds has three parts, and so is rare.
LONG_ONES = 1 / 8


@dataclass(frozen=True)
class Text:
    """What one initiative says. `parts` and `goals` hold Swedish and English: {"title": Pair}."""

    theme: str
    place: str
    parts: dict[str, Pair]
    goals: list[Pair]


class Writer:
    """Draws words by Zipf, each theme with its own favourites."""

    def __init__(self):
        themes, heads, groups = words.themes(), words.heads(), words.groups()
        self.theme_names = [theme.name for theme in themes]
        self._themes = Zipf(themes)
        self._modifiers = {theme.name: Zipf(theme.modifiers) for theme in themes}
        self._heads, self._groups = {}, {}
        for number, name in enumerate(self.theme_names):
            self._heads[name] = Zipf(rotated(heads, number * 11))
            self._groups[name] = Zipf(rotated(groups, number * 3))
        self._adjectives = Zipf(words.adjectives())
        self._comparatives = Zipf(words.comparatives())
        self._verbs = Zipf(words.verbs())
        self._places = Zipf(words.places())
        self._sentences = _sentences()

    def write(self, chance: Random, *, with_lessons: bool) -> Text:
        theme = self._themes.one(chance)
        place, where = self._places.one(chance)
        thing = words.described(*self._compound(chance, theme), self._adjectives.one(chance))
        others = [words.thing(*self._compound(chance, theme)) for _ in range(2)]

        def said(name: str, count: int) -> Pair:
            slots = self._slots(chance, theme, thing, chance.choice(others), where)
            return self._said(chance, name, count, slots)

        lengths = LENGTHS | (LESSONS if with_lessons else {})
        parts = {name: said(name, whole(chance, *span)) for name, span in lengths.items()}
        goals = [said("goal", 1) for _ in range(min(whole(chance, 0, 3), whole(chance, 0, 3)))]
        return Text(theme.name, place, parts, goals)

    def _compound(self, chance: Random, theme: Theme) -> tuple[Pair, tuple[str, ...]]:
        # A third of the words come from another theme: people don't think in departments.
        theme = theme if chance.random() < 2 / 3 else self._themes.one(chance)
        modifier = self._modifiers[theme.name].one(chance)
        if chance.random() < LONG_ONES:
            second = chance.choice(theme.modifiers)
            if second is not modifier:
                modifier = Pair(modifier.sv + second.sv, f"{modifier.en} {second.en}")
        return modifier, self._heads[theme.name].one(chance)

    def _slots(self, chance: Random, theme: Theme, x: Pair, y: Pair, where: Pair) -> Pair:
        """What the letters in the sentences stand for, in both languages."""
        groups, verbs = self._groups[theme.name], self._verbs
        some = others = groups.one(chance)
        while others is some:
            others = groups.one(chance)
        pairs = {
            "x": x,
            "y": y,
            "g": some,
            "h": others,
            "v": verbs.one(chance),
            "w": verbs.one(chance),
            "c": self._comparatives.one(chance),
            "p": where,
        }
        numbers = {
            "n": whole(chance, 2, 12),
            "m": whole(chance, 2, 18),
            "k": whole(chance, 5, 80),
            "t": whole(chance, 2, 40) * 25,
        }
        return Pair(
            {letter: pair.sv for letter, pair in pairs.items()} | numbers,
            {letter: pair.en for letter, pair in pairs.items()} | numbers,
        )

    def _said(self, chance: Random, name: str, count: int, slots: Pair) -> Pair:
        patterns = chance.sample(self._sentences[name], count)
        return Pair(
            " ".join(_capital(pattern.sv.format_map(slots.sv)) for pattern in patterns),
            " ".join(_capital(pattern.en.format_map(slots.en)) for pattern in patterns),
        )


def _sentences() -> dict[str, list[Pair]]:
    found = defaultdict(list)
    for name, swedish, english in words.read("sentences"):
        found[name].append(Pair(swedish, english))
    return found


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
