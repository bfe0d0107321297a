"""The mail that would have been sent, in the browser. Development only."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 200
_NAME = re.compile(r"[\w-]+\.log")
# Django's file backend ends each message with such a line.
_END = b"-" * 79
_HEADERS = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID")


@dataclass(frozen=True)
class CaughtMail:
    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return self.message["Subject"] or ""

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, self.message[name]) for name in _HEADERS if self.message[name]]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return body.get_content() if body else ""


@never_cache
@require_safe
def mail_list(request):
    files = sorted(_folder().glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
    context = {"mails": [_read(path) for path in files[:SHOWN]], "folder": _folder()}
    return render(request, "dev/mail_list.html", context)


@never_cache
@require_safe
def mail_detail(request, name):
    return render(request, "dev/mail_detail.html", {"mail": _find(name)})


@never_cache
@require_safe
def mail_html(request, name):
    """The HTML alone, as a mail program shows it: nothing runs and nothing is fetched."""
    response = HttpResponse(_find(name).html)
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    return response


def _folder() -> Path:
    # Absent when mail goes to a server.
    return Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.VAR_DIR / "mail")


def _find(name: str) -> CaughtMail:
    path = _folder() / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return _read(path)


def _read(path: Path) -> CaughtMail:
    content = path.read_bytes().rstrip().removesuffix(_END)
    return CaughtMail(path.name, message_from_bytes(content, policy=policy.default))
