from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from innovation.models import FundingEntry, Initiative, StatusChange
from innovation.models.initiative import MONEY_MAX_SEK
from tests.builders import make_category, make_initiative, make_status

pytestmark = pytest.mark.django_db


# ── What must always hold ─────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title_sv": "", "title_en": ""}, "Give it a title in at least one language."),
        ({"estimated_budget_sek": -1}, "The budget is from 0 to a thousand billion kronor."),
        (
            {"estimated_budget_sek": 10**15},
            "The budget is from 0 to a thousand billion kronor.",
        ),
        ({"progress_percent": 101}, "Progress is from 0 to 100 per cent."),
        (
            {"starts_on": date(2022, 2, 2), "ends_on": date(2022, 2, 1)},
            "It can't end before it starts.",
        ),
        ({"start_year": 2022, "end_year": 2021}, "It can't end before it starts."),
        ({"latitude": 56.0}, "A position has both a latitude and a longitude."),
        ({"latitude": 91.0, "longitude": 12.0}, "A position has both a latitude and a longitude."),
    ],
)
def test_initiative_that_cannot_be_is_refused_by_form_and_database(change, sentence):
    initiative = make_initiative()
    for name, value in change.items():
        setattr(initiative, name, value)

    # English is the language of the code; the Swedish words are another test's.
    from django.utils import translation

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        initiative.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(**change)

    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize("amount", [0, 1, MONEY_MAX_SEK])
def test_budget_up_to_a_thousand_billion_is_accepted(amount):
    initiative = make_initiative(estimated_budget_sek=amount)

    initiative.refresh_from_db()
    assert initiative.estimated_budget_sek == amount


@pytest.mark.parametrize("amount", [-1, MONEY_MAX_SEK + 1])
def test_funding_outside_the_bounds_is_refused_by_the_database(amount):
    initiative = make_initiative()

    with pytest.raises(IntegrityError), transaction.atomic():
        FundingEntry.objects.create(initiative=initiative, kind="used", amount_sek=amount)


def test_initiative_with_a_title_in_english_alone_is_accepted():
    initiative = make_initiative(title_sv="", title_en="Only English")

    assert str(initiative) == "Only English"


def test_years_follow_the_dates():
    initiative = make_initiative(starts_on=date(2020, 5, 1), ends_on=date(2022, 6, 1))

    assert (initiative.start_year, initiative.end_year) == (2020, 2022)


def test_band_is_of_the_category_or_neutral():
    assert make_initiative(category=make_category(band="climate")).band == "climate"
    assert make_initiative(category=None).band == "neutral"


# ── Status ────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("slug", "progress"),
    [
        ("idea", 25),
        ("pilot", 50),
        ("live-test", 75),
        ("realised", 100),
        ("paused", None),
        ("cancelled", None),
        ("not-stated", None),
    ],
)
def test_new_initiative_has_the_progress_of_its_status(slug, progress):
    assert make_initiative(status=make_status(slug)).progress_percent == progress


def change_status(initiative, slug, **fields):
    fresh = Initiative.objects.get(pk=initiative.pk)
    fresh.status = make_status(slug)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save()
    return fresh


@pytest.mark.parametrize("slug", ["paused", "cancelled"])
def test_stopped_initiative_keeps_the_progress_it_had_reached(slug):
    initiative = change_status(make_initiative(status=make_status("pilot")), slug)

    assert (initiative.progress_percent, initiative.is_stopped) == (50, True)


def test_progress_of_a_status_not_stated_is_unknown_and_not_zero():
    initiative = change_status(make_initiative(), "not-stated")

    assert initiative.progress_percent is None


def test_resumed_initiative_follows_its_status_again():
    paused = change_status(make_initiative(status=make_status("idea")), "paused")

    assert change_status(paused, "live-test").progress_percent == 75


def test_new_initiative_has_no_history():
    make_initiative()

    assert StatusChange.objects.count() == 0


def test_change_of_status_is_dated_and_kept_with_its_comment():
    initiative = change_status(
        make_initiative(), "cancelled", status_comment_sv="Covid", status_comment_en="Covid-19"
    )

    (change,) = initiative.status_changes.all()
    assert (change.from_status.slug, change.to_status.slug) == ("pilot", "cancelled")
    assert change.changed_on == timezone.localdate()
    assert (change.comment_sv, change.comment_en) == ("Covid", "Covid-19")


def test_save_without_a_change_of_status_adds_no_history():
    initiative = change_status(make_initiative(), "paused")

    initiative.title_sv = "Nytt namn"
    initiative.save()

    assert initiative.status_changes.count() == 1


def test_status_changed_there_and_back_is_two_rows():
    initiative = make_initiative()

    change_status(change_status(initiative, "paused"), "pilot")

    assert [change.to_status.slug for change in initiative.status_changes.all()] == [
        "paused",
        "pilot",
    ]


def test_history_begins_with_what_has_no_date():
    initiative = make_initiative()
    dated = initiative.status_changes.create(
        to_status=make_status("pilot"), changed_on=date(2020, 1, 1)
    )
    undated = initiative.status_changes.create(to_status=make_status("idea"))

    assert list(initiative.status_changes.all()) == [undated, dated]
