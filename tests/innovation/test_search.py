import pytest

from innovation import search
from innovation.choices import Visibility
from tests.builders import make_category, make_challenge, make_initiative, make_organisation

pytestmark = pytest.mark.django_db
HIDDEN = [Visibility.DRAFT, Visibility.IN_REVIEW, Visibility.WITHDRAWN]


def test_search_needs_every_word():
    both = make_initiative(title_sv="Lugna bussen")
    make_initiative(title_sv="Lugna skolan")

    assert search.matching_ids("bussen lugna") == [both.pk]


def test_search_finds_the_beginning_of_a_word():
    found = make_initiative(title_sv="Badbojar med livräddning")
    make_initiative(title_sv="Ett obadat initiativ")

    assert search.matching_ids("bad") == [found.pk]


@pytest.mark.parametrize("text", ["ÅKERMILJÖ", "åkermiljö", "a\u030akermiljo\u0308"])
def test_search_knows_the_swedish_letters_in_every_form(text):
    found = make_initiative(title_sv="Åkermiljö")
    make_initiative(title_sv="Akermiljo")

    assert search.matching_ids(text) == [found.pk]


def test_search_puts_a_title_before_a_lead_before_the_rest():
    in_text = make_initiative(what_sv="<p>Om bussen.</p>")
    in_lead = make_initiative(lead_sv="Om bussen.")
    in_title = make_initiative(title_sv="Bussen")

    assert search.matching_ids("bussen") == [in_title.pk, in_lead.pk, in_text.pk]


def test_search_reads_both_languages_and_what_the_initiative_belongs_to():
    rows = [
        make_initiative(title_en="Zebra"),
        make_initiative(challenge=make_challenge(title_sv="Zebra?")),
        make_initiative(category=make_category(name_sv="Zebra")),
        make_initiative(driven_by=make_organisation(name_sv="Zebra")),
    ]

    assert sorted(search.matching_ids("zebra")) == [row.pk for row in rows]


@pytest.mark.parametrize("visibility", HIDDEN)
def test_search_tells_nothing_of_a_hidden_owner_or_challenge(visibility):
    make_initiative(driven_by=make_organisation(name_sv="Zebra", visibility=visibility))
    make_initiative(challenge=make_challenge(title_sv="Zebra?", visibility=visibility))

    assert search.matching_ids("zebra") == []


@pytest.mark.parametrize("text", ["", "   ", "!?%_", "\x00", "\u202e"])
def test_search_for_nothing_finds_nothing(text):
    make_initiative()

    assert search.matching_ids(text) == []


def test_sort_key_puts_the_swedish_letters_last_and_in_order():
    words = ["Öl", "Ärta", "Zebra", "Ål", "apa", "Apa 2", "Éclair", "eka"]

    assert sorted(words, key=search.sort_key) == [
        "apa",
        "Apa 2",
        "Éclair",
        "eka",
        "Zebra",
        "Ål",
        "Ärta",
        "Öl",
    ]
