"""Run a command beside a PostgreSQL or Redis of its own: tools/with_services.py postgres -- pytest

The servers listen to nobody but this machine, keep their files in a new folder, and are stopped
and removed afterwards. The command finds them by DATABASE_URL and REDIS_URL; its exit code is
passed on.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

START_SECONDS = 30


class ServiceMissing(Exception):
    """The server's program is not installed."""


def postgres_programs() -> Path:
    """The folder with initdb and postgres of the newest PostgreSQL that Debian installed."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not folders:
        raise ServiceMissing("PostgreSQL is not installed: apt-get install postgresql")
    return max(folders, key=lambda path: float(path.parent.name))


def redis_program() -> str:
    program = shutil.which("redis-server")
    if not program:
        raise ServiceMissing("Redis is not installed: apt-get install redis-server")
    return program


@contextmanager
def _folder(name: str):
    # /tmp rather than TMPDIR: the path of a socket may have no more than 107 characters,
    # and the user postgres must be able to walk there.
    path = Path(tempfile.mkdtemp(prefix=f"{name}-", dir="/tmp"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _server(command: list, is_up, log_path: Path, **options):
    """Run `command` until the block ends; it has START_SECONDS until `is_up()` must hold."""
    with log_path.open("wb") as log:
        # A session of its own: ctrl-C reaches the command first, and the server stops after it.
        process = subprocess.Popen(
            command, stdout=log, stderr=log, start_new_session=True, **options
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not is_up():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{command[0]} did not start:\n{log_path.read_text()}")
                time.sleep(0.05)
            yield process
        finally:
            # Both servers take SIGINT as "stop now, and cleanly".
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@contextmanager
def postgres():
    """A PostgreSQL on a Unix socket, with the database `catalogue`; yields its URL."""
    programs = postgres_programs()
    # PostgreSQL refuses to run as root.
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if _is_root() else {}
    with _folder("catalogue-postgres") as folder:
        if user:
            entry = pwd.getpwnam("postgres")
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        data = folder / "data"
        initdb = f"{programs}/initdb -D {data} -U catalogue -A trust -E UTF8 --locale=C.UTF-8 -N"
        subprocess.run(initdb.split(), check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
        # Nothing here has to outlive a power cut.
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        command = [programs / "postgres", "-D", data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]

        def is_up() -> bool:
            ask = [programs / "pg_isready", "-q", "-h", folder, "-U", "catalogue", "-d", "postgres"]
            return subprocess.run(ask).returncode == 0

        with _server(command, is_up, folder / "log", cwd=folder, **user):
            create = [programs / "createdb", "-h", folder, "-U", "catalogue", "catalogue"]
            subprocess.run(create, check=True)
            yield f"postgres://catalogue@{quote(str(folder), safe='')}/catalogue"


@contextmanager
def redis():
    """A Redis on a Unix socket, without files; yields its URL."""
    program = redis_program()
    with _folder("catalogue-redis") as folder:
        place = folder / "redis.sock"
        command = [program, "--port", "0", "--unixsocket", place, "--save", "", "--dir", folder]

        def is_up() -> bool:
            with socket.socket(socket.AF_UNIX) as probe:
                return probe.connect_ex(str(place)) == 0

        with _server(command, is_up, folder / "log"):
            yield f"unix://{place}"


SERVICES = {"postgres": ("DATABASE_URL", postgres), "redis": ("REDIS_URL", redis)}


def _is_root() -> bool:
    return os.geteuid() == 0


def main(arguments: list[str]) -> int:
    if "--" not in arguments:
        sys.exit(f"usage: with_services.py {'|'.join(SERVICES)} … -- command")
    split = arguments.index("--")
    names, command = arguments[:split], arguments[split + 1 :]
    unknown = set(names) - set(SERVICES)
    if unknown or not command:
        sys.exit(f"usage: with_services.py {'|'.join(SERVICES)} … -- command")
    # A polite kill must clean up too, as ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    environment = dict(os.environ)
    with ExitStack() as stack:
        for name in names:
            variable, service = SERVICES[name]
            try:
                environment[variable] = stack.enter_context(service())
            except ServiceMissing as missing:
                # `make test` reads 69 ("unavailable") as: say so, and go on unless CI is set.
                print(missing, file=sys.stderr)
                return 69
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
