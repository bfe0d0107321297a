import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation import analysis
from innovation.analysis import Query, parse


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lugna bussen", ["lugna", "bussen"]),
        ("ÅKERMILJÖ", ["åkermiljö"]),
        ("a\u030akermiljo\u0308", ["åkermiljö"]),
        ("Øresundsakvariet, æble", ["öresundsakvariet", "äble"]),
        ("Café Über", ["cafe", "uber"]),
        ("AI-assistent 2.0", ["ai", "assistent", "2", "0"]),
        ("Den (ut)forskande staden (2021)", ["den", "utforskande", "staden", "2021"]),
        ("30 000 lampor, 2\u00a0100 på 12 dagar", ["30000", "lampor", "2100", "på", "12", "dagar"]),
        ("1 2345, 2022 100", ["1", "2345", "2022", "100"]),
        ("The People's AI, Sveriges", ["the", "people", "ai", "sveriges"]),
        ("snake_case #kidsedition", ["snake", "case", "kidsedition"]),
        ("a\x00b\ud800c\u202ed", ["a", "b", "c", "d"]),
        ("x" * 100, ["x" * 40]),
        ("!?%_", []),
    ],
)
def test_tokens_are_the_words_in_small_letters(text, words):
    assert analysis.tokens(text) == words


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Café på kajen", ["kajen", "cafe"], [(0, 4, "cafe"), (8, 13, "kajen")]),
        ("Kajen, bryggkajen, KAJEN", ["kajen"], [(0, 5, "kajen"), (19, 24, "kajen")]),
        ("kajens kajenkajen_kajen", ["kajen"], [(18, 23, "kajen")]),
        ("Straße 7", ["strasse", "7", "kajen"], [(0, 6, "strasse"), (7, 8, "7")]),
        ("Kajen igen", ["kajen", *map(str, range(50))], [(0, 5, "kajen")]),
        ("130 000 av 30 000", ["30000"], [(11, 17, "30000")]),
        ("I (ut)forskande", ["utforskande"], [(2, 15, "utforskande")]),
    ],
)
def test_spans_say_where_the_words_are(text, words, found):
    assert analysis.spans(text, words) == found


@pytest.mark.parametrize(
    ("asked", "found", "does"),
    [
        ("halsa", "hälsa", True),
        ("hälsa", "halsa", False),
        ("hälsa", "hälsa", True),
        ("ål", "al", False),
        ("al", "äldre", True),
        ("mål", "mal", False),
        ("möte", "mote", False),
    ],
)
def test_letters_with_rings_and_dots_fit_themselves_alone(asked, found, does):
    assert analysis.fits(asked, found) is does


@pytest.mark.parametrize(
    "family",
    [
        "skola skolan skolor skolorna skolornas skolans",
        "hållbar hållbart hållbara hållbarhet hållbarheten",
        "matsvinn matsvinnet matsvinnets",
        "ensam ensamma ensamhet ensamheten",
        "lärare läraren lärarna lärarnas",
        "sensor sensorn sensorer sensorerna sensorernas",
        "digital digitalt digitala",
        "jobb jobbet jobben",
        "klimat klimatet klimatets",
        "energi energin energins",
        "möte mötet möten mötena",
        "område området områden områdena",
        "program programmet programmen",
        "invånare invånaren invånarna invånarnas",
        "återbruk återbrukat återbrukade återbruket",
        "marin marint marina",
        # By family, not by rule.
        "bok boken böcker böckerna",
        "cykel cykeln cyklar cykla cyklade",
        "bostad bostaden bostäder bostäderna",
        "lånecykel lånecyklar",
        "fönster fönstret fönstren",
        "vatten vattnet",
    ],
)
def test_swedish_forms_of_a_word_have_one_stem(family):
    assert len({analysis.stem(word, "sv") for word in family.split()}) == 1


@pytest.mark.parametrize(
    "family",
    [
        "library libraries",
        "chatbot chatbots",
        "child children",
        "lonely loneliness",
        "organisation organization organisations",
        "digitise digitize",
        "bicycle bicycles bike",
        "sustainable sustainability",
    ],
)
def test_english_forms_of_a_word_have_one_stem(family):
    assert len({analysis.stem(word, "en") for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("skola", "sko"),
        ("hamn", "hav"),
        ("klimat", "klinik"),
        ("väg", "vägg"),
        ("vård", "värld"),
        ("buss", "bus"),
        ("glas", "glass"),
        ("park", "parkering"),
        ("håller", "hållbar"),
    ],
)
def test_swedish_words_of_their_own_keep_their_stems_apart(one, other):
    assert analysis.stem(one, "sv") != analysis.stem(other, "sv")


def test_analysed_keeps_the_order_and_puts_breaks_between_texts():
    texts = [("Skolornas mat", "sv"), ("", "en"), ("Schools eat", "en"), ("!", "en")]

    assert analysis.analysed(texts) == "skolornas/skol mat . schools/school eat"


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("  !? ", Query()),
        ("Lugna  bussen bussen", Query(words=("lugna", "bussen"))),
        ("hur kan vi minska svinnet", Query(words=("minska", "svinnet"))),
        ("hur kan vi", Query(words=("hur", "kan", "vi"))),
        ('"öppen innovation" stad', Query(words=("stad",), phrases=(("öppen", "innovation"),))),
        ("“öppen innovation”", Query(phrases=(("öppen", "innovation"),))),
        ('"aldrig stängd', Query(phrases=(("aldrig", "stängd"),))),
        ('"" " "', Query()),
        ("bad -hamn", Query(words=("bad",), without_words=("hamn",))),
        ("-hamn", Query(without_words=("hamn",))),
        ('-"marin park" park', Query(words=("park",), without_phrases=(("marin", "park"),))),
        ("-e-tjänst", Query(without_phrases=(("e", "tjänst"),))),
        ("e-tjänst", Query(words=("e", "tjänst"))),
        ("- hamn --bad", Query(words=("hamn",), without_words=("bad",))),
        ('a"b"c', Query(words=("c",), phrases=(("b",),))),
        (
            '"a b" "c d" "e f" "g h" i',
            Query(words=("g", "h"), phrases=(("a", "b"), ("c", "d"), ("e", "f"))),
        ),
        (
            '-"a b" -"c d" -"e f" -"g h"',
            Query(without_phrases=(("a", "b"), ("c", "d"), ("e", "f"))),
        ),
    ],
)
def test_parse_reads_words_phrases_and_minus(text, query):
    assert parse(text) == query


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Blekinge Tekniska Högskola", "bth"),
        ("Nordvästra Skånes Renhållning AB", "nsr"),
        ("Räddningstjänsten Skåne", ""),
        ("", ""),
    ],
)
def test_initials_are_of_three_words_or_more(name, initials):
    assert analysis.initials(name) == initials


def test_parse_reads_200_letters_and_20_words():
    assert parse(" ".join(f"ord{n}" for n in range(99))).words == tuple(
        f"ord{n}" for n in range(20)
    )
    assert parse("x " * 100 + "aldrig").words == ("x",)
    assert parse("y" * 100_000).words == ("y" * 40,)


@pytest.mark.parametrize(
    ("one", "other", "limit", "far"),
    [
        ("matsvinn", "matsvinn", 2, 0),
        ("matsvnn", "matsvinn", 1, 1),
        ("livbjoar", "livbojar", 2, 1),
        ("bibliotek", "biblotek", 2, 1),
        ("abc", "acb", 1, 1),
        ("klimat", "primat", 1, 2),
        ("kort", "långt", 1, 2),
        ("en", "enorm", 1, 2),
        ("", "a", 1, 1),
        # Without its ring a letter may be meant for one with it, not the other way round.
        ("matsal", "måtsal", 1, 0),
        ("måtsal", "matsal", 1, 1),
        # Letters that sound the same.
        ("bycicle", "bicycle", 1, 1),
        ("bok", "boc", 1, 0.5),
        # Another consonant makes another short word, but for a slip on the keyboard.
        ("fisk", "fick", 1, 2),
        ("taxes", "takes", 1, 2),
        ("buss", "bugs", 1, 2),
        ("bysset", "bussrt", 2, 2),
        ("robit", "robot", 1, 1),
        ("sensir", "sensor", 1, 1),
    ],
)
def test_distance_counts_typing_errors_up_to_the_limit(one, other, limit, far):
    assert analysis.distance(one, other, limit) == far


WORDS = st.text("abiyk", max_size=7)


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways_and_bounded(one, other):
    far = analysis.distance(one, other, 2)

    assert far == analysis.distance(other, one, 2)
    assert (far == 0) == (one == other)
    assert 0 <= far <= 3


@given(st.text())
def test_what_is_analysed_holds_one_stored_term_a_word(text):
    stored = analysis.analysed([(text, "sv")])

    assert [term.partition("/")[0] for term in stored.split()] == analysis.tokens(text)


@given(st.text())
def test_parse_never_fails_and_stays_within_its_bounds(text):
    query = parse(text)

    phrases = query.phrases + query.without_phrases
    count = len(query.words) + len(query.without_words) + sum(map(len, phrases))
    assert count <= analysis.MAX_QUERY_WORDS
