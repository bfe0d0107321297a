import sqlite3

import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.template import Context, Template
from django.template.response import TemplateResponse
from django.test import Client, override_settings
from django.urls import path

from config import urls as site_urls
from config.middleware import PERMISSIONS_POLICY
from innovation.database_away import is_database_away
from innovation.models import Initiative

pytestmark = pytest.mark.django_db


class Gone:
    """What a template or a view calls when the database is not there."""

    def __call__(self):
        raise OperationalError("connection refused")

    __iter__ = __call__


def fail_in_view(request):
    raise OperationalError("server closed the connection unexpectedly")


def fail_in_template(request):
    return HttpResponse(
        Template("{% for row in rows %}{% endfor %}").render(Context({"rows": Gone()}))
    )


def fail_in_template_response(request):
    return TemplateResponse(request, "broken.html", {"rows": Gone()})


def fail_at_the_start_of_a_stream(request):
    return StreamingHttpResponse(str(row) for row in Gone())


def fail_within_a_stream(request):
    def parts():
        yield "one "
        raise OperationalError("connection refused")

    return StreamingHttpResponse(parts())


def stream(request):
    return StreamingHttpResponse(iter(["one ", "two"]))


def fail_by_our_own_fault(request):
    raise ZeroDivisionError


def query_that_is_wrong(request):
    Initiative.objects.extra(where=["no_such_column = 1"]).exists()


urlpatterns = [
    path("view/", fail_in_view),
    path("template/", fail_in_template),
    path("template-response/", fail_in_template_response),
    path("stream-start/", fail_at_the_start_of_a_stream),
    path("stream-within/", fail_within_a_stream),
    path("stream/", stream),
    path("fault/", fail_by_our_own_fault),
    path("query/", query_that_is_wrong),
    *site_urls.urlpatterns,
]
handler404 = site_urls.handler404
handler500 = site_urls.handler500

TEMPLATES = [
    {
        **settings.TEMPLATES[0],
        "APP_DIRS": False,
        "OPTIONS": {
            **settings.TEMPLATES[0]["OPTIONS"],
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {"broken.html": "{% for row in rows %}{% endfor %}"},
                ),
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
]


@pytest.fixture
def client():
    """Errors become pages, as for a visitor."""
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=TEMPLATES):
        yield Client(raise_request_exception=False)


# ── The database is away ──────────────────────────────────────────────────────
@pytest.mark.parametrize("address", ["view", "template", "template-response", "stream-start"])
@pytest.mark.parametrize(("language", "title"), [("sv", "Vi är strax"), ("en", "We’ll be back")])
def test_page_without_the_database_says_so_in_the_readers_language(
    client, address, language, title
):
    response = client.get(f"/{address}/", headers={"Accept-Language": language})

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert (response["Cache-Control"], response["Content-Language"]) == ("no-store", language)
    assert title in response.content.decode()


def test_page_without_the_database_asks_nothing_of_it(client, django_assert_num_queries):
    client.cookies["session"] = "x" * 32  # someone signed in

    with django_assert_num_queries(0):
        response = client.get("/view/")

    assert response.status_code == 503


def test_session_that_cannot_be_read_is_a_503_too(client, monkeypatch):
    client.cookies["session"] = "x" * 32
    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_request",
        lambda self, request: Gone()(),
    )

    assert client.get("/sv/").status_code == 503


def test_session_that_cannot_be_saved_is_a_503_too(client, monkeypatch):
    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_response",
        lambda self, request, response: Gone()(),
    )

    assert client.get("/sv/").status_code == 503


def test_stream_that_breaks_off_ends_the_connection(client):
    response = client.get("/stream-within/")

    assert response.status_code == 200
    with pytest.raises(OperationalError):
        list(response.streaming_content)


def test_stream_is_passed_on_whole(client):
    response = client.get("/stream/")

    assert list(response.streaming_content) == [b"one ", b"two"]


# ── Faults of our own ─────────────────────────────────────────────────────────
@pytest.mark.parametrize(("language", "title"), [("sv", "Något gick"), ("en", "Something broke")])
def test_fault_of_ours_is_a_500_that_says_so(client, language, title):
    response = client.get("/fault/", headers={"Accept-Language": language})

    assert response.status_code == 500
    assert title in response.content.decode()


def test_query_that_is_wrong_is_a_fault_and_not_an_outage(client):
    assert client.get("/query/").status_code == 500


@pytest.mark.parametrize(("address", "status"), [("fault", 500), ("view", 503), ("nobody", 404)])
def test_error_without_templates_is_a_bare_page(address, status):
    broken = [{**TEMPLATES[0], "OPTIONS": {"loaders": []}}]
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=broken):
        response = Client(raise_request_exception=False).get(
            f"/en/{address}/" if address == "nobody" else f"/{address}/",
            headers={"Accept-Language": "en"},
        )

    html = response.content.decode()
    assert response.status_code == status
    assert html.startswith('<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>')


# ── Which errors mean "away" ──────────────────────────────────────────────────
def raised_by_sqlite(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("…")
    cause.sqlite_errorcode = code
    error = OperationalError("…")
    error.__cause__ = cause
    return error


def raised_by_postgresql(cause: Exception) -> OperationalError:
    error = OperationalError("…")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (raised_by_sqlite(sqlite3.SQLITE_BUSY), True),
        (raised_by_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (raised_by_sqlite(sqlite3.SQLITE_FULL), True),
        (raised_by_sqlite(sqlite3.SQLITE_IOERR_WRITE), True),
        (raised_by_sqlite(sqlite3.SQLITE_CANTOPEN), True),
        (raised_by_sqlite(sqlite3.SQLITE_ERROR), False),
        (raised_by_sqlite(sqlite3.SQLITE_TOOBIG), False),
        (raised_by_postgresql(psycopg.errors.AdminShutdown()), True),
        (raised_by_postgresql(psycopg.errors.TooManyConnections()), True),
        (raised_by_postgresql(psycopg.errors.DeadlockDetected()), True),
        (InterfaceError("connection already closed"), True),
        (ProgrammingError("relation does not exist"), False),
        (ZeroDivisionError(), False),
        (None, False),
    ],
)
def test_database_is_away_when_trying_again_may_help(error, expected):
    assert is_database_away(error) is expected


def test_missing_table_is_a_fault_on_both_engines():
    with (
        pytest.raises((OperationalError, ProgrammingError)) as caught,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 FROM no_such_table")

    assert is_database_away(caught.value) is False


# ── Headers and languages ─────────────────────────────────────────────────────
def test_every_answer_carries_the_permissions_policy(client):
    answers = [client.get(path)["Permissions-Policy"] for path in ("/sv/", "/healthz", "/view/")]

    assert answers == [PERMISSIONS_POLICY] * 3


def test_address_without_language_leads_to_the_one_asked_for(client):
    response = client.get("/", headers={"Accept-Language": "en"})

    assert (response.status_code, response["Location"]) == (302, "/en/")
    assert "Accept-Language" in response["Vary"]
