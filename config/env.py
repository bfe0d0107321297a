"""Strict readers of the environment: a wrong value stops the start with a sentence that names it.

Every variable is explained in `.env.example`, and read once, in `settings.py`.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

_TRUE, _FALSE = {"true", "1"}, {"false", "0"}
_env = Env()


def load_file(path: Path) -> None:
    """Read `path` (a .env file) when it exists; what the environment already holds wins."""
    if path.is_file():
        _env.read_env(str(path), recurse=False)


def fault(name: str, value: str, cure: str) -> ImproperlyConfigured:
    """The error for a value that can't be used: names the variable, the value and the way out."""
    return ImproperlyConfigured(f"{name}={value!r}: {cure}, see .env.example")


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set: give it a value, see .env.example")
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in _TRUE | _FALSE:
        return value in _TRUE
    raise fault(name, value, "use 'true' or 'false'")


def number(name: str, default: int, least: int = 0) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise fault(name, value, f"use a whole number, at least {least}")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def one_of(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise fault(name, value, f"use one of {', '.join(allowed)}")
    return value


def web_address(name: str, default: str) -> str:
    """An origin such as https://innovation.example.org, without the last slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise fault(name, value, "use an origin such as https://innovation.example.org")
    return value


def database(name: str, default: str) -> dict:
    """A Django database dict from a URL; only the two engines that the tests run on."""
    value = text(name, default)
    if urlsplit(value).scheme not in ("sqlite", "postgres", "postgresql"):
        raise fault(name, value, "use sqlite:///path or postgres://user:password@host/name")
    try:
        return _env.dj_db_url(name, default=default)
    except (EnvError, ValueError) as error:
        raise fault(name, value, "the address can't be read") from error


def mail(name: str, default: str) -> dict:
    """EMAIL_… settings from smtp://, smtp+tls:// (STARTTLS), smtps:// (TLS) or file:///folder."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme == "file" and parts.path:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": parts.path}
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise fault(name, value, "use smtp+tls://user:password@host:587 or file:///folder")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
