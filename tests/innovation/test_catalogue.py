"""`find()` and the filters say the same, whatever is chosen; pages and orders hold together."""

import random
from dataclasses import replace

import pytest
from django.http import QueryDict

from innovation import catalogue
from innovation.filters import InitiativeFilter
from innovation.models import Initiative
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

KINDS_OF_CHOICES = 150
INFERABLE = ["status", "category", "sectors", "driven_by", "partners", "global_goals"]


def make_many(chance: random.Random, count: int = 40) -> dict[str, list[str]]:
    """`count` initiatives linked by chance; gives the values of each key of the address."""
    statuses = [make_status(slug) for slug in ("idea", "pilot", "cancelled")]
    organisations = [make_organisation() for _ in range(4)]
    rows = {
        "status": statuses,
        "challenge": [make_challenge() for _ in range(3)],
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
            title_sv=f"{chance.choice(['Åker', 'Buss', 'Ängsblomma', 'Örat'])} {number}",
            status=chance.choice(statuses),
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


def any_address(chance: random.Random, values: dict[str, list[str]]) -> QueryDict:
    """One to three keys with one to three values, now and then an unknown one."""
    address = QueryDict(mutable=True)
    for key in chance.sample(list(values), chance.randint(0, 3)):
        chosen = chance.sample([*values[key], "no-such-thing"], chance.randint(1, 3))
        address.setlist(key, chosen)
    for key, choices in {
        "q": ["buss", "å", "äng 1", "finns inte"],
        "budget_min": ["0", "100", "-1", "many"],
        "budget_max": ["100", "150"],
        "year": ["2020", "2021", "22"],
        "open_for_schools": ["1", "0"],
        "stated": ["1", ""],
        "examples": ["1"],
    }.items():
        if chance.random() < 0.2:
            address[key] = chance.choice(choices)
    return address


def test_find_equals_the_filterset_over_many_choices():
    chance = random.Random(22)
    values = make_many(chance)
    addresses = [any_address(chance, values) for _ in range(KINDS_OF_CHOICES)]

    different, sizes = {}, set()
    for address in addresses:
        filterset = InitiativeFilter(address, queryset=Initiative.objects.visible())
        found = every_page(filterset.choices)
        filtered = set(filterset.qs.values_list("pk", flat=True))
        sizes.add(len(filtered))
        if found != filtered:
            different[address.urlencode()] = (len(found), len(filtered))

    assert different == {}
    assert len(sizes) > 10  # the choices did narrow, each in its own way


def every_page(choices: catalogue.Choices) -> set[int]:
    first = catalogue.find(choices)
    pages = [catalogue.find(replace(choices, page=page + 1)) for page in range(first.pages)]
    rows = [row.pk for page in pages for row in page.initiatives]
    assert len(rows) == len(set(rows)) == first.total
    return set(rows)


@pytest.mark.parametrize("sort", catalogue.SORTS)
def test_pages_together_hold_each_initiative_once_in_every_order(sort):
    made = {make_initiative().pk for _ in range(catalogue.PAGE_SIZE + 2)}

    assert every_page(catalogue.Choices(sort=sort)) == made


def test_titles_are_sorted_as_a_swede_does():
    for title in ("Örat", "Zebra", "Ängen", "Apa", "Åker", "aber"):
        make_initiative(title_sv=title)

    found = catalogue.find(catalogue.Choices(sort="title"))

    assert [row.title_sv for row in found.initiatives] == [
        "aber", "Apa", "Zebra", "Åker", "Ängen", "Örat",
    ]  # fmt: skip


def test_unknown_budget_and_progress_come_last():
    unknown = make_initiative(status=make_status("not-stated"), estimated_budget_sek=None)
    nothing = make_initiative(status=make_status("idea"), estimated_budget_sek=0)

    for sort in ("budget", "progress"):
        assert catalogue.find(catalogue.Choices(sort=sort)).initiatives == [nothing, unknown]


def test_search_puts_a_word_in_the_title_before_one_in_the_text():
    in_text = make_initiative(title_sv="Annat", what_sv="<p>En livboj.</p>")
    in_title = make_initiative(title_sv="Livbojen")

    found = catalogue.find(catalogue.Choices(q="livboj", sort="relevance"))

    assert found.initiatives == [in_title, in_text]


@pytest.mark.parametrize("page", [0, -3, 2, 10**6])
def test_page_that_does_not_exist_gives_the_nearest(page):
    only = make_initiative()

    found = catalogue.find(catalogue.Choices(page=page))

    assert (found.initiatives, found.page, found.first, found.last) == ([only], 1, 1, 1)


def test_find_of_nothing_is_one_empty_page():
    found = catalogue.find(catalogue.Choices())

    assert (found.initiatives, found.total, found.page, found.pages) == ([], 0, 1, 1)
    assert (found.first, found.last) == (0, 0)


def test_stated_leaves_out_only_what_was_concluded_for_the_keys_chosen():
    category = make_category(slug="klimat")
    concluded = make_initiative(category=category, inferred_fields=["category"])
    stated = make_initiative(category=category, inferred_fields=["status"])
    choices = {"facets": {"category": ("klimat",)}}

    assert set(catalogue.find(catalogue.Choices(**choices)).initiatives) == {concluded, stated}
    assert catalogue.find(catalogue.Choices(**choices, stated=True)).initiatives == [stated]
    assert catalogue.find(catalogue.Choices(stated=True)).total == 2
