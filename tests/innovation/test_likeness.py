import pytest

from innovation import likeness
from innovation.choices import Visibility
from tests.builders import (
    make_category,
    make_challenge,
    make_initiative,
    make_organisation,
    make_sector,
)

pytestmark = pytest.mark.django_db


def make_about(title, **fields):
    return make_initiative(title_sv=title, title_en="", lead_sv="", lead_en="", **fields)


def test_likeness_is_of_words_in_every_form():
    bus = make_about("Självkörande bussar")
    other_bus = make_about("En självkörande buss")
    make_about("Odling på tak")
    make_about("Odlingar i skolan")

    assert likeness.similar_to(bus) == [other_bus.pk]


def test_likeness_is_of_tags_too():
    sector = make_sector()
    mine = make_about("Alfa", sectors=[sector])
    like = make_about("Beta", sectors=[sector])
    make_about("Gamma")
    make_about("Delta")

    assert likeness.similar_to(mine) == [like.pk]


def test_likeness_ranks_more_in_common_first():
    sector, challenge, category = make_sector(), make_challenge(), make_category()
    mine = make_about("Alfa", sectors=[sector], challenge=challenge, category=category)
    near = make_about("Beta", sectors=[sector], challenge=challenge, category=category)
    far = make_about("Gamma", category=category)
    for number in range(4):
        make_about(f"Annat {number} {'xyz'[number % 3]}")

    assert likeness.similar_to(mine)[:2] == [near.pk, far.pk]


def test_likeness_gives_nothing_when_nothing_is_alike():
    mine = make_about("Alfa")
    make_about("Beta")

    assert likeness.similar_to(mine) == []


@pytest.mark.parametrize(
    "hidden",
    [{"internal": True}, {"visibility": Visibility.DRAFT}, {"visibility": Visibility.WITHDRAWN}],
)
def test_likeness_never_gives_what_is_hidden(hidden):
    sector = make_sector()
    mine = make_about("Samma ord", sectors=[sector])
    make_about("Samma ord", sectors=[sector], **hidden)
    make_about("Annat")
    make_about("Tredje")

    assert likeness.similar_to(mine) == []


def test_likeness_keeps_the_real_and_the_invented_apart():
    sector = make_sector()
    real = make_about("Buss ett", sectors=[sector])
    other_real = make_about("Buss två", sectors=[sector])
    invented = make_about("Buss tre", sectors=[sector], is_example=True)
    other_invented = make_about("Buss fyra", sectors=[sector], is_example=True)
    for number in range(5):
        make_about(f"Fyllnad {number}")

    assert likeness.similar_to(real) == [other_real.pk]
    assert likeness.similar_to(invented) == [other_invented.pk]


def test_likeness_finds_the_real_also_behind_many_invented():
    sector = make_sector()
    mine = make_about("Buss", sectors=[sector])
    for number in range(12):
        make_about(f"Buss {number}", sectors=[sector], is_example=True)
    real = make_about("Buss på riktigt", sectors=[sector])
    for number in range(8):
        make_about(f"Fyllnad {number}")

    assert likeness.similar_to(mine) == [real.pk]


def test_likeness_follows_a_change():
    sector = make_sector()
    mine = make_about("Alfa", sectors=[sector])
    like = make_about("Beta", sectors=[sector])
    make_about("Gamma")
    likeness.similar_to(mine)

    like.visibility = Visibility.WITHDRAWN
    like.save()

    assert likeness.similar_to(mine) == []


def test_likeness_is_limited():
    sector = make_sector()
    mine = make_about("Alfa", sectors=[sector])
    for number in range(5):
        make_about(f"Beta{number}", sectors=[sector])
    for number in range(9):
        make_about(f"Gamma{number}")

    assert len(likeness.similar_to(mine)) == 3
    assert len(likeness.similar_to(mine, limit=5)) == 5


def test_likeness_asks_nothing_once_the_index_is_made(django_assert_num_queries):
    owner = make_organisation()
    mine = make_about("Alfa", driven_by=owner)
    make_about("Beta", driven_by=owner)
    make_about("Gamma")
    likeness.similar_to(mine)

    with django_assert_num_queries(0):
        likeness.similar_to(mine)


def test_likeness_of_the_real_does_not_depend_on_the_invented():
    """What only the invented share with one of the real joins nothing, and is no less rare."""
    sector = make_sector()
    mine = make_about("Buss med solceller", sectors=[sector])
    make_about("Buss på landet")
    make_about("Solceller i hamnen", sectors=[sector])
    make_about("Landet och hamnen")
    before = likeness.similar_to(mine)

    for number in range(6):
        make_about(f"Solceller nummer {number}", sectors=[sector], is_example=True)

    assert likeness.similar_to(mine) == before
    assert len(before) == 2
