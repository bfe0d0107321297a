import threading

import pytest
from django.db import connection
from django.db.models import F

from innovation.models import Initiative, SearchText
from innovation.prepared import ByKeys
from tests.builders import make_initiative

pytestmark = pytest.mark.django_db


def test_values_are_those_of_the_queryset():
    rows = [make_initiative(inferred_fields=["status"], is_example=n == 1) for n in range(3)]
    wanted = {rows[0].pk, rows[1].pk}
    columns = ("pk", "title_sv", "updated_at", "inferred_fields", "is_example")

    some = ByKeys(lambda: Initiative.objects.visible().order_by().values_list(*columns))

    found = sorted(map(tuple, some.values(wanted)))
    assert found == sorted(Initiative.objects.filter(pk__in=wanted).values_list(*columns))


def test_objects_are_those_of_the_queryset_without_what_it_leaves_out():
    shown, hidden = make_initiative(), make_initiative(internal=True)
    some = ByKeys(lambda: Initiative.objects.visible().order_by())

    found = some.objects([shown.pk, hidden.pk])

    assert found == {shown.pk: shown}
    assert vars(found[shown.pk]).keys() == vars(Initiative.objects.get(pk=shown.pk)).keys()
    assert found[shown.pk].published_at == Initiative.objects.get(pk=shown.pk).published_at


def test_keys_may_stand_in_another_column():
    initiative, _ = make_initiative(), make_initiative()
    some = ByKeys(lambda: SearchText.objects.values_list("initiative_id"), "initiative_id")

    assert [tuple(row) for row in some.values({initiative.pk})] == [(initiative.pk,)]


def test_no_keys_ask_for_nothing(django_assert_num_queries):
    some = ByKeys(lambda: Initiative.objects.visible())

    with django_assert_num_queries(0):
        assert (some.values([]), some.objects([])) == ([], {})


def test_statement_with_parameters_behind_the_keys_is_refused():
    some = ByKeys(lambda: Initiative.objects.order_by(F("pk") + 1))

    with pytest.raises(ValueError, match="the keys are not the last parameter"):
        some.values([1])


@pytest.mark.django_db(transaction=True)
def test_each_connection_has_a_statement_of_its_own():
    """A converter belongs to the connection that it was made by."""
    initiative = make_initiative()
    some = ByKeys(lambda: Initiative.objects.visible().order_by())
    found, kept = [], []

    def ask():
        found.append(list(some.objects([initiative.pk])))
        kept.append(connection.innovation_prepared)
        connection.close()

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join()
    ask()

    assert found == [[initiative.pk]] * 2
    assert kept[0] is not kept[1]
