"""A wrong value in the environment stops the start with a sentence that names it."""

import os
import re
import runpy

import pytest
from django.conf import settings as running_settings
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = running_settings.BASE_DIR
EXAMPLE = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
ANY_TEXT = {"SITE_NAME", "CITY_NAME"}

FLAG = "use 'true' or 'false'"
HOSTS = "use host names with commas between, without https:// or port"
ORIGIN = "use an origin such as https://innovation.example.org"
CONTACT = "use mailto:security@example.org or https://…"
DATABASE = "use sqlite:///path or postgres://user:password@host/name"
NO_NAME = "it names no database; use sqlite:///path or postgres://host/name"
REDIS = "use redis://host:6379/0 or unix:///path"
MAIL = "use smtp+tls://user:password@host:587 or file:///folder"
LEVELS = "use one of DEBUG, INFO, WARNING, ERROR"
WRONG = [
    ("DEBUG", "yes", FLAG),
    ("DEMO", "2", FLAG),
    ("BEHIND_PROXY", "on", FLAG),
    ("ALLOWED_HOSTS", "https://example.org", HOSTS),
    ("ALLOWED_HOSTS", "example.org:443", HOSTS),
    ("ALLOWED_HOSTS", "example org", HOSTS),
    ("SITE_URL", "innovation.example.org", ORIGIN),
    ("SITE_URL", "https://example.org/catalogue", ORIGIN),
    ("SITE_URL", "https://example.org:port", ORIGIN),
    ("SITE_URL", "https://[::1", ORIGIN),
    ("SITE_URL", "javascript:alert(1)", ORIGIN),
    ("SECURITY_CONTACT", "security@example.org", CONTACT),
    ("SECURITY_CONTACT", "http://example.org", CONTACT),
    ("DATABASE_URL", "mysql://host/name", DATABASE),
    ("DATABASE_URL", "catalogue.sqlite3", DATABASE),
    ("DATABASE_URL", "postgres://host:port/name", DATABASE),
    ("DATABASE_URL", "postgres://host/", NO_NAME),
    ("DATABASE_URL", "sqlite:///", NO_NAME),
    ("SQLITE_TIMEOUT_SECONDS", "0", "use a whole number, at least 1"),
    ("SQLITE_TIMEOUT_SECONDS", "5s", "use a whole number, at least 1"),
    ("DATABASE_POOL", "-1", "use a whole number, at least 1"),
    ("REDIS_URL", "localhost:6379", REDIS),
    ("REDIS_URL", "redis://", REDIS),
    ("PAGE_CACHE_MB", "-1", "use a whole number, at least 0"),
    ("UPLOAD_MAX_MB", "20 MB", "use a whole number, at least 1"),
    ("UPLOAD_MAX_MB", "٢", "use a whole number, at least 1"),
    ("EMAIL_URL", "mail.example.org", MAIL),
    ("EMAIL_URL", "smtp://mail.example.org:port", MAIL),
    ("EMAIL_URL", "file:", MAIL),
    ("MAIL_FROM", "Innovation", "use an e-mail address"),
    ("MAIL_FROM", "a@example.org\nBcc: b@example.org", "use an e-mail address"),
    ("LOG_LEVEL", "verbose", LEVELS),
]


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """The production example with a secret and a folder; a test changes what it is about."""
    for name, value in EXAMPLE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SECRET_KEY", "only-for-the-test-of-the-environment")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'catalogue.sqlite3'}")
    return monkeypatch


def read_settings() -> dict:
    return runpy.run_path(str(ROOT / "config" / "settings.py"))


def fault() -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        read_settings()
    return str(caught.value)


@pytest.mark.parametrize(("name", "value", "cure"), WRONG)
def test_wrong_value_stops_the_start_and_is_named_with_its_cure(environment, name, value, cure):
    environment.setenv(name, value)

    assert fault() == f"{name}={value!r}: {cure}, see .env.example"


def test_every_variable_of_the_example_has_a_wrong_value_above():
    tested = {name for name, *_ in WRONG} | ANY_TEXT | {"SECRET_KEY", "VAR_DIR"}

    assert tested == set(EXAMPLE)


def test_missing_secret_stops_the_start(environment):
    environment.setenv("SECRET_KEY", " ")

    assert fault() == "SECRET_KEY is not set: give it a value, see .env.example"


def test_folder_that_cannot_be_made_stops_the_start(environment, tmp_path):
    (tmp_path / "file").touch()
    environment.setenv("VAR_DIR", str(tmp_path / "file" / "var"))

    assert fault() == (
        f"VAR_DIR='{tmp_path}/file/var': the folder can't be made (Not a directory); "
        "use one that the server may write to, see .env.example"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://anna:s3cret@host:port/name"),
        ("EMAIL_URL", "smtp://anna:s3cret@host:port"),
        ("REDIS_URL", "rediss://:s3cret@"),
    ],
)
def test_fault_does_not_tell_the_password(environment, name, value):
    environment.setenv(name, value)

    assert fault().split(": ")[0] == f"{name}={value.replace('s3cret', '…')!r}"


def test_empty_variables_mean_the_defaults(environment, tmp_path):
    for name in set(EXAMPLE) - {"SECRET_KEY", "VAR_DIR"}:
        environment.setenv(name, "")

    values = read_settings()

    assert (values["DEBUG"], values["SECURE_SSL_REDIRECT"]) == (False, True)
    assert values["DATABASES"]["default"]["NAME"] == f"{tmp_path}/catalogue.sqlite3"
    assert values["EMAIL_FILE_PATH"] == f"{tmp_path}/mail"


def test_socket_folder_and_password_of_a_database_are_read(environment):
    environment.setenv("DATABASE_URL", "postgres://anna:p%40ss@%2Frun%2Fpostgresql/catalogue")

    database = read_settings()["DATABASES"]["default"]

    read = {key: database[key] for key in ("HOST", "USER", "PASSWORD", "NAME")}
    assert read == {
        "HOST": "/run/postgresql",
        "USER": "anna",
        "PASSWORD": "p@ss",
        "NAME": "catalogue",
    }


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://anna:p%40ss@mail.example.org", 25, False, False),
        ("smtp+tls://anna:p%40ss@mail.example.org", 587, True, False),
        ("smtps://anna:p%40ss@mail.example.org:4650", 4650, False, True),
    ],
)
def test_mail_server_is_read(environment, url, port, tls, ssl):
    environment.setenv("EMAIL_URL", url)

    values = read_settings()

    read = [values[f"EMAIL_{key}"] for key in ("HOST_PASSWORD", "PORT", "USE_TLS", "USE_SSL")]
    assert read == ["p@ss", port, tls, ssl]


def test_environment_wins_over_the_file(environment, tmp_path):
    file = tmp_path / ".env"
    file.write_text("SITE_NAME=From the file\nTEST_OF_THE_FILE=read\n")
    environment.setenv("SITE_NAME", "From the environment")
    environment.delenv("TEST_OF_THE_FILE", raising=False)

    env.load_file(file)

    read = (os.environ["SITE_NAME"], os.environ.pop("TEST_OF_THE_FILE"))
    assert read == ("From the environment", "read")
