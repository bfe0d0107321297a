"""Pages for what went wrong: in the visitor's language, with a way on, without the database."""

from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers


def not_found(request, exception=None):
    return _page(request, 404)


def gone(request, exception=None):
    return _page(request, 410)


def forbidden(request, exception=None):
    return _page(request, 403)


def csrf_failure(request, reason=""):
    return _page(request, 403, template="errors/csrf.html")


def server_error(request):
    return _page(request, 500)


def unavailable(request):
    response = _page(request, 503)
    response["Retry-After"] = "30"
    return response


def bad_request(request, exception=None):
    return _page(request, 400)


def _page(request, status, template=None):
    language = _language(request)
    with translation.override(language):
        response = render(
            request, template or f"errors/{status}.html", {"error_status": status}, status=status
        )
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _language(request) -> str:
    """From the address first, since an error can come before the language has been set."""
    first = request.path_info.split("/", 2)[1]
    if first in ("sv", "en"):
        return first
    return translation.get_language_from_request(request)
