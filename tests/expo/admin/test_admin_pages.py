import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from expo import models
from tests.admin_forms import change_url
from tests.expo.builders import (
    make_access_feature,
    make_area,
    make_audience,
    make_event,
    make_expo,
    make_occasion,
    make_programme,
    make_theme,
    make_venue,
)

# Shown with what they belong to.
PARTS = {models.OccasionRevision, models.ProgrammeItem}
OURS = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "expo"),
    key=lambda model: model.__name__,
)


def test_admin_has_a_page_for_every_model():
    missing = set(apps.get_app_config("expo").get_models()) - set(OURS) - PARTS

    assert missing == set()


@pytest.fixture
def one_of_each(db):
    """A row of every registered model, by model."""
    occasion = make_occasion()
    return {
        models.Expo: make_expo(),
        models.Area: make_area(),
        models.Venue: make_venue(),
        models.AccessFeature: make_access_feature(),
        models.Theme: make_theme(),
        models.Audience: make_audience(),
        models.Event: occasion.event,
        models.Occasion: occasion,
        models.PersonalProgramme: make_programme(occasions=[occasion]),
    }


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_admin_page_opens(administrator, one_of_each, model):
    row = one_of_each[model]
    name = f"admin:expo_{model._meta.model_name}"

    pages = [administrator.get(reverse(f"{name}_changelist")), administrator.get(change_url(row))]
    if admin.site._registry[model].has_add_permission(pages[0].wsgi_request):
        pages.append(administrator.get(reverse(f"{name}_add")))

    assert {page.status_code for page in pages} == {200}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_admin_list_search_and_filters_open(administrator, one_of_each, model):
    options = admin.site._registry[model]
    address = reverse(f"admin:expo_{model._meta.model_name}_changelist")

    page = administrator.get(address, {"q": "a"} if options.search_fields else {})

    assert page.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_event_list_query_count_does_not_grow(
    administrator, db, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_occasion()
    make_event()

    with django_assert_max_num_queries(14):
        page = administrator.get(reverse("admin:expo_event_changelist"))

    assert page.status_code == 200


def test_programme_page_shows_neither_links_nor_notes(administrator, db):
    programme = make_programme(
        occasions=[make_occasion()], name="Mormor och vi", share_token="delas-x"
    )
    programme.items.update(note="Hämta Lisa först")

    page = administrator.get(change_url(programme)).content.decode()

    secrets = (programme.edit_token, programme.calendar_token, "delas-x", "Hämta Lisa först")
    assert [word for word in secrets if word in page] == []


def test_programme_cannot_be_changed_by_an_administrator(administrator, db):
    programme = make_programme()

    page = administrator.post(change_url(programme), {"name": "Ny"})

    assert page.status_code == 403
