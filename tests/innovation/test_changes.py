"""When a change is told, and how: transactions, the file of changes, other machines."""

import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from innovation import changes
from innovation.changes import EVERYTHING, Changes
from innovation.models import ContentVersion, Initiative
from tests.builders import make_contact, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> dict[str, Initiative]:
    return {name: make_initiative(slug=name) for name in ("one", "two")}


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def named(rows, *names) -> Changes:
    return Changes({rows[name].pk for name in names})


# ── Transactions ──────────────────────────────────────────────────────────────
class Undo(Exception):
    """Rolls back the block that it leaves."""


def rolled_back(deed):
    with pytest.raises(Undo), transaction.atomic():
        deed()
        raise Undo


@pytest.mark.django_db(transaction=True)
def test_change_is_told_even_when_what_else_waits_for_the_commit_fails(rows):
    before = changes.version()

    with pytest.raises(Undo), transaction.atomic():
        transaction.on_commit(raising_undo)
        change(rows["one"], title_sv="Nytt")

    assert Initiative.objects.get(slug="one").title_sv == "Nytt"
    assert changes.since(before, changes.version()) == named(rows, "one")


def raising_undo():
    raise Undo


@pytest.mark.django_db(transaction=True)
def test_version_is_the_transactions_own_until_it_is_committed(rows):
    before = changes.version()

    with transaction.atomic():
        change(rows["one"], title_sv="Nytt")
        within = changes.version()
    after = changes.version()

    assert not before.pending
    assert within.pending
    assert (within.length, within.touched_ns) == (before.length, before.touched_ns)
    assert not after.pending
    assert changes.since(before, after) == named(rows, "one")


@pytest.mark.django_db(transaction=True)
def test_transaction_that_is_rolled_back_changes_nothing(rows):
    before = changes.version()

    rolled_back(lambda: change(rows["one"], title_sv="Nytt"))

    assert changes.version() == before


@pytest.mark.django_db(transaction=True)
def test_savepoint_that_is_rolled_back_leaves_the_rest(rows):
    before = changes.version()

    with transaction.atomic():
        change(rows["one"], title_sv="Nytt")
        first = changes.version()
        rolled_back(lambda: change(rows["two"], title_sv="Annat"))
        second = changes.version()
        with transaction.atomic():
            change(rows["two"], internal=True)
        third = changes.version()

    assert len({before, first, second, third}) == 4
    assert changes.since(before, changes.version()) == named(rows, "one", "two")


@pytest.mark.django_db(transaction=True)
def test_only_a_rolled_back_savepoint_changes_nothing(rows):
    before = changes.version()

    with transaction.atomic():
        rolled_back(lambda: change(rows["two"], title_sv="Annat"))
        within = changes.version()

    assert within == changes.version() == before


@pytest.mark.django_db(transaction=True)
def test_pages_alone_are_told_of_too(rows):
    before = changes.version()

    make_contact(rows["one"])

    after = changes.version()
    assert after != before
    assert changes.since(before, after) == Changes(others=True)


# ── The file ──────────────────────────────────────────────────────────────────
@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "changes"
    monkeypatch.setattr(changes, "_path", lambda: str(path))
    return path


@pytest.mark.parametrize(
    "changed",
    [
        Changes(),
        Changes({5, 17, 2}),
        Changes(new=1),
        Changes({3}, new=1, names=True),
        Changes(names=True),
        Changes({3}, others=True),
        EVERYTHING,
    ],
)
def test_line_says_what_changed(changed):
    assert Changes.from_line(changed.as_line()) == changed


def test_line_of_very_many_says_everything():
    assert Changes(set(range(1000))).as_line() == b"*\n"


def test_lines_between_two_versions_are_added_up(file):
    changes._add_line(Changes({1}).as_line())
    old = changes.version()
    changes._add_line(Changes({2}, names=True).as_line())
    changes._add_line(Changes().as_line())
    changes._add_line(Changes({3}).as_line())

    assert changes.since(old, changes.version()) == Changes({2, 3}, names=True)


@pytest.mark.django_db(transaction=True)
def test_first_change_of_all_is_noticed(rows, file):
    before = changes.version()

    change(rows["one"], title_sv="Nytt")

    assert before.length == 0
    assert changes.since(before, changes.version()) == EVERYTHING


@pytest.mark.django_db(transaction=True)
def test_file_that_is_deleted_meanwhile_changes_everything(rows, file):
    change(rows["one"], title_sv="Nytt")
    change(rows["two"], title_sv="Nytt")
    before = changes.version()

    file.unlink()
    without = changes.version()
    change(rows["two"], title_sv="Annat")
    after = changes.version()

    assert len({before, without, after}) == 3
    assert changes.since(before, without) == changes.since(before, after) == EVERYTHING


def test_line_that_is_not_whole_changes_everything(file):
    changes._add_line(b"1\n")
    before = changes.version()

    with file.open("ab") as torn:
        torn.write(b"12")

    assert changes.since(before, changes.version()) == EVERYTHING


def test_time_without_a_line_changes_everything(file):
    changes._add_line(b"1\n")
    before = changes.version()

    file.touch()

    assert changes.version() != before
    assert changes.since(before, changes.version()) == EVERYTHING


@pytest.mark.django_db(transaction=True)
def test_change_that_cannot_be_noted_is_saved_seen_here_and_logged(
    rows, tmp_path, monkeypatch, caplog
):
    (tmp_path / "no-folder").touch()
    monkeypatch.setattr(changes, "_path", lambda: str(tmp_path / "no-folder" / "changes"))
    before = changes.version()

    change(rows["one"], title_sv="Sparat ändå")

    after = changes.version()
    assert Initiative.objects.get(slug="one").title_sv == "Sparat ändå"
    assert after != before
    assert changes.since(before, after) == EVERYTHING
    assert {record.levelname for record in caplog.records} == {"ERROR"}


def test_two_threads_do_not_mix_their_lines(file):
    def write(first: int):
        for number in range(first, first + 200):
            changes._add_line(Changes({number, number + 1000}).as_line())

    changes._add_line(b"1\n")
    before = changes.version()
    threads = [threading.Thread(target=write, args=(first,)) for first in (10_000, 20_000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = {*range(10_000, 10_200), *range(20_000, 20_200)}
    wanted = numbers | {number + 1000 for number in numbers}
    assert changes.since(before, changes.version()).initiatives == wanted


@pytest.mark.django_db(transaction=True)
def test_command_changes_everything_before_any_other_statement(capsys):
    before = changes.version()
    # As in a process that has just begun: nothing has been asked of the database yet.
    delattr(connection, "content_writes")

    call_command("content_changed")

    assert changes.since(before, changes.version()) == EVERYTHING


# ── Other machines ────────────────────────────────────────────────────────────
@pytest.mark.django_db(transaction=True)
def test_change_is_told_to_other_machines_where_there_can_be_any(rows):
    ContentVersion.objects.all().delete()

    for _ in range(2):
        Initiative.objects.filter(pk=rows["one"].pk).update(internal=True)

    counted = list(ContentVersion.objects.values_list("machine", "number"))
    assert counted == ([] if connection.vendor == "sqlite" else [(changes.machine(), 2)])
