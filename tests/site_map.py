"""Every address of the site with something to fetch it with: what drives the tests in the browser
and of the markup. An address without a row here fails `tests/test_site_map.py`."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation

LANGUAGES = ("sv", "en")
FULL = "full"  # the slug of the rows of `tests/full_site.py`

COVER = {
    "version": 1,
    "kind": "initiative",
    "band": "climate",
    "light": "dawn",
    "motifs": "-",
    "size": "card",
    "slug": FULL,
}


@dataclass(frozen=True)
class Address:
    """`kwargs` fill in the pattern called `name`."""

    name: str
    kwargs: dict = field(default_factory=dict)

    def path(self, language: str = "sv") -> str:
        with translation.override(language):
            return reverse(self.name, kwargs=self.kwargs)


def _detail(name: str, slug: str = FULL) -> Address:
    return Address(f"innovation:{name}-detail", {"slug": slug})


# What people read, in two languages.
PAGES = [
    Address("innovation:start"),
    Address("innovation:initiative-list"),
    _detail("initiative"),
    Address("innovation:challenge-list"),
    _detail("challenge"),
    Address("innovation:organisation-list"),
    _detail("organisation"),
    Address("innovation:platform-list"),
    _detail("platform"),
    _detail("category"),
    _detail("sector"),
    _detail("technology"),
    _detail("global-goal", "4"),
]
# The lists and the start page, which stand in an empty catalogue too.
WITHOUT_ROWS = [address for address in PAGES if not address.kwargs]
MACHINES = [
    Address("healthz"),
    Address("readyz"),
    Address("robots"),
    Address("sitemap"),
    Address("security"),
    Address("favicon"),
    Address("media", {"path": f"pictures/{'0' * 32}/kaj.png"}),
    Address("cover", COVER),
    Address("innovation:suggestions"),
]
OLD = [
    Address("old-initiatives-sv"),
    Address("old-initiatives-en"),
    Address("old-challenges-sv"),
    Address("old-initiative-sv", {"slug": "old-full"}),
    Address("old-initiative-en", {"slug": "old-full"}),
    Address("old-challenge-sv", {"slug": "old-full"}),
    Address("old-challenge-en", {"slug": "old-full"}),
]
ALL = PAGES + MACHINES + OLD

# Pages whose content makes another page of them: (name, path without the language's part).
STATES = [
    ("initiative with only a lead", "innovation:initiative-detail", {"slug": "lead-only"}, ""),
    ("cancelled initiative", "innovation:initiative-detail", {"slug": "cancelled"}, ""),
    ("invented initiative", "innovation:initiative-detail", {"slug": "example"}, ""),
    ("list", "innovation:initiative-list", {}, "?view=list&examples=1"),
    ("table", "innovation:initiative-list", {}, "?view=table&sort=budget"),
    (
        "list with chips and faults",
        "innovation:initiative-list",
        {},
        "?q=initiativ&status=pilot&status=nowhere&budget_min=-1&year=x&stated=1",
    ),
    ("list without hits", "innovation:initiative-list", {}, "?q=xyzzy"),
]


def state_path(state, language: str) -> str:
    _, name, kwargs, query = state
    return Address(name, kwargs).path(language) + query


def by_name(address: Address) -> str:
    """For the `ids` of parametrised tests."""
    return address.name.removeprefix("innovation:")


def body(response) -> bytes:
    """All that was sent. Reading a stream to its end also closes the file behind it.

    Not `response.close()`: on PostgreSQL that ends the connection of the test's transaction.
    """
    return b"".join(response.streaming_content) if response.streaming else response.content
