"""What a page reads of the query in its address, and the one way to write that.

A view says what it reads with `@reads(…)`. Django never sees anything else, so that neither a
campaign's mark nor a hostile visitor makes two pages of one.
"""

from functools import lru_cache
from itertools import groupby
from urllib.parse import unquote_plus, urlencode

from django.conf import settings
from django.urls import Resolver404, get_resolver
from django.utils import translation

from innovation.filters import MAX_SEARCH_LENGTH, MAX_VALUES_PER_KEY

MAX_QUERY, MAX_PAIRS = 8000, 300
_MAX_PATH = 200


def reads(*keys: str):
    """Says of a view which keys of the query it reads."""

    def marked(view):
        view.reads = frozenset(keys)
        return view

    return marked


def query_of(path: str, query: str) -> str:
    """What the page at `path`, in WSGI's disguise, reads of `query`, as `canonical_query()`."""
    return canonical_query(query[:MAX_QUERY], keys_of(settings.ROOT_URLCONF, path[: _MAX_PATH + 1]))


@lru_cache(maxsize=512)
def keys_of(urls: str, path: str) -> frozenset[str]:
    """What the view of an address reads; nothing where there is none, or none that says so."""
    if len(path) > _MAX_PATH:
        return frozenset()
    # Without its last slash it leads to the page, and keeps what that reads.
    path = path if path.endswith("/") else f"{path}/"
    with translation.override(translation.get_language_from_path(path)):
        try:
            match = get_resolver(urls).resolve(path)
        except Resolver404:
            return frozenset()
    return getattr(match.func, "reads", frozenset())


@lru_cache(maxsize=512)
def canonical_query(query: str, keys: frozenset[str]) -> str:
    """The same for every query that means the same: known keys in order, each value once, nothing
    empty, nothing that no page can hold. At most MAX_QUERY characters are given."""
    if not keys or not query:
        return ""
    if not query.isascii():  # bytes that were not escaped, in WSGI's disguise
        query = query.encode("latin-1", "replace").decode("utf-8", "replace")
    pairs = set()
    for part in query.split("&")[:MAX_PAIRS]:
        key, _, value = part.partition("=")
        if key in keys and (value := unquote_plus(value).strip()):
            pairs.add((key, value[:MAX_SEARCH_LENGTH]))
    by_key = groupby(sorted(pairs), key=lambda pair: pair[0])
    return urlencode([pair for _, group in by_key for pair in [*group][:MAX_VALUES_PER_KEY]])
