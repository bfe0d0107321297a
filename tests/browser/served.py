"""The site in a browser without a server: each request is answered by Django's test client in
the test's own thread and transaction. Rows made by the test are seen and rolled back, and nothing
has to be started or emptied, so that hundreds of states can be looked at in a minute."""

import mimetypes
from contextvars import copy_context
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finder
from django.test import Client

from tests import site_map

HOST = "http://localhost"
# What belongs to the connection between browser and server, or is worked out anew.
_DROPPED = {"content-length", "transfer-encoding", "connection"}


_PASSED_ON = {"accept-language", "accept", "referer", "origin", "sec-fetch-site"}


class ServedSite:
    """Answers what a page or context asks of HOST. `cookies` are the names that were set,
    `requests` the paths that were asked for."""

    def __init__(self, target):
        make_static_files()
        self.client = Client(SERVER_NAME="localhost")
        # Playwright calls back in a context of its own, and there Django would open another
        # connection, which does not see the rows of the test.
        self._context = copy_context()
        self.cookies: list[str] = []
        self.requests: list[str] = []
        target.route(f"{HOST}/**", self._answer)

    def _answer(self, route):
        parts = urlsplit(route.request.url)
        self.requests.append(parts.path)
        if parts.path.startswith("/static/"):
            self._answer_with_file(route, parts.path.removeprefix("/static/"))
            return
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {
            name: value
            for name, value in route.request.headers.items()
            if name in _PASSED_ON or name.startswith("hx-")
        }
        response = self._context.run(
            self.client.generic,
            route.request.method,
            address,
            route.request.post_data_buffer or b"",
            route.request.headers.get("content-type", "application/octet-stream"),
            headers=headers,
        )
        body = site_map.body(response)
        self.cookies += list(response.cookies)
        kept = {name: value for name, value in response.items() if name.lower() not in _DROPPED}
        route.fulfill(status=response.status_code, headers=kept, body=body)

    def _answer_with_file(self, route, name: str):
        found = finders.find(name)
        if not found:
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        route.fulfill(status=200, content_type=kind, body=Path(found).read_bytes())


@cache
def make_static_files() -> None:
    """Cutting the typeface takes seconds: done before a page waits for it."""
    for _ in get_finder("config.generated_static.GeneratedFinder").list([]):
        pass
