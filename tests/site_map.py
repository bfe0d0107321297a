"""Every address of the site with something to fetch it with: what drives the tests in the browser
and of the markup. An address without a row here fails `tests/test_site_map.py`."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation

LANGUAGES = ("sv", "en")
FULL = "full"  # the slug of the rows of `tests/full_site.py`
CALENDAR_TOKEN = "calendar" * 4  # of its programme

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


def _in_edition(name: str) -> Address:
    return Address(f"expo:{name}-detail", {"edition": FULL, "slug": FULL})


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
# ── The editions of the expo, their areas, venues, hosts, themes and events ──
PAGES += [
    Address("expo:expo-list"),
    Address("expo:expo-detail", {"edition": FULL}),
    Address("expo:area-list", {"edition": FULL}),
    _in_edition("area"),
    _in_edition("venue"),
    Address("expo:host-list", {"edition": FULL}),
    _in_edition("host"),
    _in_edition("theme"),
    _in_edition("event"),
]
# ── The programme of an edition, and one day of it ──
PAGES += [
    Address("expo:occasion-list", {"edition": FULL}),
    Address("expo:day-detail", {"edition": FULL, "day": "2022-06-01"}),
]
# ── Programmes without an account; the secrets are those of tests/expo/full_programme.py ──
SECRETS = {name: name[0] * 32 for name in ("edit", "share", "calendar")}
PAGES += [
    Address("expo:programme-detail"),
    Address("expo:programme-open", {"token": SECRETS["edit"]}),
    Address("expo:programme-shared", {"token": SECRETS["share"]}),
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
MACHINES += [Address("expo:expo-suggestions", {"edition": FULL})]
# ── The programme as files ──
MACHINES += [
    Address("expo:list-calendar", {"edition": FULL}),
    Address("expo:list-table", {"edition": FULL}),
    Address("expo:changes", {"edition": FULL}),
    Address("expo:schedule-xml", {"edition": FULL}),
    Address("expo:schedule-json", {"edition": FULL}),
    Address("expo:schedule-day-xml", {"edition": FULL, "day": "2022-06-01"}),
    Address("expo:schedule-day-json", {"edition": FULL, "day": "2022-06-01"}),
    Address("expo:host-calendar", {"edition": FULL, "slug": FULL}),
    Address("expo:area-calendar", {"edition": FULL, "slug": FULL}),
    Address("expo:event-calendar", {"edition": FULL, "slug": FULL}),
    Address("expo:personal-calendar", {"token": CALENDAR_TOKEN}),
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
# ── Programmes: files by a link, a file by the cookie, and what is only pressed ──
MACHINES += [
    Address("expo:programme-worker"),
    Address("expo:programme-shared-file", {"token": SECRETS["share"]}),
    Address("expo:programme-qr", {"token": SECRETS["share"]}),
]
WITH_COOKIE = [Address("expo:programme-file")]
DEEDS = [
    Address(f"expo:programme-{deed}")
    for deed in (
        "choose", "swap", "item", "seen", "new", "switch", "rename", "delete", "forget", "share",
        "take-back", "new-calendar", "mail", "use", "copy",
    )
]  # fmt: skip
READ_ONLY = PAGES + MACHINES + OLD + WITH_COOKIE
ALL = READ_ONLY + DEEDS

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
# ── The programme in its other shapes ──
STATES += [
    ("timetable", "expo:occasion-list", {"edition": FULL}, "?view=timetable"),
    ("programme's map", "expo:occasion-list", {"edition": FULL}, "?view=map"),
    (
        "programme with chips and faults",
        "expo:occasion-list",
        {"edition": FULL},
        "?area=nowhere&time=morning&age=x&seats=10&from=2022-06-01&access=nothing&drop_in=1",
    ),
    ("programme without hits", "expo:occasion-list", {"edition": FULL}, "?q=xyzzy"),
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
