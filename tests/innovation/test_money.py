import pytest

from innovation import money
from innovation.choices import FundingKind
from tests.builders import make_funding, make_initiative

pytestmark = pytest.mark.django_db


def bars_of(initiative):
    return [(bar.kind, bar.amount_sek, bar.width) for bar in money.picture(initiative)]


def test_money_is_empty_when_nothing_is_known():
    assert money.picture(make_initiative()) == []


def test_money_kinds_are_never_added_together():
    initiative = make_initiative(estimated_budget_sek=400)
    make_funding(initiative, kind=FundingKind.GRANTED, amount_sek=150)
    make_funding(initiative, kind=FundingKind.GRANTED, amount_sek=50)
    make_funding(initiative, kind=FundingKind.USED, amount_sek=100)

    assert bars_of(initiative) == [
        ("estimate", 400, 100),
        ("granted", 200, 50),
        ("used", 100, 25),
    ]


def test_money_of_one_kind_keeps_its_entries_in_order():
    initiative = make_initiative()
    late = make_funding(initiative, amount_sek=2, dated_on="2022-05-01")
    early = make_funding(initiative, amount_sek=1, dated_on="2021-05-01")

    (bar,) = money.picture(initiative)

    assert bar.entries == [early, late]


def test_money_of_zero_is_known_and_has_no_width():
    assert bars_of(make_initiative(estimated_budget_sek=0)) == [("estimate", 0, 0)]


def test_money_bars_are_shares_of_the_largest_whatever_its_kind():
    initiative = make_initiative(estimated_budget_sek=1)
    make_funding(initiative, kind=FundingKind.USED, amount_sek=3)

    assert bars_of(initiative) == [("estimate", 1, 33.3), ("used", 3, 100)]
