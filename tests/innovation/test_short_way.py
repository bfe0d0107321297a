"""What takes the short way to a page, what the long one, and that nobody sees a difference."""

from collections import Counter
from contextlib import suppress

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import override_settings
from django.urls import path, resolve
from django.utils import translation

from config import urls
from innovation import short_way
from innovation.short_way import IS_FOR_EVERYONE, ShortWay, for_everyone
from tests import site_map
from tests.full_site import make_full_site
from tests.site_map import LANGUAGES
from tests.visitor import ask, wsgi

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.innovation.test_short_way")]


def with_cookie(request):
    response = HttpResponse("x")
    response.set_cookie("theme", "dark")
    return response


def missing(request):
    raise Http404


def broken(request):
    raise ValueError("broken")


def away(request):
    raise OperationalError("the database is gone")


def with_message(request):
    messages.info(request, "x")
    return HttpResponse("x")


KINDS = {
    "plain": lambda request: HttpResponse(request.LANGUAGE_CODE),
    "own header": lambda request: HttpResponse("x", headers={"X-Frame-Options": "SAMEORIGIN"}),
    # What only the long way leads to.
    "session": lambda request: HttpResponse(f"{request.session.keys()}"),
    "user": lambda request: HttpResponse(f"{request.user}"),
    "message": with_message,
    "token": lambda request: HttpResponse(bool(get_token(request))),
    "cookie": with_cookie,
    "missing": missing,
    "broken": broken,
    "away": away,
    "redirect": lambda request: HttpResponseRedirect("/sv/"),
    "gone": lambda request: HttpResponse("x", status=410),
    "stream": lambda request: StreamingHttpResponse(iter([b"x", b"y"])),
}
LONG = list(KINDS)[list(KINDS).index("session") :]


@for_everyone
def made(request, kind):
    return KINDS[kind](request)


def unmarked(request):
    return HttpResponse("x")


urlpatterns = [
    *i18n_patterns(path("made/<str:kind>/", made), path("unmarked/", unmarked)),
    *urls.urlpatterns,
]


@pytest.fixture
def asked() -> list[str]:
    """The paths that took the long way."""
    return []


@pytest.fixture
def application(asked):
    django = wsgi.application.application.application

    def counting(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    short = ShortWay(counting)
    return lambda environ, start: short(environ | {IS_FOR_EVERYONE: True}, start)


def long_way(address: str, **headers):
    return ask(wsgi.application.application.application, address, **headers)


def kind(name: str) -> str:
    return f"/sv/made/{name.replace(' ', '%20')}/"


# ── The same page ─────────────────────────────────────────────────────────────
def _is_short(address: site_map.Address) -> bool:
    with translation.override("sv"):
        return hasattr(resolve(address.path("sv"), "config.urls").func, "is_for_everyone")


SHORT = [address for address in site_map.READ_ONLY if _is_short(address)]


def test_pages_that_most_people_ask_for_take_the_short_way():
    assert {address.name for address in SHORT} == {
        "innovation:start",
        "innovation:initiative-detail",
        "innovation:initiative-list",
        "innovation:suggestions",
        "expo:occasion-list",
        "expo:day-detail",
        "expo:expo-suggestions",
    }


@pytest.mark.parametrize("headers", [{}, {"HX_Target": "results"}], ids=["page", "update"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", SHORT, ids=lambda address: address.name)
def test_short_way_leads_to_the_same_page(application, asked, address, language, headers):
    make_full_site()
    page = address.path(language)

    short = ask(application, page, **headers)

    assert asked == []
    assert short == long_way(page, **headers)
    assert short.status == 200


@pytest.mark.parametrize("name", ["plain", "own header"])
def test_headers_are_those_of_all_pages(application, asked, name):
    short = ask(application, kind(name))

    assert asked == []
    assert short == long_way(kind(name))
    assert "content-security-policy" in short.headers


def test_languages_take_turns(application, asked):
    pages = [ask(application, f"/{code}/made/plain/") for code in ("sv", "en", "sv")]

    assert [page.text for page in pages] == ["sv", "en", "sv"]
    assert [page.headers["content-language"] for page in pages] == ["sv", "en", "sv"]
    assert asked == []


# ── What takes the long way ───────────────────────────────────────────────────
@pytest.mark.parametrize("name", LONG)
def test_what_is_unusual_takes_the_long_way(application, asked, name):
    try:
        expected = long_way(kind(name))
    except ValueError:
        with pytest.raises(ValueError, match="broken"):
            ask(application, kind(name))
    else:
        answer = ask(application, kind(name))
        expected.headers.pop("set-cookie", None)  # a token's is another each time
        answer.headers.pop("set-cookie", None)
        assert answer == expected
    assert len(asked) == 1


@pytest.mark.parametrize(
    "address",
    ["/sv/unmarked/", "/sv/borta/", "/sv/utmaningar/", f"/sv/made/{'x' * 300}/", "/sv/made/plain"],
)
def test_page_of_another_view_takes_the_long_way(application, asked, address):
    with suppress(KeyError):
        ask(application, address)

    assert len(asked) == 1


# ── What was met on the short way ─────────────────────────────────────────────
@pytest.fixture
def calls(monkeypatch):
    """How often each kind of view was asked."""
    counted = Counter()

    def counting(name, view):
        def asked(request):
            counted[name] += 1
            return view(request)

        return asked

    for name, view in KINDS.items():
        monkeypatch.setitem(KINDS, name, counting(name, view))
    return counted


@pytest.mark.parametrize(
    ("name", "status"), [("missing", 404), ("away", 503), ("gone", 410), ("redirect", 302)]
)
def test_view_is_asked_once(application, asked, calls, name, status):
    assert ask(application, kind(name)).status == status
    assert calls[name] == len(asked) == 1


def test_fault_that_passes_is_logged(application, monkeypatch, caplog):
    answers = [broken, KINDS["plain"]]
    monkeypatch.setitem(KINDS, "broken", lambda request: answers.pop(0)(request))

    assert ask(application, kind("broken")).status == 200
    assert "ValueError: broken" in caplog.text


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_only_get_takes_the_short_way(application, asked, method):
    ask(application, kind("plain"), method)

    assert len(asked) == 1


def test_host_that_is_not_ours_is_refused(application, asked):
    assert ask(application, kind("plain"), Host="evil.test").status == 400
    assert len(asked) == 1


@override_settings(SECURE_SSL_REDIRECT=True)
def test_page_that_is_not_asked_for_by_https_leads_there(asked):
    from django.core.wsgi import get_wsgi_application

    short = ShortWay(get_wsgi_application())

    def application(environ, start):
        return short(environ | {IS_FOR_EVERYONE: True}, start)

    answer = ask(application, kind("plain"))

    assert (answer.status, answer.headers["location"]) == (
        301,
        "https://localhost/sv/made/plain/",
    )


def test_without_the_word_of_who_knows_nothing_takes_the_short_way(asked, monkeypatch):
    def short(self, environ):
        raise AssertionError("the short way was taken")

    monkeypatch.setattr(short_way.ShortWay, "_response", short)

    signed_in = {"Cookie": "session=abc"}
    assert ask(wsgi.application, kind("plain"), **signed_in).status == 200
    assert ask(wsgi.application, kind("plain"), Authorization="Basic YTpi").status == 200
