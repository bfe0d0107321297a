from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from PIL import Image

from innovation import pictures
from innovation.models import GalleryPicture
from innovation.models.fields import LocalText
from innovation.models.media import short_name
from tests.builders import make_gallery_picture, make_initiative, picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Uploads of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photograph(size, *, orientation=1, kind="JPEG", after=b"") -> ContentFile:
    """As a phone makes it: turned by a note, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Phone of Anna"
    data = BytesIO()
    Image.new("RGB", size, "#1769aa").save(data, kind, exif=exif, comment=b"secret note")
    return ContentFile(data.getvalue() + after, name="IMG 1.JPG")


def gallery_of(content) -> GalleryPicture:
    return make_gallery_picture(make_initiative(), picture=content)


def stored_names(media) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_picture_is_stored_upright_and_without_metadata(media):
    row = gallery_of(photograph((800, 600), orientation=6, after=b"<script>alert(1)</script>"))

    content = (media / row.picture.name).read_bytes()
    with Image.open(BytesIO(content)) as image:
        assert (image.size, dict(image.getexif())) == ((600, 800), {})
    assert (row.width, row.height) == (600, 800)
    assert [mark for mark in (b"Anna", b"secret", b"<script>") if mark in content] == []


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (640, [640]), (1000, [640, 1000]), (2560, [640, 1280, 1920])],
)
def test_picture_gets_smaller_copies_and_none_larger(media, width, widths):
    row = gallery_of(photograph((width, 200)))

    assert stored_names(media) == sorted(
        ["IMG_1.jpg", *(f"IMG_1.jpg.{copy}.webp" for copy in widths)]
    )
    for copy in widths:
        with Image.open(media / pictures.rendition_name(row.picture.name, copy)) as image:
            assert (image.format, image.width, dict(image.getexif())) == ("WEBP", copy, {})


def test_very_large_picture_is_kept_at_a_size_that_screens_use(media):
    row = gallery_of(photograph((5000, 2500)))

    assert (row.width, row.height) == (2560, 1280)


@pytest.mark.parametrize(("kind", "ending"), [("PNG", ".png"), ("WEBP", ".webp")])
def test_picture_is_named_by_what_it_is(media, kind, ending):
    row = gallery_of(photograph((20, 10), kind=kind))

    assert row.picture.name.endswith(f"/IMG_1{ending}")


def test_transparency_is_kept(media):
    data = BytesIO()
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(data, "PNG")

    row = gallery_of(ContentFile(data.getvalue(), name="mark.png"))

    with Image.open(media / pictures.rendition_name(row.picture.name, 20)) as image:
        assert image.getpixel((0, 0))[3] == 0


def test_picture_is_kept_when_its_copies_cannot_be_written(media, monkeypatch, caplog):
    def full_disk(image, width):
        raise OSError("No space left on device")

    monkeypatch.setattr(pictures, "_rendition", full_disk)

    row = gallery_of(photograph((800, 600)))

    assert pictures.srcset_for(row.picture) == [(row.picture.url, 800)]
    assert caplog.messages == [f"no smaller copies of {row.picture.name}: No space left on device"]


def test_replaced_picture_brings_its_own_size():
    row = gallery_of(photograph((800, 600)))

    row.picture = photograph((300, 200))
    row.save()

    assert pictures.size_of(GalleryPicture.objects.get(pk=row.pk).picture) == (300, 200)


def test_saving_the_row_again_makes_nothing_anew(media):
    row = gallery_of(photograph((800, 600)))
    before = {path: path.stat().st_mtime_ns for path in media.rglob("*")}

    GalleryPicture.objects.get(pk=row.pk).save()

    assert {path: path.stat().st_mtime_ns for path in media.rglob("*")} == before


def test_cover_photo_keeps_its_size():
    initiative = make_initiative(cover_photo=picture_file(size=(64, 48)))

    initiative.refresh_from_db()

    assert (initiative.cover_width, initiative.cover_height) == (64, 48)


def test_sizes_are_told_without_opening_the_file(media):
    row = gallery_of(photograph((800, 600)))
    (media / row.picture.name).unlink()

    row = GalleryPicture.objects.get(pk=row.pk)

    assert pictures.size_of(row.picture) == (800, 600)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Årsbok 2022.PDF", "Årsbok 2022.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\bild.png", "bild.png"),
        ("a\u030angbåt.pdf", "ångbåt.pdf"),
        ("å" * 300 + ".pdf", "å" * 75 + ".pdf"),
        ("🛥" * 300 + ".pdf", "file.pdf"),
        (".pdf", ".pdf"),
        ("???.pdf", "file.pdf"),
        ("x." + "y" * 300, "x.yyyyyyyyy"),
    ],
)
def test_name_of_an_upload_is_cut_to_what_file_systems_take(given, kept):
    assert short_name(given) == kept


@pytest.mark.parametrize("name", ["å" * 300 + ".jpg", "nul\x00.jpg", "bild.jpg.html", "..jpg"])
def test_picture_of_any_name_is_stored(media, name):
    content = photograph((20, 10))
    content.name = name

    row = gallery_of(content)

    assert (media / row.picture.name).suffix == ".jpg"
    assert pictures.srcset_for(row.picture)[0][1] == 20


def test_picture_tag_offers_the_copies():
    row = gallery_of(photograph((1000, 500)))
    url = row.picture.url
    alt = LocalText("A <quay>", "en", is_fallback=True)
    template = Template(
        "{% load pictures %}{% picture file alt=alt sizes='50vw' css_class='wide' %}"
    )

    html = template.render(Context({"file": row.picture, "alt": alt}))

    assert html.strip() == (
        f'<img src="{url}.1000.webp" srcset="{url}.640.webp 640w, {url}.1000.webp 1000w" '
        'sizes="50vw" width="1000" height="500" alt="A &lt;quay&gt;" lang="en" class="wide" '
        'loading="lazy" decoding="async">'
    )
