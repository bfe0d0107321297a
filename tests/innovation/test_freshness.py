"""Whatever changes a row: the very next request says so, in this process and in another.

Two processes share one folder and one database; one of them makes the change (`freshness.py`).
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from os import environ
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.innovation.freshness import DEEDS, NEW_TITLE
from tools.servers import ROOT, clean_environment, stop

pytestmark = pytest.mark.engine

PAGE, LIST = "/sv/initiativ/bussen/", "/sv/initiativ/"
OF_HAMN, OF_TRAFIK = f"{LIST}?sector=hamn", f"{LIST}?category=trafik"
TERM_PAGE = "/sv/kategorier/trafik/"
IN_ENGLISH, OF_STADEN = "/en/initiatives/", f"{LIST}?driven_by=staden"
# How many a list says that it found.
NONE = '<div class="empty">'
ONE, TWO, THREE, FOUR, FIVE = (f'id="total"><strong>{number} ' for number in range(1, 6))


def counted(name: str, number: int) -> str:
    """An option of the panel, and how many it would give."""
    return f"{name} <small>({number})<"


OLD_TITLE, TARGET = "Lugna bussen", "Fler solceller"


def search(word: str) -> str:
    return f"{LIST}?q={quote(word)}"


def typed(word: str) -> str:
    return f"/sv/sokforslag/?q={quote(word)}"


Claim = tuple[str, str]  # an address, and a text that is there


@dataclass(frozen=True)
class Case:
    """What a deed brings, what it takes away, and what it leaves as it was."""

    appears: list[Claim] = field(default_factory=list)
    vanishes: list[Claim] = field(default_factory=list)
    stays: list[Claim] = field(default_factory=list)


RETITLED = Case(
    appears=[
        (PAGE, NEW_TITLE),
        (LIST, NEW_TITLE),
        (TERM_PAGE, NEW_TITLE),
        (search("tysta"), NEW_TITLE),
        (typed("tysta"), NEW_TITLE),
    ],
    vanishes=[
        (PAGE, f"{OLD_TITLE}</h1>"),
        (LIST, OLD_TITLE),
        (search("lugna"), OLD_TITLE),
        (typed("lugna"), OLD_TITLE),
    ],
    stays=[(LIST, THREE), (LIST, counted("Trafik", 1)), (OF_TRAFIK, ONE)],
)
GONE = Case(
    appears=[
        *((at, TWO) for at in (LIST, IN_ENGLISH)),
        (OF_TRAFIK, NONE),
        (LIST, counted("Trafik", 0)),
        (OF_HAMN, NONE),
    ],
    vanishes=[
        (LIST, counted("Trafik", 1)),
        (LIST, counted("Hamnen", 1)),
        (OF_TRAFIK, counted("Hamnen", 1)),
        ("/sv/utmaningar/", "1 initiativ"),
        ("/sv/organisationer/staden/", OLD_TITLE),
        (PAGE, "[200]"),
        (LIST, OLD_TITLE),
        (TERM_PAGE, OLD_TITLE),
        (search("lugna"), OLD_TITLE),
        (typed("lugna"), OLD_TITLE),
    ],
)
ONE_MORE = Case(
    appears=[
        ("/sv/initiativ/odlorna/", "[200]"),
        ("/en/initiatives/odlorna/", "[200]"),
        *((at, FOUR) for at in (LIST, IN_ENGLISH)),
        (IN_ENGLISH, "The lizards"),
        (search("lizard"), "Ödlorna"),
        *((at, counted("Trafik", 2)) for at in (LIST, OF_HAMN)),
        *((at, counted("Hamnen", 2)) for at in (LIST, OF_TRAFIK)),
        (LIST, "Ödlorna"),
        (search("ödle"), "Ödlorna"),
        (typed("ödle"), "Ödlorna"),
    ],
    vanishes=[(LIST, counted("Trafik", 1)), (LIST, counted("Hamnen", 1))],
)


def renamed(old: str, new: str, *addresses: str, **more) -> Case:
    """A new name on the initiative's page, in the list's panel and in the search."""
    return Case(
        appears=[*((at, new) for at in (PAGE, LIST, *addresses)), (search(new), OLD_TITLE)],
        vanishes=[*((at, old) for at in (PAGE, LIST)), (search(old), OLD_TITLE)],
        **more,
    )


CASES = {
    "save": RETITLED,
    "admin_save": RETITLED,
    "update": RETITLED,
    "bulk_update": RETITLED,
    "import_of_initiatives": RETITLED,
    "raw_sql": Case(appears=[(PAGE, NEW_TITLE), (LIST, NEW_TITLE)], vanishes=[(LIST, OLD_TITLE)]),
    "raw_sql_and_reindex": RETITLED,
    "commit_of_a_transaction": RETITLED,
    "commit_around_a_rolled_back_savepoint": RETITLED,
    "rollback": Case(stays=RETITLED.vanishes + [(LIST, THREE), (search("tysta"), "?q=")]),
    "delete": GONE,
    "admin_delete": GONE,
    "withdrawal": GONE,
    "made_internal": GONE,
    "admin_bulk_action": GONE,
    "made_an_example": Case(
        appears=[(LIST, TWO)],
        vanishes=[(LIST, OLD_TITLE), (search("lugna"), OLD_TITLE)],
        stays=[(PAGE, "[200]"), (f"{LIST}?examples=1", OLD_TITLE)],
    ),
    "publishing": ONE_MORE,
    "publishing_by_update": ONE_MORE,
    "bulk_create": Case(
        appears=[
            (LIST, FIVE),
            (search("regnbädd"), "Regnbädden"),
            (typed("snö"), "Snöhögen"),
            ("/sv/initiativ/snon/", "[200]"),
        ]
    ),
    "slug_change": Case(
        appears=[
            (PAGE, "[301]"),
            ("/sv/initiativ/tysta-bussen/", "[200]"),
            (LIST, 'href="/sv/initiativ/tysta-bussen/"'),
            (typed("lugna"), "/sv/initiativ/tysta-bussen/"),
        ],
        vanishes=[(LIST, 'href="/sv/initiativ/bussen/"')],
    ),
    "admin_inline": Case(appears=[(PAGE, TARGET), (search("solceller"), OLD_TITLE)]),
    "impact_target": Case(appears=[(PAGE, TARGET), (search("solceller"), OLD_TITLE)]),
    "contact": Case(appears=[(PAGE, "Hamnvakten")], vanishes=[(PAGE, "Vaktchefen")]),
    "many_to_many_add": Case(
        appears=[(OF_HAMN, "Sjögräset"), (OF_HAMN, TWO), (LIST, "Hamnen <small>(2)<")]
    ),
    "many_to_many_remove": Case(
        appears=[(OF_HAMN, NONE)],
        vanishes=[
            *((OF_HAMN, OLD_TITLE), (PAGE, "Hamnen"), (search("hamnen"), OLD_TITLE)),
            (LIST, counted("Hamnen", 1)),
        ],
    ),
    "many_to_many_clear": Case(
        appears=[(OF_HAMN, NONE)],
        vanishes=[
            *((OF_HAMN, OLD_TITLE), (PAGE, "Hamnen"), (search("hamnen"), OLD_TITLE)),
            (LIST, counted("Hamnen", 1)),
        ],
    ),
    "many_to_many_set": Case(
        appears=[(PAGE, "Torget"), (LIST, "Torget"), (search("torget"), OLD_TITLE)],
        vanishes=[(OF_HAMN, OLD_TITLE), (PAGE, "Hamnen"), (search("hamnen"), OLD_TITLE)],
    ),
    "many_to_many_from_the_other_side": Case(
        appears=[(OF_HAMN, "Sjögräset"), (search("hamnen"), "Sjögräset")],
        vanishes=[(OF_HAMN, OLD_TITLE), (PAGE, "Hamnen"), (search("hamnen"), OLD_TITLE)],
    ),
    "rename_of_a_category": renamed("Trafik", "Färdsätt", TERM_PAGE),
    "rename_of_an_organisation": renamed("Stadsmakarna", "Kommunmakarna", typed("kommunmak")),
    "withdrawal_of_an_organisation": Case(
        vanishes=[(at, "Stadsmakarna") for at in (PAGE, LIST, typed("stadsmak"))]
        + [(OF_STADEN, ONE), (search("stadsmakarna"), OLD_TITLE)],
        stays=[(LIST, THREE)],
    ),
    "new_organisation_slug": Case(
        appears=[
            (f"{LIST}?driven_by=kommunen", ONE),
            ("/sv/organisationer/staden/", "[301]"),
            (OF_STADEN, 'href="?driven_by=kommunen&amp;'),
        ],
        stays=[(OF_STADEN, ONE), (LIST, counted("Stadsmakarna", 1))],
    ),
    "rename_of_a_partner": renamed("Vågbolaget", "Strömbolaget", typed("ström")),
    "rename_of_a_challenge": renamed("tystare?", "Hur sover alla gott?", typed("sover")),
    "rename_of_a_status": renamed("Flygprov", "Provkörs"),
    "import_of_a_vocabulary": renamed("Hamnen", "Kajerna"),
    "change_of_a_synonym": Case(appears=[(search("velo"), "Lånecykeln")]),
    "new_category_slug": Case(
        appears=[
            (f"{LIST}?category=resor", ONE),
            (TERM_PAGE, "[301]"),
            (OF_TRAFIK, 'href="?category=resor&amp;'),
        ],
        vanishes=[(OF_TRAFIK, 'href="?category=trafik&amp;')],
        stays=[(OF_TRAFIK, ONE)],
    ),
    "withdrawal_of_a_challenge": Case(
        vanishes=[(at, "tystare?") for at in (PAGE, LIST, typed("tystare"))]
        + [(search("tystare"), OLD_TITLE)]
    ),
    "delete_of_a_sector": Case(
        appears=[(OF_HAMN, "Sjögräset")],  # an unknown value narrows nothing, and is said to be so
        vanishes=[(PAGE, "Hamnen"), (LIST, "Hamnen"), (search("hamnen"), OLD_TITLE)],
    ),
    "delete_of_a_partner": Case(
        vanishes=[(at, "Vågbolaget") for at in (PAGE, LIST, typed("våg"))]
        + [(search("vågbolaget"), OLD_TITLE)]
    ),
    "delete_of_a_challenge": Case(
        vanishes=[(at, "tystare?") for at in (PAGE, LIST, typed("tystare"))]
        + [(search("tystare"), OLD_TITLE)]
    ),
    "delete_of_a_category": Case(
        vanishes=[(PAGE, "Trafik<"), (LIST, "Trafik <"), (search("trafik"), OLD_TITLE)]
    ),
}
# What a test below does by itself.
NOT_CASES = {"migrate", "prepare", "begin", "commit"}


# ── Processes ─────────────────────────────────────────────────────────────────
class Process:
    """One that runs `freshness.py`: `ask()` and `do()` wait for its answer."""

    def __init__(self, process: subprocess.Popen, log: Path):
        self._process, self._log = process, log
        self._answer()

    def ask(self, *addresses: str) -> list[str]:
        self.begin_to_ask(*addresses)
        return self.asked()

    def begin_to_ask(self, *addresses: str, **more) -> None:
        self._send({"ask": addresses, **more})

    def asked(self) -> list[str]:
        return self._answer()["texts"]

    def statuses(self) -> list[int]:
        return self._answer()["statuses"]

    def do(self, deed: str) -> None:
        self._send({"do": deed})
        self._answer()

    def _send(self, message: dict) -> None:
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def _answer(self) -> dict:
        line = self._process.stdout.readline()
        assert line, f"it has ended:\n{self._log.read_text()}"
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return answer


START = "import django; django.setup(); from tests.innovation import freshness; freshness.main()"


@contextmanager
def process(folder: Path, database_url: str, name: str) -> Iterator[Process]:
    log = folder / f"{name}.log"
    env = clean_environment(
        DJANGO_SETTINGS_MODULE="config.settings_test",
        VAR_DIR=str(folder),
        DATABASE_URL=database_url,
    )
    with log.open("w") as errors:
        child = subprocess.Popen(
            [sys.executable, "-c", START],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        with child:
            try:
                yield Process(child, log)
            finally:
                stop(child)


@contextmanager
def database_beside(folder: Path) -> Iterator[str]:
    """The address of an empty database on the engine that these tests run on."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{folder / 'catalogue.sqlite3'}"
        return
    address, _, _ = environ["DATABASE_URL"].rpartition("/")
    name = f"freshness_{environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{address}/{name}"
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            server.execute(drop)


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Iterator[tuple[Process, Process]]:
    """One that changes rows, and another beside it."""
    folder = tmp_path_factory.mktemp("freshness")
    with ExitStack() as stack:
        url = stack.enter_context(database_beside(folder))
        writer = stack.enter_context(process(folder, url, "writer"))
        other = stack.enter_context(process(folder, url, "other"))
        writer.do("migrate")
        yield writer, other


def look(processes: tuple[Process, ...], claims: list[Claim]) -> list[set[Claim]]:
    """For each process, the claims that hold; every address is asked for once."""
    addresses = list(dict.fromkeys(address for address, _ in claims))
    for each in processes:
        each.begin_to_ask(*addresses)
    pages = [dict(zip(addresses, each.asked(), strict=True)) for each in processes]
    return [
        {(address, text) for address, text in claims if text in page[address]} for page in pages
    ]


# ── Every way to change a row ─────────────────────────────────────────────────
def test_every_deed_is_a_case():
    assert CASES.keys() | NOT_CASES == DEEDS.keys()


@pytest.mark.parametrize("deed", CASES)
def test_change_is_there_on_the_next_request_in_both_processes(deed, two):
    writer, case = two[0], CASES[deed]
    claims = case.appears + case.vanishes + case.stays
    before, after = set(case.vanishes + case.stays), set(case.appears + case.stays)
    writer.do("prepare")
    kept = look(two, claims)

    writer.do(deed)

    assert kept == [before, before]
    assert look(two, claims) == [after, after]


def test_what_is_not_committed_is_seen_by_nobody_else_and_holds_nobody_up(two):
    writer, _ = two
    claims = [(PAGE, NEW_TITLE), (LIST, NEW_TITLE), (search("tysta"), NEW_TITLE)]
    writer.do("prepare")
    look(two, claims)

    writer.do("begin")
    during = look(two, [*claims, (OF_HAMN, NEW_TITLE)])
    writer.do("commit")

    assert during == [set(), set()]
    assert look(two, claims) == [set(claims), set(claims)]


def test_changes_of_both_processes_are_seen_by_both(two):
    writer, other = two
    writer.do("prepare")
    claims = [(LIST, NEW_TITLE), (LIST, FOUR), (OF_HAMN, "Sjögräset")]
    seen = look(two, claims)

    for each, deed in ((other, "save"), (writer, "publishing"), (other, "many_to_many_add")):
        each.do(deed)
        seen += look(two, claims)

    wanted = [set(claims[:count]) for count in range(4)]
    assert seen == [each for each in wanted for _ in two]


def test_crowd_is_answered_while_rows_come_and_go(two):
    writer, other = two
    writer.do("prepare")
    lists = [LIST, OF_HAMN, f"{LIST}?sort=title"]
    searches = [search("buss"), search("ödlorna"), typed("lu")]

    other.begin_to_ask(*lists, *searches, times=60)
    for _ in range(5):
        for deed in ("save", "publishing", "withdrawal", "rename_of_a_partner", "prepare"):
            writer.do(deed)

    assert other.statuses() == [200]
    assert look(two, [(LIST, OLD_TITLE)]) == [{(LIST, OLD_TITLE)}] * 2


# ── Other machines ────────────────────────────────────────────────────────────
@pytest.mark.stack
def test_change_is_seen_on_another_machine_within_a_second(postgres_url, tmp_path):
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
    claims = [(PAGE, NEW_TITLE), (LIST, NEW_TITLE), (search("tysta"), NEW_TITLE)]
    with (
        process(folders[0], postgres_url, "one") as one,
        process(folders[1], postgres_url, "other") as other,
    ):
        one.do("migrate")
        one.do("prepare")
        time.sleep(1.1)
        before = look((one, other), claims)

        one.do("save")
        at_once = look((one,), claims)
        time.sleep(1)
        later = look((other,), claims)
        other.do("prepare")
        time.sleep(1)
        back = look((one,), claims)

    assert before == [set(), set()]
    assert at_once == later == [set(claims)]
    assert back == [set()]
