"""2 000 hostile and random query strings on the lists and on the search, by seeds: an answer every
time, nothing unescaped, nothing large, and little kept."""

import random
from functools import partial
from urllib.parse import quote, quote_from_bytes

import pytest

from innovation import query_keys
from innovation.filters import FACETS, InitiativeFilter
from innovation.page_cache import Shelf
from tests.builders import (
    make_challenge,
    make_initiative,
    make_organisation,
    make_sector,
)
from tests.visitor import Answer, ask, wsgi

pytestmark = pytest.mark.django_db

SEEDS, EACH = range(4), 500
LIST, SUGGESTIONS = "/sv/initiativ/", "/sv/sokforslag/"
# These read nothing of it: one page each, whatever is asked.
OTHER_LISTS = ["/sv/", "/sv/utmaningar/", "/sv/organisationer/", "/sv/plattformar/", "/sv/expo/"]
IN_ENGLISH = ["/en/initiatives/", "/en/suggestions/"]
MOST_KEPT, MOST_SENT = 400_000, 60_000

# Values that carry it must not bring it into a page as it is.
MARKUP, QUOTES = "<zq>", '" onzq="'
ATOMS = [
    MARKUP,
    QUOTES,
    f"</script>{MARKUP}",
    f"'{QUOTES}`{MARKUP}",
    "{{ 7*7 }}{% now 'Y' %}",
    "\x00",
    "\x01\x02\x03\x1b\x7f",
    "\x02title\x03",
    "\u202e\u200d\u200b\ufeff",
    "\r\nSet-Cookie: a=b",
    "' OR 1=1;--",
    "%s%d%(x)s{0}{x}",
    "../../etc/passwd",
    '"' * 30,
    "\"'" * 20,
    '"buss "cykel" "',
    "-" * 40,
    "-buss -cykel",
    "- - -",
    "AND OR NOT NEAR/3 (buss | cykel)*",
    "buss:cykel^2~",
    "buss*",
    "å" * 50,
    "e\u0301" * 50,
    "ﬁ ß İ ı ſ Ǆ",
    "🧑🏽‍🚀🧑🏽‍🚀",
    "漢字 العربية",
    "٣",
    "²",
    "-1",
    "0",
    "1e9",
    "99999999999999999999",
    "1_000",
    "0x10",
    "NaN",
    "true",
    "relevance",
    "title",
    "table",
    "a" * 199,
    "lugna bussen",
    "\U0010ffff",
]
# What no text can be: as it stands in the address.
BYTES = ["%", "%zz", "%C3%28", "%FF%FE", "%ED%A0%80", "%ED%B0%80", "%F8%88%80%80%80", "\xff\xfe"]
OTHER_KEYS = ["sort", "view", "unfold", "page", "_", "utm_source", "q[]", "", MARKUP]
KEYS = [*InitiativeFilter.base_filters, *OTHER_KEYS]


def hostile_query(chance: random.Random) -> str:
    kind = chance.randrange(60)
    if kind == 0:
        return chance.choice(["q=", "sector=", "page="]) + value(chance) * 3000
    if kind == 1:
        return "&".join([f"{chance.choice(KEYS)}={value(chance)}"] * 10_000)[:200_000]
    if kind == 2:
        return "&".join(f"sector=x{number}&partner=y{number}" for number in range(5000))
    if kind == 3:
        return "".join(chance.choices("&=;?#%+q", k=chance.randint(1, 3000)))
    if kind == 4:
        return "q=" + quote_from_bytes(chance.randbytes(chance.randint(1, 300)))
    pairs = [f"{quote(chance.choice(KEYS))}={value(chance)}" for _ in range(chance.randint(1, 6))]
    return "&".join(pairs)


def value(chance: random.Random) -> str:
    kind = chance.randrange(8)
    if kind == 0:
        return chance.choice(BYTES)
    if kind == 1:
        characters = (chr(chance.randrange(0x20, 0x3000)) for _ in range(chance.randint(1, 20)))
        return quote("".join(characters))
    return quote("".join(chance.choices(ATOMS, k=chance.choice([1, 1, 1, 2, 5]))))


def faults(answer: Answer) -> list[str]:
    text = answer.text
    return [
        name
        for name, is_so in {
            f"status {answer.status}": answer.status != 200,
            "markup": MARKUP in text or QUOTES in text,
            "control characters": not {*"\x00\x01\x02\x03\x1b"}.isdisjoint(text),
            f"{len(text)} characters": len(text) > MOST_SENT,
            "a header": "set-cookie" in answer.headers,
        }.items()
        if is_so
    ]


visit = partial(ask, wsgi.application)


@pytest.fixture(autouse=True)
def rows():
    make_initiative(
        title_sv="Lugna bussen",
        challenge=make_challenge(),
        sectors=[make_sector()],
        partners=[make_organisation()],
    )
    make_initiative(title_sv="Lånecykeln", start_year=2020, estimated_budget_sek=100)


@pytest.fixture(autouse=True)
def shelf(monkeypatch) -> Shelf:
    query_keys.canonical_query.cache_clear()
    monkeypatch.setattr(wsgi.application, "pages", Shelf(MOST_KEPT))
    return wsgi.application.pages


@pytest.mark.parametrize("seed", SEEDS)
def test_hostile_query_is_answered_in_few_words_and_never_unescaped(seed, shelf):
    chance = random.Random(seed)
    found = {}
    for number in range(EACH):
        query = hostile_query(chance)
        for path in (LIST, SUGGESTIONS, *OTHER_LISTS, IN_ENGLISH[number % 2]):
            if wrong := faults(visit(f"{path}?{query}")):
                found[f"{path}?{query[:300]}"] = wrong

    assert found == {}
    assert shelf.size <= MOST_KEPT
    kept = query_keys.canonical_query.cache_info()
    assert kept.currsize <= kept.maxsize <= 1000


def test_hostile_query_is_answered_where_nothing_is_kept_too():
    chance, found = random.Random(99), {}
    for number in range(100):
        query = hostile_query(chance)
        for path in (LIST, SUGGESTIONS, OTHER_LISTS[number % len(OTHER_LISTS)]):
            for target in ("", "results"):
                answer = ask(wsgi.application.application, f"{path}?{query}", HX_Target=target)
                # Django refuses thousands of parameters.
                if (wrong := faults(answer)) and answer.status != 400:
                    found[f"{path}?{query[:300]}", target] = wrong

    assert found == {}


def test_faults_would_be_seen():
    page = f"<p>{MARKUP}\x02</p>" + "x" * MOST_SENT

    found = faults(Answer(500, {"set-cookie": "a=b"}, page.encode()))

    assert len(found) == 5


def test_search_that_holds_markup_is_told_escaped():
    text = visit(f"{LIST}?q={quote(MARKUP + QUOTES)}").text

    assert "&lt;zq&gt;" in text


def test_chosen_values_of_every_facet_at_once_give_no_large_page():
    partners = [make_organisation(slug=f"partner-of-the-city-{number}") for number in range(100)]
    make_initiative(partners=partners)
    chosen = "&".join(f"partner={row.slug}&driven_by={row.slug}" for row in partners)
    unknown = "&".join(f"{key}=unknown-{number}" for key in FACETS for number in range(30))

    of_known = len(visit(f"{LIST}?{chosen}").body)
    of_unknown = len(visit(f"{LIST}?{unknown}").body)
    without = len(visit(LIST).body)

    assert of_unknown - without < 30_000
    assert of_known - without < 150_000


def test_flood_of_searches_is_bounded_in_bytes(shelf):
    for number in range(100):
        visit(f"{LIST}?q={number}{'x' * 150}", Accept_Encoding="br")

    assert 0 < shelf.size <= MOST_KEPT
