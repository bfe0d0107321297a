"""The worker as a process of its own, on both engines."""

import asyncio
import io
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command

from innovation import outbox
from tools.servers import ROOT, clean_environment, free_port

QUEUE = """
from innovation import outbox
for n in range({count}):
    outbox.send_mail(to=f"reader-{{n}}@example.org", subject=f"Mail {{n}}", text="Hej")
"""
REPORT = """
import json
from innovation.models import OutboxMessage as M
print(json.dumps([[m.state, m.attempts, m.next_attempt_at > m.created_at]
                  for m in M.objects.order_by("pk")]))
"""


class Site:
    """`run` and `start` use manage.py on the database with this address."""

    def __init__(self, folder, database_url):
        self.mail = folder / "mail"
        self.env = clean_environment(
            DEMO="true",
            SECRET_KEY="only-for-the-worker-test" * 3,
            VAR_DIR=str(folder),
            DATABASE_URL=database_url,
            EMAIL_URL=f"file://{self.mail}",
        )

    def start(self, *arguments) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments) -> str:
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
        return output

    def shell(self, code: str) -> str:
        return self.run("shell", "-v0", "-c", code)

    def rows(self) -> list:
        """[state, attempts, is it put off] of each message."""
        return json.loads(self.shell(REPORT))

    def deliveries(self) -> int:
        return sum(path.read_text().count("Message-ID:") for path in self.mail.glob("*"))


# The migrations take longer than most of these tests: once for each engine.
@pytest.fixture(scope="module")
def migrated_file(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    path = folder / "catalogue.sqlite3"
    Site(folder, f"sqlite:///{path}").run("migrate", "-v0")
    return path


@pytest.fixture(scope="module")
def migrated_postgres_url(postgres_url, tmp_path_factory) -> str:
    Site(tmp_path_factory.mktemp("migrated"), postgres_url).run("migrate", "-v0")
    return postgres_url


@pytest.fixture(params=["sqlite", "postgres"])
def site(request, tmp_path):
    if request.param == "postgres":
        url = request.getfixturevalue("migrated_postgres_url")
    else:
        copy = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path)
        url = f"sqlite:///{copy}"
    site = Site(tmp_path, url)
    yield site
    site.shell("from innovation.models import OutboxMessage as M; M.objects.all().delete()")


class SlowPost:
    """Takes a mail's text only when `go` is set; `waiting` says that one has come."""

    def __init__(self):
        self.waiting, self.go = threading.Event(), threading.Event()
        self.taken = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.waiting.set()
        while not self.go.is_set():
            await asyncio.sleep(0.02)
        self.taken += 1
        return "250 OK"


@pytest.fixture
def slow_post(site):
    post = SlowPost()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    site.env["EMAIL_URL"] = f"smtp://127.0.0.1:{controller.port}"
    yield post
    post.go.set()
    controller.stop()


@pytest.mark.stack
def test_two_workers_at_once_send_each_mail_once(site):
    site.shell(QUEUE.format(count=40))

    workers = [site.start("worker", "--once") for _ in range(2)]
    outputs = [worker.communicate(timeout=60) for worker in workers]

    assert [errors for _, errors in outputs] == ["", ""]
    assert sum(int(text.split()[0]) for text, _ in outputs) == 40
    assert site.deliveries() == 40
    assert site.rows() == [["done", 1, True]] * 40


@pytest.mark.stack
def test_killed_worker_loses_nothing(site, slow_post):
    site.shell(QUEUE.format(count=1))
    worker = site.start("worker")
    assert slow_post.waiting.wait(30)

    worker.kill()
    worker.communicate()

    # Still waiting, and put off for as long as the lease lasts.
    assert site.rows() == [["queued", 1, True]]


@pytest.mark.stack
def test_worker_finishes_what_it_has_begun_when_it_is_told_to_stop(site, slow_post):
    site.shell(QUEUE.format(count=3))
    worker = site.start("worker")
    assert slow_post.waiting.wait(30)

    worker.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    slow_post.go.set()
    output, errors = worker.communicate(timeout=30)

    assert (worker.returncode, errors) == (0, "")
    assert output == "1 done, 0 to be tried again, 0 given up\n"
    assert [state for state, *_ in site.rows()] == ["done", "queued", "queued"]


@pytest.mark.django_db
def test_worker_once_says_how_many_it_handled(mailoutbox):
    outbox.send_mail(to="anna@example.org", subject="Hej", text="Hej")
    out = io.StringIO()

    call_command("worker", once=True, stdout=out)

    assert out.getvalue() == "1 done, 0 to be tried again, 0 given up\n"
    assert [mail.to for mail in mailoutbox] == [["anna@example.org"]]
