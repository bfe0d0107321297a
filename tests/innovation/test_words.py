import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation.analysis import analysed
from innovation.bitsets import bits_from, slots_of
from innovation.hits import Name
from innovation.words import WordIndex


def make_index(*texts, names=(), synonyms=()):
    """One row for each of `texts`: a title, or (title, lead), or (title, lead, body)."""
    rows = ((text, "", "") if isinstance(text, str) else (*text, "", "")[:3] for text in texts)
    stored = [[analysed([(part, "sv")]) for part in row] for row in rows]
    return WordIndex.build(
        ((slot, *row) for slot, row in enumerate(stored)), [name for name, _ in names], synonyms
    )


def finder(index, names=()):
    """names: pairs of (Name, the slots that have it)."""
    having = {(name.kind, name.slug): bits_from(slots) for name, slots in names}

    def find(query: str) -> list[int]:
        return list(index.search(query, lambda kind, slug: having.get((kind, slug), 0)).order())

    return find


def find(query: str, *texts, names=(), synonyms=()) -> list[int]:
    return finder(make_index(*texts, names=names, synonyms=synonyms), names)(query)


# ── What matches ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("skola", "Skolornas mat"),
        ("skolornas", "En skola"),
        ("hållbarhet", "Hållbara städer"),
        ("stad", "Städer"),
        # The beginning of a word, while it is being typed.
        ("liv", "Livbojar"),
        ("matsv", "Matsvinnet"),
        # Without the keys for å, ä and ö.
        ("aldrevard", "Äldrevård"),
        ("sjo", "Sjön"),
        # Compounds.
        ("vård", "Äldrevård"),
        ("vården", "Hemvårdens kunder"),
        ("bibliotek", "Stadsbiblioteket"),
        ("skola", "Skolmåltider"),
        ("belysning", "Gatubelysning"),
        # Typing errors.
        ("matsvnn", "Matsvinn"),
        ("livbjoar", "Livbojar"),
        ("biblotek", "Biblioteket"),
        ("ivbojar", "Livbojar"),
        ("ilvbojar", "Livbojar"),
        ("tryghet", "Trygghet"),
        ("demmens", "Demens"),
        ("innovatonsledninng", "Innovationsledning"),
        ("måtsal", "Matsal"),
        ("hälsa", "Halsa för alla"),
        ("båten", "Baten går"),
        # Written apart, or together.
        ("skol gård", "Skolgården"),
        ("livs boj", "Livsbojen"),
        ("AI-assistent", "En AI-assistent"),
        # Other writings.
        ("ÅKERMILJÖ", "Åkermiljö"),
        ("a\u030akermiljo\u0308", "Åkermiljö"),
        ("öresund", "Øresund"),
        ("cafe", "Café"),
        ("hur kan vi få fler livbojar", "Livbojar"),
        ("utforskande", "Den (ut)forskande staden"),
        ("30000", "30 000 lampor"),
        # Compounds by a form of their part, in the middle, and after a part that is a word.
        ("gata", "Gatubelysning"),
        ("cyklar", "Cykelvägar"),
        ("skolans", "Förskolor"),
        ("svinn", "Matsvinnet"),
        ("bycicle", "Bicycle"),
    ],
)
def test_search_finds(query, text):
    assert find(query, "Ett annat initiativ", text) == [1]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("åker", "Akermiljö"),
        ("hälsa", "Halsband"),
        ("mat", "Klimat"),
        ("ring", "Digitalisering"),
        ("ort", "Transporter"),
        ("kat", "Hatt"),
        ("1234", "1235"),
        ("klimat", "Primat"),
        # A piece of a word is no part of it, and a stem no word.
        ("resa", "Residents research"),
        ("vera", "Elever i verksamhet"),
        ("gratis", "Integration"),
        ("sensor", "Resursens hus"),
        ("Emely", "Management"),
        ("kol", "Högskola"),
        ("val", "För förvaltning"),
        ("lora", "Förlorad"),
        ("grant", "Immigrants"),
        ("sport", "Transport"),
        ("litet", "Klimatneutralitet"),
        ("ingen", "Fritid fritidsförvaltningen"),
        ("homeless", "Home is less"),
        # Such as "är" is never meant for anything else, nor by anything else.
        ("ar", "Det är så"),
        ("demen", "Dem"),
        ("bada", "Båda"),
        # Words that are no typing errors.
        ("plast", "Plats"),
        ("fisk", "Fick"),
        ("taxes", "Takes"),
        ("fest", "Test"),
        ("agenda", "Agency"),
        ("police", "Politics"),
        ("lärdomar", "Larmar"),
        ("skola -mat", "Skola med mat"),
        ("skola -maten", "Skola med mat"),
        ('skola -"god mat"', "Skola med god mat"),
        ('"mat god"', "Skola med god mat"),
        ('"god mat"', "God och billig mat"),
        ('"skola"', "Skolan"),
        ('"mat park"', ("Mat", "Park", "Skola")),
        ("", "Skola"),
        ("!?%_", "Skola"),
    ],
)
def test_search_does_not_find(query, text):
    assert find(query, text) == []


def test_search_takes_a_whole_word_for_the_beginning_of_compounds_only():
    texts = ("Bil", "Bild", "Bilpendlare")

    assert find("bil", *texts) == [0, 2]
    assert find("bi", *texts) == [0, 1, 2]


def test_search_takes_a_short_word_for_the_beginning_of_what_ends_with_a_word():
    assert find("man", "Man", "Management", "Manskör", "Körer") == [0, 2]
    assert find("före", "Före", "Förening") == [0]


def test_search_takes_an_abbreviation_that_is_used_for_itself():
    assert find("ar", "AR-plattform", "Året") == [0]
    assert find("ar", "År") == [0]


def test_search_knows_a_compound_by_its_first_part():
    """mat is a part of skolmat, not of klimat: "skol" begins other words, "kli" is none."""
    assert find("mat", "Mat", "Skolmat", "Klimat", "Skola") == [0, 1]


def test_search_gives_those_with_every_word_alone_when_they_are_some():
    texts = ["Lugna bussen"] * 3 + ["Lugna skolan", "Bussen", "Bussens lugna väg"]

    assert sorted(find("lugna bussen", *texts)) == [0, 1, 2, 5]


def test_search_gives_the_nearest_too_when_few_have_every_word():
    """Those with the rarer word, behind the one that has both, and not those with the other."""
    index = make_index("A", ("A", "", "Lugna bussen"), "Lugna", *(["Bussen"] * 9))

    hits = index.search("lugna bussen", lambda kind, slug: 0)

    assert list(hits.order()) == [1, 2]
    assert hits.strict == 0b10


def test_search_with_minus_words_alone_gives_all_the_others():
    assert find("-bussen", "Bussen", "Skolan", "Parken") == [2, 1]


def test_search_for_what_no_one_has_whole_gives_those_with_most_of_it():
    index = make_index("Röd blå", "Röd grön", "Gul")

    hits = index.search("röd blå grön", lambda kind, slug: 0)

    assert sorted(hits.order()) == [0, 1]
    assert hits.strict == 0


@pytest.mark.parametrize(
    "query",
    [
        "vad gör kommunen mot ensamhet bland invånarna på månen",
        "projekt som handlar om ensamhet",
        "initiativ ensamhet exempel",
        "ensamhet rymdskepp rymden raketer",
    ],
)
def test_search_for_a_question_finds_what_it_is_about(query):
    assert find(query, "Mot ensamhet", "Projekt i kommunen", "Exempel på initiativ") == [0]


def test_search_for_a_question_puts_those_with_more_of_its_words_first():
    """Two words in the lead before one in the title."""
    texts = [("Hjälp",), ("A", "Barn och föräldrar"), *([("B",)] * 6)]

    assert find("finns hjälp för barn när föräldrar flyttar", *texts)[0] == 1


def test_filler_decides_between_equals():
    texts = ["Made in Helsingborg", *(f"Helsingborg {number}" for number in range(5))]

    assert find("made in helsingborg", *texts)[0] == 0


def test_filler_of_a_synonym_is_none():
    index = make_index("Smart city", "Smarta lampor", synonyms=["smart city, smarta staden"])

    assert index.search("smarta staden", lambda *_: 0).strict == 0b1


def test_search_shows_no_crowd_beside_what_has_every_word():
    texts = ["Lugna bussen", *["Lugna"] * 30, *["Bussen"] * 300]

    assert find("lugna bussen", *texts) == [0]


def test_search_looks_for_fillers_when_nothing_else_is_found():
    assert find("projekt", "Ett projekt", "Havet") == [0]
    assert find("projekt rymden", "Ett projekt", "Havet") == [0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"god mat i skolan"', [0]),
        ('"mat i"', [0, 1]),
        # More forms than are looked for one pair after the other.
        ("sakernas internet", [2]),
    ],
)
def test_search_finds_words_that_stand_together(query, found):
    texts = [
        ("A", "", "Vi har god mat. God mat i skolan"),
        ("A", "Mat i parken", "God mat"),
        ("A", "", "Saken sakerna sakers saks internets, sakernas internet"),
    ]

    assert sorted(find(query, *texts, synonyms=["iot, sakernas internet"])) == found


def test_search_for_one_word_that_no_one_has_gives_nothing():
    assert find("rymden", "Havet") == []


# ── Order ─────────────────────────────────────────────────────────────────────
def test_search_puts_the_title_before_names_before_lead_before_body():
    partner = Name("partner", "bussen", "Bussen", "The bus")
    texts = [("A", "", "Bussen"), ("A", "Bussen", ""), "A", "Bussen", *(["B"] * 9)]

    assert find("bussen", *texts, names=[(partner, [2])]) == [3, 2, 1, 0]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("bad", ["Bad", "Badbojar"]),
        ("skola", ["Skola", "Skolan", "Skolgård"]),
        ("vård", ["Vård", "Vården", "Äldrevård"]),
        ("matsvin", ["Matsvinn", "Matsvinnet"]),
        ("hal", ["Hal", "Häl"]),
    ],
)
def test_search_puts_the_word_itself_before_forms_before_compounds(query, texts):
    assert find(query, *reversed(texts)) == list(reversed(range(len(texts))))


def test_search_weighs_a_rare_word_more_than_a_common_one():
    texts = [("Smart", "radar"), ("Radar", "smart"), *(["Smart stad"] * 8)]

    assert find("smart radar", *texts) == [1, 0]


def test_search_puts_words_that_stand_together_first():
    texts = [("A", "Den öppna mötesplatsen för innovation"), ("A", "Den har öppen innovation")]

    assert find("öppen innovation", *texts) == [1, 0]


def test_search_weighs_a_name_less_the_more_have_it():
    everyone = Name("challenge", "hav", "Havet", "The sea")
    one = Name("partner", "hav", "Havet AB", "The sea ltd")
    texts = ["A"] * 10

    order = find("havet", *texts, names=[(everyone, range(10)), (one, [3])])

    assert order[0] == 3
    assert sorted(order) == list(range(10))


# ── Names and synonyms ────────────────────────────────────────────────────────
IKEA = Name("partner", "ikea", "IKEA", "IKEA", "Möbelvaruhuset")
COLLEGE = Name("partner", "bth", "Blekinge Tekniska Högskola", "")
TRAFFIC = Name("sector", "traffic", "Mobilitet, arbete, trafik", "")
CARE = Name("sector", "care", "Vård och omsorg", "Care and welfare")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ikea", [1]),
        ("möbelvaruhus", [1]),
        ("welfare", [0]),
        ("omsorgen", [0]),
        ('"vård och omsorg"', [0]),
        ('"omsorg och vård"', []),
        ("park ikea", [1]),
        ("park -ikea", [0]),
        ("bth", [1]),
        ("mat", []),
    ],
)
def test_search_finds_by_names(query, found):
    names = [(IKEA, [1]), (CARE, [0]), (COLLEGE, [1]), (TRAFFIC, [0])]

    assert find(query, "Park ett", "Park två", names=names) == found


def test_search_puts_those_that_an_organisation_drives_before_those_that_it_joins():
    names = [
        (Name("driven_by", "nsr", "NSR", ""), [0, 1]),
        (Name("partner", "nsr", "NSR", ""), [2]),
    ]

    assert find("nsr", *"ABCDEF", names=names) == [1, 0, 2]


def test_search_weighs_a_word_of_a_long_name_less_than_the_lead():
    challenge = Name("challenge", "mal", "Hur får vi fler elever att nå målen i skolan?", "")

    assert find("elever", "A", ("B", "Elever"), names=[(challenge, [0])]) == [1, 0]
    assert find("elever", "A", "B", names=[(challenge, [0])]) == [0]


def test_search_follows_who_has_a_name():
    index = make_index("A", "B", names=[(IKEA, [])])

    assert list(index.search("ikea", lambda kind, slug: 0b01).order()) == [0]
    assert list(index.search("ikea", lambda kind, slug: 0b10).order()) == [1]
    assert list(index.search("ikea", lambda kind, slug: 0).order()) == []


def test_search_follows_who_has_the_name_of_half_a_compound():
    driver = Name("driven_by", "p", "Plockare", "")
    index = make_index("Skräp", "B", names=[(driver, [])])

    assert list(index.search("skräpplockare", lambda kind, slug: 0b10).order()) == []
    assert list(index.search("skräpplockare", lambda kind, slug: 0b01).order()) == [0]


def test_search_does_not_take_a_word_for_one_with_a_stem_alike():
    units = Name("partner", "units", "", "Units")

    assert find("unicorn", "A", names=[(units, [0])]) == []
    assert find("unitss", "A", names=[(units, [0])]) == [0]


def test_search_follows_new_names_and_synonyms():
    index = make_index("Cykel", "B", names=[(IKEA, [])])
    index.search("ikea", lambda kind, slug: 0b10)

    index.set_names([IKEA._replace(name_sv="Älmhult", name_en="", also="")], ["velo, cykel"])

    assert list(index.search("ikea", lambda kind, slug: 0b10).order()) == []
    assert list(index.search("älmhult", lambda kind, slug: 0b10).order()) == [1]
    assert list(index.search("velo", lambda kind, slug: 0).order()) == [0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("velo", [0]),
        ("cyklar", [0]),
        ("iot", [1, 2]),
        ("sakernas internet", [1, 2]),
        ("saker", [1]),
    ],
)
def test_search_knows_synonyms_in_every_form(query, found):
    synonyms = ["cykel, velo", "iot, sakernas internet"]

    order = find(query, "Cyklarna", "Sakernas internet", "IoT", synonyms=synonyms)

    assert sorted(order) == found


def test_search_puts_the_word_before_its_synonyms():
    assert find("velo", "Cykel", "Velo", synonyms=["cykel, velo"]) == [1, 0]


# ── What it tells ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("query", "corrected"),
    [("matsvin", None), ("matsvnn", "matsvinn"), ("minska matsvnn", "minska matsvinn")],
)
def test_search_says_what_it_searched_for_instead(query, corrected):
    index = make_index("Minska matsvinn")

    assert index.search(query, lambda kind, slug: 0).corrected == corrected


def test_search_says_what_the_first_were_found_by():
    index = make_index("Hamnar zebrak", *["Zebrat"] * 4, *["Hamn"] * 20)

    assert index.search("hamn zebrap", lambda *_: 0).corrected == "hamn zebrak"


def test_search_among_those_allowed_counts_them_alone():
    index = make_index("Röd blå", "Röd grön", "Blå matsvinn")

    def search(query, allowed):
        hits = index.search(query, lambda kind, slug: 0, allowed=allowed)
        return sorted(hits.order(hits.strict)), sorted(hits.order()), hits.corrected

    assert search("röd blå", None) == ([0], [0, 1, 2], None)
    assert search("röd blå", 0b110) == ([], [1, 2], None)
    assert search("blå matsvnn", None) == ([2], [0, 2], "blå matsvinn")
    assert search("blå matsvnn", 0b001) == ([], [0], None)
    assert search("röd", 0) == ([], [], None)


def test_search_tells_the_forms_and_names_by_word():
    index = make_index("Skolornas mat", names=[(IKEA, [0])])

    hits = index.search("skola ikea", lambda kind, slug: 1)

    assert hits.words == (frozenset({"skolornas"}), frozenset({"ikea"}))
    assert hits.names == ((), ((IKEA, 1),))


def test_search_tells_no_form_of_a_word_that_says_nothing():
    index = make_index("Vård och omsorg", synonyms=["iot, internet of things"])

    assert index.search('"vård och omsorg"', lambda *_: 0).words == (frozenset({"vård", "omsorg"}),)


def test_search_in_titles_alone_leaves_out_texts_and_names():
    index = make_index("Bussen", ("A", "Bussen"), "B", names=[(IKEA, [2])])

    def titles(query):
        return list(index.search(query, lambda kind, slug: 0b100, only_titles=True).order())

    assert titles("bussen") == [0]
    assert titles("ikea") == []


def test_search_in_titles_alone_takes_no_word_of_a_text_for_a_whole_one():
    index = make_index("Röd", "Blå", ("Gul", "Röd grön"), ("Annan", "Blå"))

    assert index.search("röd blå", lambda *_: 0, only_titles=True).bits == 0b11


def test_names_like_are_those_with_all_words_or_their_beginnings():
    names = [(Name("partner", slug, name, ""), []) for slug, name in [
        ("lu", "Lunds universitet"), ("mu", "Malmö universitet"), ("ls", "Lunds stad"),
    ]]  # fmt: skip
    index = make_index(names=names)

    def like(query):
        return [name.slug for name in index.names_like(query)]

    assert like("lunds univ") == ["lu"]
    assert like("lund") == ["ls", "lu"]
    assert like("malmo") == ["mu"]
    assert like("univrsitet") == ["lu", "mu"]
    assert like("rymden") == []
    assert like("") == []


# ── Hostile input ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "query",
    [
        "\x00",
        "\ud800\udfff skola",
        "x" * 100_000,
        "skola " * 10_000,
        '"' * 1000,
        '"""skola""" "" "-"',
        "-" * 500,
        "-a -b -c",
        "((((skola)))) AND OR NOT * ? ~ ^ : \\ /",
        "skola' OR 1=1 --",
        "<script>alert(1)</script>",
        "%27%22\n\r\t",
        "\u202eabc\u202c",
        "ﬁ ß İ ǆ 가 ي",
        ". . . /",
    ],
)
def test_search_never_fails(query):
    index = make_index("Skolan", synonyms=[",", "skola, mat", "a b c d e, f"], names=[(IKEA, [0])])

    assert set(index.search(query, lambda kind, slug: 1).order()) <= {0}
    assert index.names_like(query) in ([], [IKEA])


TEXTS = st.text("skolamt åä-\"'x", max_size=25)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6), st.text(max_size=40) | TEXTS)
def test_search_finds_only_what_is_there(texts, query):
    index = make_index(*texts)

    hits = index.search(query, lambda kind, slug: 0)

    assert set(hits.order()) <= set(range(len(texts)))
    assert sorted(hits.order()) == slots_of(hits.bits)


# ── Changes ───────────────────────────────────────────────────────────────────
WORDS = ["skola", "skolan", "skolgård", "mat", "skolmat", "hav", "häv", "park", "parkering"]
LINES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
ROWS = st.tuples(LINES, LINES, LINES)
CHANGES = st.lists(st.tuples(st.integers(0, 4), st.none() | ROWS), max_size=12)
QUERIES = ["skola", "skol", "skoln", "mat", "hav", "hæv", "par", "park mat", '"skola mat"', "-mat"]


@settings(deadline=None)
@given(st.lists(ROWS, min_size=5, max_size=5), CHANGES)
def test_changed_rows_are_found_as_in_a_fresh_index(rows, changes):
    names, synonyms = [IKEA, CARE], ["hav, park"]
    stored = {slot: [analysed([(text, "sv")]) for text in row] for slot, row in enumerate(rows)}
    index = WordIndex.build(((slot, *row) for slot, row in stored.items()), names, synonyms)

    for slot, row in changes:
        # Asked in between, so that what is kept would show if it were stale.
        found_in(index)
        if row is None:
            stored.pop(slot, None)
            index.remove(slot)
        else:
            stored[slot] = [analysed([(text, "sv")]) for text in row]
            index.replace(slot, *stored[slot])
    fresh = WordIndex.build(((slot, *row) for slot, row in sorted(stored.items())), names, synonyms)

    assert found_in(index) == found_in(fresh)


def found_in(index) -> dict:
    everything = (index.search(query, lambda kind, slug: 0b10) for query in QUERIES)
    return {
        query: (list(hits.order()), hits.corrected, hits.strict, hits.words)
        for query, hits in zip(QUERIES, everything, strict=True)
    }


def test_index_can_be_searched_while_it_is_changed():
    rows = [[analysed([(f"skola nummer{n % 50} park", "sv")]), "", ""] for n in range(300)]
    index = WordIndex.build((slot, *row) for slot, row in enumerate(rows))
    failures, stop = [], threading.Event()

    def search():
        while not stop.is_set():
            try:
                found = list(index.search("skola park", lambda kind, slug: 0).order())
                assert len(found) >= 299
            except Exception as failure:
                failures.append(failure)
                return

    readers = [threading.Thread(target=search) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(300):
        index.replace(n, analysed([(f"skola nytt{n} park", "sv")]), "", "")
    stop.set()
    for reader in readers:
        reader.join()

    assert failures == []


def test_index_keeps_nothing_that_was_asked_just_before_a_word_came(monkeypatch):
    """What a reader keeps of a word while a row with it is put there is forgotten after it."""
    index = make_index("A")
    lexicon = index.postings.lexicon
    forget = lexicon.forget

    def forget_and_ask(word):
        forget(word)
        lexicon.meant("zebra")

    monkeypatch.setattr(lexicon, "forget", forget_and_ask)
    index.replace(0, analysed([("Zebra", "sv")]), "", "")

    assert list(index.search("zebra", lambda kind, slug: 0).order()) == [0]


@pytest.mark.parametrize(
    ("came", "times"),
    [("zebra", 1), ("hamnen", 2), ("fiskehamn", 2), ("hamnar", 2), ("fiske", 2), ("ham", 1)],
)
def test_lexicon_looks_a_word_up_anew_when_a_word_came_that_it_may_mean(monkeypatch, came, times):
    index = make_index("Hamn", "Fiskehamnen", "")
    lexicon = index.postings.lexicon
    looked_up = []
    find = lexicon._find_meant
    monkeypatch.setattr(lexicon, "_find_meant", lambda word: looked_up.append(word) or find(word))
    lexicon.meant("hamn")

    index.replace(2, analysed([(came, "sv")]), "", "")
    lexicon.meant("hamn")
    lexicon.meant("hamn")

    assert looked_up == ["hamn"] * times


def test_lexicon_points_only_to_words_that_are_whole():
    """A reader that finds the number of a word can read the word."""
    lexicon = make_index("A").postings.lexicon
    seen = []

    class Watched(list):
        def append(self, item):
            seen.append((item, lexicon.exact("zebra"), len(lexicon.folded), len(lexicon.signs)))
            super().append(item)

    size = len(lexicon.words)
    lexicon.words = Watched(lexicon.words)
    lexicon.numbers["zebra"]

    assert seen == [("zebra", [], size + 1, size + 1)]


def test_index_of_many_rows_is_small():
    """Memory is held by counting numbers, not by measuring: 4 bytes a posting, 4 a word."""
    texts = [(f"Skola nummer {n}", "lugn buss " * 5, "mat och park " * 20) for n in range(300)]
    index = make_index(*texts)

    postings = index.postings
    words = sum(len(text) for row in postings.rows.values() for text in row)
    held = sum(len(postings.of(number)) for number in range(len(postings.lexicon.words)))

    assert words == 300 * (3 + 10 + 60)
    assert held == 300 * (3 + 2 + 3)
    assert {postings.of(n).itemsize for n in range(1, 4)} == {4}
