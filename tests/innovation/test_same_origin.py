"""Posts without a token, from our own pages and from others."""

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from config import urls
from innovation.same_origin import TOKEN_FIELD, post_from_our_pages

pytestmark = [pytest.mark.urls("tests.innovation.test_same_origin"), pytest.mark.django_db]


@post_from_our_pages
def deed(request):
    return HttpResponse(f"done: {request.POST.getlist('what')}")


urlpatterns = [*urls.urlpatterns, *i18n_patterns(path("deed/", deed, name="deed"))]
PATH = "/sv/deed/"


@pytest.fixture
def visitor():
    """Whom Django's own check of tokens applies to."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://testserver"},
        # A page with `no-referrer` says nothing in Origin; the browser still knows.
        {"sec-fetch-site": "same-origin", "origin": "null"},
    ],
)
def test_press_on_our_own_page_is_done(visitor, headers):
    response = visitor.post(PATH, {"what": "x"}, headers=headers)

    assert response.content == b"done: ['x']"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "http://evil.example.org"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:8000"},
    ],
)
def test_press_on_another_site_is_refused_even_with_a_token(visitor, headers):
    asked = visitor.post(PATH, {"what": "x"})
    token = asked.context["csrf_token"]

    response = visitor.post(PATH, {"what": "x", TOKEN_FIELD: token}, headers=headers)

    assert response.status_code == 403
    assert b"<form method" not in response.content.partition(b"<main")[2]


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}])
def test_browser_that_says_nothing_is_asked_and_loses_nothing(visitor, headers):
    asked = visitor.post(f"{PATH}?a=1", {"what": ["<x>", "y"]}, headers=headers)
    token = asked.context["csrf_token"]
    again = visitor.post(PATH, {"what": ["<x>", "y"], TOKEN_FIELD: token}, headers=headers)

    assert (asked.status_code, asked["Cache-Control"]) == (403, "no-store")
    assert 'action="/sv/deed/?a=1"' in asked.content.decode()
    assert asked.context["fields"] == [("what", "<x>"), ("what", "y")]
    assert "csrf" in asked.cookies
    assert again.content == b"done: ['<x>', 'y']"


@pytest.mark.parametrize("token", ["", "x" * 64])
def test_browser_that_says_nothing_needs_the_token_of_its_cookie(visitor, token):
    visitor.post(PATH, {"what": "x"})

    assert visitor.post(PATH, {"what": "x", TOKEN_FIELD: token}).status_code == 403


def test_answer_to_ours_sets_no_cookie(visitor):
    response = visitor.post(PATH, {}, headers={"sec-fetch-site": "same-origin"})

    assert not response.cookies


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_a_press_is_let_through(visitor, method):
    answer = getattr(visitor, method)(PATH, headers={"sec-fetch-site": "same-origin"})

    assert answer.status_code == 405
