from datetime import date

import pytest
from django.db.models import Count

from innovation.choices import OrganisationKind, Visibility
from innovation.models import Challenge, GalleryPicture, Initiative, Organisation
from innovation.querysets import visible_initiatives
from tests.builders import (
    make_challenge,
    make_gallery_picture,
    make_initiative,
    make_organisation,
    make_sector,
)

pytestmark = pytest.mark.django_db
HIDDEN = [Visibility.DRAFT, Visibility.IN_REVIEW, Visibility.WITHDRAWN]


@pytest.mark.parametrize("visibility", HIDDEN)
def test_visible_leaves_out_what_is_not_published(visibility):
    published = make_initiative()
    make_initiative(visibility=visibility)

    assert list(Initiative.objects.visible()) == [published]


def test_visible_leaves_out_what_is_internal():
    make_initiative(internal=True)

    assert list(Initiative.objects.visible()) == []


def test_count_over_a_relation_is_of_the_same_rows_as_visible():
    challenge = make_challenge()
    make_initiative(challenge=challenge)
    make_initiative(challenge=challenge, internal=True)
    make_initiative(challenge=challenge, is_example=True)
    for visibility in HIDDEN:
        make_initiative(challenge=challenge, visibility=visibility)

    counted = Challenge.objects.annotate(
        total=Count("initiatives", filter=visible_initiatives("initiatives"))
    ).get()

    assert counted.total == Initiative.objects.visible().without_examples().count() == 1


def test_without_examples_leaves_out_the_invented():
    real = make_organisation()
    make_organisation(is_example=True)

    assert list(Organisation.objects.without_examples()) == [real]


def test_of_the_city_is_by_kind():
    administration = make_organisation(kind=OrganisationKind.ADMINISTRATION)
    company = make_organisation(kind=OrganisationKind.MUNICIPAL_COMPANY)
    make_organisation(kind=OrganisationKind.COMPANY)

    assert list(Organisation.objects.of_the_city().order_by("pk")) == [administration, company]


def test_linked_to_gives_each_initiative_once():
    organisation = make_organisation()
    everywhere = make_initiative(
        driven_by=organisation, participants=[organisation], partners=[organisation]
    )
    partnered = make_initiative(partners=[organisation])
    make_initiative()

    found = Initiative.objects.linked_to(organisation).order_by("pk")

    assert list(found) == [everywhere, partnered]


def test_joined_by_is_partners_and_participants_but_not_drivers():
    organisation = make_organisation()
    joined = make_initiative(participants=[organisation])
    partnered = make_initiative(partners=[organisation])
    make_initiative(driven_by=organisation)

    found = Initiative.objects.joined_by([organisation.slug]).order_by("pk")

    assert list(found) == [joined, partnered]


def test_furthest_first_puts_unknown_progress_last():
    unknown = make_initiative(progress_percent=None)
    Initiative.objects.filter(pk=unknown.pk).update(progress_percent=None)
    half = make_initiative()
    Initiative.objects.filter(pk=half.pk).update(progress_percent=50)
    whole = make_initiative()
    Initiative.objects.filter(pk=whole.pk).update(progress_percent=100)

    assert list(Initiative.objects.furthest_first()) == [whole, half, unknown]


def test_with_stated_leaves_out_what_was_concluded():
    stated = make_initiative(inferred_fields=["status", "sectors"])
    make_initiative(inferred_fields=["category"])

    assert list(Initiative.objects.with_stated("category")) == [stated]


def test_with_stated_does_not_mistake_a_longer_name():
    kept = make_initiative(inferred_fields=["status_comment"])

    assert list(Initiative.objects.with_stated("status")) == [kept]


def test_needing_review_is_after_the_day():
    overdue = make_initiative(review_on=date(2026, 1, 1))
    make_initiative(review_on=date(2026, 1, 2))
    make_initiative(review_on=None)

    assert list(Initiative.objects.needing_review(date(2026, 1, 2))) == [overdue]


def test_showable_pictures_are_those_whose_consent_holds_today():
    initiative = make_initiative()
    free = make_gallery_picture(initiative)
    last_day = make_gallery_picture(initiative, consent_expires_on=date(2026, 1, 2))
    make_gallery_picture(initiative, consent_expires_on=date(2026, 1, 1))

    found = GalleryPicture.objects.showable(date(2026, 1, 2)).order_by("pk")

    assert list(found) == [free, last_day]


@pytest.mark.parametrize("count", [1, 3])
def test_for_cards_is_one_query(count, django_assert_num_queries):
    for _ in range(count):
        make_initiative(sectors=[make_sector()])

    with django_assert_num_queries(1):
        rows = list(Initiative.objects.visible().for_cards())
        names = [f"{row.status.name} {row.band} {row.driven_by.name}" for row in rows]

    assert len(names) == count
