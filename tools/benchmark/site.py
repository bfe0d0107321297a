"""The servers of a measurement: the site with its data, and the floors beside it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools import servers, with_services
from tools.benchmark import load, processes
from tools.run import server_command

SERVER_CORE, ASKING_CORE = 0, 1
INSIDE = [sys.executable, "-m", "tools.benchmark.inside"]
# The work that a change leaves behind is over when a worker has rested this long.
REST_SECONDS, REST_CPU, SETTLE_SECONDS = 0.2, 0.005, 120.0


@dataclass
class Server:
    """A running granian; `database` is PostgreSQL's first process, None with SQLite."""

    port: int
    pid: int
    database: int | None = None

    def pids(self) -> list[int]:
        parents = processes.read_parents()
        roots = [self.pid] if self.database is None else [self.pid, self.database]
        return [pid for root in roots for pid in processes.family(root, parents)]

    @property
    def worker(self) -> int:
        """The process that runs Python: granian's first only looks after it."""
        return max(processes.family(self.pid), key=lambda pid: processes.memory(pid).resident)

    def settle(self) -> float:
        """Wait until it has nothing to do; returns the processor time it used until then."""
        pids = self.pids()
        first = before = processes.cpu_seconds(pids)
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            time.sleep(REST_SECONDS)
            now = processes.cpu_seconds(pids)
            if now - before < REST_CPU:
                return now - first
            before = now
        raise TimeoutError(f"the server still worked after {SETTLE_SECONDS:.0f} s")


@dataclass
class Site:
    """The site with `size` initiatives."""

    size: int
    server: Server
    environment: dict[str, str]
    material: dict
    first_page_seconds: float
    first_search_seconds: float
    editor: subprocess.Popen

    def change(self) -> str:
        """Give an initiative a new title, in another process; returns its last word."""
        self.editor.stdin.write("\n")
        self.editor.stdin.flush()
        mark = self.editor.stdout.readline().strip()
        if not mark:
            raise RuntimeError("the editor ended; what it said stands above")
        return mark


def environment(folder: Path, database_url: str = "") -> dict[str, str]:
    """The settings of `make run`, with all files in `folder`."""
    values = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEMO": "true",
        "VAR_DIR": str(folder),
        "SECRET_KEY": "only-for-measuring" * 3,
    }
    if database_url:
        values["DATABASE_URL"] = database_url
    return servers.clean_environment(**values)


@contextmanager
def database(*, is_postgres: bool) -> Iterator[tuple[str, int | None]]:
    """The database's address, empty for the embedded one, and its first process."""
    if not is_postgres:
        yield "", None
        return
    with processes.on_core(SERVER_CORE), with_services.postgres() as url:
        folder = Path(unquote(urlsplit(url).netloc.partition("@")[2]))
        yield url, int((folder / "data" / "postmaster.pid").read_text().split()[0])


@contextmanager
def running_site(size: int, folder: Path, *, is_postgres: bool) -> Iterator[Site]:
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        url, postmaster = stack.enter_context(database(is_postgres=is_postgres))
        env = environment(folder, url)
        _inside("prepare", str(size), env=env)
        material = json.loads(_inside("describe", env=env, stdout=subprocess.PIPE))
        server = stack.enter_context(running("config.wsgi:application", folder, env))
        server.database = postmaster
        first_page = _seconds_of(server.port, "/sv/initiativ/")
        first_search = _seconds_of(server.port, "/sv/initiativ/?q=skola")
        editor = stack.enter_context(_editor(env))
        yield Site(size, server, env, material, first_page, first_search, editor)


@contextmanager
def running(application: str, folder: Path, env: dict[str, str]) -> Iterator[Server]:
    """`application` on the server of `make run`, with its flags, on the server's core."""
    port = servers.free_port()
    command = [*server_command(port, develop=False)[:-1], application]
    log = folder / f"{application.rpartition(':')[2]}.log"
    with (
        processes.on_core(SERVER_CORE),
        servers.running(command, ready=lambda: servers.answers(port), log=log, env=env) as process,
        # What asks must not share the core of what answers.
        processes.on_core(ASKING_CORE),
    ):
        yield Server(port, process.pid)


def profile(size: int, folder: Path, address: str, times: int, *, is_postgres: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with database(is_postgres=is_postgres) as (url, _):
        env = environment(folder, url)
        _inside("prepare", str(size), env=env)
        _inside("profile", address, str(times), env=env)


@contextmanager
def _editor(env: dict[str, str]) -> Iterator[subprocess.Popen]:
    process = servers.start(
        [*INSIDE, "edit"], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.stdin.close()
        servers.stop(process)
        process.stdout.close()


def _inside(*arguments: str, env: dict[str, str], **options) -> str:
    done = subprocess.run(
        [*INSIDE, *arguments], env=env, cwd=servers.ROOT, check=True, text=True, **options
    )
    return done.stdout or ""


def _seconds_of(port: int, path: str) -> float:
    started = time.perf_counter()
    load.ask_once(port, load.request(path))
    return time.perf_counter() - started
