import pytest
from django.test import override_settings
from django.urls import include, path
from django.urls.base import clear_url_caches

from config import urls as site_urls
from innovation import outbox
from innovation.urls import development_patterns

pytestmark = pytest.mark.django_db

# As config/urls.py has it when DEBUG is true.
urlpatterns = [path("dev/", include(development_patterns)), *site_urls.urlpatterns]
handler404 = site_urls.handler404


@pytest.fixture(autouse=True)
def catcher(settings, tmp_path):
    """Mail becomes files, and the development addresses exist."""
    settings.EMAIL_BACKEND = "innovation.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    with override_settings(ROOT_URLCONF=__name__):
        yield tmp_path
    clear_url_caches()


def send(**changes):
    values = {"to": "anna@example.org", "subject": "Åtta båtar", "text": "Hej Åsa!"}
    outbox.send_mail(**(values | changes))
    outbox.work()


def name_of_only_mail(catcher) -> str:
    [file] = catcher.iterdir()
    return file.name


def test_mail_list_without_mail_says_so(client):
    response = client.get("/dev/mail/")

    assert response.context["mails"] == []


def test_mail_list_shows_the_newest_first(client):
    send(subject="Först")
    send(subject="Sedan")

    response = client.get("/dev/mail/")

    assert [mail.subject for mail in response.context["mails"]] == ["Sedan", "Först"]


def test_each_of_many_mails_in_one_moment_has_its_file(client, catcher):
    for number in range(20):
        send(subject=f"Nummer {number}")

    assert len(list(catcher.iterdir())) == 20


def test_mail_detail_shows_headers_and_text(client, catcher):
    send(reply_to=["editor@example.org"])

    mail = client.get(f"/dev/mail/{name_of_only_mail(catcher)}/").context["mail"]

    shown = dict(mail.headers)
    assert (shown["To"], shown["Subject"]) == ("anna@example.org", "Åtta båtar")
    assert shown["Reply-To"] == "editor@example.org"
    assert mail.text.strip() == "Hej Åsa!"


def test_mail_html_is_shown_alone_and_may_run_nothing(client, catcher):
    send(html="<p>Hej</p>")

    response = client.get(f"/dev/mail/{name_of_only_mail(catcher)}/html/")

    assert response.content.decode().strip() == "<p>Hej</p>"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


@pytest.mark.parametrize("name", ["nobody.log", "..%2f..%2fsecret.log", "a%00.log", "secret.txt"])
def test_mail_that_does_not_exist_is_not_found(client, catcher, name):
    (catcher / "secret.txt").write_text("secret")

    assert client.get(f"/dev/mail/{name}/").status_code == 404


def test_mail_is_shown_to_nobody_outside_development(client):
    with override_settings(ROOT_URLCONF="config.urls"):
        clear_url_caches()

        assert client.get("/dev/mail/").status_code == 404
