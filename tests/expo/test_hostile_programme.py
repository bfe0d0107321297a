"""2 000 hostile and random query strings on the programme, by seeds: an answer every time, nothing
unescaped, nothing large, and little kept."""

import random
from functools import partial
from urllib.parse import quote

import pytest

from expo.filters import Asked
from innovation import query_keys
from innovation.page_cache import Shelf
from tests.builders import make_organisation
from tests.expo.builders import make_event, make_expo, make_occasion
from tests.innovation.test_hostile_queries import MARKUP, QUOTES, faults, value
from tests.visitor import ask, wsgi

pytestmark = pytest.mark.django_db

SEEDS, EACH = range(4), 500
LIST, DAY = "/sv/expo/massan/program/", "/sv/expo/massan/dagar/2022-06-01/"
SUGGESTIONS = "/sv/expo/massan/sokforslag/"
MOST_KEPT = 400_000
# Values that some key knows, so that a hostile one stands beside them.
KNOWN = ["2022-06-01", "morning", "unknown", "session", "timetable", "map", "1", "7", "25"]
ODD = ["2022-13-45", "0000-00-00", "9999-12-31", "2022-W22-3", "20220601", "1" * 40, "-0", "+5"]
KEYS = [*Asked.keys, "page"]
OTHER_KEYS = ["sort", "_", "q[]", "", MARKUP]


def hostile_query(chance: random.Random) -> str:
    kind = chance.randrange(40)
    if kind == 0:
        return f"{chance.choice(KEYS)}=" + value(chance) * 3000
    if kind == 1:
        return "&".join([f"{chance.choice(KEYS)}={value(chance)}"] * 10_000)[:200_000]
    if kind == 2:
        return "&".join(f"area=x{number}&day=2022-06-{number}" for number in range(5000))
    pairs = [f"{quote(a_key(chance))}={a_value(chance)}" for _ in range(chance.randint(1, 6))]
    return "&".join(pairs)


def a_key(chance: random.Random) -> str:
    return chance.choice([*KEYS, *KEYS, *OTHER_KEYS])


def a_value(chance: random.Random) -> str:
    if chance.randrange(3):
        return value(chance)
    return quote(chance.choice([*KNOWN, *ODD]))


visit = partial(ask, wsgi.application)


@pytest.fixture(autouse=True)
def rows():
    event = make_event(expo=make_expo(slug="massan"), title_sv="Lugna bussen")
    make_occasion(event=event)
    make_occasion(event=event, starts_at=None)


@pytest.fixture(autouse=True)
def shelf(monkeypatch) -> Shelf:
    query_keys.canonical_query.cache_clear()
    monkeypatch.setattr(wsgi.application, "pages", Shelf(MOST_KEPT))
    return wsgi.application.pages


@pytest.mark.parametrize("seed", SEEDS)
def test_hostile_query_is_answered_in_few_words_and_never_unescaped(seed, shelf):
    chance = random.Random(seed)
    found = {}
    for _ in range(EACH):
        query = hostile_query(chance)
        for path in (LIST, DAY, SUGGESTIONS):
            if wrong := faults(visit(f"{path}?{query}")):
                found[f"{path}?{query[:300]}"] = wrong

    assert found == {}
    assert shelf.size <= MOST_KEPT


def test_hostile_query_is_answered_where_nothing_is_kept_too():
    chance, found = random.Random(99), {}
    for _ in range(100):
        query = hostile_query(chance)
        for path in (LIST, DAY, SUGGESTIONS):
            answer = ask(wsgi.application.application, f"{path}?{query}", HX_Target="results")
            # Django refuses thousands of parameters.
            if (wrong := faults(answer)) and answer.status != 400:
                found[f"{path}?{query[:300]}"] = wrong

    assert found == {}


@pytest.mark.parametrize("key", ["q", "area", "day", "from", "age", "seats"])
def test_value_that_holds_markup_is_told_escaped(key):
    text = visit(f"{LIST}?{key}={quote(MARKUP + QUOTES)}").text

    assert "&lt;zq&gt;" in text
    assert MARKUP not in text


def test_chosen_values_of_every_kind_at_once_give_no_large_page():
    hosts = [make_organisation(slug=f"host-of-the-city-{number}") for number in range(60)]
    event = make_event(expo=make_expo(slug="stora-massan"), hosts=hosts)
    make_occasion(event=event)
    path = "/sv/expo/stora-massan/program/"
    days = [f"2022-06-{day:02}" for day in range(1, 31)]
    chosen = "&".join([*(f"host={row.slug}" for row in hosts), *(f"day={day}" for day in days)])

    chosen_at_once, without = visit(f"{path}?{chosen}"), visit(path)

    assert chosen_at_once.status == without.status == 200
    assert len(chosen_at_once.body) - len(without.body) < 150_000
