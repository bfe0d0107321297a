"""The production server while its database is stopped, started again, or locked."""

import re
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest

from tests.needs import need
from tools import with_services
from tools.run import server_command
from tools.servers import ROOT, answers, clean_environment, free_port, running

pytestmark = pytest.mark.stack

TITLE = "Vi är strax tillbaka"
PASSWORD = "correct-horse-battery"
# Longer than the pool keeps trying: only then the next visitor has to begin anew.
OUTAGE_SECONDS = 7


# ── A PostgreSQL that can be stopped ──────────────────────────────────────────
@dataclass
class Postgres:
    url: str

    @property
    def folder(self) -> Path:
        return Path(urllib.parse.unquote(urllib.parse.urlsplit(self.url).netloc.split("@")[1]))

    def stop(self):
        self._control("stop", "-m", "immediate")

    def start(self):
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        self._control("start", "-o", options, "-l", str(self.folder / "again.log"))

    def _control(self, *arguments):
        # PostgreSQL refuses to run as root.
        user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        command = [with_services.postgres_programs() / "pg_ctl", "-w", "-D", self.folder / "data"]
        subprocess.run(
            [*command, *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **(user if with_services._is_root() else {}),
        )


@pytest.fixture(scope="module")
def postgres():
    """Every test that stops it leaves it running, and its tables are made but once."""
    try:
        with with_services.postgres() as url:
            server = Postgres(url)
            yield server
            # The second one is no child of ours: it would outlive the test.
            if (server.folder / "again.log").exists():
                server.stop()
    except with_services.ServiceMissing as missing:
        need(False, str(missing))


# ── The site and a visitor ────────────────────────────────────────────────────
@dataclass
class Answer:
    status: int
    headers: Message
    text: str
    seconds: float


class Site:
    """The production server on a database of its own."""

    def __init__(self, folder: Path, database_url: str):
        self.port = free_port()
        self.folder = folder
        self.env = clean_environment(
            DEMO="true",
            SECRET_KEY="only-for-the-test-of-outages" * 3,
            VAR_DIR=str(folder),
            DATABASE_URL=database_url,
            SQLITE_TIMEOUT_SECONDS="1",
        )
        self.cookies = CookieJar()
        self.manage("migrate", "-v0")

    def manage(self, *arguments):
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    @contextmanager
    def served(self):
        command = server_command(self.port, develop=False)
        log = self.folder / "server.log"
        with running(command, ready=lambda: answers(self.port), log=log, env=self.env):
            yield self

    @contextmanager
    def worker(self):
        command = [sys.executable, str(ROOT / "manage.py"), "worker"]
        log = self.folder / "worker.log"
        with running(command, ready=lambda: True, log=log, env=self.env) as process:
            yield process

    def ask(self, path: str, form: dict | None = None) -> Answer:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        data = urllib.parse.urlencode(form).encode() if form else None
        started = time.monotonic()
        try:
            response = opener.open(f"http://localhost:{self.port}{path}", data, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            text = response.read().decode()
        seconds = time.monotonic() - started
        return Answer(response.status, response.headers, text, seconds)

    def statuses(self, *paths: str) -> list[int]:
        return [self.ask(path).status for path in paths]

    def sign_in(self) -> Answer:
        form = self.ask("/admin/login/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
        fields = {"username": "anna@example.org", "password": PASSWORD, "next": "/healthz"}
        return self.ask("/admin/login/", {**fields, "csrfmiddlewaretoken": token})

    def add_administrator(self):
        code = "from innovation.models import User; User.objects.create_superuser"
        self.manage("shell", "-v0", "-c", f"{code}('anna@example.org', '{PASSWORD}')")


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """The static files: the same for every site of these tests."""
    folder = tmp_path_factory.mktemp("collected")
    Site(folder, f"sqlite:///{folder / 'catalogue.sqlite3'}").manage(
        "collectstatic", "--no-input", "-v0"
    )
    return folder / "static"


@pytest.fixture
def site_on(tmp_path, collected):
    """Makes a site on the database with this address."""

    def make(database_url: str) -> Site:
        (tmp_path / "static").symlink_to(collected)
        return Site(tmp_path, database_url)

    return make


def wait_until(holds, seconds: float) -> float:
    """How many seconds it took; fails after `seconds`."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds, f"not within {seconds} s"
        time.sleep(0.2)
    return time.monotonic() - started


# ── PostgreSQL ────────────────────────────────────────────────────────────────
def test_site_says_that_postgresql_is_gone_and_recovers_by_itself(postgres, site_on):
    site = site_on(postgres.url)
    site.add_administrator()
    with site.served():
        before = site.statuses("/sv/", "/healthz", "/readyz", "/sitemap.xml")
        site.sign_in()

        postgres.stop()
        # The start page and the list are made from memory; this one asks the database.
        page = site.ask("/sv/plattformar/")
        during = site.statuses("/healthz", "/readyz", "/sitemap.xml", "/admin/")
        time.sleep(OUTAGE_SECONDS)
        postgres.start()
        # One request may still meet what the outage left behind.
        wait_until(lambda: site.ask("/sv/plattformar/").status == 200, seconds=10)
        after = site.statuses("/sv/", "/healthz", "/readyz", "/sitemap.xml", "/admin/")

    assert before == [200, 200, 200, 200]
    assert (page.status, page.headers["Retry-After"]) == (503, "30")
    assert TITLE in page.text
    # 3 seconds for the page, and 3 when the changes of other machines are to be asked for first.
    assert page.seconds < 7
    assert during == [200, 503, 503, 503]
    assert after == [200, 200, 200, 200, 200]


def test_request_that_postgresql_leaves_in_the_middle_gets_the_page(postgres, site_on):
    site = site_on(postgres.url)
    with site.served():
        blocker = psycopg.connect(postgres.url)
        assert site.statuses("/sv/initiativ/") == [200]
        # This page asks the table (the list is kept), and so is under way when the server goes.
        blocker.execute("LOCK TABLE innovation_initiative IN ACCESS EXCLUSIVE MODE")
        pages = []
        visitor = threading.Thread(target=lambda: pages.append(site.ask("/sv/initiativ/borta/")))
        visitor.start()
        time.sleep(1)
        waited = not pages

        postgres.stop()
        blocker.close()
        visitor.join(timeout=20)
        postgres.start()

        assert waited
        assert [page.status for page in pages] == [503]
        assert TITLE in pages[0].text
        wait_until(lambda: site.ask("/sv/initiativ/borta/").status == 404, seconds=10)


def test_worker_outlives_the_absence_of_postgresql(postgres, tmp_path):
    site = Site(tmp_path, postgres.url)
    queue = (
        "from innovation.outbox import send_mail; "
        "send_mail(to='anna@example.org', subject='{}', text='Hej')"
    )
    log = tmp_path / "worker.log"
    mail = tmp_path / "mail"

    def is_sent(subject: str) -> bool:
        # Not how many mails there are: the server may go between a mail and its note, and then
        # the first one is sent again.
        return any(f"Subject: {subject}\n" in path.read_text() for path in mail.glob("*"))

    with site.worker() as process:
        site.manage("shell", "-v0", "-c", queue.format("Before"))
        wait_until(lambda: is_sent("Before"), seconds=30)

        postgres.stop()
        wait_until(lambda: "The database can't be used" in log.read_text(), seconds=30)
        postgres.start()
        site.manage("shell", "-v0", "-c", queue.format("After"))

        wait_until(lambda: is_sent("After"), seconds=60)
        assert process.poll() is None


# ── SQLite ────────────────────────────────────────────────────────────────────
def test_locked_sqlite_file_says_so_to_who_writes_and_still_serves_who_reads(site_on, tmp_path):
    path = tmp_path / "catalogue.sqlite3"
    site = site_on(f"sqlite:///{path}")
    site.add_administrator()
    with site.served():
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")

        refused = site.sign_in()
        readers = site.statuses("/sv/", "/healthz", "/readyz")
        writer.execute("ROLLBACK")
        writer.close()
        accepted = site.sign_in()

    assert refused.status == 503
    assert TITLE in refused.text
    # What was typed is not lost.
    assert "Gå tillbaka, det du skrev är kvar." in refused.text
    assert readers == [200, 200, 200]
    assert (accepted.status, accepted.text) == (200, "ok\n")
