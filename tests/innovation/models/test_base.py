from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from innovation.choices import Visibility
from innovation.models import Category, Challenge, Initiative, Organisation, Platform
from innovation.models.base import SlugRedirect
from innovation.old_addresses import current_for
from tests.builders import (
    make_category,
    make_challenge,
    make_gallery_picture,
    make_initiative,
    make_organisation,
    make_platform,
)

pytestmark = pytest.mark.django_db


# ── Publishing ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "make", [make_initiative, make_challenge, make_platform, make_organisation]
)
def test_published_row_gets_its_date_once(make):
    row = make()
    published_at = row.published_at

    row.save()

    assert published_at is not None
    assert row.published_at == published_at


def test_date_of_publishing_is_saved_although_only_the_visibility_was_asked_for():
    initiative = make_initiative(visibility=Visibility.DRAFT)
    initiative.visibility = Visibility.PUBLISHED

    initiative.save(update_fields=["visibility"])

    initiative.refresh_from_db()
    assert initiative.published_at is not None


@pytest.mark.parametrize("model", [Initiative, Challenge, Platform, Organisation])
def test_published_row_without_a_date_is_refused_by_the_database(model):
    make = {
        Initiative: make_initiative,
        Challenge: make_challenge,
        Platform: make_platform,
        Organisation: make_organisation,
    }[model]
    row = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(published_at=None)


def test_draft_has_no_date_of_publishing():
    assert make_initiative(visibility=Visibility.DRAFT).published_at is None


# ── Slugs ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "slug", ["Stor", "två", "a--b", "-a", "a-", "a b", "a/b", "a\n", "", "../etc", "a" * 121]
)
def test_slug_that_makes_a_bad_address_is_refused(slug):
    category = Category(slug=slug, name_sv="Kategori")

    with pytest.raises(ValidationError) as refusal:
        category.full_clean()

    assert list(refusal.value.message_dict) == ["slug"]


@pytest.mark.parametrize("slug", ["a", "lugna-bussen", "h22", "2022", "a" * 120])
def test_slug_of_letters_figures_and_hyphens_is_accepted(slug):
    Category(slug=slug, name_sv="Kategori").full_clean()


def test_slug_is_of_one_row_only():
    make_category(slug="a")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_category(slug="a")


def rename(row, slug):
    row = type(row).objects.get(pk=row.pk)
    row.slug = slug
    row.save()
    return row


def test_changed_slug_is_remembered():
    row = rename(make_initiative(slug="forsta"), "andra")

    assert current_for(Initiative, "forsta") == row


def test_slug_changed_in_the_same_process_is_remembered():
    row = make_initiative(slug="forsta")
    row.slug = "andra"
    row.save()

    assert current_for(Initiative, "forsta") == row


def test_slug_changed_twice_leads_from_both():
    row = rename(rename(make_challenge(slug="forsta"), "andra"), "tredje")

    assert [current_for(Challenge, slug) for slug in ("forsta", "andra")] == [row, row]


def test_slug_that_was_taken_back_belongs_to_its_row():
    row = rename(rename(make_platform(slug="forsta"), "andra"), "forsta")

    assert current_for(Platform, "forsta") == row
    assert current_for(Platform, "andra") == row


def test_old_slug_that_another_row_takes_is_the_new_rows():
    rename(make_initiative(slug="gemensam"), "flyttad")
    newcomer = make_initiative(slug="gemensam")

    assert current_for(Initiative, "gemensam") == newcomer


def test_old_slug_that_two_rows_had_is_the_later_ones():
    rename(make_initiative(slug="gemensam"), "ett")
    later = rename(make_initiative(slug="gemensam"), "tva")

    assert current_for(Initiative, "gemensam") == later


def test_old_slugs_of_different_models_are_apart():
    rename(make_initiative(slug="samma"), "initiativet")
    challenge = rename(make_challenge(slug="samma"), "utmaningen")

    assert current_for(Challenge, "samma") == challenge
    assert SlugRedirect.objects.filter(old_slug="samma").count() == 2


def test_save_without_a_change_of_slug_keeps_nothing():
    row = make_initiative()

    row.title_sv = "Nytt namn"
    row.save()

    assert SlugRedirect.objects.count() == 0


def test_current_for_prefers_what_the_public_may_see():
    make_initiative(source_slug="gammal", visibility=Visibility.DRAFT)
    visible = make_initiative(source_slug="gammal")

    assert current_for(Initiative, "gammal") == visible


def test_current_for_an_address_with_nul_is_none():
    assert current_for(Initiative, "a\x00b") is None


# ── Sources and pictures ──────────────────────────────────────────────────────
def test_is_inferred_is_of_the_named_fields():
    initiative = make_initiative(inferred_fields=["status"])

    assert (initiative.is_inferred("status"), initiative.is_inferred("category")) == (True, False)


@pytest.mark.parametrize(("days", "is_showable"), [(None, True), (0, True), (1, True), (-1, False)])
def test_picture_is_showable_until_its_consent_runs_out(days, is_showable):
    expires = None if days is None else timezone.localdate() + timedelta(days=days)
    picture = make_gallery_picture(make_initiative(), consent_expires_on=expires)

    assert picture.is_showable is is_showable
