import pytest

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
from tests.list_html import page_of


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


@pytest.fixture
def swedish_page(client):
    """The HTML of the list with a query string, in Swedish."""
    return lambda query="", **headers: page_of(client, f"/sv/initiativ/?{query}", **headers)
