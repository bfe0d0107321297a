"""`find()`, the filters and a count by hand say the same, whatever is chosen; pages and orders
hold together."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.db.models import F
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation import catalogue
from innovation.catalogue import Choices
from innovation.choices import Visibility
from innovation.filters import InitiativeFilter
from innovation.models import Initiative
from innovation.swedish_order import sort_key
from tests.builders import (
    make_category,
    make_challenge,
    make_global_goal,
    make_initiative,
    make_organisation,
    make_sector,
    make_status,
    make_technology,
)

pytestmark = pytest.mark.django_db

INFERABLE = ["status", "category", "sectors", "driven_by", "partners", "global_goals"]
INFERABLE += ["start_year"]
TITLES = ["Åker", "Buss", "Ängsblomma", "Örat"]
NOTHING = "no-such-thing"


# ── A catalogue by chance ─────────────────────────────────────────────────────
def make_many(chance: random.Random, count: int = 40) -> dict[str, list[str]]:
    """`count` initiatives linked by chance; gives the values of each key of the address."""
    hidden = {"visibility": Visibility.DRAFT}
    organisations = [make_organisation() for _ in range(4)] + [make_organisation(**hidden)]
    rows = {
        "status": [make_status(slug) for slug in ("idea", "pilot", "cancelled")],
        "challenge": [*(make_challenge() for _ in range(3)), make_challenge(**hidden)],
        "category": [make_category() for _ in range(3)],
        "sector": [make_sector() for _ in range(3)],
        "technology": [make_technology() for _ in range(3)],
        "goal": [make_global_goal(number) for number in (1, 4, 11)],
        "driven_by": organisations,
        "partner": organisations,
    }

    def some(key):
        return chance.sample(rows[key], chance.randint(0, 2))

    for number in range(count):
        make_initiative(
            title_sv=f"{chance.choice(TITLES)} {number}",
            status=chance.choice(rows["status"]),
            challenge=chance.choice([None, *rows["challenge"]]),
            category=chance.choice([None, *rows["category"]]),
            sectors=some("sector"),
            technologies=some("technology"),
            global_goals=some("goal"),
            driven_by=chance.choice([None, *organisations]),
            participants=some("driven_by"),
            partners=some("driven_by"),
            estimated_budget_sek=chance.choice([None, 0, 100, 200]),
            start_year=chance.choice([None, 2020, 2021]),
            open_for_schools=chance.random() < 0.4,
            is_example=chance.random() < 0.15,
            internal=chance.random() < 0.1,
            inferred_fields=chance.sample(INFERABLE, chance.randint(0, 3)),
        )
    return {key: [row.slug for row in values] for key, values in rows.items()}


def addresses(values: dict[str, list[str]]) -> st.SearchStrategy[QueryDict]:
    """What may stand in an address: a few keys, so that something is found, with values known
    and unknown."""
    facets = {
        key: st.lists(st.sampled_from([*slugs, NOTHING]), min_size=1, max_size=3)
        for key, slugs in values.items()
    }
    others = {
        "q": ["buss", "å", "äng 1", "finns inte", "Förvaltning"],
        "budget_min": ["0", "100", "-1", "many"],
        "budget_max": ["100", "150", "0"],
        "year": ["2020", "2021", "22"],
        "open_for_schools": ["1", "0"],
        "examples": ["1"],
        "sort": [*catalogue.SORTS, "nonsense"],
    }
    single = {key: st.sampled_from(some).map(lambda one: [one]) for key, some in others.items()}
    lists = facets | single
    keys = st.lists(st.sampled_from(sorted(lists)), max_size=4, unique=True)
    chosen = keys.flatmap(lambda some: st.fixed_dictionaries({key: lists[key] for key in some}))
    return st.tuples(chosen, st.booleans()).map(lambda pair: as_query(*pair))


def as_query(lists: dict[str, list[str]], is_stated: bool) -> QueryDict:
    query = QueryDict("stated=1" if is_stated else "", mutable=True)
    for key, chosen in lists.items():
        query.setlist(key, chosen)
    return query


Rule = Callable[[QueryDict, list["Fact"]], None]


def hold(rule: Rule, count: int) -> None:
    """`rule` holds for `count` addresses in a catalogue by chance, the same ones every time."""
    values = make_many(random.Random(22))
    known = facts()
    examples = settings(max_examples=count, deadline=None, derandomize=True, database=None)
    examples(given(addresses(values))(lambda address: rule(address, known)))()


# ── By hand ───────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Fact:
    """What is known of one visible initiative, in plain Python."""

    row: Initiative
    values: dict[str, set]
    concluded: set[str]


# Of each facet: the fields that have its values, and the one that is marked as concluded.
FIELDS = {
    "status": ["status"],
    "challenge": ["challenge"],
    "category": ["category"],
    "driven_by": ["driven_by"],
    "sector": ["sectors"],
    "technology": ["technologies"],
    "goal": ["global_goals"],
    "partner": ["partners", "participants"],
}


def facts() -> list[Fact]:
    rows = Initiative.objects.all()
    return [fact_of(row) for row in rows if row.is_published and not row.internal]


def fact_of(row: Initiative) -> Fact:
    def linked(field: str) -> list:
        value = getattr(row, field)
        found = list(value.all()) if hasattr(value, "all") else [value] if value else []
        return [one for one in found if getattr(one, "is_published", True)]

    values = {key: {one.slug for f in names for one in linked(f)} for key, names in FIELDS.items()}
    values["year"] = {row.start_year} - {None}
    fields = {key: names[0] for key, names in FIELDS.items()} | {"year": "start_year"}
    concluded = {key for key, field in fields.items() if field in row.inferred_fields}
    return Fact(row, values, concluded)


def fits(fact: Fact, choices: Choices, searched: set[int]) -> bool:
    row, budget = fact.row, fact.row.estimated_budget_sek
    return all(
        (
            choices.examples or not row.is_example,
            not choices.q or row.pk in searched,
            choices.year is None or row.start_year == choices.year,
            choices.year is None or not choices.stated or "year" not in fact.concluded,
            row.open_for_schools or not choices.open_for_schools,
            choices.budget_min is None or (budget is not None and budget >= choices.budget_min),
            choices.budget_max is None or (budget is not None and budget <= choices.budget_max),
            *(
                fact.values[key] & {*slugs} and not (choices.stated and key in fact.concluded)
                for key, slugs in choices.facets.items()
            ),
        )
    )


def fitting(known: list[Fact], choices: Choices) -> list[Fact]:
    found = catalogue.matching_ids(choices.q, examples=choices.examples) if choices.q else ()
    searched = set(found)
    return [fact for fact in known if fits(fact, choices, searched)]


def counted(known: list[Fact], choices: Choices) -> dict[str, dict]:
    """The counts beside the options, made by choosing each of them in turn."""

    def total(**chosen) -> int:
        return len(fitting(known, replace(choices, **chosen)))

    def of_facet(key: str) -> dict[str, int]:
        had = {slug for fact in known for slug in fact.values[key]}
        return {slug: total(facets={**choices.facets, key: (slug,)}) for slug in had}

    years = {fact.row.start_year for fact in known} - {None}
    return {
        **{key: of_facet(key) for key in FIELDS},
        "year": {year: total(year=year) for year in years},
        "open_for_schools": {True: total(open_for_schools=True)},
    }


def concluded(known: list[Fact], choices: Choices) -> dict[str, tuple[int, int]]:
    found = fitting(known, choices)
    valued = {key: [f for f in found if f.values[key]] for key in [*FIELDS, "year"]}
    return {
        key: (sum(key in fact.concluded for fact in some), len(some))
        for key, some in valued.items()
    }


# ── The same in three ways ────────────────────────────────────────────────────
def test_find_equals_the_filterset_and_each_initiative_tried_by_hand():
    sizes = set()

    def rule(address, known):
        filterset = InitiativeFilter(address, queryset=Initiative.objects.visible())
        choices = filterset.choices

        found = set(every_key(choices))

        assert found == set(filterset.qs.values_list("pk", flat=True))
        assert found == {fact.row.pk for fact in fitting(known, choices)}
        sizes.add(len(found))

    hold(rule, count=120)

    assert len(sizes) > 10  # the choices did narrow, each in its own way


def test_count_of_every_option_is_what_choosing_it_would_give():
    def rule(address, known):
        choices = InitiativeFilter.read(address).choices

        found = catalogue.find(choices)

        assert found.counts == counted(known, choices)
        assert found.concluded == concluded(known, choices)

    hold(rule, count=100)


DROPPED = {
    "q": {"q": ""},
    "year": {"year": None},
    "open_for_schools": {"open_for_schools": False},
    "budget": {"budget_min": None, "budget_max": None},
    "stated": {"stated": False},
}


def test_relief_gives_what_dropping_the_choice_gives():
    named = set()

    def rule(address, known):
        choices = InitiativeFilter.read(address).choices

        for relief in catalogue.reliefs(choices):
            others = {key: slugs for key, slugs in choices.facets.items() if key != relief.key}
            left = replace(choices, **DROPPED.get(relief.key, {"facets": others}))
            if relief.is_kept:
                left = only(relief.key, choices)
            assert relief.total == len(fitting(known, left)) > 0
            named.add((relief.key, relief.is_kept))

    hold(rule, count=400)

    assert named >= {(key, False) for key in (*DROPPED, "sector", "category")}
    assert {key for key, is_kept in named if is_kept} >= {"budget", "year", "goal"}


def only(key: str, choices: Choices) -> Choices:
    """The choices without all but one."""
    names = [*DROPPED.get(key, ())]
    return Choices(
        facets={key: choices.facets[key]} if key in choices.facets else {},
        examples=choices.examples,
        **{name: getattr(choices, name) for name in names},
    )


ORDERS = {
    "updated": [F("updated_at").desc(), "-pk"],
    "newest": [F("published_at").desc(nulls_last=True), "-pk"],
    "progress": [F("progress_percent").desc(nulls_last=True), "-pk"],
    "budget": [F("estimated_budget_sek").desc(nulls_last=True), "-pk"],
}


@pytest.mark.parametrize("sort", ORDERS)
def test_order_is_that_of_the_database(sort):
    make_many(random.Random(5))

    found = every_key(Choices(sort=sort, examples=True))

    assert found == list(
        Initiative.objects.visible().order_by(*ORDERS[sort]).values_list("pk", flat=True)
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_order_of_titles_is_that_of_the_language_read(language):
    make_many(random.Random(5))

    found = every_key(Choices(sort="title", examples=True), language)

    titles = dict(Initiative.objects.values_list("pk", f"title_{language}"))
    assert found == sorted(found, key=lambda pk: (sort_key(titles[pk]), pk))


def test_order_of_a_search_is_that_of_the_search():
    make_many(random.Random(5))

    found = every_key(Choices(q="buss", sort="relevance", examples=True))

    assert found == catalogue.matching_ids("buss", examples=True)
    assert len(found) > 5


def every_key(choices: Choices, language: str = "sv") -> list[int]:
    """The keys on all pages, in order."""
    pages = catalogue.find(choices, language=language).pages
    each = [
        catalogue.find(replace(choices, page=page), language=language)
        for page in range(1, pages + 1)
    ]
    keys = [pk for page in each for pk in page.ids]
    assert len(keys) == len(set(keys)) == each[0].total
    return keys


@pytest.mark.parametrize("sort", catalogue.SORTS)
def test_pages_together_hold_each_initiative_once_in_every_order(sort):
    made = {make_initiative().pk for _ in range(catalogue.PAGE_SIZE + 2)}

    assert set(every_key(Choices(sort=sort))) == made


def test_titles_are_sorted_as_a_swede_does():
    for title in ("Örat", "Zebra", "Ängen", "Apa", "Åker", "aber"):
        make_initiative(title_sv=title)

    found = catalogue.find(Choices(sort="title"))

    assert [row.title_sv for row in found.initiatives] == [
        "aber", "Apa", "Zebra", "Åker", "Ängen", "Örat",
    ]  # fmt: skip


def test_unknown_budget_and_progress_come_last():
    unknown = make_initiative(status=make_status("not-stated"), estimated_budget_sek=None)
    nothing = make_initiative(status=make_status("idea"), estimated_budget_sek=0)

    for sort in ("budget", "progress"):
        assert catalogue.find(Choices(sort=sort)).initiatives == [nothing, unknown]


def test_search_puts_a_word_in_the_title_before_one_in_the_text():
    in_text = make_initiative(title_sv="Annat", what_sv="<p>En livboj.</p>")
    in_title = make_initiative(title_sv="Livbojen")

    found = catalogue.find(Choices(q="livboj", sort="relevance"))

    assert found.initiatives == [in_title, in_text]


@pytest.mark.parametrize("page", [0, -3, 2, 10**6])
def test_page_that_does_not_exist_gives_the_nearest(page):
    only = make_initiative()

    found = catalogue.find(Choices(page=page))

    assert (found.initiatives, found.page, found.first, found.last) == ([only], 1, 1, 1)


def test_find_of_nothing_is_one_empty_page():
    found = catalogue.find(Choices())

    assert (found.initiatives, found.total, found.page, found.pages) == ([], 0, 1, 1)
    assert (found.first, found.last) == (0, 0)


def test_stated_leaves_out_only_what_was_concluded_for_the_keys_chosen():
    category = make_category(slug="klimat")
    concluded = make_initiative(category=category, inferred_fields=["category"])
    stated = make_initiative(category=category, inferred_fields=["status"])
    choices = {"facets": {"category": ("klimat",)}}

    assert set(catalogue.find(Choices(**choices)).initiatives) == {concluded, stated}
    assert catalogue.find(Choices(**choices, stated=True)).initiatives == [stated]
    assert catalogue.find(Choices(stated=True)).total == 2


def test_invented_examples_decide_nothing_about_what_a_search_means():
    make_initiative(title_sv="Drake mot matsvinn", is_example=True)
    real = make_initiative(title_sv="Matsvinn i skolan")

    found = catalogue.find(Choices(q="drake matsvinn", sort="relevance"))

    assert (found.ids, found.hits.strict) == ([real.pk], 0)


def test_filterset_knows_what_was_renamed_and_limits_the_wrong_way_round():
    sector = make_sector(slug="vard")
    wanted = make_initiative(sectors=[sector], estimated_budget_sek=150)
    make_initiative(estimated_budget_sek=150)
    make_initiative(sectors=[sector], estimated_budget_sek=300)
    sector.slug = "halsa"
    sector.save()
    query = QueryDict("sector=vard&budget_min=200&budget_max=100")

    asked = InitiativeFilter.read(query)

    assert asked.query() == "sector=halsa&budget_min=100&budget_max=200"
    assert catalogue.find(asked.choices).ids == [wanted.pk]
    assert list(InitiativeFilter(query, queryset=Initiative.objects.visible()).qs) == [wanted]
