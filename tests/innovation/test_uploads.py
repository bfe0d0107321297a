import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from innovation.uploads import validate_document, validate_picture

PDF = b"%PDF-1.7\n%%EOF"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SOMETHING_ELSE = "The file is called “{}”, but its content is something else. Save it again."
UNREADABLE = "The picture can't be read, perhaps because it is cut off. Save it again as JPEG."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(*names: str) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return data.getvalue()


def picture(kind: str = "JPEG", size=(400, 300)) -> bytes:
    data = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(data, kind)
    return data.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that only says how large it is: a bomb, had it been filled."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b""))


def sentence(validate, name: str, content: bytes) -> str:
    """What the editor is told; empty when the file is taken."""
    try:
        validate(upload(name, content))
    except ValidationError as error:
        return error.messages[0]
    return ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", PDF),
        ("RAPPORT.PDF", PDF),
        ("brev.doc", OLE),
        ("brev.docx", archive("[Content_Types].xml", "word/document.xml")),
        ("kalkyl.ods", archive("mimetype", "content.xml")),
        ("anteckningar.txt", "Åtta båtar".encode()),
        ("årsbok från förvaltningen 2022.pdf", PDF),
        (f"{'x' * 300}.pdf", PDF),
    ],
)
def test_document_is_taken_when_it_is_what_it_says(name, content):
    assert sentence(validate_document, name, content) == ""


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("rapport.pdf", b"", "The file is empty. Choose it again."),
        ("rapport.pdf", b"<html><script>alert(1)</script>", SOMETHING_ELSE.format("rapport.pdf")),
        ("rapport.pdf", b"MZ\x90\x00", SOMETHING_ELSE.format("rapport.pdf")),
        ("brev.docx", archive("evil.exe"), SOMETHING_ELSE.format("brev.docx")),
        ("brev.docx", b"PK\x03\x04 cut off", SOMETHING_ELSE.format("brev.docx")),
        ("ord.txt", b"\x00\x01\x02", SOMETHING_ELSE.format("ord.txt")),
        ("ord.txt", b"\xef\xbb\xbf\n <HTML>", SOMETHING_ELSE.format("ord.txt")),
        ("ord.txt", b"<svg onload=alert(1)>", SOMETHING_ELSE.format("ord.txt")),
        (
            "rapport.pdf.html",
            PDF,
            "Files that end with “.html” can't be uploaded. Save it as a PDF.",
        ),
        ("rapport", PDF, "Files that end with “rapport” can't be uploaded. Save it as a PDF."),
        ("bild.svg", b"<svg/>", "Files that end with “.svg” can't be uploaded. Save it as a PDF."),
    ],
)
def test_document_that_is_something_else_is_refused_with_a_sentence(name, content, told):
    assert sentence(validate_document, name, content) == told


def test_upload_that_is_too_large_is_refused_with_a_sentence(settings):
    settings.UPLOAD_MAX_BYTES = 1024

    told = sentence(validate_document, "rapport.pdf", PDF + b" " * 2048)

    assert told == "The file is 2.0\u00a0KB. At most 1.0\u00a0KB can be uploaded."


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_taken(kind):
    assert sentence(validate_picture, "bild.jpg", picture(kind)) == ""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty. Choose it again."),
        (b"<html>", UNREADABLE),
        (b"\x00" * 2048, UNREADABLE),
        (PDF, UNREADABLE),
        (picture()[: len(picture()) // 2], UNREADABLE),
        (picture("PNG")[:-2000], UNREADABLE),
        (picture("GIF"), "Pictures are JPEG, PNG or WebP. Save it as one of them."),
        (
            png_of(8000, 7000),
            "The picture has more than 50 million pixels. Make it smaller.",
        ),
        (
            png_of(60_000, 60_000),
            "The picture has more than 50 million pixels. Make it smaller.",
        ),
    ],
    ids=["empty", "html", "zeroes", "pdf", "half a jpeg", "png cut off", "gif", "large", "bomb"],
)
def test_picture_that_is_none_is_refused_with_a_sentence(content, told):
    assert sentence(validate_picture, "bild.jpg", content) == told


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_with_any_broken_byte_is_taken_or_refused_but_never_an_error(kind):
    whole = picture(kind, size=(40, 30))

    for position in range(0, len(whole), 7):
        broken = whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :]
        assert isinstance(sentence(validate_picture, "bild.jpg", broken), str)
