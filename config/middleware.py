"""What happens around every request."""

import logging

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.decorators import sync_only_middleware

from innovation.views import errors

log = logging.getLogger(__name__)

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


@sync_only_middleware
def headers(get_response):
    """The security headers that neither Django nor django-csp sets."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


class DatabaseAway:
    """A database that is gone or locked becomes a page that says so (503), not an error (500)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return self.process_exception(request, error)

    def process_exception(self, request, exception):
        if isinstance(exception, (OperationalError, InterfaceError)):
            log.error("the database can't be reached: %s", exception)
            return errors.unavailable(request)
        if isinstance(exception, DatabaseError):
            log.exception("the database refused")
        return None


database_away = DatabaseAway
