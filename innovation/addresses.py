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
    "programme": "program",
    "days": "dagar",
    "areas": "omraden",
    "venues": "platser",
    "hosts": "vardar",
    "themes": "teman",
    "events": "programpunkter",
    "my-programme": "mitt-program",
    "calendar": "kalender",
    "choose": "valj",
    "swap": "byt",
    "item": "punkt",
    "seen": "sett",
    "new": "nytt",
    "switch": "visa",
    "rename": "byt-namn",
    "delete": "radera",
    "forget": "glom",
    "share": "dela",
    "take-back": "ta-tillbaka",
    "mail": "skicka",
    "new-calendar": "ny-kalender",
    "use": "anvand",
    "copy": "kopiera",
    "shared": "delat",
    "programme.pdf": "program.pdf",
    "programme.ics": "program.ics",
    "programme.csv": "program.csv",
    "changes.atom": "andringar.atom",
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
