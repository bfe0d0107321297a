"""Asks the WSGI application itself, with all that is kept in front of Django, as a browser does."""

import gzip
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from sys import stderr
from unittest.mock import patch
from urllib.parse import unquote_to_bytes

import brotli
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from innovation import snapshot

# While tests are collected there is no database that a server could prepare itself with.
with patch.object(snapshot, "warm"):
    from config import wsgi

__all__ = ["Answer", "ask", "environ_of", "wsgi"]


@dataclass(frozen=True)
class Answer:
    """`headers` in small letters, the last of each name; `sent` are the bytes on the wire."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
        return unpack.get(self.headers.get("content-encoding"), bytes)(self.sent)

    @property
    def text(self) -> str:
        return self.body.decode()


def environ_of(address: str, method: str = "GET", headers: dict[str, str] | None = None) -> dict:
    """What a server hands to the application. Headers by the names that are sent, as "Cookie"."""
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.encode().decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    } | {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}


@contextmanager
def _transaction_kept():
    """Without the end of the connection that comes with each request: a test's transaction would
    end with it."""
    signals = (request_started, request_finished) if connection.in_atomic_block else ()
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask(application, address: str, method: str = "GET", **headers: str) -> Answer:
    """One request; headers as keywords: `Accept_Encoding="br"`.

    Kept pages know of committed changes alone: a test that changes rows between two requests
    needs `django_db(transaction=True)`.
    """
    begun = []
    environ = environ_of(address, method, headers)
    with _transaction_kept():
        parts = application(
            environ, lambda status, pairs, exc_info=None: begun.append((status, pairs))
        )
        try:
            sent = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
    status, pairs = begun[-1]
    return Answer(int(status.split()[0]), {name.lower(): value for name, value in pairs}, sent)
