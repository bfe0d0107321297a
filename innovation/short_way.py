"""The short way to a public page: without the middleware that finds out who is there.

Sessions, users, messages and tokens against forgery cost more than a list does, and most pages ask
nothing of them. A view says so with `@for_everyone`; its pages then get the headers that the rest
of the middleware puts on all pages of a language, and nothing else of it.

Whatever is unusual takes the long way through all of Django, which says what is wrong: another
answer than 200, an exception, a host that isn't ours, a page that should be asked for by HTTPS.
What a view has found out by then (nothing is called so, the database is away) it isn't asked again.
"""

import logging
from functools import lru_cache, wraps

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse
from django.urls import Resolver404, ResolverMatch, get_resolver
from django.utils import translation
from django.utils.module_loading import import_string

from innovation.database_away import is_database_away

log = logging.getLogger(__name__)

# In the WSGI environment: set by who knows that anybody would get the same answer.
IS_FOR_EVERYONE = "innovation.is_for_everyone"
# What finds out who is there, or answers for files.
_LEFT_OUT = {
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
}
# In the environment too: the error or answer of the short way that the long way goes on with.
_MET = "innovation.met_on_the_short_way"
_MAX_PATH = 200


def for_everyone(view):
    """Says of a view that it asks its request neither for a session, user or message nor for a
    token. One that needs a session or token all the same is asked twice, and answers rightly then;
    what only looks whether there is a user must not be marked."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        met = request.META.pop(_MET, None)
        if isinstance(met, Exception):
            raise met
        return view(request, *args, **kwargs) if met is None else met

    asked.is_for_everyone = True
    return asked


class ShortWay:
    """The application, with the short way to what is for everyone."""

    def __init__(self, application):
        self.application = application
        self._headers: dict[tuple[str, bool], list | None] = {}

    def __call__(self, environ, start_response):
        is_usual = environ["REQUEST_METHOD"] == "GET" and not environ.get("SCRIPT_NAME")
        if is_usual and environ.get(IS_FOR_EVERYONE):
            found = self._response(environ)
            if found is not None:
                response, headers = found
                start_response("200 OK", headers)
                return response
        return self.application(environ, start_response)

    def _response(self, environ) -> tuple[HttpResponse, list[tuple[str, str]]] | None:
        """The page and its headers, or None when only the long way leads to it."""
        language = translation.get_language_from_path(environ["PATH_INFO"])
        translation.activate(language)
        match = _match(settings.ROOT_URLCONF, environ["PATH_INFO"][: _MAX_PATH + 1])
        if match is None:
            return None
        # No `request_started`: connections were looked after when the answer before this one was
        # closed, and one that has gone since leads to the long way.
        request = WSGIRequest(environ)
        request.LANGUAGE_CODE = language
        request.resolver_match = match
        try:
            request.get_host()
        except SuspiciousOperation:  # it isn't ours
            return None
        headers = self._headers_of_all(request)
        if headers is None:
            return None
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except Exception as error:
            if isinstance(error, Http404) or is_database_away(error):
                environ[_MET] = error
            else:
                # The long way meets it too, and answers for it; unless it was one that passes.
                log.warning("the long way is tried after a fault", exc_info=True)
            return None
        if "CSRF_COOKIE" in request.META:
            return None
        if response.status_code != 200 or response.streaming or response.cookies:
            environ[_MET] = response
            return None
        own = [*response.items(), ("Content-Length", str(len(response.content)))]
        said = {name.lower() for name, _ in own}
        return response, own + [pair for name, pair in headers if name not in said]

    def _headers_of_all(self, request) -> list[tuple[str, tuple[str, str]]] | None:
        """What the middleware puts on every page of this language, by its name in small letters;
        None where it answers by itself, as with the way to HTTPS."""
        key = request.LANGUAGE_CODE, request.is_secure()
        if key not in self._headers:
            answer = _middleware(lambda request: HttpResponse())(request)
            del answer["Content-Length"], answer["Content-Type"]
            headers = [(name.lower(), (name, value)) for name, value in answer.items()]
            self._headers[key] = headers if answer.status_code == 200 else None
        return self._headers[key]


def _middleware(handler):
    """`handler` within what is not left out of the project's middleware."""
    for path in reversed(settings.MIDDLEWARE):
        if path not in _LEFT_OUT:
            handler = import_string(path)(handler)
    return handler


@lru_cache(maxsize=512)
def _match(urls: str, path: str) -> ResolverMatch | None:
    """The view of a page in the language that is active, if it is for everyone."""
    # What isn't ASCII stands here as WSGI has it, in disguise.
    if len(path) > _MAX_PATH or not path.isascii():
        return None
    try:
        match = get_resolver(urls).resolve(path)
    except Resolver404:
        return None
    return match if getattr(match.func, "is_for_everyone", False) else None
