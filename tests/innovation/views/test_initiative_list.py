"""The catalogue's address: what each key does, and what it bears."""

import pytest

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


@pytest.fixture
def rows():
    """Three initiatives that differ in everything: "a", "b" and "c"."""
    made = {}
    statuses = ("idea", "pilot", "realised")
    for number, (letter, status) in enumerate(zip("abc", statuses, strict=True)):
        made[letter] = make_initiative(
            slug=letter,
            title_sv=("Åker", "Ängen", "Öster")[number],
            title_en=("Zebra", "Yak", "Xerox")[number],
            status=make_status(status),
            category=make_category(slug=f"kategori-{letter}"),
            challenge=make_challenge(slug=f"utmaning-{letter}"),
            sectors=[make_sector(slug=f"sektor-{letter}")],
            technologies=[make_technology(slug=f"teknik-{letter}")],
            global_goals=[make_global_goal(number + 1)],
            driven_by=make_organisation(slug=f"agare-{letter}"),
            partners=[make_organisation(slug=f"partner-{letter}")],
            participants=[make_organisation(slug=f"med-{letter}")],
            estimated_budget_sek=100 * (number + 1),
            start_year=2020 + number,
            open_for_schools=letter == "a",
            inferred_fields=["status"] if letter == "b" else [],
        )
    return made


def slugs(client, query: str) -> list[str]:
    response = client.get(f"/sv/initiativ/?{query}")
    assert response.status_code == 200
    return [row.slug for row in response.context["found"].initiatives]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abc"),
        ("status=idea", "a"),
        ("status=idea&status=pilot", "ab"),
        ("status=idea&category=kategori-b", ""),
        ("category=kategori-b", "b"),
        ("challenge=utmaning-c", "c"),
        ("sector=sektor-a&sector=sektor-c", "ac"),
        ("technology=teknik-b", "b"),
        ("goal=1&goal=3", "ac"),
        ("driven_by=agare-b", "b"),
        ("partner=partner-a&partner=med-c", "ac"),
        ("budget_min=200", "bc"),
        ("budget_max=200", "ab"),
        ("budget_min=150&budget_max=250", "b"),
        ("year=2021", "b"),
        ("open_for_schools=1", "a"),
        ("status=pilot&stated=1", ""),
        ("category=kategori-b&stated=1", "b"),
        ("q=ängen", "b"),
        ("q=ÄNGEN", "b"),
        ("q=zebra", "a"),
        ("q=finnsinte", ""),
        ("status=finns-inte", "abc"),
        ("status=idea&status=finns-inte", "a"),
    ],
)
def test_initiative_list_narrows_as_its_address_says(client, rows, query, found):
    assert sorted(slugs(client, query)) == list(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=title", ["a", "b", "c"]),
        ("sort=progress", ["c", "b", "a"]),
        ("sort=budget", ["c", "b", "a"]),
        ("sort=updated", ["c", "b", "a"]),
        ("sort=nonsense", ["c", "b", "a"]),
    ],
)
def test_initiative_list_sorts(client, rows, query, found):
    assert slugs(client, query) == found


def test_initiative_list_sorts_titles_in_the_readers_language(client, rows):
    response = client.get("/en/initiatives/?sort=title")

    assert [row.slug for row in response.context["found"].initiatives] == ["c", "b", "a"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=idea&status=pilot",
        "sector=sektor-a&category=kategori-a",
        "partner=med-b&stated=1",
        "q=ä&budget_min=100",
        "examples=1",
        "status=pilot&stated=1",
    ],
)
def test_find_equals_the_filterset(rf, rows, query):
    make_initiative(is_example=True)
    request = rf.get(f"/?{query}")
    filterset = InitiativeFilter(request.GET, queryset=Initiative.objects.visible())

    found = catalogue.find(filterset.choices)

    assert {row.pk for row in found.initiatives} == set(filterset.qs.values_list("pk", flat=True))
    assert found.total == filterset.qs.distinct().count()


def test_unknown_value_is_a_chip_that_can_be_removed(client, rows):
    response = client.get("/sv/initiativ/?status=idea&status=luftslott")

    chips = response.context["chosen"]

    assert [(chip.text, chip.rest, chip.is_unknown) for chip in chips] == [
        ("Status: Idé utforskas", "status=luftslott", False),
        ("Status: ”luftslott” finns inte", "status=idea", True),
    ]


def test_page_past_the_end_gives_the_last(client):
    for _ in range(catalogue.PAGE_SIZE + 1):
        make_initiative()

    found = client.get("/sv/initiativ/?page=99").context["found"]

    assert (found.page, found.pages, len(found.initiatives)) == (2, 2, 1)
    assert (found.first, found.last) == (catalogue.PAGE_SIZE + 1, catalogue.PAGE_SIZE + 1)


# Input, and the sentence shown (None: nothing special, the list as it is).
BAD_NUMBERS = [
    ("budget_min=-1", "Ensure this value is greater than or equal to 0"),
    ("budget_max=1000000000000000", "less than or equal to 1000000000000"),
    ("budget_min=mycket", "number"),
    ("year=22", "greater than or equal to 1900"),
]


@pytest.mark.parametrize(("query", "sentence"), BAD_NUMBERS)
def test_number_that_cannot_be_is_explained_beside_its_field(client, rows, query, sentence):
    response = client.get(f"/en/initiatives/?{query}&status=idea")
    html = response.content.decode()

    assert response.status_code == 200
    assert [row.slug for row in response.context["found"].initiatives] == ["a"]
    assert sentence.lower() in html[html.index('class="field-error"') :][:200].lower()


HOSTILE = [
    "q=%00",
    "q=%ED%A0%80",
    "q=" + "x" * 100_000,
    "q=%22%22%22%27%27(((",
    "q=<script>alert(1)</script>",
    "q=%F0%9F%92%A5",
    "q=%E2%80%AE%D7%A9",
    "q=' OR 1=1 --",
    "q=" + "%20".join(["a"] * 500),
    "status=%00&category=%ED%A0%80",
    "status=<script>alert(1)</script>",
    "&".join(f"status=s{number}" for number in range(10_000)),
    "&".join(["sector=sektor-a"] * 10_000),
    "page=0&page=-1",
    "page=999999999999999999999999",
    "page=%C2%B2",
    "sort[]=title&view[]=table",
    "budget_min=1e400&budget_max=NaN&year=Infinity",
    "year=2021.5",
    "examples=maybe&stated=%00",
    "view=../../etc/passwd",
    "=&&&==",
    "%",
]


@pytest.mark.parametrize(
    "path", ["/sv/initiativ/", "/en/", "/sv/utmaningar/", "/sv/organisationer/"]
)
@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:30])
def test_hostile_query_is_answered_and_never_unescaped(client, rows, path, query):
    response = client.get(f"{path}?{query}")

    # More parameters than any page has are refused (400), with a page that says so.
    assert response.status_code == (400 if query.count("&") > 5000 else 200)
    assert b"<script>alert" not in response.content
