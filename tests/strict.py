"""House rules that every test keeps without naming them. `conftest.py` switches them on.

Each rule notes its breaches in a list while the test runs; the test then fails with all of them.
"""

import re
import socket
import sys
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.template.base import FilterExpression

# ── A GET writes nothing ──────────────────────────────────────────────────────
_WRITE = re.compile(r"\s*(WITH\b.*\b)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.I | re.S)
# The audit log is the one thing that reading may write to.
_AUDIT = re.compile(r'\s*INSERT INTO "innovation_audit\w*"', re.I)


def writes_noted(request, breaches: list[str]) -> ExitStack:
    """A block in which a write to any database is noted, if `request` is of a safe method."""
    stack = ExitStack()

    def note(execute, sql, params, many, context):
        if _WRITE.match(sql) and not _AUDIT.match(sql):
            breaches.append(f"{request.method} {request.path} writes: {sql[:200]}")
        return execute(sql, params, many, context)

    if request.method in ("GET", "HEAD", "OPTIONS"):
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(note))
    return stack


# ── No inline script or style ─────────────────────────────────────────────────
class _InlineCode(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        # Only data blocks may stand in the page: the browser does not run them.
        if tag == "script" and "src" not in given and "json" not in given.get("type", ""):
            self.found.append("<script> without src")
        if tag == "style":
            self.found.append("<style>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.found.append(f'<{tag} {name}="{value}">')

    handle_startendtag = handle_starttag


def inline_code(html: str) -> list[str]:
    """What the Content-Security-Policy would refuse in `html`."""
    parser = _InlineCode()
    parser.feed(html)
    return parser.found


def is_page(response) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/html") and not response.streaming


# ── No undefined variable in our templates ────────────────────────────────────
class UndefinedVariable(str):
    """An empty `string_if_invalid` that notes where it was used.

    The engine asks "is it empty?" at the one place where a variable could not be found, so the
    page stays as it is in production. Django's own templates, and ours that extend its admin,
    rely on undefined variables and are left alone.
    """

    breaches: list[str] | None = None  # none between tests

    def __bool__(self):
        names = sys._getframe(1).f_locals
        expression, context = names.get("self"), names.get("context")
        if isinstance(expression, FilterExpression):
            template = context.render_context.template
            if self.breaches is not None and _is_strict(template.origin.name):
                self.breaches.append(f"{template.name}: {{{{ {expression.token} }}}} is undefined")
        return False


UNDEFINED = UndefinedVariable()


def _is_strict(path: str) -> bool:
    ours = settings.BASE_DIR / "templates"
    return Path(path).is_relative_to(ours) and not Path(path).is_relative_to(ours / "admin")


# ── No network ────────────────────────────────────────────────────────────────
_HERE = re.compile(r"(localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0|)$")


def refuse_network(monkeypatch) -> None:
    """Connections to, and questions about, any other machine raise OSError."""

    def guarded(real):
        def connect(self, address):
            if self.family != socket.AF_UNIX and not _HERE.match(str(address[0])):
                raise OSError(f"a test may not connect to {address[0]}")
            return real(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))

    ask = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        if not _HERE.match(_text(host)):
            raise OSError(f"a test may not look up {host}")
        return ask(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def _text(host) -> str:
    return host.decode() if isinstance(host, bytes) else host or ""
