"""The browser's log does see what it is there for."""

import pytest
from django.http import HttpResponse
from django.urls import path

from innovation.models import User


def page_with(body):
    return lambda request: HttpResponse(f"<!doctype html><title>Hej</title>{body}")


def count_view(request):
    return HttpResponse(f"<!doctype html><title>Hej</title><p>{User.objects.count()}</p>")


urlpatterns = [
    path("foreign/", page_with('<img src="https://example.org/a.png" alt="">')),
    path("inline/", page_with("<script>document.title = 'run'</script>")),
    path("count/", count_view),
    path("favicon.ico", lambda request: HttpResponse(status=204)),
]


@pytest.fixture
def own_addresses(settings):
    settings.ROOT_URLCONF = __name__


def test_request_to_another_host_is_logged_and_does_not_arrive(
    page, browser_log, live_server, own_addresses
):
    page.goto(f"{live_server}/foreign/")

    assert browser_log.foreign == ["https://example.org/a.png"]
    assert page.evaluate("document.images[0].naturalWidth") == 0
    browser_log.foreign.clear()
    browser_log.console.clear()


def test_refused_script_is_logged_and_not_run(
    page, browser_log, live_server, own_addresses, house_rules
):
    page.goto(f"{live_server}/inline/")

    assert page.title() == "Hej"
    assert len(browser_log.console) == 1
    assert house_rules == ["/inline/ has <script> without src"]
    browser_log.console.clear()
    house_rules.clear()


def test_live_server_sees_the_rows_of_the_test(page, live_server, own_addresses):
    User.objects.create(email="one@example.org")

    page.goto(f"{live_server}/count/")

    assert page.text_content("p") == "1"
