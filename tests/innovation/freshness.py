"""A process of its own for `test_freshness.py`: changes rows, and asks for pages as a visitor.

It reads one line of JSON at a time and answers with one:
{"ask": [address, …]} gives [text, …]; with "times", it is asked by a crowd, and gives the
statuses; {"do": name} does one of the DEEDS below.
"""

import json
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from innovation.importers.base import plan
from innovation.importers.rows import InitiativeRow, SectorRow
from innovation.importers.writing import apply
from innovation.models import (
    Category,
    Challenge,
    ImpactTarget,
    Initiative,
    InitiativeContact,
    Organisation,
    Sector,
    Status,
    Synonym,
    User,
)
from tests import admin_forms
from tests.builders import (
    make_category,
    make_challenge,
    make_contact,
    make_initiative,
    make_organisation,
    make_sector,
    make_status,
    make_user,
)
from tests.visitor import Answer, ask, wsgi

# Without what is kept in front of it: no visitor's request stands within a transaction of ours.
application = wsgi.application
django = application.application
DEEDS: dict[str, Callable[[], None]] = {}
NEW_TITLE = "Tysta bussen"


def deed(function: Callable[[], None]) -> Callable[[], None]:
    DEEDS[function.__name__] = function
    return function


# ── What there is before each case ────────────────────────────────────────────
@deed
def migrate():
    call_command("migrate", verbosity=0)
    make_user("administrator")


@deed
def prepare():
    for model in (Initiative, Challenge, Organisation, Category, Sector, Synonym):
        model.objects.all().delete()
    category, sector = make_category(slug="trafik", name_sv="Trafik"), make_sector(slug="hamn")
    Sector.objects.update(name_sv="Hamnen")
    Synonym.objects.create(words="velo, skepp")
    make_initiative(
        slug="bussen",
        title_sv="Lugna bussen",
        lead_sv="En buss utan buller.",
        category=category,
        challenge=make_challenge(slug="tyst", title_sv="Hur får vi det tystare?"),
        driven_by=make_organisation(slug="staden", name_sv="Stadsmakarna"),
        partners=[make_organisation(slug="bolaget", name_sv="Vågbolaget")],
        sectors=[sector],
    )
    make_contact(bus(), function_sv="Vaktchefen")
    make_initiative(slug="cykeln", title_sv="Lånecykeln")
    make_initiative(slug="sjon", title_sv="Sjögräset")
    make_initiative(
        slug="odlorna",
        title_sv="Ödlorna",
        title_en="The lizards",
        visibility="draft",
        category=category,
        sectors=[sector],
    )
    make_status("pilot")
    Status.objects.filter(slug="pilot").update(name_sv="Flygprov")


def bus() -> Initiative:
    return Initiative.objects.get(slug="bussen")


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.get(is_superuser=True))
    return client


# ── The initiative itself ─────────────────────────────────────────────────────
@deed
def save():
    change(bus(), title_sv=NEW_TITLE)


@deed
def admin_save():
    response = admin_forms.save(administrator(), bus(), title_sv=NEW_TITLE)
    assert response.status_code == 302, response.content.decode()


@deed
def update():
    Initiative.objects.filter(slug="bussen").update(title_sv=NEW_TITLE)


@deed
def bulk_update():
    row = bus()
    row.title_sv = NEW_TITLE
    Initiative.objects.bulk_update([row], ["title_sv"])


@deed
def import_of_initiatives():
    rows = [InitiativeRow(slug="bussen", title_sv=NEW_TITLE)]
    apply(plan(rows), source="test")


@deed
def raw_sql():
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE innovation_initiative SET title_sv = %s WHERE slug = 'bussen'", [NEW_TITLE]
        )


@deed
def raw_sql_and_reindex():
    raw_sql()
    call_command("reindex", stdout=sys.stderr)


@deed
def commit_of_a_transaction():
    with transaction.atomic():
        change(bus(), title_sv="Något annat")
        ask(django, "/sv/initiativ/?q=annat")
        change(bus(), title_sv=NEW_TITLE)


@deed
def commit_around_a_rolled_back_savepoint():
    with transaction.atomic():
        change(bus(), title_sv=NEW_TITLE)
        _undone(publishing)


@deed
def rollback():
    def change_and_look():
        change(bus(), title_sv=NEW_TITLE)
        for address in ("/sv/initiativ/", "/sv/initiativ/?q=tysta", "/sv/sokforslag/?q=tysta"):
            assert NEW_TITLE in ask(django, address).text

    _undone(change_and_look)


class _Undo(Exception):
    pass


def _undone(function: Callable[[], None]):
    try:
        with transaction.atomic():
            function()
            raise _Undo
    except _Undo:
        pass


@deed
def delete():
    bus().delete()


@deed
def withdrawal():
    change(bus(), visibility="withdrawn")


@deed
def admin_delete():
    address = reverse("admin:innovation_initiative_delete", args=[bus().pk])
    response = administrator().post(address, {"post": "yes"})
    assert response.status_code == 302, response.content.decode()


@deed
def made_internal():
    change(bus(), internal=True)


@deed
def admin_bulk_action():
    address = reverse("admin:innovation_initiative_changelist")
    chosen = {"action": "withdraw_selected", "_selected_action": [bus().pk]}
    response = administrator().post(address, {**chosen, "confirmed": "withdraw"})
    assert response.status_code == 302, response.content.decode()


@deed
def made_an_example():
    change(bus(), is_example=True)


@deed
def publishing():
    change(Initiative.objects.get(slug="odlorna"), visibility="published")


@deed
def publishing_by_update():
    Initiative.objects.filter(slug="odlorna").update(
        visibility="published", published_at=timezone.now()
    )


@deed
def bulk_create():
    now = {"status": make_status("pilot"), "visibility": "published"}
    now["published_at"] = timezone.now()
    Initiative.objects.bulk_create(
        Initiative(slug=slug, title_sv=title, **now)
        for slug, title in (("regnet", "Regnbädden"), ("snon", "Snöhögen"))
    )


@deed
def slug_change():
    change(bus(), slug="tysta-bussen")


# ── Rows of its own ───────────────────────────────────────────────────────────
@deed
def admin_inline():
    row = admin_forms.add_row("impact_targets", goal_sv="Fler solceller")
    response = admin_forms.save(administrator(), bus(), **row)
    assert response.status_code == 302, response.content.decode()


@deed
def impact_target():
    ImpactTarget.objects.create(initiative=bus(), goal_sv="Fler solceller")


@deed
def contact():
    change(InitiativeContact.objects.get(), function_sv="Hamnvakten")


@deed
def many_to_many_add():
    Initiative.objects.get(slug="sjon").sectors.add(Sector.objects.get())


@deed
def many_to_many_remove():
    bus().sectors.remove(Sector.objects.get())


@deed
def many_to_many_clear():
    bus().sectors.clear()


@deed
def many_to_many_set():
    bus().sectors.set([make_sector(name_sv="Torget")])


@deed
def many_to_many_from_the_other_side():
    Sector.objects.get().initiatives.set(Initiative.objects.filter(slug="sjon"))


# ── What it belongs to ────────────────────────────────────────────────────────
@deed
def rename_of_a_category():
    change(Category.objects.get(), name_sv="Färdsätt")


@deed
def rename_of_an_organisation():
    change(Organisation.objects.get(slug="staden"), name_sv="Kommunmakarna")


@deed
def withdrawal_of_an_organisation():
    change(Organisation.objects.get(slug="staden"), visibility="withdrawn")


@deed
def new_organisation_slug():
    change(Organisation.objects.get(slug="staden"), slug="kommunen")


@deed
def rename_of_a_partner():
    Organisation.objects.filter(slug="bolaget").update(name_sv="Strömbolaget")


@deed
def rename_of_a_challenge():
    change(Challenge.objects.get(), title_sv="Hur sover alla gott?")


@deed
def rename_of_a_status():
    change(Status.objects.get(slug="pilot"), name_sv="Provkörs")


@deed
def import_of_a_vocabulary():
    apply(plan([SectorRow(slug="hamn", name_sv="Kajerna")]), source="test")


@deed
def change_of_a_synonym():
    change(Synonym.objects.get(), words="velo, lånecykel")


@deed
def new_category_slug():
    change(Category.objects.get(), slug="resor")


@deed
def withdrawal_of_a_challenge():
    change(Challenge.objects.get(), visibility="withdrawn")


@deed
def delete_of_a_sector():
    Sector.objects.get().delete()


@deed
def delete_of_a_partner():
    Organisation.objects.get(slug="bolaget").delete()


@deed
def delete_of_a_challenge():
    Challenge.objects.get().delete()


@deed
def delete_of_a_category():
    with transaction.atomic():
        Initiative.objects.filter(category__slug="trafik").update(category=None)
        Category.objects.get().delete()


# ── A transaction that stays open between two lines ───────────────────────────
_open: list[transaction.Atomic] = []


@deed
def begin():
    _open.append(transaction.atomic())
    _open[-1].__enter__()
    save()


@deed
def commit():
    _open.pop().__exit__(None, None, None)


# ── Lines ─────────────────────────────────────────────────────────────────────
def answer(message: dict) -> dict:
    if "do" in message:
        return {"done": DEEDS[message["do"]]()}
    if "times" in message:
        statuses = {answer.status for answer in visitors(4, message["ask"] * message["times"])}
        return {"statuses": sorted(statuses)}
    answers = visitors(1, message["ask"])
    return {"texts": [f"[{answer.status}] {answer.text}" for answer in answers]}


def visitors(count: int, addresses: list[str]) -> list[Answer]:
    """The answers of the application in threads of its own, as a server asks it."""
    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(lambda address: ask(application, address), addresses))


def main():
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception:
            reply = {"failed": traceback.format_exc()}
        print(json.dumps(reply), flush=True)
