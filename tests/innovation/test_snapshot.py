"""A snapshot that followed a row of changes answers as one that was made of everything anew."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from innovation import changes, snapshot
from innovation.bitsets import bits_from
from innovation.choices import Visibility
from innovation.models import Initiative, Sector, Synonym
from innovation.snapshot import EVERYONE, Snapshot
from tests.builders import (
    make_category,
    make_challenge,
    make_global_goal,
    make_impact_target,
    make_initiative,
    make_organisation,
    make_sector,
    make_status,
    make_technology,
)

STEPS, SEEDS = 40, range(3)
WORDS = [
    "buss",
    "bussar",
    "cykel",
    "hamn",
    "odling",
    "skola",
    "skolgård",
    "sensor",
    "äldre",
    "åker",
]
SEARCHES = ["buss", "cykl", "skola hamn", "velo", '"åker buss"', "buss -hamn", "sektor", "sensr"]


# ── What a snapshot answers ───────────────────────────────────────────────────
def answers(snap: Snapshot) -> dict:
    """All that can be asked of it, by keys instead of slots."""
    rows = {row.pk: row for row in snap.rows if row}
    visible = snap.bits.get(EVERYONE, 0)

    def pks(bits: int) -> list[int]:
        return sorted(row.pk for slot, row in enumerate(snap.rows) if bits >> slot & 1)

    some = {
        name: bits_from(slot for slot, row in enumerate(snap.rows) if row and row.pk % n == 0)
        for name, n in (("all", 1), ("many", 2), ("few", 7))
    }

    def best(query: str) -> list[int]:
        return snap.pks(snap.words.search(query, snap.bits_of).order(visible))

    return {
        "rows": rows,
        "slots": sorted(snap.slot_of) == sorted(rows) == pks(visible),
        "options": {key: list(options.items()) for key, options in snap.options.items()},
        "marks": {mark: pks(bits) for mark, bits in snap.bits.items() if bits},
        "counts": {name: snap.tally.of(bits, {}) for name, bits in some.items()},
        "counts of others": snap.tally.of(visible, {"sector": some["few"]})["sector"],
        "orders": {
            (order, name): snap.pks(snap.in_order(bits, order))
            for order in snapshot.ORDERS
            for name, bits in some.items()
        },
        "budgets": sorted((kronor, snap.rows[slot].pk) for kronor, slot in snap.budgets),
        "cheap": pks(snap.bits_between(None, 150)),
        "years": snap.years,
        "searches": {query: best(query) for query in SEARCHES},
    }


# ── Edits by chance ───────────────────────────────────────────────────────────
class Editor:
    """Changes the catalogue in every way, by chance."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.statuses = [make_status(slug) for slug in ("idea", "pilot", "paused")]
        self.categories = [make_category() for _ in range(3)]
        self.challenges = [make_challenge() for _ in range(3)]
        self.organisations = [make_organisation() for _ in range(4)]
        self.technologies = [make_technology() for _ in range(2)]
        self.goals = [make_global_goal(number) for number in (4, 11)]
        for _ in range(4):
            make_sector()
        for _ in range(20):
            self.add()
        self.edits: list[Callable] = [
            self.add,
            self.add_several,
            self.save,
            self.save,
            self.update,
            self.update_several,
            self.move,
            self.show_or_hide,
            self.show_or_hide,
            self.link,
            self.link,
            self.link_from_the_other_side,
            self.unlink,
            self.target,
            self.delete,
            self.rename,
            self.reword,
            self.sectors_come_and_go,
            self.by_hand,
        ]

    def edit(self):
        self.chance.choice(self.edits)()

    def title(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=3))

    def one(self) -> Initiative:
        return self.chance.choice(Initiative.objects.order_by("pk"))

    def some(self, rows):
        return self.chance.sample(list(rows), self.chance.randint(0, 2))

    def values(self) -> dict:
        return {
            "title_sv": self.title(),
            "lead_sv": self.title(),
            "what_sv": f"<p>{self.title()}</p>",
            "category": self.chance.choice([None, *self.categories]),
            "challenge": self.chance.choice([None, *self.challenges]),
            "driven_by": self.chance.choice([None, *self.organisations]),
            "status": self.chance.choice(self.statuses),
            "start_year": self.chance.choice([None, 2019, 2020, 2021]),
            "estimated_budget_sek": self.chance.choice([None, 0, 100, 200]),
            "open_for_schools": self.chance.random() < 0.5,
            "is_example": self.chance.random() < 0.2,
            "inferred_fields": self.some(["status", "sectors", "partners", "category"]),
        }

    def add(self):
        visibility = self.chance.choice(["draft", "published", "published"])
        lists = {"sectors": self.some(Sector.objects.all()), "global_goals": self.some(self.goals)}
        make_initiative(visibility=visibility, **self.values(), **lists)

    def add_several(self):
        number = Initiative.objects.count()
        now = {"visibility": Visibility.PUBLISHED, "published_at": timezone.now()}
        Initiative.objects.bulk_create(
            Initiative(slug=f"{self.title().replace(' ', '-')}-{number}-{nth}".translate(
                str.maketrans("åä", "aa")), **now, **self.values())
            for nth in range(3)
        )  # fmt: skip

    def save(self):
        row = self.one()
        for name, value in self.values().items():
            setattr(row, name, value)
        row.save()

    def update(self):
        Initiative.objects.filter(pk=self.one().pk).update(**self.values())

    def update_several(self):
        rows = self.some(Initiative.objects.all())
        for row in rows:
            row.title_sv, row.start_year = self.title(), 2018
        Initiative.objects.bulk_update(rows, ["title_sv", "start_year"])

    def move(self):
        Initiative.objects.filter(category=self.categories[0]).update(category=self.categories[1])

    def show_or_hide(self):
        row = self.one()
        row.visibility = self.chance.choice([*Visibility])
        row.internal = self.chance.random() < 0.2
        row.save()

    def link(self):
        row = self.one()
        row.sectors.set(self.some(Sector.objects.all()))
        row.partners.add(*self.some(self.organisations))
        row.participants.set(self.some(self.organisations))
        row.technologies.add(*self.technologies)

    def link_from_the_other_side(self):
        for organisation in self.some(self.organisations):
            organisation.partnered_initiatives.set(self.some(Initiative.objects.all()))

    def unlink(self):
        row = self.one()
        row.partners.clear()
        row.technologies.remove(*self.technologies)

    def target(self):
        row = self.one()
        make_impact_target(row, goal_sv=self.title())
        row.impact_targets.first().delete()

    def delete(self):
        self.one().delete()

    def rename(self):
        rows = self.categories + self.organisations + self.statuses + self.technologies
        row = self.chance.choice(rows)
        row.name_sv = self.title()
        row.slug = f"{row._meta.model_name}-{self.chance.randrange(10**9)}"
        row.save()
        challenge = self.chance.choice(self.challenges)
        challenge.title_sv = self.title()
        challenge.visibility = self.chance.choice(["draft", "published"])
        challenge.save()

    def reword(self):
        Synonym.objects.all().delete()
        Synonym.objects.create(words=f"velo, {self.chance.choice(WORDS)}")

    def sectors_come_and_go(self):
        if self.chance.random() < 0.5 and Sector.objects.count() > 2:
            Sector.objects.first().delete()
        else:
            make_sector(name_sv=self.title())

    def by_hand(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE innovation_initiative SET open_for_schools = %s WHERE start_year = %s",
                [self.chance.random() < 0.5, 2020],
            )


class Undo(Exception):
    """Rolls back the block that it leaves."""


def undone(deed: Callable):
    try:
        with transaction.atomic():
            deed()
            raise Undo
    except Undo:
        pass


def edit_somehow(editor: Editor):
    """One to three edits: each by itself, all at once, or with some of them taken back."""
    way = editor.chance.randrange(5)
    if way == 0:
        undone(editor.edit)
    elif way == 1:
        with transaction.atomic():
            editor.edit()
            undone(editor.edit)
            editor.edit()
    else:
        for _ in range(editor.chance.randint(1, 3)):
            editor.edit()


@pytest.fixture
def built(monkeypatch) -> list[Snapshot]:
    """The snapshots that `current()` made of everything."""
    made, build = [], snapshot.build
    monkeypatch.setattr(snapshot, "build", lambda version: made.append(build(version)) or made[-1])
    return made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_snapshot_that_followed_edits_equals_one_made_anew(seed, built):
    editor = Editor(random.Random(seed))
    build = snapshot.build
    snapshot.current()
    del built[:]

    for step in range(STEPS):
        edit_somehow(editor)
        followed = snapshot.current()
        anew = build(followed.version)

        assert answers(followed) == answers(anew), f"after step {step}"

    # Else nothing but build() would have been compared with itself.
    built_by_current = len(built) - STEPS
    assert built_by_current < STEPS * 0.8


# ── One change ────────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_changed_row_costs_no_other_row_and_the_rest_stays_the_same(
    built, django_assert_max_num_queries
):
    kept, edited = make_initiative(), make_initiative()
    before = snapshot.current()
    edited.title_sv = "Ett nytt namn"
    edited.save()
    del built[:]

    with django_assert_max_num_queries(10):  # the row, its lists and, on PostgreSQL, the machines
        after = snapshot.current()

    def row(snap, initiative):
        return snap.rows[snap.slot_of[initiative.pk]]

    assert built == []
    assert row(after, kept) is row(before, kept)
    assert row(after, edited).title_sv == "Ett nytt namn"
    assert row(before, edited).title_sv != "Ett nytt namn"  # who reads it still is not disturbed
    assert after.options is before.options


@pytest.mark.django_db(transaction=True)
def test_snapshot_stays_the_same_until_something_changes(django_assert_num_queries):
    make_initiative()
    before = snapshot.current()

    with django_assert_num_queries(0):
        after = snapshot.current()

    assert after is before


@pytest.mark.django_db(transaction=True)
def test_new_name_gives_new_options_and_keeps_the_rows():
    category = make_category(slug="klimat")
    make_initiative(category=category)
    before = snapshot.current()

    category.name_sv = "Klimat och hav"
    category.save()

    after = snapshot.current()
    assert after.options["category"]["klimat"].name_sv == "Klimat och hav"
    assert after.rows == before.rows
    assert all(new is old for new, old in zip(after.rows, before.rows, strict=True))


# ── Transactions ──────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_uncommitted_change_is_seen_by_its_own_connection_alone():
    before, seen = snapshot.current(), []

    def look_from_another():
        seen.append(getattr(connection, snapshot._PRIVATE, None))

    def within():
        initiative = make_initiative()
        seen.append(list(snapshot.current().slot_of) == [initiative.pk])
        other = threading.Thread(target=look_from_another)
        other.start()
        other.join()

    undone(within)

    assert seen == [True, None]
    assert snapshot.current() is before


@pytest.mark.django_db(transaction=True)
def test_savepoint_that_is_rolled_back_is_forgotten_within_its_transaction():
    make_initiative()

    with transaction.atomic():
        make_initiative()
        undone(lambda: (make_initiative(), snapshot.current()))
        within = len(snapshot.current().slot_of)

    assert within == len(snapshot.current().slot_of) == 2


@pytest.mark.django_db(transaction=True)
def test_change_while_a_snapshot_is_made_is_met_by_the_next_one(monkeypatch):
    make_initiative()
    rows = snapshot.read_rows

    def rows_and_an_editor(pks=None):
        found = list(rows(pks))
        monkeypatch.setattr(snapshot, "read_rows", rows)
        make_initiative()
        return found

    monkeypatch.setattr(snapshot, "read_rows", rows_and_an_editor)
    first, second = snapshot.current(), snapshot.current()

    assert (len(first.slot_of), len(second.slot_of)) == (1, 2)
    assert second.version == changes.version()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_snapshot_gives_few_and_many_slots_by_date_and_then_by_key(count):
    now = timezone.now()
    made = [make_initiative() for _ in range(30)]
    for at, initiative in enumerate(made):
        updated_at = now + timedelta(days=at % 3)
        Initiative.objects.filter(pk=initiative.pk).update(updated_at=updated_at)
    snap = snapshot.current()
    slots = [snap.slot_of[initiative.pk] for initiative in made[:count]]

    found = snap.pks(snap.newest_first(bits_from(slots)))

    order = Initiative.objects.order_by("-updated_at", "-pk").values_list("pk", flat=True)
    assert found == [pk for pk in order if snap.slot_of[pk] in slots]


@pytest.mark.django_db(transaction=True)
def test_search_of_a_moment_ago_gives_nothing_that_it_did_not_find():
    """Its order is asked of the snapshot of now, in which others make up the same number."""
    gone, other = (make_initiative(title_sv=f"Cykel {name}") for name in ("ett", "två"))
    make_initiative(title_sv="Bil")
    before = snapshot.current()
    hits = before.words.search("cykel", before.bits_of)

    gone.internal = True
    gone.save()
    snapshot.current()

    assert before.pks(hits.order()) == [other.pk]


@pytest.mark.django_db(transaction=True)
def test_search_gives_equals_by_date_after_an_edit():
    older, newer = make_initiative(title_sv="Zebra"), make_initiative(title_sv="Zebra")
    snapshot.current().words.search("zebra", lambda kind, slug: 0)
    older.title_sv = "En zebra"
    older.save()
    snap = snapshot.current()

    found = snap.pks(snap.words.search("zebra", snap.bits_of).order())

    assert found == [older.pk, newer.pk]
