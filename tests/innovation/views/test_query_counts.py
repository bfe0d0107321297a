"""No page asks the database more often because it has more to show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from innovation.choices import FundingKind, RoadmapStatus
from tests.builders import (
    make_category,
    make_challenge,
    make_contact,
    make_document,
    make_focal_point,
    make_funding,
    make_gallery_picture,
    make_impact_target,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_update,
)

pytestmark = pytest.mark.django_db


def queries_of(path: str) -> int:
    Client().get(path)  # what the process keeps is made at the first
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries)


def challenge_with_initiative():
    make_initiative(challenge=make_challenge(category=make_category()))


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/sv/", challenge_with_initiative),
        ("/sv/initiativ/", make_initiative),
        ("/sv/initiativ/?view=list&q=initiativ", make_initiative),
        ("/sv/initiativ/?view=table&sort=title", make_initiative),
        ("/sv/utmaningar/", challenge_with_initiative),
        ("/sv/organisationer/", make_initiative),
        ("/sv/plattformar/", make_platform),
    ],
)
def test_list_query_count_does_not_grow(path, make):
    make()
    at_one = queries_of(path)

    make()
    make()

    assert queries_of(path) == at_one


def add_parts_to_initiative(row) -> None:
    make_contact(row)
    make_impact_target(row)
    make_funding(row)
    make_funding(row, kind=FundingKind.USED)
    make_document(row)
    make_gallery_picture(row)
    make_update(row)
    row.links.create(title_sv="Länk", url="https://example.org/")
    row.involvements.create(text_sv="Alla är med.")
    row.figures.create(label_sv="Elever", value=1)
    row.status_changes.create(to_status=row.status, changed_on=timezone.localdate())
    row.participants.add(make_organisation())
    row.partners.add(make_organisation())
    row.platforms.add(make_platform())


def add_parts_to_challenge(row) -> None:
    row.contacts.create(function_sv="Samordnare")
    row.focal_points.add(make_focal_point())
    make_initiative(challenge=row, category=make_category())
    make_challenge()


def add_parts_to_platform(row) -> None:
    row.features.create(title_sv="Mäter")
    row.roadmap.create(title_sv="Fler", planned_on=timezone.localdate(), status=RoadmapStatus.DONE)
    row.contacts.create(function_sv="Förvaltare")
    row.links.create(title_sv="Länk", url="https://example.org/")
    row.partners.add(make_organisation())
    make_initiative(platforms=[row])


def add_parts_to_organisation(row) -> None:
    make_organisation(parent=row)
    make_organisation(administration=row)
    make_platform(partners=[row])
    make_initiative(driven_by=row, category=make_category())
    make_initiative(participants=[row], partners=[row])


@pytest.mark.parametrize(
    ("make", "add_parts"),
    [
        (make_initiative, add_parts_to_initiative),
        (make_challenge, add_parts_to_challenge),
        (make_platform, add_parts_to_platform),
        (make_organisation, add_parts_to_organisation),
    ],
)
def test_detail_query_count_does_not_grow(make, add_parts):
    row = make()
    add_parts(row)
    at_one = queries_of(row.get_absolute_url())

    add_parts(row)
    add_parts(row)

    assert queries_of(row.get_absolute_url()) == at_one


def test_start_page_asks_for_nothing_when_nothing_has_changed():
    challenge_with_initiative()

    assert queries_of("/sv/") == 0


def test_initiative_with_no_lists_of_its_own_asks_twice():
    row = make_initiative(
        challenge=make_challenge(), category=make_category(), sectors=[make_sector()]
    )
    row.participants.add(make_organisation())
    make_initiative(challenge=row.challenge, sectors=row.sectors.all())

    assert queries_of(row.get_absolute_url()) == 2  # the initiative, and which lists it has


def test_initiative_asks_once_for_each_list_that_it_has():
    row = make_initiative()
    make_contact(row)
    make_contact(row)
    make_update(row)

    assert queries_of(row.get_absolute_url()) == 4
