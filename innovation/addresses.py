"""The words of the addresses, in both languages.

They live in code and not in the translation files: an address must not move because a
catalogue of translations was not compiled.
"""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

# The English word is the key; a word that isn't here is the same in both languages.
SWEDISH = {
    "initiatives": "initiativ",
    "challenges": "utmaningar",
    "categories": "kategorier",
    "sectors": "sektorer",
    "technologies": "teknik",
    "global-goals": "globala-mal",
    "organisations": "organisationer",
    "platforms": "plattformar",
    "suggestions": "sokforslag",
}


def translate_route(route: str) -> str:
    """`initiatives/<slug:slug>/` in the language that is active now."""
    if not (get_language() or "sv").startswith("sv"):
        return route
    return "/".join(SWEDISH.get(word, word) for word in route.split("/"))


_lazy_route = lazy(translate_route, str)


def address(route: str, view, name: str):
    """Like `path()`, for a route written in English that also answers to its Swedish words."""
    return path(_lazy_route(route), view, name=name)
