"""Runs real servers for a while: the production server with its own folder, on a free port."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def clean_environment(**values: str) -> dict[str, str]:
    """What a program gets to see: none of the test run's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **values}


@contextmanager
def running(command: list[str], *, ready, log: Path, env: dict[str, str]):
    """Run `command` until the block ends; the block begins when `ready()` holds."""
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
        try:
            deadline = time.monotonic() + START_SECONDS
            while not ready():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{command} did not start:\n{log.read_text()}")
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def demo_server(folder: Path, **values: str):
    """`make run` with its files in `folder`; yields its address."""
    port = free_port()
    env = clean_environment(VAR_DIR=str(folder / "var"), PORT=str(port), **values)
    command = [sys.executable, str(ROOT / "tools" / "run.py")]
    with running(command, ready=lambda: answers(port), log=folder / "log", env=env):
        yield f"http://localhost:{port}"
