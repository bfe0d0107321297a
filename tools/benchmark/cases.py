"""The addresses that are measured, made of what the catalogue holds.

Each kind gives different addresses, so that none was asked before since the last change.
"""

from collections.abc import Callable
from random import Random
from urllib.parse import urlencode

PER_PAGE = 24
# As many as a round asks for at most.
ADDRESSES = 300
LISTS = ("/sv/initiativ/", "/en/initiatives/")
SORTS = ("updated", "newest", "title", "progress", "budget")
MOST_PAGES = 40


def lists(material: dict, chance: Random) -> list[str]:
    pages = min(MOST_PAGES, max(1, material["total"] // PER_PAGE))
    wanted = [
        (path, {"page": page, "sort": sort})
        for path in LISTS
        for page in range(1, pages + 1)
        for sort in SORTS
    ]
    return _chosen(wanted, chance)


def one_filter(material: dict, chance: Random) -> list[str]:
    pairs = {
        (key, slug)
        for sample in material["initiatives"]
        for key, slugs in sample["facets"].items()
        for slug in slugs
    }
    return _chosen([(path, [pair]) for path in LISTS for pair in sorted(pairs)], chance)


def three_filters(material: dict, chance: Random) -> list[str]:
    """Each is of one initiative, so that something is found."""
    wanted = set()
    for sample in material["initiatives"] * 3:
        facets = sample["facets"]
        if len(facets) >= 3:
            keys = chance.sample(sorted(facets), 3)
            wanted.add(tuple((key, chance.choice(facets[key])) for key in keys))
    return _chosen([(chance.choice(LISTS), pairs) for pairs in sorted(wanted)], chance)


def common_word(material: dict, chance: Random) -> list[str]:
    wanted = [
        (path, {"q": word, "page": page})
        for word in material["common"][:80]
        for path in LISTS
        for page in (1, 2)
    ]
    return _chosen(wanted, chance)


def rare_word(material: dict, chance: Random) -> list[str]:
    return _chosen([(LISTS[0], {"q": word}) for word in material["rare"]], chance)


def two_words(material: dict, chance: Random) -> list[str]:
    pairs = {tuple(s["words"]) for s in material["initiatives"] if len(s["words"]) == 2}
    asked = [" ".join(pair) for pair in sorted(pairs)]
    return _chosen([(path, {"q": words}) for path in LISTS for words in asked], chance)


def word_and_filter(material: dict, chance: Random) -> list[str]:
    wanted = set()
    for sample in material["initiatives"] * 2:
        facets = sample["facets"]
        if sample["words"] and facets:
            key = chance.choice(sorted(facets))
            word = chance.choice(sample["words"])
            wanted.add((("q", word), (key, chance.choice(facets[key]))))
    return _chosen([(chance.choice(LISTS), pairs) for pairs in sorted(wanted)], chance)


def details(material: dict, chance: Random) -> list[str]:
    slugs = [sample["slug"] for sample in material["initiatives"]]
    return _chosen([(f"{path}{slug}/", {}) for path in LISTS for slug in slugs], chance)


def expo_days(material: dict, chance: Random) -> list[str]:
    """A day of the invented expo, as a list and as a timetable."""
    views = ({}, {"view": "timetable"})
    return _chosen([(path, view) for path in material["expo_days"] for view in views], chance)


KINDS: dict[str, Callable[[dict, Random], list[str]]] = {
    "list": lists,
    "filter": one_filter,
    "three filters": three_filters,
    "search, common word": common_word,
    "search, rare word": rare_word,
    "search, two words": two_words,
    "search + filter": word_and_filter,
    "detail": details,
    "expo day": expo_days,
}
# Lists that are asked for in another order too: with a chance of its own for each round, so that
# nobody has asked for most of them before.
NEW_KINDS, MOST_NEW = ("filter", "three filters"), 150
START = "/sv/"
LIST = LISTS[0]


def search(word: str) -> str:
    return _address(LIST, {"q": word})


def addresses(material: dict, chance: Random) -> dict[str, list[str]]:
    """For each kind, different addresses in an order of chance."""
    return {kind: make(material, chance) for kind, make in KINDS.items()}


def new_addresses(material: dict, chance: Random) -> dict[str, list[str]]:
    """For each of NEW_KINDS, addresses that differ from round to round."""
    return {
        kind: [
            f"{address}&sort={chance.choice(SORTS[1:])}"
            for address in KINDS[kind](material, chance)[:MOST_NEW]
        ]
        for kind in NEW_KINDS
    }


def _chosen(wanted: list[tuple], chance: Random) -> list[str]:
    chance.shuffle(wanted)
    return [_address(path, query) for path, query in wanted[:ADDRESSES]]


def _address(path: str, query: dict | list) -> str:
    return f"{path}?{urlencode(query)}" if query else path
