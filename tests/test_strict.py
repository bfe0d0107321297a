"""The house rules of `strict.py` do bite."""

import socket

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import path

from innovation.models import User
from tests import strict

TEMPLATE = "partials/of-the-test.html"


def writing_view(request):
    User.objects.update(is_active=False)
    return HttpResponse("")


def untidy_view(request):
    return HttpResponse('<p style="color: red">Hej</p>')


urlpatterns = [path("writing/", writing_view), path("untidy/", untidy_view)]


@pytest.fixture
def own_addresses(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.django_db
@pytest.mark.usefixtures("own_addresses")
def test_get_that_writes_is_noted(client, house_rules):
    client.get("/writing/")

    assert [breach.partition(":")[0] for breach in house_rules] == ["GET /writing/ writes"]
    house_rules.clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("own_addresses")
def test_post_may_write(client, house_rules):
    client.post("/writing/")

    assert house_rules == []


@pytest.mark.usefixtures("own_addresses")
def test_page_with_inline_style_is_noted(client, house_rules):
    client.get("/untidy/")

    assert house_rules == ['/untidy/ has <p style="color: red">']
    house_rules.clear()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<script src="/static/a.js"></script>', []),
        ('<script type="application/ld+json">{}</script>', []),
        ("<script>alert(1)</script>", ["<script> without src"]),
        ("<style>p {}</style>", ["<style>"]),
        ('<a onclick="go()">', ['<a onclick="go()">']),
        ('<img style="x">', ['<img style="x">']),
    ],
)
def test_inline_code_finds_what_the_policy_refuses(html, found):
    assert strict.inline_code(html) == found


def our_template(text):
    template = engines["django"].from_string(text)
    template.template.origin.name = str(strict.settings.BASE_DIR / "templates" / TEMPLATE)
    template.template.name = TEMPLATE
    return template


def test_undefined_variable_is_noted_and_renders_as_in_production(house_rules):
    rendered = our_template("[{{ absent|default:'nothing' }}]").render({})

    assert rendered == "[nothing]"
    assert house_rules == [f"{TEMPLATE}: {{{{ absent|default:'nothing' }}}} is undefined"]
    house_rules.clear()


def test_question_for_an_undefined_variable_is_allowed(house_rules):
    rendered = our_template("{% if absent %}yes{% else %}no{% endif %}").render({})

    assert (rendered, house_rules) == ("no", [])


def test_undefined_variable_in_a_template_of_django_is_left_alone(house_rules):
    engines["django"].from_string("{{ absent }}").render({})

    assert house_rules == []


def test_connection_to_another_machine_is_refused():
    with (
        socket.socket() as probe,
        pytest.raises(OSError, match=r"a test may not connect to 192\.0\.2\.1"),
    ):
        probe.connect(("192.0.2.1", 80))


def test_question_about_another_machine_is_refused():
    with pytest.raises(OSError, match="a test may not look up example.org"):
        socket.getaddrinfo("example.org", 443)


def test_connection_to_this_machine_is_allowed():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as probe:
        assert probe.connect_ex(server.getsockname()) == 0


@pytest.mark.django_db
def test_rules_hold_for_a_request_of_every_handler(house_rules, own_addresses):
    """The live server and the client share this method, so one watch serves both."""
    handler = BaseHandler()
    handler.load_middleware()

    handler.get_response(RequestFactory().get("/writing/"))

    assert len(house_rules) == 1
    house_rules.clear()
