import pytest

from innovation.importers import demo
from innovation.importers.demo_synonyms import add_synonyms
from innovation.models import Synonym
from innovation.synonyms import Synonyms

pytestmark = pytest.mark.django_db

GROUPS = demo.read()["synonyms"]


def test_demo_synonyms_are_added_as_they_are_written():
    added = add_synonyms(GROUPS)

    assert added == len(GROUPS)
    assert sorted(Synonym.objects.values_list("words", flat=True)) == sorted(GROUPS)


def test_demo_synonyms_are_left_to_the_editors_once_there_are_any():
    Synonym.objects.create(words="ett, eget")

    assert add_synonyms(GROUPS) == 0
    assert Synonym.objects.get().words == "ett, eget"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        (("böcker",), ("bok",)),
        (("appar",), ("applikation",)),
        (("velo",), ("cykel",)),
        (("sakernas", "internet"), ("iot",)),
        (("pensionärer",), ("äldre",)),
    ],
)
def test_demo_synonyms_join_what_no_rule_does(word, other):
    assert other in Synonyms(GROUPS).of(word)
