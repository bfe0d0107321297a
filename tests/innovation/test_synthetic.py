from collections import Counter
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command

from innovation import richtext
from innovation.models import Initiative, Organisation, SearchText
from innovation.models.fields import RichTextField
from innovation.models.search import write_search_texts
from innovation.synthetic import drawing, words, writing
from innovation.synthetic.chance import Zipf, rotated, whole
from tests.builders import make_initiative

pytestmark = pytest.mark.django_db


def slugs() -> list[str]:
    return list(Initiative.objects.order_by("pk").values_list("slug", flat=True))


def numbers() -> list[int]:
    return [int(slug.split("-")[1]) for slug in slugs()]


# ── Chance and words ──────────────────────────────────────────────────────────
def test_zipf_draws_the_second_half_as_often_as_the_first():
    chance, letters = Random(1), Zipf("abc")

    drawn = Counter(letters.one(chance) for _ in range(11_000))

    assert {letter: round(count / 1000) for letter, count in drawn.items()} == {
        "a": 6,
        "b": 3,
        "c": 2,
    }


def test_zipf_draws_some_without_repeating():
    chance, letters = Random(1), Zipf("abc")

    drawn = [letters.some(chance, 5) for _ in range(200)]

    assert [some for some in drawn if len(set(some)) != len(some)] == []
    assert {len(some) for some in drawn} == {0, 1, 2, 3}


def test_zipf_of_nothing_says_so():
    with pytest.raises(ValueError, match="nothing to draw from"):
        Zipf([])


def test_whole_reaches_both_ends_and_no_further():
    chance = Random(1)

    assert {whole(chance, 2, 4) for _ in range(100)} == {2, 3, 4}


def test_rotated_begins_elsewhere():
    assert rotated("abc", 4) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("modifier", "head", "forms"),
    [
        ("skol", "våg", ["en skolvåg", "skolvågen", "skolvågar", "skolvågarna", "en ny skolvåg"]),
        ("is", "hus", ["ett ishus", "ishuset", "ishus", "ishusen", "ett nytt ishus"]),
        # Never three of the same letter in a row.
        ("buss", "system", ["ett bussystem", "bussystemet", "bussystem", "bussystemen",
                            "ett nytt bussystem"]),
    ],
)  # fmt: skip
def test_swedish_compounds_bend_as_their_last_part(modifier, head, forms):
    columns = next(columns for columns in words.heads() if columns[1] == head)

    noun = words.described(words.Pair(modifier, ""), columns, ("ny", "nytt", "nya", "new")).sv

    assert [noun.a, noun.the, noun.many, noun.all, noun.fresh] == forms


def test_english_compounds_take_their_article():
    columns = next(columns for columns in words.heads() if columns[1] == "låda")

    noun = words.described(words.Pair("", "energy"), columns, ("ny", "nytt", "nya", "new")).en

    assert [noun, noun.a, noun.the, noun.many, noun.fresh] == [
        "energy box",
        "an energy box",
        "the energy box",
        "energy boxes",
        "a new energy box",
    ]


# ── The catalogue ─────────────────────────────────────────────────────────────
def test_same_seed_gives_the_same_catalogue():
    writing.make(3, seed=7)
    again = drawing.draw_batch(range(1, 4), 7)
    other = drawing.draw_batch(range(1, 4), 8)

    assert slugs() == [drawn.values["slug"] for drawn in again]
    assert slugs() != [drawn.values["slug"] for drawn in other]


def test_small_catalogue_is_the_beginning_of_a_large_one():
    writing.make(1)

    assert drawing.draw_batch(range(1, 4), 0) == drawing.draw_batch(range(1, 9), 0)[:3]


def test_batches_of_several_processes_come_in_order(monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 4)
    told = []

    writing.make(10, on_progress=lambda done, total: told.append((done, total)))

    assert numbers() == list(range(1, 11))
    assert told == [(4, 10), (8, 10), (10, 10)]
    assert slugs()[4:8] == [d.values["slug"] for d in drawing.draw_batch(range(5, 9), 0)]


def test_every_row_keeps_the_rules_of_its_model():
    writing.make(60)

    for initiative in Initiative.objects.all():
        initiative.full_clean()
        for target in initiative.impact_targets.all():
            target.full_clean()


def test_rich_texts_are_clean_as_they_are():
    # They are written past the field that would clean them.
    writing.make(20)
    names = [f.attname for f in Initiative._meta.fields if isinstance(f, RichTextField)]

    texts = [text for row in Initiative.objects.values_list(*names) for text in row if text]

    assert len(texts) > 60
    assert [text for text in texts if richtext.clean(text) != text] == []


def test_facets_are_skewed_and_all_are_used():
    writing.make(400)

    sectors = Counter(Initiative.sectors.through.objects.values_list("sector", flat=True))
    statuses = Counter(Initiative.objects.values_list("status__slug", flat=True))
    shares = sorted(sectors.values())

    assert shares[-1] > 4 * shares[0]
    assert statuses.most_common(1)[0][0] == "idea"
    assert len(statuses) == 8


def test_some_are_hidden_some_lack_english_some_are_concluded():
    writing.make(1000)
    made = Initiative.objects.all()

    hidden = made.count() - made.visible().count()
    counts = [
        hidden,
        made.filter(title_en="").count(),
        made.exclude(estimated_budget_sek=None).count(),
        made.exclude(inferred_fields=[]).count(),
    ]

    # As many of a thousand as are drawn: 11 %, 15 %, a third, 40 %.
    assert counts == pytest.approx([110, 150, 333, 400], abs=40)


def test_dates_are_spread_over_years():
    writing.make(50)

    years = {row.updated_at.year for row in Initiative.objects.all()}

    assert len(years) > 5
    assert min(years) >= 2015


def test_search_texts_are_what_a_save_would_write():
    writing.make(5)
    names = ("initiative_id", "title", "lead", "body")
    made = list(SearchText.objects.order_by("pk").values_list(*names))

    write_search_texts(Initiative, [row[0] for row in made])

    assert list(SearchText.objects.order_by("pk").values_list(*names)) == made
    assert len(made) == 5


def test_organisations_say_that_they_are_synthetic():
    writing.make(1)

    names = Organisation.objects.values_list("name_sv", flat=True)

    assert [name for name in names if not name.startswith("Syntet")] == []
    assert len(names) == len(set(names)) == 144


def test_keys_go_on_after_the_synthetic_ones():
    writing.make(3)
    last = Initiative.objects.order_by("pk").last()

    assert make_initiative().pk == last.pk + 1


# ── The command ───────────────────────────────────────────────────────────────
def test_command_makes_what_it_is_asked_for_and_draws_its_bar_on_terminals_only():
    said, drawn = StringIO(), StringIO()

    call_command("make_synthetic", 4, seed=3, stdout=said, stderr=drawn)

    assert Initiative.objects.count() == 4
    assert said.getvalue() == "4 synthetic initiatives made, seed 3.\n"
    assert drawn.getvalue() == ""


def test_command_draws_a_bar_over_itself(monkeypatch):
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(writing, "BATCH", 2)

    call_command("make_synthetic", 4, stdout=StringIO(), stderr=terminal)

    half, whole_bar = "█" * 20 + "·" * 20, "█" * 40
    assert terminal.getvalue() == f"\r  {half}       2 of 4\r  {whole_bar}       4 of 4\n"


def test_command_leaves_a_catalogue_in_use_alone():
    make_initiative()

    with pytest.raises(CommandError, match="holds 1 initiatives"):
        call_command("make_synthetic", 2)

    assert Initiative.objects.count() == 1


def test_command_adds_beside_what_there_is_when_asked():
    call_command("make_synthetic", 2, stdout=StringIO())

    call_command("make_synthetic", 3, add=True, stdout=StringIO())

    assert numbers() == [1, 2, 3, 4, 5]


def test_command_needs_a_number_above_nothing():
    with pytest.raises(CommandError, match="count=0: make at least 1"):
        call_command("make_synthetic", 0)
