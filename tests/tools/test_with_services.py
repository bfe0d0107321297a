import os
import subprocess
import sys

import psycopg
import pytest
import redis

from tests.needs import need
from tools import with_services


def run(*arguments):
    command = [sys.executable, with_services.__file__, *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_postgres_is_real_and_gone_afterwards():
    try:
        with with_services.postgres() as url, psycopg.connect(url) as connection:
            answer = connection.execute("SELECT 'å' < 'ö' COLLATE \"sv-x-icu\"").fetchone()
    except with_services.ServiceMissing as missing:
        need(False, str(missing))

    assert answer == (True,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_redis_is_real(redis_url):
    client = redis.Redis.from_url(redis_url)

    assert client.ping() is True
    client.close()


def test_command_sees_the_address_and_passes_its_exit_code_on():
    script = "import os; print(os.environ['REDIS_URL']); raise SystemExit(7)"

    done = run("redis", "--", sys.executable, "-c", script)

    need(done.returncode != 69, "Redis")
    assert done.returncode == 7
    assert done.stdout.startswith("unix:///tmp/catalogue-redis-")
    assert not os.path.exists(done.stdout.strip().removeprefix("unix://"))


@pytest.mark.parametrize("arguments", [[], ["mysql", "--", "true"], ["redis", "--"]])
def test_wrong_use_is_explained(arguments):
    done = run(*arguments)

    assert done.returncode == 1
    assert done.stderr == "usage: with_services.py postgres|redis … -- command\n"


def test_missing_postgres_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(with_services, "Path", lambda _: tmp_path)

    with pytest.raises(with_services.ServiceMissing, match="PostgreSQL is not installed"):
        with_services.postgres_programs()
