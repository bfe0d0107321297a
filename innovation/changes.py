"""When the content has changed: the one place that notices it, and tells.

Every statement that Django sends to the database passes here, so that nothing needs to be
remembered by who writes: save(), update(), bulk work, many-to-many, cascades, the admin, an
import, SQL by hand. After the commit a line is added to the file `changes`, and its length is the
version of the content: a reader sees a change of another process for the price of a stat().
The line names the initiatives that it was about, so that readers need not load everything anew.

Other machines have no such file in common. They count their changes in the database
(`ContentVersion`), which is asked once a second; on SQLite there are no other machines.
What somebody writes without Django (psql) is seen when `manage.py content_changed` is run.
"""

import logging
import os
import platform
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, Error, connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import F, Sum

from innovation.facets import FACETS
from innovation.models import ContentVersion, Initiative, SearchText, SlugRedirect, Synonym

log = logging.getLogger(__name__)

# Models of our apps that no public page, list or search shows.
NOT_CONTENT = {
    "ContentVersion",
    "ImportReport",
    "Membership",
    "OutboxMessage",
    "PersonalProgramme",
    "ProgrammeItem",
    "User",
    "User_groups",
    "User_user_permissions",
}
# What a change of these can do to a list: the rows of one initiative, or (the others) of any.
_OF_ONE_INITIATIVE = (
    SearchText,
    *(
        getattr(Initiative, relation).through
        for facet in FACETS.values()
        for relation in facet.relations
        if Initiative._meta.get_field(relation).many_to_many
    ),
)
ASK_OTHERS_EVERY, ASK_AGAIN_AFTER_FAILURE = 1.0, 30.0  # seconds
# A line of more initiatives than this says "everything" instead.
_MOST_NAMED = 200


class Version(NamedTuple):
    """Equal versions mean equal content. `pending` is set within a transaction that has written:
    only its own connection sees what it wrote."""

    length: int = 0
    touched_ns: int = 0
    others: int = 0
    pending: tuple[int, int] | None = None


@dataclass
class Changes:
    """What has changed: `initiatives` by key, how many `new` ones, the `names` of what they are
    narrowed by, `others`, which no list of initiatives shows (a contact, an event), or
    `everything`."""

    initiatives: set[int] = field(default_factory=set)
    new: int = 0
    names: bool = False
    others: bool = False
    everything: bool = False

    def add(self, other: "Changes") -> None:
        self.initiatives |= other.initiatives
        self.new += other.new
        self.names |= other.names
        self.others |= other.others
        self.everything |= other.everything

    def as_line(self) -> bytes:
        if self.everything or len(self.initiatives) + self.new > _MOST_NAMED:
            return b"*\n"
        flags = [name for name in ("new", "names", "others") if getattr(self, name)]
        return " ".join([*map(str, sorted(self.initiatives)), *flags]).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> "Changes":
        words = line.decode().split()
        numbers = {int(word) for word in words if word.isdigit()}
        flags = (name in words for name in ("names", "others", "*"))
        return cls(numbers, words.count("new"), *flags)


EVERYTHING = Changes(everything=True)


# ── Reading ───────────────────────────────────────────────────────────────────
def version() -> Version:
    """The version of the content as this connection sees it; a few microseconds, no SQL (but
    once a second where there can be other machines)."""
    pending = _pending_version() if connection.in_atomic_block else None
    return committed()._replace(pending=pending) if pending else committed()


def committed() -> Version:
    """The version of the content as everybody sees it."""
    try:
        status = os.stat(_path())
    except OSError:
        length = touched = 0
    else:
        length, touched = status.st_size, status.st_mtime_ns
    return Version(length, touched + _untold, _others.changes() if _may_have_others() else 0)


def since(old: Version, new: Version) -> Changes:
    """What changed between two versions, neither of them pending."""
    is_told = new.length > old.length and new.others == old.others and old.length
    if not is_told:
        return EVERYTHING
    try:
        with open(_path(), "rb") as file:
            file.seek(old.length)
            told = file.read(new.length - old.length)
    except OSError:
        return EVERYTHING
    changes = Changes()
    for line in told.splitlines():
        changes.add(Changes.from_line(line))
    return changes if told.endswith(b"\n") else EVERYTHING


def _pending_version() -> tuple[int, int] | None:
    # A rolled-back savepoint takes its entries away: the count of them tells.
    mine = sum(isinstance(entry[1], _Commit) for entry in connection.run_on_commit)
    return (connection.content_writes, mine) if mine else None


class _Others:
    """The changes that other machines have made."""

    def __init__(self):
        self._known = 0
        self._ask_at = 0.0

    def changes(self) -> int:
        if time.monotonic() < self._ask_at:
            return self._known
        if connection.in_atomic_block:
            return self._known  # a transaction that has failed can't be asked
        self._ask_at = time.monotonic() + ASK_OTHERS_EVERY
        is_ours = connection.connection is None
        try:
            rows = ContentVersion.objects.exclude(machine=machine())
            self._known = rows.aggregate(total=Sum("number"))["total"] or 0
        except DatabaseError:
            # A page that is kept can still be read while the database is away.
            self._ask_at = time.monotonic() + ASK_AGAIN_AFTER_FAILURE
        finally:
            if is_ours:
                connection.close()
        return self._known


_others = _Others()


@cache
def _may_have_others() -> bool:
    return connection.vendor != "sqlite"


@cache
def machine() -> str:
    return f"{platform.node()}:{settings.VAR_DIR}"[-200:]


@cache
def _path() -> str:
    return str(settings.VAR_DIR / "changes")


# ── Noticing ──────────────────────────────────────────────────────────────────
def watch() -> None:
    """Called once, when Django starts."""
    connection_created.connect(_watch_connection, dispatch_uid="innovation.changes")


def _watch_connection(sender, connection, **kwargs):
    if _notice not in connection.execute_wrappers:
        connection.content_writes = 0
        # First, since Django's own wrappers come and go at the end.
        connection.execute_wrappers.insert(0, _notice)


def _notice(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    # psycopg has its own kind of statement, put together of parts.
    text = sql if isinstance(sql, str) else sql.as_string()
    if _IS_WRITE.match(text) and _content().search(text):
        _note(context["connection"], _changes_of(text, params, many))
    return result


def content_changed(changes: Changes = EVERYTHING) -> None:
    """For what changes the content without SQL of ours."""
    _note(connection, changes)


def _note(connection, changes: Changes) -> None:
    connection.content_writes = getattr(connection, "content_writes", 0) + 1
    queue = connection.run_on_commit
    savepoints = set(connection.savepoint_ids)
    if queue and isinstance(queue[0][1], _Commit) and queue[0][0] == savepoints:
        queue[0][1].changes.add(changes)
        return
    transaction.on_commit(_Commit(changes), using=connection.alias)
    if queue:
        # Before what others have asked for: if that fails, Django drops all that comes after it.
        queue.insert(0, queue.pop())


class _Commit:
    """What is told once the transaction that changed something is there for all."""

    def __init__(self, changes: Changes):
        self.changes = Changes()
        self.changes.add(changes)

    def __call__(self):
        _add_line(self.changes.as_line())
        _tell_other_machines()


def _tell_other_machines() -> None:
    if not _may_have_others():
        return
    mine = ContentVersion.objects.filter(machine=machine())
    try:
        if not mine.update(number=F("number") + 1):
            ContentVersion.objects.get_or_create(machine=machine(), defaults={"number": 1})
    except Error as error:
        log.error("other machines are not told of a change: %s", error)


# What this process could not write into the file, and yet must see itself.
_untold = 0
_owes_everything = False


def _add_line(line: bytes) -> None:
    global _untold, _owes_everything
    try:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        # One write at the end of the file: two processes can't mix their lines.
        with open(_path(), "ab", buffering=0) as file:
            file.write(b"*\n" if _owes_everything else line)
        _owes_everything = False
    except OSError as error:
        log.error("the change can't be noted, all is loaded anew: %s", error)
        _untold += 1
        _owes_everything = True
        with suppress(OSError):
            # A full disk still lets the time be changed: a time without a line means everything.
            os.utime(_path())


# ── What a statement changes ──────────────────────────────────────────────────
_IS_WRITE = re.compile(
    r"(?:\s|/\*.*?\*/|--[^\n]*\n)*(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|WITH|COPY|MERGE)\b",
    re.IGNORECASE | re.DOTALL,
)
# What Django writes, and can be read; whatever else changes everything: slower, never wrong.
_WRITTEN = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(\w+)" [^;]*')
_PLACES = r"%s(?:, %s)*"
_INSERTED = re.compile(
    rf'[^(]*"\w+" \((?P<columns>[^)]*)\) (?:VALUES \({_PLACES}\)(?:, \({_PLACES}\))*'
    r"|(?P<lists>[^(]* UNNEST)\((?:\(%s\)::[\w ]+\[\](?:, )?)+\))"
)
_CONDITION = rf'\(*"\w+"\."\w+" (?:[<>=]+ %s|IN \({_PLACES}\)|IS (?:NOT )?NULL)\)*'
_CONDITIONS = re.compile(rf"{_CONDITION}(?: AND {_CONDITION})*")


@cache
def _content() -> re.Pattern:
    names = sorted(
        model._meta.db_table
        for label in settings.CONTENT_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model.__name__ not in NOT_CONTENT
    )
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)


@cache
def _keys_of_initiatives() -> dict[str, str]:
    """Table: the column that says which initiative a row is about."""
    return {Initiative._meta.db_table: "id"} | {
        model._meta.db_table: "initiative_id" for model in _OF_ONE_INITIATIVE
    }


@cache
def _names() -> frozenset[str]:
    """Tables of what initiatives are narrowed by: lists know those rows by key, so that only
    what they are called can change, and the words that they are found by."""
    models = {facet.options().model for facet in FACETS.values()} | {SlugRedirect, Synonym}
    return frozenset(model._meta.db_table for model in models)


def _changes_of(sql: str, params, many: bool) -> Changes:
    written = _WRITTEN.fullmatch(sql)
    table = written[1] if written else ""
    if not _content().fullmatch(table):
        return EVERYTHING
    column = _keys_of_initiatives().get(table)
    if column is None:
        is_name = table in _names()
        return Changes(names=is_name, others=not is_name)
    if many or params is None or sql.count("%s") != len(params):
        return EVERYTHING
    if sql.startswith("INSERT"):
        return _inserted(column, sql, params)
    return _named(_narrowed_to(table, column, sql, params))


def _inserted(column: str, sql: str, params) -> Changes:
    read = _INSERTED.match(sql)
    if read is None or read[0].count("%s") != len(params):
        return EVERYTHING
    columns = [name.strip(' "') for name in read["columns"].split(",")]
    # PostgreSQL gets several rows as a list for each column.
    values = params if read["lists"] else [params[at :: len(columns)] for at in range(len(columns))]
    if column in columns:
        return _named(values[columns.index(column)])
    # A row that was there already may have been changed instead.
    return EVERYTHING if "DO UPDATE" in sql else Changes(new=len(values[0]))


def _narrowed_to(table: str, column: str, sql: str, params) -> Iterable:
    """The values of `column` that a change is narrowed to; none when that can't be told."""
    before, _, where = sql.rpartition(" WHERE ")
    found = re.search(rf'"{table}"\."{column}" (?:= %s|IN \({_PLACES}\))', where)
    is_plain = _CONDITIONS.fullmatch(where) and where.count("(") == where.count(")")
    is_rekeyed = re.search(rf'(?<!\.)"{column}" = ', before)
    if not found or not is_plain or is_rekeyed:
        return ()
    first = len(params) - where.count("%s") + where[: found.start()].count("%s")
    return params[first : first + found[0].count("%s")]


def _named(keys: Iterable) -> Changes:
    is_known = all(isinstance(key, int) for key in keys)
    return Changes({*keys}) if keys and is_known else EVERYTHING
