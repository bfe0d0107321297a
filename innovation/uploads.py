"""Checks that an upload is what its name says, and not too large."""

from codecs import BOM_UTF8
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What each kind of document begins with; None: plain text, which begins with anything.
DOCUMENT_STARTS = {
    ".pdf": b"%PDF-",
    ".doc": _OLE,
    ".xls": _OLE,
    ".ppt": _OLE,
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".pptx": _ZIP,
    ".odt": _ZIP,
    ".ods": _ZIP,
    ".odp": _ZIP,
    ".txt": None,
}
# One of these stands in every Office or OpenDocument file, and hardly in another archive.
_ZIP_MARKS = {"[Content_Types].xml", "mimetype"}
_MARKUP = (b"<!doc", b"<html", b"<script", b"<svg", b"<?xml")
PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
PICTURE_MAX_PIXELS = 50_000_000
_TOO_MANY_PIXELS = _("The picture has more than 50 million pixels. Make it smaller.")


def validate_document(upload) -> None:
    """Raises ValidationError with a sentence when the file is too large or not what it says."""
    if is_stored(upload):
        return
    validate_size(upload)
    ending = Path(upload.name).suffix.lower()
    if ending not in DOCUMENT_STARTS:
        raise ValidationError(
            _("Files that end with “%(ending)s” can't be uploaded. Save it as a PDF."),
            params={"ending": ending or upload.name},
        )
    if not _is_what_it_says(upload, DOCUMENT_STARTS[ending]):
        raise ValidationError(
            _("The file is called “%(name)s”, but its content is something else. Save it again."),
            params={"name": Path(upload.name).name},
        )


def validate_picture(upload) -> None:
    """Raises ValidationError with a sentence unless Pillow reads a whole JPEG, PNG or WebP."""
    if is_stored(upload):
        return
    validate_size(upload)
    try:
        upload.seek(0)
        with Image.open(upload) as image:
            if image.format not in PICTURE_FORMATS:
                raise ValidationError(_("Pictures are JPEG, PNG or WebP. Save it as one of them."))
            # The size stands first in the file: nothing large is unpacked before it is known.
            if image.width * image.height > PICTURE_MAX_PIXELS:
                raise ValidationError(_TOO_MANY_PIXELS)
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_TOO_MANY_PIXELS) from error
    # What Pillow raises for broken files depends on the format.
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(
            _("The picture can't be read, perhaps because it is cut off. Save it again as JPEG.")
        ) from error
    finally:
        upload.seek(0)


def is_stored(upload) -> bool:
    """A file that was checked when it came in. It must not stop the saving of what stands beside
    it: it may be closed by now, or gone from the disk."""
    return isinstance(upload, FieldFile) and upload._committed


def validate_size(upload) -> None:
    if upload.size == 0:
        raise ValidationError(_("The file is empty. Choose it again."))
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("The file is %(size)s. At most %(most)s can be uploaded."),
            params={
                "size": filesizeformat(upload.size),
                "most": filesizeformat(settings.UPLOAD_MAX_BYTES),
            },
        )


def _is_what_it_says(upload, expected: bytes | None) -> bool:
    upload.seek(0)
    start = upload.read(2048)
    upload.seek(0)
    if expected is None:
        words = start.removeprefix(BOM_UTF8).lstrip().lower()
        return b"\x00" not in start and not words.startswith(_MARKUP)
    return start.startswith(expected) and (expected != _ZIP or _is_office_archive(upload))


def _is_office_archive(upload) -> bool:
    try:
        with ZipFile(upload) as archive:
            return not _ZIP_MARKS.isdisjoint(archive.namelist())
    except (BadZipFile, ValueError, OSError):
        return False
    finally:
        upload.seek(0)
