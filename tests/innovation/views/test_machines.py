from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import OperationalError, connection

from innovation import sitemap
from innovation.choices import Visibility
from innovation.views import machines
from tests.builders import (
    make_category,
    make_challenge,
    make_global_goal,
    make_initiative,
    make_organisation,
    make_platform,
    make_sector,
    make_technology,
)

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_answer(monkeypatch, settings):
    monkeypatch.setattr(machines, "_is_migrated", False)
    settings.SITE_URL = "https://innovation.example.org"


def refuse(*args):
    raise OperationalError("connection refused")


# ── Health ────────────────────────────────────────────────────────────────────
def test_healthz_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_readyz_is_ready_when_the_database_is_migrated(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


def test_readyz_is_not_ready_before_the_migrations(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'innovation'")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations are missing\n")


def test_readyz_asks_one_question_once_it_was_ready(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(1):
        client.get("/readyz")


def test_readyz_is_not_ready_without_the_database(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


# ── Robots and contacts ───────────────────────────────────────────────────────
def test_robots_are_kept_from_the_admin_and_led_to_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: https://innovation.example.org/sitemap.xml",
    ]


def test_security_contact_holds_for_less_than_a_year(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"

    response = client.get("/.well-known/security.txt")

    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(lines.pop("Expires"))
    left = expires - datetime.now(tz=UTC)
    assert timedelta(days=300) < left < timedelta(days=365)
    assert lines == {
        "Contact": "mailto:security@example.org",
        "Preferred-Languages": "sv, en",
        "Canonical": "https://innovation.example.org/.well-known/security.txt",
    }


def test_favicon_leads_to_the_drawn_icon(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response["Location"]) == (301, "/static/images/icon.svg")


# ── Sitemap ───────────────────────────────────────────────────────────────────
def entries(client, address="/sitemap.xml") -> dict[str, ElementTree.Element]:
    """Each entry of the sitemap by its address, without the host."""
    response = client.get(address)
    tree = ElementTree.fromstring(b"".join(response.streaming_content))
    found = {entry.findtext(f"{SITEMAP}loc"): entry for entry in tree}
    assert len(found) == len(tree)
    return {url.removeprefix("https://innovation.example.org"): found[url] for url in found}


def test_sitemap_of_an_empty_catalogue_has_the_lists_in_both_languages(client):
    assert list(entries(client)) == [
        "/sv/",
        "/en/",
        "/sv/initiativ/",
        "/en/initiatives/",
        "/sv/utmaningar/",
        "/en/challenges/",
        "/sv/organisationer/",
        "/en/organisations/",
        "/sv/plattformar/",
        "/en/platforms/",
    ]


def test_sitemap_has_every_public_page_and_each_is_there(client):
    make_initiative(
        challenge=make_challenge(),
        category=make_category(),
        sectors=[make_sector()],
        technologies=[make_technology()],
        global_goals=[make_global_goal()],
        platforms=[make_platform()],
    )

    found = entries(client)

    assert len(found) == 2 * (len(sitemap.LISTS) + 8)
    assert {client.get(path).status_code for path in found} == {200}


def test_sitemap_holds_nothing_hidden_or_invented(client):
    before = set(entries(client))
    hidden = [{"visibility": v} for v in Visibility if v != Visibility.PUBLISHED]
    for fields in [*hidden, {"is_example": True}]:
        for make in (make_initiative, make_challenge, make_platform, make_organisation):
            make(**fields, **({"driven_by": None} if make is make_initiative else {}))
    make_initiative(internal=True, driven_by=None)

    assert set(entries(client)) == before


def test_sitemap_entry_names_its_twins_and_when_it_changed(client, time_machine):
    time_machine.move_to(NOON)
    make_initiative(slug="lugna-bussen", driven_by=None)

    entry = entries(client)["/en/initiatives/lugna-bussen/"]

    host = "https://innovation.example.org"
    assert {link.get("hreflang"): link.get("href") for link in entry.findall(LINK)} == {
        "sv": f"{host}/sv/initiativ/lugna-bussen/",
        "en": f"{host}/en/initiatives/lugna-bussen/",
        "x-default": f"{host}/sv/initiativ/lugna-bussen/",
    }
    assert entry.findtext(f"{SITEMAP}lastmod") == "2026-03-02T12:00:00+00:00"


@pytest.mark.parametrize("count", [1, 3])
def test_sitemap_query_count_does_not_grow(client, django_assert_num_queries, count):
    for _ in range(count):
        make_initiative(challenge=make_challenge())

    # Counted, counted while paging, and read: 8 tables; the expos are asked for twice.
    with django_assert_num_queries(26):
        entries(client)


def test_large_sitemap_is_split_into_files_that_hold_each_page_once(client, monkeypatch):
    organisation = make_organisation()
    for _ in range(5):
        make_initiative(driven_by=organisation)
    make_challenge()
    whole = list(entries(client))
    monkeypatch.setattr(sitemap, "PAGES_PER_FILE", 4)

    files = list(entries(client))

    assert files == ["/sitemap.xml?file=1", "/sitemap.xml?file=2", "/sitemap.xml?file=3"]
    assert [path for file in files for path in entries(client, file)] == whole


@pytest.mark.parametrize("file", ["0", "2", "-1", "x", "1.0", "٣", "9" * 400])
def test_sitemap_file_that_does_not_exist_is_not_found(client, file):
    assert client.get("/sitemap.xml", {"file": file}).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt"],
)
def test_machine_pages_only_read(client, path):
    assert client.post(path).status_code == 405
