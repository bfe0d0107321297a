import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from innovation import permissions
from innovation.models import Initiative, User
from tests.admin_forms import add_row, change_url, errors_of, open_form, read_form, save
from tests.builders import (
    make_challenge,
    make_impact_target,
    make_initiative,
    make_organisation,
    make_status,
    make_user,
)
from tests.innovation.admin.conftest import signed_in

ADD = "/admin/innovation/initiative/add/"


# ── Predicates ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("role", "is_theirs", "may"),
    [
        ("editor", True, True),
        ("editor", False, False),
        ("moderator", False, True),
        ("administrator", False, True),
        (None, True, False),
    ],
)
def test_can_edit_initiative(db, role, is_theirs, may):
    initiative = make_initiative(visibility="draft")
    user = make_user(role, organisations=[initiative.driven_by] if is_theirs else [])

    assert permissions.can_edit_initiative(user, initiative) is may


def test_representative_writes_nothing(organisation):
    user = make_user("editor")
    user.memberships.create(organisation=organisation, role="representative")

    assert not permissions.can_edit_initiative(user, make_initiative(driven_by=organisation))


def test_initiative_that_nobody_drives_is_the_moderators(db):
    initiative = make_initiative(driven_by=None)

    assert not permissions.can_edit_initiative(make_user("editor"), initiative)
    assert permissions.can_edit_initiative(make_user("moderator"), initiative)


@pytest.mark.parametrize(
    ("role", "was_published", "may"),
    [
        ("editor", False, True),
        ("editor", True, False),
        ("moderator", True, False),
        ("administrator", True, True),
    ],
)
def test_can_delete_initiative_only_before_it_was_public(organisation, role, was_published, may):
    visibility = "published" if was_published else "draft"
    initiative = make_initiative(driven_by=organisation, visibility=visibility)
    user = make_user(role, organisations=[organisation])

    assert permissions.can_delete_initiative(user, initiative) is may


def test_ensure_roles_puts_changed_permissions_right(db):
    group = permissions.ensure_roles()[permissions.EDITORS]
    wanted = set(group.permissions.values_list("codename", flat=True))
    group.permissions.remove(group.permissions.get(codename="change_initiative"))
    group.permissions.add(Permission.objects.get(codename="delete_user"))

    permissions.ensure_roles()

    assert set(group.permissions.values_list("codename", flat=True)) == wanted


# ── In the admin ──────────────────────────────────────────────────────────────
def test_editor_saves_their_own(editor, organisation):
    initiative = make_initiative(driven_by=organisation)

    save(editor, initiative, title_sv="Ny titel")

    initiative.refresh_from_db()
    assert initiative.title_sv == "Ny titel"


def test_editor_sees_others_without_a_button(editor):
    initiative = make_initiative()

    response = editor.get(change_url(initiative))

    assert response.status_code == 200
    assert response.context["steps"] == []
    assert 'name="_save"' not in response.content.decode()
    assert 'name="title_sv"' not in response.content.decode()


def test_editor_cannot_post_to_others(editor, organisation):
    others = make_initiative(title_sv="Före")
    form = open_form(editor, make_initiative(driven_by=organisation))

    response = editor.post(change_url(others), {**form, "title_sv": "Efter"})

    others.refresh_from_db()
    assert response.status_code == 403
    assert others.title_sv == "Före"


def test_editor_cannot_change_rows_below_others(editor):
    target = make_impact_target(make_initiative())

    editor.post(
        change_url(target.initiative),
        {"impact_targets-0-id": target.pk, "impact_targets-0-goal_sv": "Efter"},
    )

    target.refresh_from_db()
    assert target.goal_sv == "Fler deltar"


def test_editor_cannot_give_their_initiative_away(editor, organisation):
    initiative = make_initiative(driven_by=organisation)

    response = save(editor, initiative, driven_by=make_organisation().pk)

    assert list(errors_of(response)) == ["driven_by"]


def test_editor_cannot_leave_their_initiative_without_an_owner(editor, organisation):
    initiative = make_initiative(driven_by=organisation)

    response = save(editor, initiative, driven_by="")

    assert list(errors_of(response)) == ["driven_by"]


def test_new_initiative_has_the_editors_only_organisation(editor, organisation):
    assert read_form(editor.get(ADD))["driven_by"] == [str(organisation.pk)]


def test_editor_without_organisation_adds_nothing(db):
    response = signed_in(make_user("editor")).get(ADD)

    assert response.status_code == 403


def test_autocomplete_offers_an_editor_their_own_organisations(editor, moderator, organisation):
    make_organisation(name_sv="Miljöverket")
    query = {"app_label": "innovation", "model_name": "initiative", "term": "miljö"}

    def offered(client, field):
        address = reverse("admin:autocomplete")
        answer = client.get(address, {**query, "field_name": field})
        return len(json.loads(answer.content)["results"])

    assert offered(editor, "driven_by") == 1
    assert offered(editor, "partners") == 2
    assert offered(moderator, "driven_by") == 2


def test_editor_deletes_a_draft_of_their_own_only(editor, organisation):
    own = make_initiative(driven_by=organisation, visibility="draft")
    others = make_initiative(visibility="draft")

    answers = [
        editor.post(reverse("admin:innovation_initiative_delete", args=[row.pk]), {"post": "yes"})
        for row in (own, others)
    ]

    assert [answer.status_code for answer in answers] == [302, 403]
    assert list(Initiative.objects.all()) == [others]


def test_editor_deletes_only_their_own_in_bulk(editor, organisation):
    own = make_initiative(driven_by=organisation, visibility="draft")
    others = make_initiative(visibility="draft")

    editor.post(
        reverse("admin:innovation_initiative_changelist"),
        {"action": "delete_selected", "_selected_action": [own.pk, others.pk], "post": "yes"},
    )

    assert Initiative.objects.count() == 2


def test_editor_cannot_bring_an_internal_one_to_light(editor, organisation):
    initiative = make_initiative(driven_by=organisation, internal=True)
    form = open_form(editor, initiative)
    form.pop("internal", None)

    save(editor, initiative, values=form)

    initiative.refresh_from_db()
    assert initiative.internal is True


@pytest.mark.parametrize("kind", ["challenge", "organisation", "status", "user", "outboxmessage"])
def test_editor_adds_no_other_kind(editor, kind):
    assert editor.get(reverse(f"admin:innovation_{kind}_add")).status_code == 403


@pytest.mark.parametrize("kind", ["user", "outboxmessage", "importreport"])
def test_editor_sees_no_machinery(editor, kind):
    assert editor.get(reverse(f"admin:innovation_{kind}_changelist")).status_code == 403


def test_editor_reads_a_challenge_without_changing_it(editor):
    challenge = make_challenge(title_sv="Före")

    answers = [
        editor.get(change_url(challenge)),
        editor.post(change_url(challenge), {"title_sv": "E"}),
    ]

    assert [answer.status_code for answer in answers] == [200, 403]


def test_moderator_makes_nobody_an_administrator(moderator):
    user = make_user("editor")

    response = moderator.post(change_url(user), {"email": user.email, "is_superuser": "on"})

    user.refresh_from_db()
    assert response.status_code == 403
    assert user.is_superuser is False


def test_keeper_of_users_makes_nobody_an_administrator(db):
    keeper, user = make_user("moderator"), make_user("editor")
    for codename in ("view_user", "change_user"):
        keeper.user_permissions.add(Permission.objects.get(codename=codename))
    client = signed_in(keeper)

    save(client, user, is_superuser="on", name="Nytt namn")

    user.refresh_from_db()
    assert (user.name, user.is_superuser) == ("Nytt namn", False)
    assert client.get(f"/admin/innovation/user/{_superuser().pk}/password/").status_code == 403


def _superuser() -> User:
    return make_user("administrator")


# ── People ────────────────────────────────────────────────────────────────────
def test_administrator_makes_a_user_with_a_membership(administrator, organisation):
    address = reverse("admin:innovation_user_add")
    form = read_form(administrator.get(address))
    answers = {"email": "Ny@Example.org", "name": "Ny", "usable_password": "true",
               "password1": "a-long-passphrase", "password2": "a-long-passphrase"}  # fmt: skip

    administrator.post(address, {**form, **answers})
    user = User.objects.get(email="ny@example.org")
    save(
        administrator,
        user,
        **add_row("memberships", organisation=organisation.pk, role="editor"),
    )

    assert user.check_password("a-long-passphrase")
    assert list(user.memberships.values_list("organisation", "role")) == [
        (organisation.pk, "editor")
    ]


def test_two_users_cannot_have_the_same_address(administrator):
    user = make_user("editor", email="anna@example.org")
    other = make_user("editor")

    response = save(administrator, other, email="ANNA@example.org")

    assert errors_of(response) == {"email": ["Someone with this e-mail address exists already."]}
    assert user.email == "anna@example.org"


def test_status_is_changed_by_administrators_only(moderator, administrator):
    status = make_status("pilot")

    answers = [client.post(change_url(status), {}) for client in (moderator, administrator)]

    assert [answer.status_code for answer in answers] == [403, 200]
