"""The start page."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from innovation.choices import Visibility
from innovation.models import Initiative
from tests.builders import (
    make_category,
    make_challenge,
    make_initiative,
    make_organisation,
    make_status,
)

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 1, 31, 12, tzinfo=UTC)
HIDDEN = [
    {"internal": True},
    {"visibility": Visibility.DRAFT},
    {"visibility": Visibility.WITHDRAWN},
    {"is_example": True},
]


def cards_of(client) -> list[str]:
    """The slugs of the cards, in order."""
    html = client.get("/sv/").content.decode()
    return re.findall(r'<h3 class="card-title"><a href="/sv/initiativ/([^/]+)/">', html)


def changed(days_ago: int, **fields) -> Initiative:
    row = make_initiative(**fields)
    Initiative.objects.filter(pk=row.pk).update(updated_at=TODAY - timedelta(days=days_ago))
    return row


def test_latest_changed_stand_first_and_are_six(client):
    rows = [changed(days) for days in (3, 1, 7, 2, 6, 4, 5)]

    assert cards_of(client) == [rows[at].slug for at in (1, 3, 0, 5, 6, 4)]


def test_those_changed_at_once_stand_in_the_order_that_they_were_made(client):
    rows = [changed(1) for _ in range(8)]

    assert cards_of(client) == [row.slug for row in rows[:6]]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_initiative_is_on_no_card_and_in_no_number(client, hidden):
    shared = {
        "challenge": make_challenge(),
        "category": make_category(),
        "status": make_status(),
        "driven_by": None,
    }
    make_initiative(**shared, **hidden)

    start = client.get("/sv/").context

    assert start["total"] == start["organisations"] == 0
    assert start["latest"] == ""
    assert start["statuses"] == start["categories"] == start["challenges"] == []


def test_initiative_that_is_withdrawn_leaves_the_page(client):
    row = make_initiative()
    before = cards_of(client)

    row.visibility = Visibility.WITHDRAWN
    row.save()

    assert (before, cards_of(client)) == ([row.slug], [])


@pytest.mark.parametrize("hidden", [{"visibility": Visibility.DRAFT}, {"is_example": True}])
def test_challenge_that_is_hidden_or_invented_is_not_asked(client, hidden):
    make_initiative(challenge=make_challenge(**hidden))

    assert client.get("/sv/").context["challenges"] == []


def test_largest_category_stands_first_then_by_name(client):
    small, equal, large = (make_category(name_sv=name) for name in ("B", "A", "C"))
    for category in (small, equal, large, large):
        make_initiative(category=category)

    found = client.get("/sv/").context["categories"]

    assert [(one.row, one.total) for one in found] == [(large, 2), (equal, 1), (small, 1)]


def test_name_that_changes_changes_on_the_page(client):
    owner, category = make_organisation(), make_category()
    make_initiative(driven_by=owner, category=category)
    client.get("/sv/")

    owner.name_sv, category.name_sv = "Annan ägare", "Annat ämne"
    owner.save()
    category.save()

    html = client.get("/sv/").content.decode()
    assert '<p class="card-owner">Annan ägare</p>' in html
    assert html.count("Annat ämne") == 2  # on the card, and by subject
