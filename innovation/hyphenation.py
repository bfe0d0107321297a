"""Soft hyphens in long words, since many browsers know no Swedish hyphenation.

A heading in large type must not push a phone's page wide, and "Innovationsdatabas" must not be
cut anywhere.
"""

import re
from functools import lru_cache

import pyphen

SHORTEST = 12  # letters; shorter words fit on a line of large type
_LEFT, _RIGHT = 4, 4
_DICTIONARIES = {"sv": "sv", "en": "en_GB"}
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


@lru_cache(maxsize=4096)
def soften(text: str, lang: str) -> str:
    """`text` with soft hyphens (U+00AD) in words of at least SHORTEST letters."""
    hyphens = _dictionary(lang)
    return _WORD.sub(lambda word: hyphens.inserted(word[0], "\u00ad"), text)


@lru_cache
def _dictionary(lang: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_DICTIONARIES[lang], left=_LEFT, right=_RIGHT)
