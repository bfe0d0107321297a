"""Starts real servers, waits until they answer, and stops them whole."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
STOP_SECONDS = 10


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    """Whether the site there is ready; a port alone is open before its workers are."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return bool(connection.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def start(command: list, **options) -> subprocess.Popen:
    """Start `command` in a session of its own: ctrl-C does not reach it, `stop` does."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, **options)


def stop(*processes: subprocess.Popen) -> None:
    """End what `start` has started, also a server that was asked too early to hear it."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def clean_environment(**values: str) -> dict[str, str]:
    """What a program gets to see: none of the test run's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **values}


@contextmanager
def running(command: list[str], *, ready, log: Path, env: dict[str, str]):
    """Run `command` until the block ends; the block begins when `ready()` holds."""
    with log.open("w") as output:
        process = start(command, env=env, stdout=output, stderr=output)
        try:
            deadline = time.monotonic() + START_SECONDS
            while not ready():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{command} did not start:\n{log.read_text()}")
                time.sleep(0.1)
            yield process
        finally:
            stop(process)


@contextmanager
def demo_server(folder: Path, **values: str):
    """`make run` with its files in `folder`; yields its address."""
    port = free_port()
    env = clean_environment(VAR_DIR=str(folder / "var"), PORT=str(port), **values)
    command = [sys.executable, str(ROOT / "tools" / "run.py")]
    with running(command, ready=lambda: answers(port), log=folder / "log", env=env):
        yield f"http://localhost:{port}"
