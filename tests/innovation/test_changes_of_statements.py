"""What is noticed of every kind of write: the rows by key, or everything, and never too little."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, Subquery, Value, When
from psycopg import sql

from innovation import changes, snapshot_rows
from innovation.changes import EVERYTHING, Changes
from innovation.choices import Visibility
from innovation.models import (
    Category,
    ContentVersion,
    ImpactTarget,
    Initiative,
    Organisation,
    SearchText,
    Sector,
    Synonym,
    User,
)
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

pytestmark = pytest.mark.django_db


# ── What is noticed ───────────────────────────────────────────────────────────
@contextmanager
def noticing():
    """Gives the Changes that the block's statements are said to make."""
    found = Changes()
    with transaction.atomic():
        before = [commit for _, commit, *_ in connection.run_on_commit]
        yield found
        for _, commit, *_ in connection.run_on_commit:
            if commit not in before:
                found.add(commit.changes)


def rows_now() -> dict:
    """All that lists and the search know of each initiative, by key."""
    texts = {pk: text for pk, *text in SearchText.objects.values_list()}
    return {row.pk: (row, texts.get(row.pk)) for row in snapshot_rows.read_rows()}


def raw(statement: str, *params):
    """A deed that sends `statement` as it stands; without parameters, none are given."""

    def deed(_):
        with connection.cursor() as cursor:
            cursor.execute(statement, params or None)

    return deed


def raw_many(rows):
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE innovation_initiative SET internal = %s WHERE id = %s",
            [(True, rows["one"].pk), (True, rows["two"].pk)],
        )


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def named(rows, *names, new=0, of_names=False) -> Changes:
    return Changes({rows[name].pk for name in names}, new=new, names=of_names)


@pytest.fixture
def rows() -> dict:
    sectors = [make_sector(slug=f"sector-{letter}") for letter in "abc"]
    organisation, challenge = make_organisation(), make_challenge()
    return {
        "one": make_initiative(slug="one", title_sv="Ett", sectors=sectors[:1]),
        "two": make_initiative(
            slug="two", sectors=sectors, partners=[organisation], challenge=challenge
        ),
        "three": make_initiative(slug="three", visibility=Visibility.DRAFT),
        "sectors": sectors,
        "category": make_category(slug="klimat"),
        "challenge": challenge,
        "organisation": organisation,
        "synonym": Synonym.objects.create(words="velo, cykel"),
    }


INITIATIVES, TABLE = Initiative.objects, Initiative._meta.db_table
BY_KEY = {
    "save": lambda r: change(r["one"], title_sv="Nytt"),
    "save of one field": lambda r: r["one"].save(update_fields=["internal"]),
    "publishing": lambda r: change(r["three"], visibility=Visibility.PUBLISHED),
    "update by key": lambda r: INITIATIVES.filter(pk=r["one"].pk).update(internal=True),
    "update of a text": lambda r: INITIATIVES.filter(pk=r["one"].pk).update(lead_sv="Ny"),
    "update by an expression": lambda r: INITIATIVES.filter(pk=r["one"].pk).update(
        start_year=2020, end_year=F("start_year")
    ),
    "update by key and more": lambda r: INITIATIVES.filter(slug="one", pk=r["one"].pk).update(
        estimated_budget_sek=7
    ),
    "add to a list": lambda r: r["one"].sectors.add(*r["sectors"]),
    "add from the other side": lambda r: r["sectors"][1].initiatives.add(r["one"]),
    "remove from a list": lambda r: r["one"].sectors.remove(r["sectors"][0]),
    "set a list": lambda r: r["one"].sectors.set(r["sectors"][1:]),
    "clear a list": lambda r: r["one"].sectors.clear(),
    "partners": lambda r: r["one"].partners.set([r["organisation"]]),
    "a target": lambda r: r["one"].impact_targets.create(goal_sv="Fler cyklar"),
}


@pytest.mark.parametrize("deed", BY_KEY)
def test_write_that_names_its_row_changes_that_one_alone(deed, rows):
    wanted = named(rows, "three" if deed == "publishing" else "one")
    wanted.others = deed == "a target"  # whose own row only the initiative's page shows

    with noticing() as found:
        BY_KEY[deed](rows)

    assert found == wanted


def test_writes_of_several_named_rows_change_those(rows):
    pair = [rows["one"], rows["two"]]
    for row in pair:
        row.start_year = 2019

    with noticing() as by_bulk_update:
        INITIATIVES.bulk_update(pair, ["start_year"])
    with noticing() as by_filter:
        INITIATIVES.filter(pk__in=[row.pk for row in pair]).update(internal=False)

    assert by_bulk_update == by_filter == named(rows, "one", "two")


def test_deleted_initiative_is_named(rows):
    pk = rows["two"].pk

    with noticing() as found:
        rows["two"].delete()

    assert found.initiatives == {pk}
    assert not found.new
    assert not found.names


def test_new_initiative_is_new_and_named_by_its_texts(rows):
    with noticing() as found:
        made = Initiative.objects.create(slug="new", title_sv="Ny", status=make_status("pilot"))

    assert found == Changes({made.pk}, new=1)


@pytest.mark.parametrize("count", [3, 300])
def test_many_new_initiatives_are_counted_and_beyond_a_limit_everything(count, rows):
    status = make_status("pilot")
    made = [Initiative(slug=f"new-{n}", title_sv=f"{n}", status=status) for n in range(count)]

    with noticing() as found:
        Initiative.objects.bulk_create(made)

    assert found.new == count
    assert (found.as_line() == b"*\n") == (count == 300)


OF_NAMES = {
    "category": lambda r: change(r["category"], name_sv="Nytt"),
    "challenge": lambda r: change(r["challenge"], title_sv="Hur?"),
    "organisation": lambda r: Organisation.objects.filter(pk=r["organisation"].pk).update(
        name_sv="Ny"
    ),
    "new sector": lambda r: make_sector(),
    "synonym": lambda r: change(r["synonym"], words="velo, tvåhjuling"),
    "synonym deleted": lambda r: r["synonym"].delete(),
}


@pytest.mark.parametrize("deed", OF_NAMES)
def test_new_name_changes_names_alone(deed, rows):
    with noticing() as found:
        OF_NAMES[deed](rows)

    assert found == Changes(names=True)


def test_contact_changes_pages_alone(rows):
    with noticing() as found:
        make_contact(rows["one"])

    assert found == Changes(others=True)
    assert found.as_line() == b"others\n"


def test_rows_that_no_page_shows_change_nothing(rows):
    before = changes.version()

    user = make_user("editor", organisations=[rows["organisation"]])
    User.objects.filter(pk=user.pk).update(name="Anna")
    ContentVersion.objects.create(machine="other", number=3)

    assert changes.version() == before


def test_reading_changes_nothing(rows):
    before = changes.version()

    list(Initiative.objects.filter(sectors__slug="sector-a").order_by("title_sv"))
    Initiative.objects.filter(Q(title_sv__contains="UPDATE") | Q(pk=1)).count()

    assert changes.version() == before


# ── Whatever is written, nothing is missed ────────────────────────────────────
def _of_the_category(rows):
    return Category.objects.filter(pk=rows["category"].pk)


ANY_WRITE = {
    "update by another column": lambda r: (
        INITIATIVES.filter(slug="one").update(start_year=2018)
    ),
    "update of all": lambda r: INITIATIVES.update(internal=True),
    "update over a relation": lambda r: (
        INITIATIVES.filter(sectors__slug="sector-b").update(start_year=2018)
    ),
    "update with OR": lambda r: (
        INITIATIVES.filter(Q(pk=r["one"].pk) | Q(slug="two")).update(start_year=2018)
    ),
    "update with NOT": lambda r: (
        INITIATIVES.exclude(pk=r["one"].pk).update(start_year=2018)
    ),
    "update of all but those after": lambda r: (
        INITIATIVES.filter(pk__gte=r["two"].pk).update(visibility=Visibility.WITHDRAWN)
    ),
    "update by a condition on the key": lambda r: (
        INITIATIVES.filter(
            Case(When(pk=r["one"].pk, then=Value(False)), default=Value(True))
        ).update(start_year=2018)
    ),
    "update from a subquery": lambda r: (
        INITIATIVES.filter(slug="two").update(
            title_sv=Subquery(Organisation.objects.filter(pk=r["one"].driven_by_id).values("name_sv"))
        )
    ),
    "update from a subquery by key": lambda r: (
        INITIATIVES.filter(visibility=Visibility.PUBLISHED).update(
            estimated_budget_sek=Subquery(
                Initiative.objects.filter(pk=r["one"].pk).values("pk")
            )
        )
    ),
    "key changed": lambda r: (
        SearchText.objects.filter(pk=r["one"].pk).delete(),
        r["one"].sectors.clear(),
        INITIATIVES.filter(pk=r["one"].pk).update(id=990),
    ),
    "rows that are there already": lambda r: (
        QuerySet(Initiative).bulk_create(
            [
                Initiative(slug="two", title_sv="Annat", status=r["one"].status),
                Initiative(slug="quite-new", title_sv="Nytt", status=r["one"].status),
            ],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=["title_sv"],
        )
    ),
    "sector deleted": lambda r: r["sectors"][1].delete(),
    "sectors deleted at once": lambda r: Sector.objects.all().delete(),
    "organisation deleted": lambda r: r["organisation"].delete(),
    "challenge deleted": lambda r: r["challenge"].delete(),
    "initiatives deleted": lambda r: INITIATIVES.filter(slug__in=["one", "two"]).delete(),
    "link deleted by its own key": lambda r: (
        Initiative.sectors.through.objects.filter(sector=r["sectors"][2]).delete()
    ),
    "links moved": lambda r: (
        Initiative.sectors.through.objects.filter(
            initiative=r["two"], sector=r["sectors"][2]
        ).update(initiative=r["one"])
    ),
    "links made": lambda r: (
        Initiative.sectors.through.objects.bulk_create(
            [
                Initiative.sectors.through(initiative=r["one"], sector=r["sectors"][1]),
                Initiative.sectors.through(sector=r["sectors"][0], initiative=r["three"]),
            ]
        )
    ),
    "target's text": lambda r: (
        ImpactTarget.objects.create(initiative=r["two"], goal_sv="Mer sjögräs")
    ),
    "raw": raw("UPDATE innovation_initiative SET start_year = 2017"),
    "raw, in capitals": raw("update INNOVATION_INITIATIVE set START_YEAR = 2017"),
    "raw, with parameters": raw(
        "update innovation_initiative set start_year = %s where slug = %s", 2017, "two"
    ),
    "raw, with or": raw(
        'UPDATE "innovation_initiative" SET start_year = 2017'
        ' WHERE "innovation_initiative"."id" = %s or "innovation_initiative"."slug" = %s', 1, "two"
    ),
    "raw, another table's key": raw(
        'UPDATE "innovation_initiative" SET start_year = 2017 FROM "innovation_sector"'
        ' WHERE "innovation_sector"."order" = %s', 0
    ),
    "raw, after a comment": raw(
        "/* by hand */ -- today\n UPDATE innovation_initiative SET start_year = 2017"
    ),
    "raw, with a table of its own": raw(
        "WITH s AS (SELECT id FROM innovation_category)"
        " UPDATE innovation_initiative SET start_year = 2017 WHERE 1 = (SELECT count(*) FROM s)"
    ),
    "raw links": raw(
        'INSERT INTO "innovation_initiative_sectors" ("initiative_id", "sector_id")'
        " SELECT i.id, s.id FROM innovation_initiative i, innovation_sector s"
        " WHERE i.slug = 'one' AND s.slug = %s", "sector-c"
    ),
    "raw, many": raw_many,
}  # fmt: skip


@pytest.mark.parametrize("deed", ANY_WRITE)
def test_every_changed_row_is_named_or_everything_is(deed, rows):
    before = rows_now()

    with noticing() as found:
        ANY_WRITE[deed](rows)

    after = rows_now()
    changed = {pk for pk in before.keys() & after.keys() if before[pk] != after[pk]}
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    assert changed | gone | new  # it did something
    assert found.everything or (
        changed | gone <= found.initiatives
        and (new <= found.initiatives or len(new - found.initiatives) <= found.new)
    )


def test_link_whose_values_are_partly_in_the_text_is_not_misread(rows):
    make_initiative(pk=4321)
    link = (
        'INSERT INTO "innovation_initiative_sectors" ("initiative_id", "sector_id")'
        " VALUES (4321, %s)"
    )

    with noticing() as found:
        raw(link, rows["sectors"][2].pk)(rows)

    assert found == EVERYTHING


def test_statement_of_parts_is_noticed_too(rows):
    statement = sql.SQL("UPDATE {} SET internal = true").format(sql.Identifier(TABLE))
    if connection.vendor == "sqlite":
        statement = statement.as_string()  # psycopg alone takes it in parts

    with noticing() as found, connection.cursor() as cursor:
        cursor.execute(statement)

    assert found == EVERYTHING
