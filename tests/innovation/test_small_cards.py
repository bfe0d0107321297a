import pytest

from innovation import small_cards, snapshot
from innovation.choices import Visibility
from innovation.models import Initiative
from tests.builders import make_initiative, make_organisation

pytestmark = pytest.mark.django_db


def cards_of(*rows) -> list[str]:
    pks = [row.pk for row in rows]
    return small_cards.html_of(pks, language="sv", snap=snapshot.current())


def test_cards_stand_in_the_order_that_is_asked_for():
    one, two = make_initiative(title_sv="Ett"), make_initiative(title_sv="Två")

    first, second = cards_of(two, one)

    assert ("Två" in first, "Ett" in second) == (True, True)
    assert '<h3 class="card-title">' in first


def test_cards_that_are_kept_ask_for_nothing(django_assert_num_queries):
    rows = [make_initiative() for _ in range(3)]
    made = cards_of(*rows)

    with django_assert_num_queries(0):
        assert cards_of(*rows) == made


def test_cards_take_one_query_once_names_are_known(django_assert_num_queries):
    owner = make_organisation()
    rows = [make_initiative(driven_by=owner) for _ in range(4)]
    cards_of(rows[0])

    with django_assert_num_queries(1):
        cards_of(*rows)


def test_card_follows_its_initiative_and_its_owner():
    owner = make_organisation()
    row = make_initiative(driven_by=owner)
    cards_of(row)

    Initiative.objects.filter(pk=row.pk).update(title_sv="Ny rubrik")
    owner.name_sv = "Ny ägare"
    owner.save()

    (card,) = cards_of(row)
    assert ("Ny rubrik" in card, "Ny ägare" in card) == (True, True)


def test_card_of_a_hidden_owner_names_nobody():
    owner = make_organisation(visibility=Visibility.DRAFT)

    (card,) = cards_of(make_initiative(driven_by=owner))

    assert owner.name_sv not in card


@pytest.mark.parametrize(
    "hidden",
    [{"internal": True}, {"visibility": Visibility.DRAFT}, {"visibility": Visibility.WITHDRAWN}],
)
def test_hidden_initiative_has_no_card(hidden):
    row = make_initiative()
    cards_of(row)

    Initiative.objects.filter(pk=row.pk).update(**hidden)

    assert cards_of(row) == []
