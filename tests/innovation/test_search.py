import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from innovation import catalogue, search, snapshot, words
from innovation.choices import Visibility
from innovation.facets import FACETS
from innovation.models import ImpactTarget, Initiative, SearchText, Synonym
from tests.builders import (
    make_category,
    make_challenge,
    make_impact_target,
    make_initiative,
    make_organisation,
    make_sector,
    make_technology,
)

pytestmark = pytest.mark.django_db
HIDDEN = [Visibility.DRAFT, Visibility.IN_REVIEW, Visibility.WITHDRAWN]


def find(q: str) -> list[int]:
    return catalogue.matching_ids(q)


def text_of(initiative) -> tuple[str, str, str]:
    row = SearchText.objects.get(initiative=initiative)
    return row.title, row.lead, row.body


def make_quiet(**fields):
    """With nothing to be found by but what `fields` say."""
    quiet = {"title_sv": "A", "title_en": "", "lead_sv": "", "lead_en": ""}
    return make_initiative(**{**quiet, **fields})


# ── What is found ─────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "field",
    [
        f"{name}_{language}"
        for name in (
            *("title", "lead", "what", "why", "how", "lessons_learned"),
            *("status_comment", "place"),
        )
        for language in ("sv", "en")
    ],
)
def test_search_reads_every_text_in_both_languages(field):
    make_quiet()
    found = make_quiet(**{field: "Zebra"})

    assert find("zebror" if field.endswith("sv") else "zebras") == [found.pk]


@pytest.mark.parametrize("field", ["goal_sv", "goal_en", "target_value_sv", "outcome_en"])
def test_search_reads_impact_targets(field):
    found = make_quiet()
    make_impact_target(found, **{field: "Zebra"})

    assert find("zebra") == [found.pk]


def test_search_reads_what_the_initiative_belongs_to():
    rows = [
        make_quiet(challenge=make_challenge(title_sv="Zebra?")),
        make_quiet(category=make_category(name_sv="Zebra")),
        make_quiet(sectors=[make_sector(name_sv="Zebra")]),
        make_quiet(technologies=[make_technology(name_sv="Zebra")]),
        make_quiet(driven_by=make_organisation(name_sv="Zebra")),
        make_quiet(partners=[make_organisation(name_sv="Zebra")]),
        make_quiet(participants=[make_organisation(name_en="Zebra")]),
    ]

    assert sorted(find("zebra")) == [row.pk for row in rows]


@pytest.mark.parametrize("visibility", HIDDEN)
def test_search_tells_nothing_of_a_hidden_owner_or_challenge(visibility):
    make_quiet(driven_by=make_organisation(name_sv="Zebra", visibility=visibility))
    make_quiet(challenge=make_challenge(title_sv="Zebra?", visibility=visibility))

    assert find("zebra") == []
    assert search.suggestions("zebra", "sv", 8) == []


@pytest.mark.parametrize(
    "hidden", [{"internal": True}, *({"visibility": visibility} for visibility in HIDDEN)]
)
def test_search_finds_nothing_hidden(hidden):
    make_quiet(title_sv="Zebra", **hidden)

    assert find("zebra") == []
    assert search.suggestions("zebra", "sv", 8) == []


def test_search_finds_words_of_rich_text_without_its_tags():
    found = make_quiet(
        what_sv="<p>Läs <strong>mer</strong>&nbsp;om&amp;kring</p><ul><li>ett</li></ul>"
    )

    assert text_of(found)[2] == "läs mer om kring ett/ett".replace("ett/ett", "ett")
    assert find("strong") == []


# ── What is stored follows every way to write ─────────────────────────────────
def test_search_text_is_written_with_the_initiative():
    initiative = make_quiet(title_sv="Skolorna", title_en="Schools", lead_sv="Mat")

    assert text_of(initiative) == ("skolorna/skol . schools/school", "mat", "")


def write_by_save(initiative):
    initiative.title_sv = "Zebra"
    initiative.save()


def write_by_save_of_a_field(initiative):
    initiative.title_sv = "Zebra"
    initiative.save(update_fields=["title_sv"])


def write_by_update(initiative):
    Initiative.objects.filter(pk=initiative.pk).update(title_sv="Zebra")


def write_by_update_of_what_it_is_found_by(initiative):
    Initiative.objects.filter(title_sv="A").update(title_sv="Zebra")


def write_by_bulk_update(initiative):
    initiative.title_sv = "Zebra"
    Initiative.objects.bulk_update([initiative], ["title_sv"])


def write_by_update_or_create(initiative):
    Initiative.objects.update_or_create(slug=initiative.slug, defaults={"title_sv": "Zebra"})


def write_a_target_by_create(initiative):
    initiative.impact_targets.create(goal_sv="Zebra")


def write_a_target_by_bulk_create(initiative):
    ImpactTarget.objects.bulk_create([ImpactTarget(initiative=initiative, goal_sv="Zebra")])


def write_a_target_by_update(initiative):
    make_impact_target(initiative)
    initiative.impact_targets.update(goal_sv="Zebra")


def write_a_target_by_save(initiative):
    target = make_impact_target(initiative)
    target.outcome_sv = "Zebra"
    target.save()


WRITES = [value for name, value in sorted(globals().items()) if name.startswith("write_")]


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_search_finds_a_new_word_on_the_next_search(write):
    initiative = make_quiet()
    assert find("zebra") == []

    write(initiative)

    assert find("zebra") == [initiative.pk]
    assert text_of(initiative) == text_written_anew(initiative)


def text_written_anew(initiative):
    SearchText.objects.all().delete()
    call_command("reindex")
    return text_of(initiative)


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_search_text_is_rolled_back_with_its_initiative(write):
    initiative = make_quiet()

    with transaction.atomic():
        write(initiative)
        transaction.set_rollback(True)

    assert find("zebra") == []
    assert text_of(initiative) == ("a", "", "")


def test_search_text_is_written_by_bulk_create():
    made = make_quiet()
    rows = [
        Initiative(
            slug=f"zebra-{n}",
            title_sv="Zebra",
            status=made.status,
            visibility=made.visibility,
            published_at=made.published_at,
        )
        for n in range(3)
    ]

    Initiative.objects.bulk_create(rows)

    assert find("zebra") == sorted((row.pk for row in rows), reverse=True)


@pytest.mark.parametrize(
    "delete",
    [
        lambda target: target.delete(),
        lambda target: ImpactTarget.objects.filter(pk=target.pk).delete(),
    ],
    ids=["one", "many"],
)
def test_search_forgets_a_deleted_impact_target(delete):
    initiative = make_quiet()
    target = make_impact_target(initiative, goal_sv="Zebra")

    delete(target)

    assert find("zebra") == []
    assert text_of(initiative) == ("a", "", "")


def move_by_save(target, initiative):
    target = ImpactTarget.objects.get(pk=target.pk)
    target.initiative = initiative
    target.save()


def move_by_save_of_one_field_first(target, initiative):
    target = ImpactTarget.objects.get(pk=target.pk)
    target.initiative = initiative
    target.save(update_fields=["goal_sv"])
    target.save()


def move_by_update(target, initiative):
    ImpactTarget.objects.filter(initiative=target.initiative).update(initiative=initiative)


def move_by_set(target, initiative):
    initiative.impact_targets.set([target])


@pytest.mark.parametrize(
    "move", [move_by_save, move_by_save_of_one_field_first, move_by_update, move_by_set]
)
def test_search_follows_an_impact_target_to_another_initiative(move):
    one, other = make_quiet(), make_quiet()
    target = make_impact_target(one, goal_sv="Zebra")

    move(target, other)

    assert find("zebra") == [other.pk]
    assert text_of(one) == ("a", "", "")


def test_search_text_goes_with_its_initiative():
    make_quiet(title_sv="Zebra").delete()

    assert find("zebra") == []
    assert SearchText.objects.count() == 0


def test_search_text_is_left_alone_when_no_text_changes(django_assert_num_queries):
    initiative = make_quiet()
    SearchText.objects.update(title="orört")

    Initiative.objects.update(internal=False)
    initiative.save(update_fields=["internal"])

    assert text_of(initiative)[0] == "orört"


def test_reindex_writes_all_anew():
    rows = [make_quiet(title_sv=f"Zebra {n}") for n in range(3)]
    SearchText.objects.all().delete()

    call_command("reindex")

    assert sorted(find("zebra")) == [row.pk for row in rows]


@pytest.mark.parametrize("text", ["\x00zebra", "zebra\u202e", "x" * 300 + " zebra"])
def test_search_text_can_be_stored_whatever_is_written(text):
    found = make_quiet(what_sv=text)

    assert find("zebra") == [found.pk]


# ── Synonyms ──────────────────────────────────────────────────────────────────
def test_synonyms_are_found_on_the_next_search():
    found = make_quiet(title_sv="Lånecyklar")
    other = make_quiet(title_sv="Cykel")
    assert find("velo") == []

    synonym = Synonym.objects.create(words="cykel, velo")

    assert find("velo") == [other.pk, found.pk]
    assert find("cykel") == [other.pk, found.pk]
    synonym.delete()
    assert find("velo") == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bok,Böcker", "bok, böcker"),
        (" app ,, application, app,", "app, application"),
        ("IoT, Sakernas  internet", "iot, sakernas internet"),
    ],
)
def test_synonyms_are_kept_in_one_way_of_writing(typed, kept):
    synonym = Synonym(words=typed)

    synonym.full_clean()

    assert synonym.words == kept


@pytest.mark.parametrize("typed", ["", "bok", "bok, bok", "bok, !", "bok, ett två tre fyra", ","])
def test_synonyms_are_at_least_two_short_words(typed):
    with pytest.raises(ValidationError) as refused:
        Synonym(words=typed).full_clean()

    assert set(refused.value.message_dict) <= {"words", "__all__"}


# ── Where it matched ──────────────────────────────────────────────────────────
def excerpt(q: str, language: str = "sv", **fields) -> str | None:
    initiative = make_quiet(**fields)
    hits = catalogue.find(catalogue.Choices(q=q)).hits
    with translation.override(language):
        found = search.excerpts(hits, [initiative.pk], language)
    return found.get(initiative.pk)


@pytest.mark.parametrize(
    ("q", "fields", "html"),
    [
        ("zebra", {"title_sv": "Zebra"}, None),
        ("zebra", {"lead_sv": "En Zebra."}, "En <mark>Zebra</mark>."),
        ("zebra", {"what_sv": "<p>Om <b>zebror</b>.</p>"}, "Om <mark>zebror</mark>."),
        ("zebra häst", {"title_sv": "Zebra", "lead_sv": "Häst"}, "<mark>Häst</mark>"),
        ("zebra", {"lead_en": "A zebra"}, '<span lang="en">A <mark>zebra</mark></span>'),
        (
            "zebra",
            {"lead_sv": "<i>zebra</i> & co"},
            "&lt;i&gt;<mark>zebra</mark>&lt;/i&gt; &amp; co",
        ),
        ("cafe", {"lead_sv": "Vårt Café"}, "Vårt <mark>Café</mark>"),
        ('"röd häst"', {"lead_sv": "En röd häst"}, "En <mark>röd</mark> <mark>häst</mark>"),
    ],
)
def test_excerpt_marks_what_matched_beside_the_title(q, fields, html):
    assert excerpt(q, **fields) == html


@pytest.mark.django_db(transaction=True)
def test_excerpts_stay_when_another_initiative_changes(django_assert_num_queries):
    initiative, other = make_quiet(lead_sv="En zebra."), make_quiet()
    zebra = catalogue.Choices(q="zebra")
    search.excerpts(catalogue.find(zebra).hits, [initiative.pk], "sv")
    other.title_sv = "En häst"
    other.save()
    hits = catalogue.find(zebra).hits

    with django_assert_num_queries(0):
        found = search.excerpts(hits, [initiative.pk], "sv")

    assert found == {initiative.pk: "En <mark>zebra</mark>."}


def test_excerpts_that_are_kept_are_few(monkeypatch):
    monkeypatch.setattr(search, "_excerpts", {})
    monkeypatch.setattr(search, "_MOST_EXCERPTS", 50)

    for number in range(10):
        excerpt(f"zebra{number}", lead_sv=f"Zebra{number}")

    assert len(search._excerpts) <= 3


def test_excerpt_is_a_short_piece_around_the_match():
    text = "Mycket text som ingen söker efter här. " * 9

    html = excerpt("zebra", what_sv=f"{text} Här står en zebra. {text}")

    assert html == (
        "… som ingen söker efter här. Här står en <mark>zebra</mark>. Mycket text som ingen söker "
        "efter här. Mycket text som ingen söker efter här. Mycket text som ingen söker efter …"
    )


def test_excerpt_shows_the_piece_with_most_of_the_words():
    far = "ord " * 60

    html = excerpt("zebra häst", what_sv=f"Zebra. {far} Häst. {far} Zebra och häst.")

    assert html == "… ord ord ord ord ord ord ord ord ord <mark>Zebra</mark> och <mark>häst</mark>."


@pytest.mark.parametrize(
    ("language", "html"),
    [("sv", "Partner eller medverkande: <mark>Zebra</mark> &amp; Co"),
     ("en", "Partner or taking part: <mark>Zebra</mark> &amp; Co")],
)  # fmt: skip
def test_excerpt_names_the_partner_that_matched(language, html):
    partner = make_organisation(name_sv="Zebra & Co", name_en="")

    assert excerpt("zebra", language, partners=[partner]) == html


def test_excerpt_shows_a_piece_and_a_name_when_it_takes_both():
    html = excerpt(
        "randig zebra", lead_sv="Randig", driven_by=make_organisation(name_sv="Zebra", name_en="")
    )

    assert html == "<mark>Randig</mark> · Drivs av: <mark>Zebra</mark>"


def test_excerpts_of_a_page_are_two_queries_the_first_time(django_assert_num_queries):
    pks = [make_quiet(what_sv="<p>Zebra</p>").pk for _ in range(5)]
    hits = catalogue.find(catalogue.Choices(q="zebra")).hits

    with django_assert_num_queries(2):  # the impact targets, the texts
        first = search.excerpts(hits, pks, "sv")
    with django_assert_num_queries(0):
        again = search.excerpts(hits, pks, "sv")

    assert first == again == dict.fromkeys(pks, "<mark>Zebra</mark>")


def test_excerpts_follow_a_change():
    initiative = make_quiet(what_sv="<p>Zebra ett</p>")
    hits = catalogue.find(catalogue.Choices(q="zebra")).hits
    search.excerpts(hits, [initiative.pk], "sv")

    initiative.what_sv = "<p>Zebra två</p>"
    initiative.save()

    hits = catalogue.find(catalogue.Choices(q="zebra")).hits
    assert search.excerpts(hits, [initiative.pk], "sv") == {initiative.pk: "<mark>Zebra</mark> två"}


# ── While someone types ───────────────────────────────────────────────────────
def suggested(q: str, language: str = "sv", limit: int = 8) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in search.suggestions(q, language, limit)]


@pytest.mark.parametrize("q", ["zeb", "Zebra", "zebror", "gul zeb", "zbera"])
def test_suggestions_are_titles_and_names_that_begin_so(q):
    challenge = make_challenge(title_sv="Gul zebra?")
    owner = make_organisation(name_sv="Gula zebran AB")
    make_quiet(title_sv="En gul zebra", challenge=challenge, driven_by=owner)
    make_quiet(lead_sv="En gul zebra")

    assert suggested(q) == [
        ("initiative", "En gul zebra"),
        ("challenge", "Gul zebra?"),
        ("organisation", "Gula zebran AB"),
    ]


def test_suggestions_lead_to_the_pages():
    initiative = make_quiet(
        title_sv="Zebra",
        challenge=make_challenge(title_sv="Zebra"),
        partners=[make_organisation(name_sv="Zebra")],
    )

    urls = [found.url for found in search.suggestions("zebra", "sv", 8)]

    assert urls == [
        initiative.get_absolute_url(),
        initiative.challenge.get_absolute_url(),
        initiative.partners.get().get_absolute_url(),
    ]
    assert urls[0] == reverse("innovation:initiative-detail", kwargs={"slug": initiative.slug})


@pytest.mark.parametrize(("language", "text"), [("sv", "Zebran"), ("en", "The zebra")])
def test_suggestions_are_in_the_readers_language(language, text):
    make_quiet(title_sv="Zebran", title_en="The zebra")

    assert suggested("zebra", language) == [("initiative", text)]


def test_suggestions_fall_back_to_the_other_language():
    make_quiet(title_sv="Zebra")

    assert suggested("zebra", "en") == [("initiative", "Zebra")]


def test_suggestions_are_at_most_so_many():
    for n in range(5):
        make_quiet(title_sv=f"Zebra {n}", driven_by=make_organisation(name_sv=f"Zebra {n}"))

    assert [kind for kind, _ in suggested("zebra", limit=8)] == (
        ["initiative"] * 5 + ["organisation"] * 3
    )
    assert [kind for kind, _ in suggested("zebra", limit=4)] == [
        "initiative",
        *["organisation"] * 3,
    ]
    assert len(suggested("zebra", limit=1)) == 1


def test_suggestions_leave_out_the_examples_and_those_without_all_words():
    make_quiet(title_sv="Zebra exempel", is_example=True)
    make_quiet(title_sv="Gul zebra")

    assert suggested("zebra") == [("initiative", "Gul zebra")]
    assert suggested("zebra rymd") == []


@pytest.mark.parametrize("q", ["", " ", "!", "\x00", "-", '"', "x" * 9999, "-zebra"])
def test_suggestions_never_fail(q):
    make_quiet(title_sv="Zebra")

    assert suggested(q) in ([], [("initiative", "A")])


def test_suggestions_are_one_query(django_assert_num_queries):
    for n in range(3):
        make_quiet(title_sv=f"Zebra {n}", challenge=make_challenge(title_sv="Zebra"))
    assert snapshot.current().words.search("zebra", lambda kind, slug: 0).bits.bit_count() == 3

    with django_assert_num_queries(1):  # the slugs of the initiatives
        search.suggestions("zebra", "sv", 8)


def test_search_knows_what_every_facet_is_called_and_worth():
    assert set(search.LABELS) == set(words.NAME_WORTH) == set(FACETS)
