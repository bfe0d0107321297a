"""What a page shows of an initiative, beside what the database says of it row by row."""

from datetime import timedelta

import pytest
from django.utils import timezone

from innovation import shared_rows, snapshot, whole_initiative
from innovation.choices import FundingKind, Visibility
from innovation.models import Initiative
from tests.builders import (
    make_category,
    make_challenge,
    make_contact,
    make_document,
    make_funding,
    make_gallery_picture,
    make_global_goal,
    make_impact_target,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_status,
    make_technology,
    make_update,
)

pytestmark = pytest.mark.django_db

LISTS = [
    relation.get_accessor_name() if relation.auto_created else relation.name
    for relation in Initiative._meta.get_fields()
    if relation.one_to_many or relation.many_to_many
]
# Of other pages, or of the search.
NOT_SHOWN = {"collections", "events", "search_texts"}


def initiative_with_everything() -> Initiative:
    row = make_initiative(challenge=make_challenge(), category=make_category())
    for _ in range(2):
        row.sectors.add(make_sector())
        row.technologies.add(make_technology())
        row.participants.add(make_organisation())
        row.partners.add(make_organisation())
        row.platforms.add(make_platform())
        row.operations.create(name_sv="Drift", slug=f"drift-{row.operations.count()}")
        row.innovation_heights.create(name_sv="Ny", slug=f"ny-{row.innovation_heights.count()}")
        make_contact(row)
        make_impact_target(row)
        make_funding(row, kind=FundingKind.USED)
        make_document(row)
        make_gallery_picture(row)
        make_update(row)
        row.links.create(title_sv="Länk", url="https://example.org/")
        row.involvements.create(text_sv="Alla är med.")
        row.figures.create(label_sv="Elever", value=1)
        row.status_changes.create(to_status=row.status)
    row.global_goals.set([make_global_goal(9), make_global_goal(4)])
    return row


def read(row: Initiative) -> Initiative:
    return whole_initiative.of(row.slug, snapshot.current())


def shown(row: Initiative) -> dict[str, list]:
    return {name: list(getattr(row, name).all()) for name in LISTS if name not in NOT_SHOWN}


def test_whole_initiative_has_every_list_in_order(django_assert_num_queries):
    row = initiative_with_everything()

    found = read(row)

    assert shown(found) == shown(Initiative.objects.get(pk=row.pk))
    assert all(shown(found).values())
    with django_assert_num_queries(0):
        shown(found)
        assert [found.status, found.category, found.challenge, found.driven_by] == [
            row.status,
            row.category,
            row.challenge,
            row.driven_by,
        ]


def test_whole_initiative_has_empty_lists(django_assert_num_queries):
    found = read(make_initiative())

    with django_assert_num_queries(0):
        assert not any(shown(found).values())


def test_whole_initiative_leaves_out_what_is_hidden():
    row = make_initiative()
    draft = make_organisation(visibility=Visibility.DRAFT)
    row.participants.add(draft)
    row.partners.add(draft)
    row.platforms.add(make_platform(visibility=Visibility.WITHDRAWN))
    make_gallery_picture(row, consent_expires_on=timezone.localdate() - timedelta(days=1))

    assert not any(shown(read(row)).values())


def test_whole_initiative_keeps_a_challenge_that_is_hidden():
    challenge = make_challenge(visibility=Visibility.DRAFT)
    row = make_initiative(challenge=challenge)

    assert read(row).challenge == challenge


@pytest.mark.parametrize("hidden", [{"internal": True}, {"visibility": Visibility.WITHDRAWN}])
def test_hidden_initiative_is_not_there(hidden):
    row = make_initiative(**hidden)

    with pytest.raises(Initiative.DoesNotExist):
        read(row)


# ── Shared rows ───────────────────────────────────────────────────────────────
def test_shared_rows_are_read_once(django_assert_num_queries):
    status = make_status()
    snap = snapshot.current()
    first = shared_rows.of_facet("status", snap)

    with django_assert_num_queries(0):
        assert shared_rows.of_facet("status", snap) is first

    assert first == {status.pk: status}


def test_shared_rows_follow_a_change():
    owner = make_organisation()
    shared_rows.of_facet("driven_by", snapshot.current())

    owner.visibility = Visibility.WITHDRAWN
    owner.save()

    assert shared_rows.of_facet("driven_by", snapshot.current()) == {}
