import pytest

from tests.innovation.relevance.measuring import DemoSearch, mean, read, scores

QUERIES = read("queries.json")


@pytest.fixture(scope="module")
def demo_search():
    return DemoSearch()


def test_search_is_relevant(demo_search):
    found = scores(QUERIES, demo_search.find)

    assert mean(score.reciprocal_rank for score in found) >= 0.97
    assert mean(score.recall_at_10 for score in found) >= 0.97


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
