import pytest

from innovation.analysis import tokens
from innovation.postings import BITS
from innovation.word_families import STOP_WORDS
from tests.innovation.relevance.measuring import DemoSearch, mean, read, scores

QUERIES = read("queries.json")


@pytest.fixture(scope="module")
def demo_search():
    return DemoSearch()


def test_search_is_relevant(demo_search):
    found = scores(QUERIES, demo_search.find)

    assert mean(score.reciprocal_rank for score in found) >= 0.97
    assert mean(score.recall_at_10 for score in found) >= 0.97


@pytest.mark.parametrize(
    ("name", "mrr", "recall"), [("everyday.json", 0.95, 0.92), ("blind_again.json", 0.95, 0.95)]
)
def test_search_is_relevant_for_what_people_type(demo_search, name, mrr, recall):
    found = scores(read(name), demo_search.find)

    assert mean(score.reciprocal_rank for score in found) >= mrr
    assert mean(score.recall_at_10 for score in found) >= recall


def test_no_word_finds_far_more_than_what_has_it(demo_search):
    """A piece of a word that is taken for the word fills the page with what has nothing to do
    with it. Names are left out: many initiatives share one."""
    index = demo_search.index
    titles = [
        values[f"title_{code}"] for values in demo_search.initiatives for code in ("sv", "en")
    ]
    words = {word for title in titles for word in tokens(title or "") if len(word) > 2}
    swallowed = {}
    for word in words - STOP_WORDS:
        found = index.search(word, lambda kind, slug: 0).bits.bit_count()
        itself = set().union(*(index.postings.of(form.word) for form in index._lexicon.same(word)))
        own = len({posting >> BITS for posting in itself})
        if found > 3 * own + 6:
            swallowed[word] = (found, own)

    assert swallowed == {}


def test_search_is_better_than_counting_words(demo_search):
    found, plain = scores(QUERIES, demo_search.find), scores(QUERIES, demo_search.find_plainly)

    gain = mean(s.reciprocal_rank for s in found) - mean(s.reciprocal_rank for s in plain)
    assert gain >= 0.4


@pytest.mark.parametrize("language", ["sv", "en"])
def test_search_is_relevant_in_both_languages(demo_search, language):
    found = scores([q for q in QUERIES if q.language == language], demo_search.find)

    assert mean(score.reciprocal_rank for score in found) >= 0.95


def test_relevance_set_is_large_and_asks_for_what_exists(demo_search):
    known = {values["slug"] for values in demo_search.initiatives}

    assert len(QUERIES) >= 80
    assert {slug for query in QUERIES for slug in query.first} <= known
    assert len({query.q for query in QUERIES}) == len(QUERIES)


def test_misspelt_food_waste_gives_the_scales_of_the_school_kitchens_first(demo_search):
    assert demo_search.find("matsvin")[0] == "minskat-matsvinn-med-hjalp-av-smarta-sensorer"
