"""Kept pages: a public page that has been made once is answered without Django.

`PageCache` wraps the WSGI application, outside of all middleware. A page is kept under its
canonical address, compressed as it is sent, until the content changes (`changes.committed()`) or
MOST_SECONDS have passed, for pages that tell the day. Nothing is kept, or answered from what is
kept, that can differ between two visitors: see `_is_strangers` and `_Answer.may_be_kept`.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from zlib import MAX_WBITS, compressobj

import brotli
from django.conf import settings
from django.http.cookie import parse_cookie

from innovation import changes
from innovation.encodings import MAX_HEADER, chosen_encoding
from innovation.query_keys import query_of
from innovation.short_way import IS_FOR_EVERYONE

MAX_PAGE_BYTES = 500_000
MOST_SECONDS = 600
# Browsers ask each time whether the page is the same; a proxy in front may answer for a second.
FRESHNESS = "public, max-age=0, s-maxage=1, must-revalidate"
VARY = "Accept-Encoding, Cookie, HX-Target"
# The first answer is waited for: the best quality costs more than all else that makes a page, and
# the next to least half as much again as the least, for 4 % fewer bytes.
BROTLI_QUALITY, GZIP_LEVEL = 0, 1
_KEPT_TYPES = ("text/html", "application/json", "application/xml")
# Requests of htmx are never answered from here; any other difference would be lost.
_MAY_VARY_BY = {"accept-encoding", "hx-request", "hx-target"}


@dataclass
class Page:
    """One answer in one encoding."""

    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    size: int  # in bytes, with what is kept beside it
    made_at: float = field(default_factory=time.monotonic)


class PageCache:
    """The application with its public pages kept; at most `max_bytes` in each process."""

    def __init__(self, application, max_bytes: int):
        self.application = application
        self.pages = Shelf(max_bytes)

    def __call__(self, environ, start_response):
        if not _is_public(environ):
            return self.application(environ, start_response)
        environ["QUERY_STRING"] = query_of(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        environ[IS_FOR_EVERYONE] = _is_strangers(environ)
        if not environ[IS_FOR_EVERYONE] or not _OF_PARTS.isdisjoint(environ):
            return self.application(environ, _private(start_response))
        version = changes.committed()
        encoding = chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:MAX_HEADER])
        key = _key(environ, encoding)
        page = self.pages.get(key, version)
        if page is None:
            answer = _asked(self.application, environ)
            if not answer.may_be_kept:
                return answer.pass_on(environ, start_response)
            page = _made(answer, key)
            self.pages.put(key, version, page)
        return _sent(page, environ, start_response)


# ── Which requests ────────────────────────────────────────────────────────────
_PREFIXES = tuple(f"/{code}/" for code, _ in settings.LANGUAGES)


def _is_public(environ) -> bool:
    """Pages, not files (`programme.ics`): those are kept, and answer conditions, by themselves."""
    path = environ["PATH_INFO"]
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and path.startswith(_PREFIXES)
        and "." not in path.rpartition("/")[2]
    )


# htmx asks for parts of pages.
_OF_PARTS = {"HTTP_HX_REQUEST", "HTTP_HX_TARGET"}
_PERSONAL = frozenset(settings.PERSONAL_COOKIES)


def _is_strangers(environ) -> bool:
    """Whether anybody would get the same answer to this request."""
    if "HTTP_AUTHORIZATION" in environ:
        return False
    cookies = environ.get("HTTP_COOKIE")
    # As Django reads them, so that no name is a cookie there and none here.
    return not cookies or _PERSONAL.isdisjoint(parse_cookie(cookies))


def _key(environ, encoding: str) -> tuple[str, ...]:
    return (
        environ["wsgi.url_scheme"],
        # What a proxy says; compared, since anybody could say anything.
        str(environ.get("HTTP_X_FORWARDED_PROTO") == "https"),
        environ.get("HTTP_HOST", ""),
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        encoding,
    )


# ── Asking the application ────────────────────────────────────────────────────
@dataclass
class _Answer:
    status: str
    headers: list[tuple[str, str]]
    parts: Iterable[bytes]

    @property
    def may_be_kept(self) -> bool:
        headers = {name.lower(): value.lower() for name, value in self.headers}
        caching = headers.get("cache-control", "")
        varies = {name.strip() for name in headers.get("vary", "accept-encoding").split(",")}
        length = headers.get("content-length", "")  # a stream has none
        return (
            self.status.startswith("200")
            and "set-cookie" not in headers
            and varies <= _MAY_VARY_BY
            and not any(word in caching for word in ("private", "no-store", "no-cache"))
            and headers.get("content-type", "").startswith(_KEPT_TYPES)
            and length.isdigit()
            and int(length) <= MAX_PAGE_BYTES
        )

    def pass_on(self, environ, start_response) -> Iterable[bytes]:
        start_response(self.status, self.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            self._close()
            return []
        return self.parts

    def read(self) -> bytes:
        try:
            return b"".join(self.parts)
        finally:
            self._close()

    def _close(self) -> None:
        if hasattr(self.parts, "close"):
            self.parts.close()


def _asked(application, environ) -> _Answer:
    """The answer to a GET without conditions."""
    plain = {
        key: value
        for key, value in environ.items()
        if key not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
    }
    plain["REQUEST_METHOD"] = "GET"
    begun = []
    parts = application(
        plain, lambda status, headers, exc_info=None: begun.append((status, headers))
    )
    return _Answer(*begun[-1], parts)


def _made(answer: _Answer, key: tuple[str, ...]) -> Page:
    encoding = key[-1]
    body = _compressed(answer.read(), encoding)
    # Of what is sent: the same bytes have the same tag in every process and on every machine.
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    replaced = ("content-length", "vary", "etag", "last-modified")
    headers = [pair for pair in answer.headers if pair[0].lower() not in replaced]
    if not any(name.lower() == "cache-control" for name, _ in headers):
        headers.append(("Cache-Control", FRESHNESS))
    headers += [("Vary", VARY), ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    return Page(headers, body, etag, size=len(body) + sum(map(len, key)) + 1000)


def _compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(body, quality=BROTLI_QUALITY)
    if encoding == "gzip":
        packer = compressobj(GZIP_LEVEL, wbits=MAX_WBITS | 16)
        return packer.compress(body) + packer.flush()
    return body


def _sent(page: Page, environ, start_response) -> Iterable[bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        told = ("etag", "vary", "cache-control")
        start_response(
            "304 Not Modified", [pair for pair in page.headers if pair[0].lower() in told]
        )
        return []
    start_response("200 OK", [*page.headers])  # a server may add to its list
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _private(start_response):
    """Says of an answer that may be one visitor's own that nobody else may keep it."""

    def start(status, headers, exc_info=None):
        if not any(name.lower() == "cache-control" for name, _ in headers):
            headers = [*headers, ("Cache-Control", "private, no-cache")]
        return start_response(status, headers, exc_info)

    return start


# ── What is kept ──────────────────────────────────────────────────────────────
class Shelf:
    """Pages of one version of the content, bounded in bytes.

    A page comes in at the back and moves to the front when it is asked for again. What is asked
    for only once (a search, a hostile row of them) pushes out only its like: a flood leaves the
    pages that people read where they are.
    """

    BACK_PART = 0.25

    def __init__(self, max_bytes: int):
        self._max_back = int(max_bytes * self.BACK_PART)
        self._max_front = max_bytes - self._max_back
        self._lock = threading.Lock()
        self._version = None
        self._clear()

    def get(self, key, version) -> Page | None:
        with self._lock:
            if version != self._version:
                self._clear()
                self._version = version
                return None
            page = self._front.get(key)
            if page is None:
                page = self._back.take(key)
                if page is None:
                    return None
                self._front.add(key, page)
            if time.monotonic() - page.made_at > MOST_SECONDS:
                self._front.take(key)
                return None
            return page

    def put(self, key, version, page: Page) -> None:
        """Keep `page`, unless the content has changed since it was begun."""
        with self._lock:
            if version == self._version:
                self._front.take(key)
                self._back.add(key, page)

    @property
    def size(self) -> int:
        return self._front.size + self._back.size

    def _clear(self) -> None:
        self._front, self._back = _Part(self._max_front), _Part(self._max_back)


class _Part:
    """Pages by key, the longest unused first; the first go when there are too many bytes."""

    def __init__(self, max_bytes: int):
        self._max_bytes = max_bytes
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self.size = 0

    def get(self, key) -> Page | None:
        if key in self._pages:
            self._pages.move_to_end(key)
        return self._pages.get(key)

    def take(self, key) -> Page | None:
        page = self._pages.pop(key, None)
        if page:
            self.size -= page.size
        return page

    def add(self, key, page: Page) -> None:
        self.take(key)
        self._pages[key] = page
        self.size += page.size
        while self.size > self._max_bytes and self._pages:
            self.size -= self._pages.popitem(last=False)[1].size
