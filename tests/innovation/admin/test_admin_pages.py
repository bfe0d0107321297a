import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from innovation import models
from innovation.models import OutboxMessage
from tests.admin_forms import messages_of
from tests.builders import (
    make_category,
    make_challenge,
    make_collection,
    make_focal_point,
    make_gallery_picture,
    make_global_goal,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_status,
    make_technology,
    make_user,
)

# Rows below another form: they have no page of their own.
PARTS = {
    *(relation.related_model for model in (models.Initiative, models.Challenge, models.Platform)
      for relation in model._meta.related_objects if relation.one_to_many
      and relation.related_model is not models.Initiative),
    models.Membership,
}  # fmt: skip
# What the site writes for itself.
MACHINERY = {models.ContentVersion, models.SearchText}
OURS = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "innovation"),
    key=lambda model: model.__name__,
)


def test_admin_has_a_page_for_every_model():
    missing = set(apps.get_app_config("innovation").get_models()) - set(OURS) - PARTS - MACHINERY

    assert missing == set()


@pytest.fixture
def one_of_each(db):
    """A row of every registered model, by model."""
    theme = make_collection().themes.create(slug="tema", title_sv="Tema")
    terms = {
        kind: kind.objects.create(slug=f"{kind.__name__.lower()}", name_sv="Ord")
        for kind in (
            models.InnovationHeight,
            models.ExpectedImpact,
            models.Operation,
            models.OperationDomain,
        )
    }
    initiative = make_initiative(category=make_category(), challenge=make_challenge())
    make_gallery_picture(initiative)
    return {
        **terms,
        models.Initiative: initiative,
        models.Challenge: initiative.challenge,
        models.Category: initiative.category,
        models.Organisation: initiative.driven_by,
        models.Status: initiative.status,
        models.Platform: make_platform(),
        models.Collection: theme.collection,
        models.CollectionTheme: theme,
        models.CollectionExample: theme.examples.create(slug="exempel", title_sv="Exempel"),
        models.Sector: make_sector(),
        models.Technology: make_technology(),
        models.FocalPoint: make_focal_point(),
        models.GlobalGoal: make_global_goal(),
        models.KeyFigure: models.KeyFigure.objects.create(slug="k", label_sv="Antal", value="3"),
        models.Milestone: models.Milestone.objects.create(slug="m", label_sv="Start", year=2018),
        models.Synonym: models.Synonym.objects.create(words="bok, böcker"),
        models.User: make_user("editor"),
        models.OutboxMessage: OutboxMessage.objects.create(kind="mail", payload={"subject": "Hej"}),
        models.ImportReport: models.ImportReport.objects.create(source="demo"),
        models.SlugRedirect: models.SlugRedirect.objects.create(
            model="initiative", old_slug="gammal", object_id=initiative.pk
        ),
    }


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_admin_pages_of_every_model_open(administrator, one_of_each, model, language):
    row = one_of_each[model]
    name = f"admin:innovation_{model._meta.model_name}"
    addresses = [
        reverse(f"{name}_changelist"),
        reverse(f"{name}_changelist") + "?q=ord",
        reverse(f"{name}_change", args=[row.pk]),
        reverse(f"{name}_history", args=[row.pk]),
    ]
    if admin.site._registry[model].has_add_permission(_as(administrator)):
        addresses.append(reverse(f"{name}_add"))

    answers = [
        administrator.get(address, headers={"accept-language": language}) for address in addresses
    ]

    assert {answer.status_code for answer in answers} == {200}


def _as(client):
    """A request by the user of `client`, for asking the admin about rights."""
    request = RequestFactory().get("/admin/")
    request.user = models.User.objects.get(pk=client.session["_auth_user_id"])
    return request


LISTS = {
    "initiative": lambda: make_initiative(category=make_category(), challenge=make_challenge()),
    "challenge": lambda: make_challenge(category=make_category()),
    "organisation": lambda: make_organisation(parent=make_organisation()),
    "platform": make_platform,
    "collection": make_collection,
    "sector": make_sector,
    "user": lambda: make_user("editor"),
}


@pytest.mark.parametrize("name", LISTS)
def test_admin_list_query_count_does_not_grow(
    administrator, name, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse(f"admin:innovation_{name}_changelist")
    LISTS[name]()
    with django_assert_max_num_queries(40) as with_one:
        administrator.get(address)
    LISTS[name]()
    LISTS[name]()

    with django_assert_num_queries(len(with_one)):
        response = administrator.get(address)

    assert response.status_code == 200


# ── The start page ────────────────────────────────────────────────────────────
def test_dashboard_counts_what_its_links_show(administrator):
    make_initiative(visibility="in-review")
    make_initiative(title_en="", lead_en="")
    make_initiative(review_on=timezone.localdate().replace(year=2020))
    make_initiative(status=make_status("cancelled"))
    make_initiative(driven_by=None)
    lines = administrator.get(reverse("admin:index")).context["todo"]

    shown = [administrator.get(line["url"]).context["cl"].result_count for line in lines]

    assert [line["count"] for line in lines] == shown
    assert len(lines) == 6


def test_dashboard_shows_an_editor_their_own(editor, organisation):
    make_initiative(visibility="in-review", driven_by=organisation)
    make_initiative(visibility="in-review")
    first = editor.get(reverse("admin:index")).context["todo"][0]

    rows = editor.get(first["url"]).context["cl"].result_list

    assert first["count"] == 1
    assert [row.driven_by for row in rows] == [organisation]


# ── Filters and search ────────────────────────────────────────────────────────
def listed(client, query: str) -> set[str]:
    address = reverse("admin:innovation_initiative_changelist")
    return {row.slug for row in client.get(f"{address}?{query}").context["cl"].result_list}


def test_initiative_list_narrows_by_missing_translation(administrator):
    make_initiative(slug="svensk", title_en="", lead_en="")
    make_initiative(slug="engelsk", what_en="<p>Only here.</p>")
    make_initiative(slug="hel")

    assert listed(administrator, "missing=en") == {"svensk"}
    assert listed(administrator, "missing=sv") == {"engelsk"}


def test_initiative_list_narrows_by_what_is_concluded(administrator):
    make_initiative(slug="slutsats", inferred_fields=["status", "sectors"])
    make_initiative(slug="sagt", inferred_fields=["category"])

    assert listed(administrator, "concluded=status") == {"slutsats"}


@pytest.mark.parametrize(
    ("todo", "fields"),
    [
        ("in-review", {"visibility": "in-review"}),
        ("overdue", {"review_on": "2020-01-01"}),
        ("untranslated", {"lead_en": ""}),
        ("no-owner", {"driven_by": None}),
    ],
)
def test_initiative_list_narrows_by_what_is_left_to_do(administrator, todo, fields):
    make_initiative(slug="kvar", **fields)
    make_initiative(slug="klar")

    assert listed(administrator, f"todo={todo}") == {"kvar"}


def test_initiative_list_finds_by_either_language_and_organisation(administrator):
    partner = make_organisation(name_sv="Lunds universitet", name_en="Lund University")
    make_initiative(slug="livboj", title_sv="Livboj", title_en="Lifebuoy", partners=[partner])
    make_initiative(slug="annat", title_sv="Annat", title_en="Other")

    assert listed(administrator, "q=lifebuoy") == {"livboj"}
    assert listed(administrator, "q=livboj") == {"livboj"}
    assert listed(administrator, "q=lunds+universitet") == {"livboj"}


# ── Machinery ─────────────────────────────────────────────────────────────────
def test_outbox_gives_dead_messages_another_try(administrator):
    message = OutboxMessage.objects.create(kind="mail", state="dead", attempts=8)
    waiting = OutboxMessage.objects.create(kind="mail", state="queued", attempts=2)

    response = administrator.post(
        reverse("admin:innovation_outboxmessage_changelist"),
        {"action": "retry", "_selected_action": [message.pk, waiting.pk]},
        follow=True,
    )

    message.refresh_from_db()
    waiting.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)
    assert (waiting.state, waiting.attempts) == ("queued", 2)
    assert messages_of(response) == ["1 message will be tried again."]


def test_outbox_shows_no_text_of_a_mail(administrator):
    payload = {"to": "x@example.org", "subject": "Nytt lösenord", "text": "https://hemlig-länk"}
    message = OutboxMessage.objects.create(kind="mail", payload=payload)

    page = administrator.get(
        reverse("admin:innovation_outboxmessage_change", args=[message.pk])
    ).content.decode()

    assert "Nytt lösenord" in page
    assert "hemlig" not in page


def test_autocomplete_answers_in_json(administrator):
    make_category(name_sv="Hälsa", name_en="Health")

    query = {"app_label": "innovation", "model_name": "initiative", "field_name": "category"}

    answer = administrator.get(reverse("admin:autocomplete"), {**query, "term": "häl"})

    assert [row["text"] for row in json.loads(answer.content)["results"]] == ["Health"]
