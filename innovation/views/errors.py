"""Pages for what went wrong: in the visitor's language, with a way on, without the database."""

import logging
import sys

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _

from innovation.database_away import is_database_away

log = logging.getLogger(__name__)


def bad_request(request, exception=None):
    return _page(request, 400, _bad_request)


def forbidden(request, exception=None):
    return _page(request, 403, _forbidden)


def csrf_failure(request, reason=""):
    return _page(request, 403, _form_too_old)


def not_found(request, exception=None):
    return _page(request, 404, _not_found)


def gone(request, exception=None):
    return _page(request, 410, _gone)


def server_error(request):
    # Django calls this inside its `except`. What the middleware raises comes only here.
    if is_database_away(sys.exc_info()[1]):
        return unavailable(request)
    return _page(request, 500, _server_error)


def unavailable(request):
    response = _page(request, 503, _unavailable)
    response["Retry-After"] = "30"
    return response


def _page(request, status, words):
    with translation.override(_language(request)):
        title, text = words()
        context = {"error_status": status, "error_title": title, "error_text": text}
        try:
            response = render(request, "errors/error.html", context, status=status)
        except Exception:  # the broken thing may be what every page is made with
            log.exception("the page for %s can't be made", status)
            response = _bare_page(status, title, text)
        response["Content-Language"] = translation.get_language()
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _bare_page(status, title, text):
    """Without templates."""
    return HttpResponse(
        format_html(
            '<!doctype html>\n<html lang="{}"><meta charset="utf-8"><title>{}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<h1>{}</h1><p>{}</p><p><a href="/">{}</a></p></html>',
            translation.get_language(),
            title,
            title,
            text,
            settings.SITE_NAME,
        ),
        status=status,
    )


def _language(request) -> str:
    """From the address first, since an error can come before the language has been set."""
    first = request.path_info.split("/", 2)[1:2]
    if first and first[0] in ("sv", "en"):
        return first[0]
    return translation.get_language_from_request(request)


# Each gives a title and a sentence, in the language that is active when it is asked.
def _bad_request():
    return _("We didn’t understand that"), _(
        "Something in the address or the form is not as it should be. Go back and try again."
    )


def _forbidden():
    return _("You may not see this page"), _(
        "It is for those who edit. If you are one of them, sign in with the account that has "
        "the right to it."
    )


def _form_too_old():
    return _("The form was too old to be sent"), _(
        "Nothing has been saved. Go back, load the page again, and send it once more. Cookies "
        "must be allowed while you sign in or edit."
    )


def _not_found():
    return _("This page doesn’t exist"), _(
        "The address may be misspelt, or the page has moved without leaving word. Search for "
        "it, or start from the list."
    )


def _gone():
    return _("This page has been taken down"), _(
        "It stood here once, and was withdrawn by those who wrote it. Search for something "
        "else, or start from the list."
    )


def _server_error():
    return _("Something broke here"), _(
        "The fault is ours, and it has been noted. Try again in a moment. If it stays, start "
        "from the list."
    )


def _unavailable():
    return _("We’ll be back in a moment"), _(
        "The catalogue can’t reach its data just now. Wait half a minute and load the page "
        "again. If you were sending a form, go back: what you wrote is still there."
    )
