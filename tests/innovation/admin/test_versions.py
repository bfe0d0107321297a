import threading

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from innovation import publishing
from innovation.models import Initiative
from tests.admin_forms import change_url, errors_of, open_form, read_form, save
from tests.builders import (
    make_category,
    make_impact_target,
    make_initiative,
    make_organisation,
    make_sector,
    make_user,
)
from tests.innovation.admin.conftest import signed_in


@pytest.fixture
def anna(db):
    return signed_in(make_user("moderator", name="Anna Exempel"))


# ── Every save raises the version ─────────────────────────────────────────────
def test_save_of_the_form_raises_the_version(anna):
    initiative = make_initiative()

    save(anna, initiative, title_sv="Ny titel")

    initiative.refresh_from_db()
    assert initiative.version == 2


def test_save_of_a_row_below_raises_the_version(anna):
    target = make_impact_target(make_initiative())

    save(anna, target.initiative, **{"impact_targets-0-goal_sv": "Alla deltar"})

    target.refresh_from_db()
    target.initiative.refresh_from_db()
    assert (target.goal_sv, target.initiative.version) == ("Alla deltar", 2)


def test_every_deed_raises_the_version(db):
    initiative, user = make_initiative(visibility="draft"), make_user("moderator")

    publishing.take_step(initiative, publishing.STEPS["publish"], by=user)
    publishing.set_review_date(initiative, "2030-01-01", by=user)
    publishing.set_open_for_schools(initiative, True, by=user)

    initiative.refresh_from_db()
    assert (initiative.version, initiative.open_for_schools) == (4, True)


# ── The second to save ────────────────────────────────────────────────────────
def test_second_save_overwrites_nothing_and_tells_what_stands_there(anna, moderator):
    initiative = make_initiative(title_sv="Första", lead_sv="Gammal ingress")
    opened = open_form(moderator, initiative)
    save(anna, initiative, title_sv="Annas titel", category=make_category(name_en="Health").pk)

    response = save(moderator, initiative, values=opened, lead_sv="Min ingress")

    initiative.refresh_from_db()
    conflict = response.context["conflict"]
    assert (initiative.title_sv, initiative.lead_sv) == ("Annas titel", "Gammal ingress")
    assert conflict.who == "Anna Exempel"
    assert dict(conflict.differences) == {
        "Title (Swedish)": "Annas titel",
        "Lead (Swedish)": "Gammal ingress",
        "Category": "Health",
    }
    assert read_form(response)["lead_sv"] == ["Min ingress"]
    assert read_form(response)["version"] == ["2"]
    assert errors_of(response)[""] == [
        "Nothing is saved yet: Anna Exempel saved this while you were writing. What you typed is "
        "kept. Compare the two, and save again if yours is to stand."
    ]


def test_second_press_saves_what_was_typed(anna, moderator):
    initiative = make_initiative()
    opened = open_form(moderator, initiative)
    save(anna, initiative, title_sv="Annas titel")
    refused = save(moderator, initiative, values=opened, title_sv="Min titel")

    response = save(moderator, initiative, values=read_form(refused))

    initiative.refresh_from_db()
    assert response.status_code == 302
    assert (initiative.title_sv, initiative.version) == ("Min titel", 3)


def test_third_editor_in_between_is_told_of_too(anna, moderator):
    initiative = make_initiative()
    opened = open_form(moderator, initiative)
    save(anna, initiative, title_sv="Annas titel")
    refused = save(moderator, initiative, values=opened, title_sv="Min titel")
    save(anna, initiative, title_sv="Annas andra titel")

    response = save(moderator, initiative, values=read_form(refused))

    initiative.refresh_from_db()
    assert initiative.title_sv == "Annas andra titel"
    assert dict(response.context["conflict"].differences) == {
        "Title (Swedish)": "Annas andra titel"
    }


def test_workflow_button_of_an_old_form_takes_no_step(anna, moderator):
    initiative = make_initiative(visibility="draft")
    opened = open_form(moderator, initiative)
    save(anna, initiative, title_sv="Annas titel")

    response = save(moderator, initiative, "_publish", values=opened)

    initiative.refresh_from_db()
    assert initiative.visibility == "draft"
    assert response.context["conflict"].visibility == "Draft"


def test_bulk_deed_in_between_is_told_of(moderator):
    initiative = make_initiative()
    opened = open_form(moderator, initiative)
    publishing.set_open_for_schools(initiative, True, by=make_user("moderator"))

    response = save(moderator, initiative, values=opened)

    assert dict(response.context["conflict"].differences) == {"Open for schools": "Yes"}


def test_form_without_a_version_saves_nothing(moderator):
    initiative = make_initiative(title_sv="Före")
    opened = open_form(moderator, initiative)
    opened.pop("version")

    save(moderator, initiative, values=opened, title_sv="Efter")

    initiative.refresh_from_db()
    assert initiative.title_sv == "Före"


def test_long_text_that_differs_is_told_without_its_tags(anna, moderator):
    initiative = make_initiative()
    opened = open_form(moderator, initiative)
    save(anna, initiative, what_sv="<p>Två <strong>bojar</strong>.</p><ul><li>En till</li></ul>")

    response = save(moderator, initiative, values=opened)

    assert dict(response.context["conflict"].differences) == {
        "What? (Swedish)": "Två bojar . En till"
    }


def test_list_that_differs_is_told_in_words(anna, moderator):
    sector = make_sector(name_en="Care")
    initiative = make_initiative()
    opened = open_form(moderator, initiative)
    save(anna, initiative, sectors=[sector.pk])

    response = save(moderator, initiative, values=opened)

    assert dict(response.context["conflict"].differences) == {"Sectors": "Care"}


# ── Rows below the form ───────────────────────────────────────────────────────
def test_rows_that_differ_are_told_of(anna, moderator):
    target = make_impact_target(make_initiative(), goal_sv="Målet", outcome_sv="")
    opened = open_form(moderator, target.initiative)
    save(anna, target.initiative, **{"impact_targets-0-outcome_sv": "Halva vägen"})

    response = save(moderator, target.initiative, values=opened)

    assert response.context["conflict"].differences == [
        ("impact target “Målet”: Outcome (Swedish)", "Halva vägen")
    ]


def test_row_added_by_someone_else_is_kept(anna, moderator):
    initiative = make_initiative()
    opened = open_form(moderator, initiative)
    added = {"impact_targets-TOTAL_FORMS": "1", "impact_targets-0-goal_sv": "Annas mål"}
    save(anna, initiative, **added)
    refused = save(moderator, initiative, values=opened, title_sv="Min titel")

    save(moderator, initiative, values=read_form(refused))

    initiative.refresh_from_db()
    assert initiative.title_sv == "Min titel"
    assert [target.goal_sv for target in initiative.impact_targets.all()] == ["Annas mål"]


def test_row_deleted_by_someone_else_can_be_saved_again(anna, moderator):
    initiative = make_initiative()
    for number in range(3):
        make_impact_target(initiative, goal_sv=f"Mål {number}", order=number)
    opened = open_form(moderator, initiative)
    initiative.impact_targets.get(order=1).delete()
    save(anna, initiative, title_sv="Annas titel")
    refused = save(moderator, initiative, values=opened, **{"impact_targets-1-goal_sv": "Mitt"})

    response = save(moderator, initiative, values=read_form(refused))

    assert response.status_code == 302
    assert refused.context["conflict"].differences[-1] == (
        "impact target",
        "Deleted meanwhile, and made anew if you save: Mitt",
    )
    goals = initiative.impact_targets.order_by("order").values_list("goal_sv", flat=True)
    assert list(goals) == ["Mål 0", "Mitt", "Mål 2"]


# ── At the same moment, on the real engine ────────────────────────────────────
@pytest.fixture
def real_engine(transactional_db, tmp_path):
    """The database that threads share: a file on SQLite, since one in memory has other locks."""
    if connection.vendor != "sqlite":
        yield
        return
    held, settings.DATABASES["default"]["NAME"] = (
        settings.DATABASES["default"]["NAME"],
        str(tmp_path / "catalogue.sqlite3"),
    )
    try:
        in_thread(lambda: call_command("migrate", verbosity=0))
        yield
    finally:
        settings.DATABASES["default"]["NAME"] = held


def in_thread(work):
    """The result of `work`, done in a thread with a database connection of its own."""
    result = []

    def run():
        try:
            result.append(work())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    return result[0]


def test_two_editors_in_the_same_moment(real_engine):
    pk, opened, clients = in_thread(_two_open_forms)
    together = threading.Barrier(2)
    statuses = {}

    def press(number):
        together.wait()
        try:
            answers = {**opened[number], "title_sv": f"Titel {number}", "_continue": "1"}
            response = clients[number].post(change_url(Initiative(pk=pk)), answers)
            statuses[number] = response.status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[number]) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    title, version = in_thread(
        lambda: Initiative.objects.values_list("title_sv", "version").get(pk=pk)
    )
    winner = next(number for number, status in statuses.items() if status == 302)
    assert sorted(statuses.values()) == [200, 302]
    assert (title, version) == (f"Titel {winner}", 2)


def _two_open_forms():
    initiative = make_initiative(driven_by=make_organisation())
    clients = [signed_in(make_user("moderator")) for _ in range(2)]
    return initiative.pk, [open_form(client, initiative) for client in clients], clients
