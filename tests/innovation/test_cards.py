"""The cards that lists show are made once, and anew when what they show has changed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from innovation import cards, snapshot
from innovation.choices import Visibility
from innovation.kept import Latest
from innovation.models import Category, Initiative
from tests.builders import make_category, make_initiative, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def swedish():
    with translation.override("sv"):
        yield


def shown(*initiatives, shape: str = "cards", excerpts=None) -> str:
    snap = snapshot.current()
    slots = [snap.slot_of[row.pk] for row in initiatives if row.pk in snap.slot_of]
    rows = [snap.rows[slot] for slot in slots]
    return cards.items(rows, shape=shape, language="sv", snap=snap, excerpts=excerpts).decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<h[23] class="card-title"><a href="[^"]+">(.*?)</a>', html)


def test_cards_come_in_the_order_asked_for():
    first, second = make_initiative(title_sv="Ett"), make_initiative(title_sv="Två")

    assert titles(shown(second, first)) == ["Två", "Ett"]


def test_cards_are_fetched_with_one_query_and_then_with_none():
    rows = [make_initiative() for _ in range(3)]
    shown(*rows[:1])

    with CaptureQueriesContext(connection) as first:
        shown(*rows)
    with CaptureQueriesContext(connection) as second:
        shown(*rows)

    assert (len(first), len(second)) == (1, 0)


@pytest.mark.parametrize(("shape", "heading"), [("cards", "h2"), ("small_cards", "h3")])
def test_heading_of_a_card_is_by_where_it_stands(shape, heading):
    html = shown(make_initiative(title_sv="Ett"), shape=shape)

    assert f'<{heading} class="card-title">' in html


@pytest.mark.parametrize(
    "hidden",
    [{"internal": True}, {"visibility": Visibility.DRAFT}, {"visibility": Visibility.WITHDRAWN}],
)
def test_initiative_that_was_hidden_since_has_no_card(hidden):
    """The snapshot that the caller holds is of a moment ago."""
    initiative, other = make_initiative(title_sv="Dold"), make_initiative(title_sv="Kvar")
    snap = snapshot.current()
    Initiative.objects.filter(pk=initiative.pk).update(**hidden)

    rows = [snap.rows[snap.slot_of[row.pk]] for row in (initiative, other)]
    html = cards.items(rows, shape="cards", language="sv", snap=snap).decode()

    assert titles(html) == ["Kvar"]


@pytest.mark.parametrize("count", [1, 3])
def test_hidden_owners_cost_no_query_each(count, django_assert_num_queries):
    owners = [make_organisation(visibility=Visibility.DRAFT) for _ in range(count)]
    rows = [make_initiative(driven_by=owner) for owner in owners]
    snapshot.current()

    with django_assert_num_queries(5):  # they, and four tables of what they have in common
        html = shown(*rows)

    assert len(titles(html)) == count
    assert [owner.name_sv for owner in owners if owner.name_sv in html] == []


def test_card_of_a_changed_initiative_is_made_anew():
    initiative = make_initiative(title_sv="Före")
    shown(initiative)

    initiative.title_sv = "Efter"
    initiative.save()

    assert titles(shown(initiative)) == ["Efter"]


@pytest.mark.parametrize("shape", ["cards", "small_cards", "table"])
def test_card_is_made_anew_when_a_name_on_it_changes(shape):
    initiative = make_initiative(category=make_category(name_sv="Före"))
    before = shown(initiative, shape=shape)

    Category.objects.update(name_sv="Efter")
    after = shown(initiative, shape=shape)

    assert ("Före" in before, "Före" in after, "Efter" in after) == (True, False, True)


def test_card_leaves_with_what_it_shows():
    initiative, other = make_initiative(), make_initiative(title_sv="Kvar")
    shown(initiative, other)

    initiative.visibility = Visibility.WITHDRAWN
    initiative.save()

    assert titles(shown(initiative, other)) == ["Kvar"]


@pytest.mark.parametrize("hidden", [Visibility.DRAFT, Visibility.WITHDRAWN])
def test_card_without_its_owner_when_the_owner_is_hidden(hidden):
    owner = make_organisation(name_sv="Ägaren")
    initiative = make_initiative(driven_by=owner)
    before = shown(initiative)

    owner.visibility = hidden
    owner.save()

    assert ("Ägaren" in before, "Ägaren" in shown(initiative)) == (True, False)


def test_card_is_made_anew_on_the_next_day(monkeypatch):
    """A photograph may be shown until its consent runs out."""
    initiative = make_initiative()
    shown(initiative)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    with CaptureQueriesContext(connection) as queries:
        shown(initiative)

    assert len(queries) == 1


def test_excerpt_stands_on_its_own_card():
    first, second = make_initiative(), make_initiative()

    html = shown(first, second, excerpts={second.pk: "<i>här</i>".encode()})

    assert [card.count("<i>här</i>") for card in html.split("<article")[1:]] == [0, 1]


def test_kept_cards_are_bounded(monkeypatch):
    monkeypatch.setattr(cards, "_kept", Latest(2))
    rows = [make_initiative(title_sv=str(number)) for number in range(4)]

    html = shown(*rows)

    assert titles(html) == ["0", "1", "2", "3"]
    assert len(cards._kept._things) == 2


@pytest.mark.parametrize("shape", ["cards", "small_cards", "list", "table"])
def test_text_on_a_card_is_escaped(shape):
    hostile = "<script>\"'&"
    initiative = make_initiative(
        title_sv=hostile,
        lead_sv=hostile,
        category=make_category(name_sv=hostile),
        driven_by=make_organisation(name_sv=hostile),
    )

    html = shown(initiative, shape=shape)

    assert "<script" not in html
    assert "&lt;script&gt;&quot;&#x27;&amp;" in html
