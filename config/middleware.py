"""What happens around every request."""

import logging
from collections.abc import Iterator
from itertools import chain

from csp.utils import build_policy
from django.conf import settings
from django.http import FileResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.decorators import sync_only_middleware

from innovation.database_away import is_database_away
from innovation.views import errors

log = logging.getLogger(__name__)

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


@sync_only_middleware
def headers(get_response):
    """The security headers that Django doesn't set.

    Instead of django-csp's own middleware, which puts the same policy together for every answer.
    """
    policy = build_policy()

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Django's pages for developers have their styles inside.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


class DatabaseAway:
    """A database that is gone or locked becomes a page that says so (503), not an error (500).

    This sees what views and templates raise. What other middleware raises (a session that can't
    be read or saved) never comes here: Django asks `errors.server_error`, which knows it too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # A file asks nothing of the database, and the server has its own way of sending it.
        if response.streaming and not isinstance(response, FileResponse):
            return self._begun(request, response)
        return response

    def process_exception(self, request, exception):
        if not is_database_away(exception):
            return None
        log.error("the database can't be used: %s", exception)
        return errors.unavailable(request)

    def _begun(self, request, response):
        """`response` with its first part made, since only before it the status can be changed."""
        parts = iter(response.streaming_content)
        try:
            first = list(_first(parts))
        except Exception as error:
            response.close()
            if page := self.process_exception(request, error):
                return page
            raise
        response.streaming_content = chain(first, parts)
        return response


def _first(parts: Iterator[bytes]) -> Iterator[bytes]:
    for part in parts:
        yield part
        return


class Languages(LocaleMiddleware):
    """Django's, but a 404 of one of our own addresses stays what it is.

    Django would try the address once more with a language in front: `/initiativ/borta/` (the old
    site's) would lead to `/sv/initiativ/borta/`, to be told there that it doesn't exist.
    """

    def process_response(self, request, response):
        if response.status_code == 404 and request.resolver_match is not None:
            return response
        return super().process_response(request, response)
