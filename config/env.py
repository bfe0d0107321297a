"""Strict readers of the environment: a wrong value stops the start with a sentence that names it.

Every variable is explained in `.env.example`, and read once, in `settings.py`.
"""

import os
import re
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url  # this and dotenv come with environs[django]
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from dotenv import load_dotenv

_TRUE, _FALSE = {"true", "1"}, {"false", "0"}


def load_file(path: Path) -> None:
    """Read `path` (a .env file) when it exists; what the environment already holds wins."""
    if path.is_file():
        # Into os.environ, where programs that this one starts see it too (environs keeps it apart).
        load_dotenv(path, override=False)


def fault(name: str, value: str, cure: str) -> ImproperlyConfigured:
    """The error for a value that can't be used: names the variable, the value and the way out."""
    # The sentence ends up in logs, where no password belongs.
    shown = re.sub(r"(?<=:)[^:/@]+(?=@)", "…", value) if "://" in value else value
    return ImproperlyConfigured(f"{name}={shown!r}: {cure}, see .env.example")


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


def host_names(name: str, default: str = "") -> list[str]:
    hosts = names(name, default)
    for host in hosts:
        # Without a port: Django compares host names alone. [::1] is a name too.
        if not re.fullmatch(r"\[[0-9a-f:]+\]|[A-Za-z0-9.-]+", host):
            raise fault(name, host, "use host names with commas between, without https:// or port")
    return hosts


def web_address(name: str, default: str) -> str:
    """An origin such as https://innovation.example.org, without the last slash."""
    value = text(name, default).rstrip("/")
    parts = _parts(value)
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or "@" in parts.netloc
    ):
        raise fault(name, value, "use an origin such as https://innovation.example.org")
    return value


def mail_address(name: str, default: str) -> str:
    value = text(name, default)
    try:
        validate_email(value)
    except ValidationError:
        raise fault(name, value, "use an e-mail address") from None
    return value


def contact(name: str, default: str) -> str:
    """mailto:… or https://…, as security.txt wants it."""
    value = text(name, default)
    if not re.fullmatch(r"(mailto:[^@\s]+@[^@\s]+|https://\S+)", value):
        raise fault(name, value, "use mailto:security@example.org or https://…")
    return value


def folder(name: str, default: Path) -> Path:
    """A folder that exists afterwards."""
    path = Path(text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        cure = f"the folder can't be made ({error.strerror}); use one that the server may write to"
        raise fault(name, str(path), cure) from error
    return path


def database(name: str, default: str) -> dict:
    """A Django database dict from a URL; only the two engines that the tests run on."""
    value = text(name, default)
    # dj-database-url's word for a database in memory; it is no valid URL.
    if value == "sqlite://:memory:":
        return dict(dj_database_url.parse(value))
    parts = _parts(value)
    if parts is None or parts.scheme not in ("sqlite", "postgres", "postgresql"):
        raise fault(name, value, "use sqlite:///path or postgres://user:password@host/name")
    if not parts.path.strip("/"):
        raise fault(name, value, "it names no database; use sqlite:///path or postgres://host/name")
    return dict(dj_database_url.parse(value))


def redis(name: str) -> str:
    value = text(name, "")
    parts = _parts(value)
    is_right = parts and (
        (parts.scheme in ("redis", "rediss") and parts.hostname)
        or (parts.scheme == "unix" and parts.path)
    )
    if value and not is_right:
        raise fault(name, value, "use redis://host:6379/0 or unix:///path")
    return value


def mail(name: str, default: str) -> dict:
    """EMAIL_… settings from smtp://, smtp+tls:// (STARTTLS), smtps:// (TLS) or file:///folder."""
    value = text(name, default)
    parts = _parts(value)
    if parts and parts.scheme == "file" and parts.path:
        backend = "innovation.mail_files.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": unquote(parts.path)}
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts is None or parts.scheme not in ports or not parts.hostname:
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


def _parts(value: str) -> SplitResult | None:
    """The parts of a URL, or None when it has a fault such as a port that is no number."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    return parts
