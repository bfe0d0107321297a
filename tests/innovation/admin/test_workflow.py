import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from innovation.models import Initiative
from tests.admin_forms import (
    change_url,
    errors_of,
    messages_of,
    open_form,
    read_form,
    save,
)
from tests.builders import (
    make_category,
    make_challenge,
    make_contact,
    make_document,
    make_gallery_picture,
    make_initiative,
    make_organisation,
    make_platform,
    make_status,
    picture_file,
)

LESSONS_ASKED = (
    "Write a sentence or two on what you learned: “{}” asks for it, in Swedish or in English."
)


# ── The steps ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("before", "button", "after"),
    [
        ("draft", "_send_for_review", "in-review"),
        ("draft", "_publish", "published"),
        ("in-review", "_publish", "published"),
        ("in-review", "_return_to_draft", "draft"),
        ("published", "_withdraw", "withdrawn"),
        ("withdrawn", "_publish", "published"),
        ("withdrawn", "_send_for_review", "in-review"),
    ],
)
def test_workflow_button_saves_the_form_and_takes_the_step(moderator, before, button, after):
    initiative = make_initiative(visibility=before)

    response = save(moderator, initiative, button, title_sv="Ny titel")

    initiative.refresh_from_db()
    assert response.url == change_url(initiative)
    assert (initiative.visibility, initiative.title_sv) == (after, "Ny titel")


@pytest.mark.parametrize(
    ("visibility", "editors", "moderators"),
    [
        ("draft", ["send_for_review"], ["send_for_review", "publish"]),
        ("in-review", ["return_to_draft"], ["publish", "return_to_draft"]),
        ("published", [], ["withdraw"]),
        ("withdrawn", ["send_for_review"], ["send_for_review", "publish"]),
    ],
)
def test_workflow_buttons_are_those_that_can_be_pressed(
    editor, moderator, organisation, visibility, editors, moderators
):
    initiative = make_initiative(visibility=visibility, driven_by=organisation)

    steps = [client.get(change_url(initiative)).context["steps"] for client in (editor, moderator)]

    assert [[step.name for step in shown] for shown in steps] == [editors, moderators]


def test_publish_of_an_editor_changes_nothing(editor, organisation):
    initiative = make_initiative(visibility="draft", driven_by=organisation, title_sv="Före")

    response = save(editor, initiative, "_publish", title_sv="Efter")

    initiative.refresh_from_db()
    assert (initiative.visibility, initiative.title_sv) == ("draft", "Före")
    assert errors_of(response) == {"": ["Only a moderator publishes and withdraws."]}
    assert read_form(response)["title_sv"] == ["Efter"]


def test_publish_says_what_happened_and_what_remains(moderator):
    initiative = make_initiative(visibility="draft", title_sv="Livboj", title_en="", lead_en="")

    response = save(moderator, initiative, "_publish")
    told = messages_of(moderator.get(response.url))

    assert told[0].startswith("“Livboj” is published. <a href=")
    assert told[1:] == ["Left to do: Missing in English: title, lead. It has no contact."]


def test_new_initiative_can_be_published_at_once(moderator):
    form = read_form(moderator.get(reverse("admin:innovation_initiative_add")))
    answers = {"title_sv": "Ännu en livboj", "status": make_status("pilot").pk, "_publish": "1"}

    moderator.post(reverse("admin:innovation_initiative_add"), {**form, **answers})

    initiative = Initiative.objects.get()
    assert (initiative.slug, initiative.visibility) == ("annu-en-livboj", "published")
    assert initiative.published_at is not None


def test_step_is_told_in_the_history(moderator):
    initiative = make_initiative(visibility="draft")

    save(moderator, initiative, "_publish")

    assert "visibility: published" in LogEntry.objects.get().get_change_message()


def test_platform_has_the_same_steps(moderator):
    platform = make_platform(visibility="draft")

    save(moderator, platform, "_publish")

    platform.refresh_from_db()
    assert platform.visibility == "published"


def test_form_lists_what_is_left_to_do(moderator):
    initiative = make_initiative(
        status=make_status("cancelled"), driven_by=None, review_on="2020-01-01", lead_sv=""
    )

    remaining = moderator.get(change_url(initiative)).context["remaining"]

    assert [item.text for item in remaining] == [
        "Missing in Swedish: lead.",
        "Nothing is written of what you learned.",
        "Nobody is said to drive it.",
        "It has no contact.",
        "The review date has passed.",
    ]


def test_form_of_a_finished_initiative_has_nothing_left(moderator):
    initiative = make_initiative()
    make_contact(initiative)

    assert moderator.get(change_url(initiative)).context["remaining"] == []


# ── Lessons learned ───────────────────────────────────────────────────────────
@pytest.mark.parametrize("slug", ["realised", "cancelled"])
def test_status_that_ends_it_asks_for_lessons(moderator, slug):
    initiative = make_initiative()
    status = make_status(slug)

    response = save(moderator, initiative, status=status.pk, what_sv="<p>Nytt</p>")

    initiative.refresh_from_db()
    assert initiative.status.slug == "pilot"
    assert errors_of(response) == {"lessons_learned_sv": [LESSONS_ASKED.format(status)]}
    assert read_form(response)["what_sv"] == ["<p>Nytt</p>"]
    assert read_form(response)["status"] == [str(status.pk)]


@pytest.mark.parametrize("field", ["lessons_learned_sv", "lessons_learned_en"])
def test_status_is_changed_with_lessons_in_either_language(moderator, field):
    initiative = make_initiative()

    save(moderator, initiative, status=make_status("cancelled").pk, **{field: "Vi lärde oss."})

    initiative.refresh_from_db()
    assert initiative.status.slug == "cancelled"
    assert initiative.progress_percent == 50
    assert initiative.status_changes.get().from_status.slug == "pilot"


def test_publishing_asks_for_lessons(moderator):
    initiative = make_initiative(visibility="draft", status=make_status("realised"))

    response = save(moderator, initiative, "_publish", lessons_learned_sv="<p> </p>")

    assert list(errors_of(response)) == ["lessons_learned_sv"]


def test_imported_initiative_without_lessons_can_be_edited(moderator):
    initiative = make_initiative(status=make_status("realised"))

    save(moderator, initiative, title_sv="Rättad titel")

    initiative.refresh_from_db()
    assert initiative.title_sv == "Rättad titel"


# ── What the form fills in ────────────────────────────────────────────────────
def test_category_comes_from_the_challenge_that_a_person_sets(moderator):
    initiative = make_initiative(category=None)
    challenge = make_challenge(category=make_category())

    save(moderator, initiative, challenge=challenge.pk)

    initiative.refresh_from_db()
    assert initiative.category == challenge.category


def test_stated_category_wins_over_the_challenge(moderator):
    stated = make_category()
    initiative = make_initiative(category=None)
    challenge = make_challenge(category=make_category())

    save(moderator, initiative, challenge=challenge.pk, category=stated.pk)

    initiative.refresh_from_db()
    assert initiative.category == stated


def test_category_that_is_taken_away_stays_away(moderator):
    challenge = make_challenge(category=make_category())
    initiative = make_initiative(category=challenge.category, challenge=challenge)

    save(moderator, initiative, category="")

    initiative.refresh_from_db()
    assert initiative.category is None


def test_changed_value_is_no_longer_concluded_by_us(moderator):
    initiative = make_initiative(inferred_fields=["title_sv", "sectors"])

    response = save(moderator, initiative, title_sv="Sagt av någon")

    initiative.refresh_from_db()
    assert initiative.inferred_fields == ["sectors"]
    assert (
        "No longer marked as concluded by us, since you changed it: Title (Swedish)."
        in messages_of(moderator.get(response.url))
    )


def test_form_with_stored_files_is_saved(moderator):
    initiative = make_initiative(cover_photo=picture_file())
    make_gallery_picture(initiative)
    make_document(initiative)
    # As rows of an import, whose pictures were never measured: reading the size closes the file.
    initiative.gallery.update(width=None, height=None)
    Initiative.objects.update(cover_width=None, cover_height=None)

    save(moderator, initiative, title_sv="Ny titel")

    initiative.refresh_from_db()
    assert initiative.title_sv == "Ny titel"


def test_form_with_a_file_that_is_gone_is_saved(moderator):
    initiative = make_initiative()
    document = make_document(initiative)
    document.file.storage.delete(document.file.name)

    save(moderator, initiative, title_sv="Ny titel")

    initiative.refresh_from_db()
    assert initiative.title_sv == "Ny titel"


def test_changed_slug_keeps_the_old_address(moderator):
    initiative = make_initiative(slug="gammal")

    save(moderator, initiative, slug="ny")

    form = open_form(moderator, initiative)
    assert form["slug"] == ["ny"]
    assert moderator.get("/admin/innovation/slugredirect/?q=gammal").context["cl"].result_count == 1


# ── Preview ───────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "make", [make_initiative, make_challenge, make_platform, make_organisation]
)
def test_preview_shows_what_is_not_public_and_is_never_kept(moderator, make, language):
    row = make(visibility="draft")
    address = reverse(f"admin:innovation_{row._meta.model_name}_preview", args=[row.pk])

    response = moderator.get(address, {"language": language})

    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_preview_is_closed_to_strangers(client, db):
    initiative = make_initiative(visibility="draft")
    address = reverse("admin:innovation_initiative_preview", args=[initiative.pk])

    response = client.get(address)

    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize(
    ("fields", "is_linked"),
    [({}, True), ({"visibility": "draft"}, False), ({"internal": True}, False)],
)
def test_form_links_to_the_page_that_the_public_sees(moderator, fields, is_linked):
    initiative = make_initiative(**fields)

    context = moderator.get(change_url(initiative)).context

    assert bool(context["public_url"]) == is_linked
    assert [preview["language"] for preview in context["previews"]] == ["sv", "en"]
