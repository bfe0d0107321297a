"""Words that stand for each other, which editors keep."""

from collections import defaultdict
from collections.abc import Iterable

from innovation import analysis

LONGEST = 3  # words


def members(group: str) -> list[tuple[str, ...]]:
    """The members of "bok, böcker, sakernas internet", each as its words."""
    parts = (tuple(analysis.tokens(part)) for part in group.split(","))
    return list(dict.fromkeys(part for part in parts if 0 < len(part) <= LONGEST))


class Synonyms:
    """Looked up by the stems of a word, so that every form of it is known."""

    def __init__(self, groups: Iterable[str]):
        self._others: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for group in groups:
            known = members(group)
            for member in known:
                others = [other for other in known if other != member]
                for key in _keys(member):
                    self._others[key] += others

    def of(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = {other: None for key in _keys(words) for other in self._others.get(key, ())}
        return list(found)


def _keys(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {tuple(analysis.stem(word, language) for word in words) for language in ("sv", "en")}
