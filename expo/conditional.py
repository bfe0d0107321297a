"""Answers that programs ask for again and again: a strong ETag, and 304 while nothing changed.

A file is made once for each version of the content and kept, so that "is it still the same?"
costs neither queries nor the making. RFC 9110 §13 says what the conditions mean.
"""

import gzip
import math
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import brotli
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from innovation import changes
from innovation.encodings import MAX_HEADER, chosen_encoding
from innovation.page_cache import Shelf

# Programs ask at most so often; a proxy in front keeps it for a second, as it does pages.
FRESH_SECONDS = 900
MAX_KEPT_BYTES = 32 * 1024 * 1024
BROTLI_QUALITY, GZIP_LEVEL = 4, 6
_TAG = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class File:
    """What is sent, as what, and when something in it was last changed. A file that isn't public
    is one person's, and no proxy keeps it."""

    content: bytes
    changed_at: datetime
    content_type: str
    name: str
    is_public: bool = True


@dataclass(frozen=True)
class _Kept:
    sent: bytes
    encoding: str
    etag: str
    file: File  # without its content
    size: int
    # Never too old: whatever a file depends on is part of its key or of the version.
    made_at: float = math.inf


_shelf = Shelf(MAX_KEPT_BYTES)


def answer(request, make: Callable[[], File | HttpResponse], *, key: Hashable) -> HttpResponse:
    """The file that `make` gives, or 304 for who has it; for GET and HEAD. Another answer of
    `make` (this has moved) is passed on, and not kept.

    key: all that the file depends on besides the content, the address's path and the day.
    """
    encoding = chosen_encoding(request.headers.get("Accept-Encoding", "")[:MAX_HEADER])
    version = changes.version()
    whole_key = (request.path, key, timezone.localdate(), encoding)
    kept = _shelf.get(whole_key, version)
    if kept is None:
        made = make()
        if isinstance(made, HttpResponse):
            return made
        kept = _kept(made, encoding, whole_key)
        _shelf.put(whole_key, version, kept)
    return _sent(request, kept, _changed_at(kept.file, version))


def _kept(file: File, encoding: str, key: tuple) -> _Kept:
    sent = _compressed(file.content, encoding)
    return _Kept(
        sent=sent,
        encoding=encoding,
        # Of what is sent: the same bytes have the same tag in every process.
        etag=f'"{sha256(sent).hexdigest()[:32]}"',
        file=replace(file, content=b""),
        size=len(sent) + len(str(key)) + 1000,
    )


def _compressed(content: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    if encoding == "gzip":
        return gzip.compress(content, GZIP_LEVEL, mtime=0)
    return content


def _changed_at(file: File, version: changes.Version) -> int:
    """For Last-Modified, in seconds; the same in every process of a machine.

    Not only what the rows say: an occasion that is taken out changes a file too. At midnight what
    is past can go.
    """
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return int(max(file.changed_at.timestamp(), version.touched_ns / 1e9, midnight.timestamp()))


def _sent(request, kept: _Kept, changed_at: int) -> HttpResponse:
    if _is_known(request, kept.etag, changed_at):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(content_type=kept.file.content_type)
        if request.method != "HEAD":
            response.content = kept.sent
        response["Content-Length"] = str(len(kept.sent))
        response["Content-Disposition"] = content_disposition_header(False, kept.file.name)
        if kept.encoding != "identity":
            response["Content-Encoding"] = kept.encoding
    # A 304 repeats these of a 200 (RFC 9110 §15.4.5).
    response["ETag"] = kept.etag
    response["Last-Modified"] = http_date(changed_at)
    response["Vary"] = "Accept-Encoding"
    response["X-Robots-Tag"] = "noindex"
    if kept.file.is_public:
        response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}, s-maxage=1"
        response["Access-Control-Allow-Origin"] = "*"
    else:
        response["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return response


def _is_known(request, etag: str, changed_at: int) -> bool:
    known = request.headers.get("If-None-Match")
    if known is not None:
        # Weakly: a proxy that compresses marks our tags so.
        return known.strip() == "*" or etag.strip('"') in _TAG.findall(known)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and changed_at <= since
