"""`make run`: the catalogue with demo data, on the production server and settings, on loopback.
`make dev` (run.py dev): the same data on Django's development server, with DEBUG.

Everything that is made is kept in var/ (or VAR_DIR): the database, the secret key, static files,
uploads and mail. Remove that folder to begin anew.
"""

import hashlib
import os
import secrets
import signal
import socket
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import call_command  # noqa: E402

from config import env  # noqa: E402
from tools import servers  # noqa: E402
from tools.compile_messages import compile_messages  # noqa: E402

# What decides the collected static files, besides static/ itself.
STATIC_INPUTS = ("requirements.txt", "config/generated_static.py", "config/settings.py")


def chosen_port() -> int:
    """PORT, or 8000. Ends with a sentence when it can't be used."""
    value = os.environ.get("PORT", "").strip() or "8000"
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        sys.exit(f"PORT={value!r} is not a port: use a number from 1 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except OSError as error:
            sys.exit(f"Port {value} can't be used ({error.strerror}): try make run PORT=8001")
    return int(value)


def prepare_environment(port: int, *, develop: bool) -> None:
    env.load_file(ROOT / ".env")
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEMO", "true")
    os.environ.setdefault("DEBUG", str(develop).lower())
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = kept_secret(folder / "secret-key")


def kept_secret(path: Path) -> str:
    """The secret in `path`, made at the first call, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def static_inputs() -> str:
    digest = hashlib.sha256()
    paths = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    for path in sorted(paths) + [ROOT / name for name in STATIC_INPUTS]:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect and compress, when something has changed since the last time."""
    from django.conf import settings

    mark, inputs = settings.VAR_DIR / "static.inputs", static_inputs()
    if mark.exists() and mark.read_text() == inputs:
        return
    print("Collecting static files …", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(inputs)


def prepare_site(*, develop: bool) -> None:
    compile_messages()
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo", if_empty=True)
    call_command("load_demo_expo", if_empty=True)
    if not develop:
        collect_static()


def server_command(port: int, *, develop: bool) -> list[str]:
    if develop:
        return [sys.executable, str(ROOT / "manage.py"), "runserver", str(port)]
    granian = str(Path(sys.executable).with_name("granian"))
    options = "--interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 4 --no-ws"
    options += f" --port {port} --log-level warning config.wsgi:application"
    return [granian, *options.split()]


def serve(port: int, *, develop: bool) -> int:
    """Run the server and the worker until one of them ends; returns its exit code."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(0))
    worker = [sys.executable, str(ROOT / "manage.py"), "worker"]
    processes = [servers.start(server_command(port, develop=develop)), servers.start(worker)]
    told = False
    try:
        while all(process.poll() is None for process in processes):
            if not told and servers.answers(port):
                told = True
                tell_where(port)
            time.sleep(0.1)
        return next(p.returncode for p in processes if p.returncode is not None)
    except KeyboardInterrupt:
        return 0
    finally:
        servers.stop(*processes)


def tell_where(port: int) -> None:
    address = f"http://localhost:{port}"
    print(f"\n  The catalogue  {address}/\n  The admin      {address}/admin/", flush=True)
    print("  Stop it with ctrl-C.\n", flush=True)


def main(arguments: list[str]) -> int:
    develop = arguments == ["dev"]
    port = chosen_port()
    prepare_environment(port, develop=develop)
    try:
        prepare_site(develop=develop)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    return serve(port, develop=develop)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
