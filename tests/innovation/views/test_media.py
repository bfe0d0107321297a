from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from innovation.choices import Visibility
from tests.builders import (
    make_challenge,
    make_collection,
    make_document,
    make_gallery_picture,
    make_initiative,
    make_platform,
    make_user,
    picture_file,
)

pytestmark = pytest.mark.django_db
SANDBOX = "default-src 'none'; sandbox"
HIDDEN = [
    {"visibility": Visibility.DRAFT},
    {"visibility": Visibility.IN_REVIEW},
    {"visibility": Visibility.WITHDRAWN},
    {"internal": True},
]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def body(response) -> bytes:
    """What is sent; reading it also closes the file."""
    return b"".join(response.streaming_content)


def platform_document(**fields):
    return make_platform(**fields).documents.create(
        title_sv="Rapport", file=ContentFile(b"%PDF-1.7\n", name="rapport.pdf")
    )


def test_document_is_served_to_be_saved(client):
    document = make_document(make_initiative())

    response = client.get(document.file.url)

    assert (response.status_code, body(response)) == (200, b"%PDF-1.7\n")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="rapport.pdf"'
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-cache"


def test_picture_and_its_copy_are_shown_and_kept_for_a_while(client):
    picture = make_gallery_picture(make_initiative()).picture

    for address, kind in ((picture.url, "image/png"), (f"{picture.url}.64.webp", "image/webp")):
        response = client.get(address)

        assert (response.status_code, response["Content-Type"]) == (200, kind)
        assert response["Content-Disposition"].startswith("inline;")
        assert response["Cache-Control"] == "public, max-age=300"
        assert response["Content-Security-Policy"] == SANDBOX
        body(response)


def test_picture_that_the_browser_has_is_not_sent_again(client):
    url = make_gallery_picture(make_initiative()).picture.url
    first = client.get(url)
    body(first)

    response = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_files_of_a_hidden_initiative_are_not_found(client, hidden):
    initiative = make_initiative(**hidden, cover_photo=picture_file())
    picture = make_gallery_picture(initiative).picture
    urls = [
        make_document(initiative).file.url,
        picture.url,
        f"{picture.url}.64.webp",
        initiative.cover_photo.url,
    ]

    assert [client.get(url).status_code for url in urls] == [404, 404, 404, 404]


@pytest.mark.parametrize("make", [make_challenge, make_platform, make_collection, make_initiative])
def test_cover_photo_is_shown_while_its_row_is_public(client, make):
    row = make(cover_photo=picture_file())
    public = client.get(row.cover_photo.url)
    body(public)
    row.visibility = Visibility.WITHDRAWN
    row.save()

    withdrawn = client.get(row.cover_photo.url)

    assert (public.status_code, withdrawn.status_code) == (200, 404)


def test_document_of_a_platform_follows_the_platform(client):
    public, draft = platform_document(), platform_document(visibility=Visibility.DRAFT)

    responses = [client.get(document.file.url) for document in (public, draft)]
    body(responses[0])

    assert [response.status_code for response in responses] == [200, 404]


def test_picture_is_shown_on_the_last_day_of_consent_and_not_after(client):
    today = timezone.localdate()
    initiative = make_initiative()
    last_day = make_gallery_picture(initiative, consent_expires_on=today)
    day_after = make_gallery_picture(initiative, consent_expires_on=today - timedelta(days=1))
    cover = make_initiative(
        cover_photo=picture_file(), consent_expires_on=today - timedelta(days=1)
    )

    responses = [
        client.get(url)
        for url in (last_day.picture.url, day_after.picture.url, cover.cover_photo.url)
    ]
    body(responses[0])

    assert [response.status_code for response in responses] == [200, 404, 404]


def test_staff_see_files_before_they_are_published_and_no_cache_keeps_them(client):
    document = make_document(make_initiative(visibility=Visibility.DRAFT))
    client.force_login(make_user("editor"))

    response = client.get(document.file.url)
    body(response)

    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "Cookie" in response["Vary"]


def test_someone_who_is_no_staff_sees_no_unpublished_file(client):
    document = make_document(make_initiative(visibility=Visibility.DRAFT))
    client.force_login(make_user())

    assert client.get(document.file.url).status_code == 404


def test_file_that_is_gone_from_the_disk_is_not_found_and_logged(client, caplog):
    document = make_document(make_initiative())
    document.file.storage.delete(document.file.name)

    response = client.get(document.file.url)

    assert response.status_code == 404
    assert [r.levelname for r in caplog.records if r.name == "innovation.views.media"] == ["ERROR"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "secret-key",
        "documents/../../secret-key",
        "documents/%2e%2e/%2e%2e/secret-key.txt",
        "/etc/passwd.txt",
        "documents/00000000000000000000000000000000/a%00.pdf",
        "documents/00000000000000000000000000000000/a.html",
        "documents/00000000000000000000000000000000/a.pdf",
        "pictures/00000000000000000000000000000000/a.svg",
        "pictures/00000000000000000000000000000000/" + "a" * 3000 + ".png",
    ],
)
def test_address_of_no_file_of_ours_is_not_found(client, media, path):
    (media / "secret-key.txt").write_text("secret")

    assert client.get(f"/media/{path}").status_code == 404


def test_file_stored_under_an_ending_that_browsers_run_is_not_served(client):
    document = make_document(make_initiative(), file=ContentFile(b"<script>", name="x.html"))

    assert client.get(document.file.url).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_media_only_reads(client, method):
    document = make_document(make_initiative())

    assert getattr(client, method)(document.file.url).status_code == 405
