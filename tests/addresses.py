"""Every public address, from the URL configuration itself: none can be forgotten in a test."""

from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

# Pages for editors have tests of their own.
LEFT_OUT = ("admin",)


def view_names(resolver=None, namespace: str = "") -> list[str]:
    """The names of all addresses, such as "innovation:initiative-list", each once."""
    names = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name, so no test can find it"
            names.append(f"{namespace}{entry.name}")
        elif entry.namespace not in LEFT_OUT:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            names += view_names(entry, inner)
    return list(dict.fromkeys(names))


def addresses(arguments: dict[str, list[dict]]) -> list[str]:
    """All addresses in all languages. arguments: by name, a dict for each wanted address.

    Raises KeyError for an address with arguments that nobody gave an example of.
    """
    found = []
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            for name in view_names():
                found += [reverse(name, kwargs=given) for given in arguments[name]]
    return list(dict.fromkeys(found))
