import socket
import stat
import subprocess
import sys
import urllib.request

import pytest

from tools import run
from tools.servers import ROOT, answers, clean_environment, free_port, running


@pytest.mark.parametrize("value", ["no", "0", "65536", "-1", "8000.5", "٣"])
def test_port_that_is_no_port_is_a_sentence(monkeypatch, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(SystemExit) as stopped:
        run.chosen_port()

    assert stopped.value.code == f"PORT={value!r} is not a port: use a number from 1 to 65535"


def test_port_in_use_is_a_sentence(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(SystemExit) as stopped:
            run.chosen_port()

    assert stopped.value.code == (
        f"Port {port} can't be used (Address already in use): try make run PORT=8001"
    )


def test_free_port_is_taken(monkeypatch):
    port = free_port()
    monkeypatch.setenv("PORT", str(port))

    assert run.chosen_port() == port


def test_secret_is_made_once_and_only_for_its_owner(tmp_path):
    path = tmp_path / "var" / "secret-key"

    secret = run.kept_secret(path)

    assert len(secret) >= 50
    assert run.kept_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_static_inputs_notice_a_changed_a_new_and_a_renamed_file(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "STATIC_INPUTS", ())
    (tmp_path / "static").mkdir()
    file = tmp_path / "static" / "a.js"
    seen = []

    for step in (
        lambda: file.write_text("one"),
        lambda: file.write_text("two"),
        lambda: (tmp_path / "static" / "b.js").write_text(""),
        lambda: file.rename(tmp_path / "static" / "c.js"),
    ):
        step()
        seen.append(run.static_inputs())

    assert len(set(seen)) == 4
    assert run.static_inputs() == seen[-1]


def test_wrong_setting_stops_the_start_with_a_sentence(tmp_path):
    env = clean_environment(PORT=str(free_port()), VAR_DIR=str(tmp_path), LOG_LEVEL="LOUD")

    done = subprocess.run(
        [sys.executable, "tools/run.py"], cwd=ROOT, env=env, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "LOG_LEVEL='LOUD': use one of DEBUG, INFO, WARNING, ERROR, see .env.example"
    ]


@pytest.mark.stack
def test_run_serves_the_catalogue_says_where_and_stops(tmp_path):
    port, log = free_port(), tmp_path / "log"
    env = clean_environment(PORT=str(port), VAR_DIR=str(tmp_path / "var"))

    with running(
        [sys.executable, "tools/run.py"], ready=lambda: answers(port), log=log, env=env
    ) as server:
        with urllib.request.urlopen(f"http://localhost:{port}/sv/", timeout=20) as page:
            status, cookies = page.status, page.headers["Set-Cookie"]
        server.terminate()
        exit_code = server.wait(timeout=30)

    said = log.read_text()
    assert (status, cookies, exit_code) == (200, None, 0)
    for line in (f"http://localhost:{port}/admin/", "editor@example.org", "admin@example.org"):
        assert said.count(line) == 1
    assert not answers(port)
