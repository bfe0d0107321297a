from decimal import Decimal

import pytest
from django.db import transaction

from innovation import models
from innovation.choices import Visibility
from innovation.importers import demo
from innovation.importers.base import plan
from innovation.importers.writing import apply

DATA = demo.read()
SCHOOL_PILOT = "innovationsdatabas-for-skolan"
KINDS = [getattr(models, name) for name in models.__all__ if name != "ImportReport"]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo data, loaded once for the tests of this file; gives the report."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


@pytest.fixture
def demo_data(loaded, db):
    return loaded


def load():
    return apply(plan(demo.parse(DATA)), source=demo.NAME, visibility=Visibility.PUBLISHED)


def by_slug(name: str) -> dict[str, dict]:
    return {record["slug"]: record for record in DATA[name]}


def real(model):
    return model.objects.filter(is_example=False)


def slugs(queryset) -> set[str]:
    return set(queryset.values_list("slug", flat=True))


# ── Loading ───────────────────────────────────────────────────────────────────
def test_demo_data_has_no_problems(demo_data):
    assert demo_data.problems == []


def test_demo_data_loaded_twice_changes_nothing(demo_data):
    before = {kind: list(kind.objects.order_by("pk").values()) for kind in KINDS}

    report = load()

    assert {kind: list(kind.objects.order_by("pk").values()) for kind in KINDS} == before
    assert {name: counts["unchanged"] for name, counts in report.counts.items()} == {
        name: sum(counts.values()) for name, counts in report.counts.items()
    }
    assert report.changes == []


def test_demo_data_report_counts_what_was_made(demo_data):
    assert demo_data.counts["initiative"] == {
        "created": 113,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
    }


def test_demo_data_is_published(demo_data):
    assert models.Initiative.objects.visible().count() == 113
    assert models.Challenge.objects.visible().count() == 10


# ── Facts ─────────────────────────────────────────────────────────────────────
def test_demo_data_keeps_the_slugs(demo_data):
    assert slugs(real(models.Initiative)) == {r["slug"] for r in DATA["initiatives"]}
    assert slugs(real(models.Organisation)) == {r["key"] for r in DATA["organisations"]}
    assert slugs(models.Challenge.objects) == {r["key"] for r in DATA["challenges"]}
    assert slugs(models.Category.objects) == {r["key"] for r in DATA["categories"]}


def test_demo_data_keeps_what_was_inferred_by_the_names_of_the_models(demo_data):
    names = {
        "sdgs": "global_goals",
        "summary_sv": "lead_sv",
        "summary_en": "lead_en",
        "key_figures": "figures",
        "resident_involvement_sv": "involvements",
        "resident_involvement_en": "involvements",
    }

    held = dict(real(models.Initiative).values_list("slug", "inferred_fields"))

    assert {slug: set(fields) for slug, fields in held.items()} == {
        r["slug"]: {names.get(name, name) for name in r["inferred_fields"]}
        for r in DATA["initiatives"]
    }


def test_demo_data_names_only_fields_that_exist(demo_data):
    for model in (models.Initiative, models.Challenge, models.CollectionExample):
        fields = {field.name for field in model._meta.get_fields()}
        named = {name for row in model.objects.all() for name in row.inferred_fields}
        assert named - fields == set()


def test_demo_data_stated_statuses_are_fifteen(demo_data):
    stated = real(models.Initiative).exclude(status__slug="not-stated").with_stated("status")

    assert stated.count() == 15


def test_demo_data_keeps_the_sources(demo_data):
    fields = ("source_url", "source_url_exact", "source_ref", "source_type", "source_slug")

    held = {row.pop("slug"): row for row in real(models.Initiative).values("slug", *fields)}

    assert held == {
        slug: {field: record.get(field) or ("" if field != "source_url_exact" else False)
               for field in fields}
        for slug, record in by_slug("initiatives").items()
    }  # fmt: skip


def test_demo_data_grants_are_no_budgets(demo_data):
    grants = {
        r["slug"]: r["budget_sek"] for r in DATA["initiatives"] if r["budget_kind"] == "grant"
    }

    funding = models.FundingEntry.objects.filter(initiative__is_example=False)

    assert len(grants) == 7
    assert dict(funding.values_list("initiative__slug", "amount_sek")) == grants
    assert set(funding.values_list("kind", "dated_on")) == {("granted", None)}
    for initiative in models.Initiative.objects.filter(slug__in=grants):
        assert initiative.estimated_budget_sek is None


def test_demo_data_budgets_are_no_grants(demo_data):
    budgets = {
        r["slug"]: r["budget_sek"]
        for r in DATA["initiatives"]
        if r["budget_kind"] in ("estimated_budget", "project_budget")
    }

    held = real(models.Initiative).exclude(estimated_budget_sek=None)

    assert len(budgets) == 3
    assert dict(held.values_list("slug", "estimated_budget_sek")) == budgets
    assert models.FundingEntry.objects.filter(initiative__in=held).count() == 0


def test_demo_data_note_on_a_grant_stays_with_it(demo_data):
    entry = models.FundingEntry.objects.get(initiative__slug="smartmat-hbg")

    assert entry.note_en == by_slug("initiatives")["smartmat-hbg"]["budget_note_en"]


def test_demo_data_school_pilot_keeps_its_progress(demo_data):
    pilot = models.Initiative.objects.get(slug=SCHOOL_PILOT)

    change = pilot.status_changes.get()

    assert (pilot.status.slug, pilot.progress_percent) == ("cancelled", 50)
    assert (change.from_status.slug, change.to_status.slug) == ("pilot", "cancelled")
    assert change.changed_on is None


def test_demo_data_invents_no_history(demo_data):
    changes = models.StatusChange.objects.filter(initiative__is_example=False)

    assert [change.initiative.slug for change in changes] == [SCHOOL_PILOT]


def test_demo_data_does_not_invent_progress(demo_data):
    stopped = real(models.Initiative).filter(status__slug__in=("cancelled", "not-stated"))

    reached = stopped.exclude(progress_percent=None)

    assert [initiative.slug for initiative in reached] == [SCHOOL_PILOT]


def test_demo_data_links_are_those_of_the_facts(demo_data):
    names = {"sectors": "sectors", "technologies": "technologies", "partners": "partners"}
    records = by_slug("initiatives")

    for initiative in real(models.Initiative).prefetch_related(*names, "global_goals"):
        record = records[initiative.slug]
        for ours, theirs in names.items():
            held = {linked.slug for linked in getattr(initiative, ours).all()}
            assert held == set(record[theirs])
        assert {goal.number for goal in initiative.global_goals.all()} == set(record["sdgs"])


def test_demo_data_figures_keep_their_halves(demo_data):
    figure = models.InitiativeFigure.objects.get(
        initiative__slug="innovationssprintar-for-medarbetare", label_en="Length of a sprint, days"
    )

    assert figure.value == Decimal("1.5")


def test_demo_data_place_has_a_name_and_coordinates(demo_data):
    initiative = models.Initiative.objects.get(slug="silviabo-skrabelycke")

    assert (initiative.place_sv, initiative.latitude) == ("Mariastaden", 56.079)


def test_demo_data_years_are_milestones(demo_data):
    years = {r["key"]: r["value"] for r in DATA["facts"] if r["unit"] == "year"}

    assert dict(models.Milestone.objects.values_list("slug", "year")) == years
    assert models.KeyFigure.objects.count() == len(DATA["facts"]) - len(years)


def test_demo_data_collection_has_its_themes_and_examples(demo_data):
    themes = models.Collection.objects.get().themes.all()

    assert [(theme.slug, theme.examples.count()) for theme in themes] == [
        (theme["key"], sum(e["behaviour"] == theme["key"] for e in record["examples"]))
        for record in [DATA["crisis_collection"]]
        for theme in record["behaviours"]
    ]


# ── Examples ──────────────────────────────────────────────────────────────────
def test_demo_data_examples_are_one_in_each_status(demo_data):
    examples = models.Initiative.objects.filter(is_example=True)

    held = sorted(examples.values_list("status__slug", flat=True))

    assert held == sorted(status["key"] for status in DATA["statuses"])


def test_demo_data_examples_have_nothing_to_do_with_real_organisations(demo_data):
    invented = models.Organisation.objects.filter(is_example=True)

    linked = {
        organisation
        for initiative in models.Initiative.objects.filter(is_example=True)
        for organisation in (
            initiative.driven_by,
            *initiative.partners.all(),
            *initiative.participants.all(),
        )
    }

    assert linked == set(invented)


def test_demo_data_examples_fill_every_field(demo_data):
    """What no example fills can't be seen by anyone who looks at the demo."""
    not_for_examples = {"internal", "inferred_fields", "source_slug", "source_ref", "source_type",
                        "source_url", "cover_photo"}  # fmt: skip
    examples = models.Initiative.objects.filter(is_example=True)

    empty = {
        field.name
        for field in models.Initiative._meta.get_fields()
        if not field.auto_created or field.one_to_many
        if not any(is_filled(example, field) for example in examples)
    }

    pictures = {f.name for f in models.base.CoverPhoto._meta.get_fields()}
    assert empty - pictures == not_for_examples - pictures


def is_filled(instance, field) -> bool:
    if field.one_to_many or field.many_to_many:
        name = field.get_accessor_name() if field.auto_created else field.name
        return getattr(instance, name).exists()
    return bool(getattr(instance, field.name))


def test_demo_data_pictures_have_alt_texts_in_both_languages(demo_data):
    pictures = models.GalleryPicture.objects.all()

    assert len(pictures) == 3
    for picture in pictures:
        assert picture.alt_sv
        assert picture.alt_en
        assert (picture.width, picture.height) == (1600, 1000)
