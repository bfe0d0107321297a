"""The expo's pages in the sitemap: each that is public, and none of a demonstration."""

import pytest

from expo.sitemap import entries
from innovation.choices import Visibility
from tests.builders import make_organisation
from tests.expo.builders import make_area, make_event, make_expo, make_theme, make_venue

pytestmark = pytest.mark.django_db


def make_whole_expo(**fields):
    """With one page of each kind."""
    expo, area = make_expo(**fields), make_area()
    expo.areas.add(area)
    make_venue(area=area)
    shown = {"is_example": expo.is_example}
    make_event(expo=expo, organiser=make_organisation(), theme=make_theme(), **shown)
    return expo


def test_every_page_of_an_edition_stands_in_the_sitemap_and_is_there(client):
    make_whole_expo()

    response = client.get("/sitemap.xml")

    body = b"".join(response.streaming_content).decode()
    paths = [part.split("</loc>")[0].split("/", 3)[3] for part in body.split("<loc>")[1:]]
    of_expo = [f"/{path}" for path in paths if path.startswith(("sv/expo/", "en/expo/"))]
    assert len(of_expo) == 2 * 10
    assert {client.get(path).status_code for path in of_expo} == {200}


@pytest.mark.parametrize("fields", [{"is_example": True}, {"visibility": Visibility.DRAFT}])
def test_demonstration_and_draft_have_no_page_in_the_sitemap(fields):
    make_whole_expo(**fields)

    assert entries() == []


def test_what_is_not_public_in_an_edition_has_no_page_in_the_sitemap():
    expo = make_expo()
    before = entries()

    make_event(expo=expo, is_example=True, theme=make_theme(), organiser=make_organisation())
    make_event(expo=expo, visibility=Visibility.DRAFT, theme=make_theme())

    assert entries() == before
    make_event(expo=expo, organiser=make_organisation(visibility="draft"))
    assert [entry.name for entry in entries() if entry not in before] == ["expo:event-detail"]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_sitemap_does_not_grow(django_assert_num_queries, count):
    for _ in range(count):
        make_whole_expo()

    with django_assert_num_queries(7):
        assert len(entries()) == 1 + 9 * count
