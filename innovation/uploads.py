"""Checks that an upload is what its name says, and not too large."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
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
PICTURE_FORMATS = {"JPEG", "PNG", "WEBP"}
PICTURE_MAX_PIXELS = 50_000_000


def validate_document(upload) -> None:
    """Raises ValidationError with a sentence when the file is too large or not what it says."""
    validate_size(upload)
    ending = Path(upload.name).suffix.lower()
    if ending not in DOCUMENT_STARTS:
        raise ValidationError(
            _("Files that end with “%(ending)s” can't be uploaded. Save it as a PDF."),
            params={"ending": ending or upload.name},
        )
    start = _read_start(upload)
    expected = DOCUMENT_STARTS[ending]
    is_text = b"\x00" not in start and not start.lstrip().lower().startswith((b"<!doc", b"<html"))
    if not (start.startswith(expected) if expected else is_text):
        raise ValidationError(
            _("The file is called “%(name)s”, but its content is something else. Save it again."),
            params={"name": Path(upload.name).name},
        )


def validate_picture(upload) -> None:
    """Raises ValidationError with a sentence unless Pillow reads a JPEG, PNG or WebP."""
    validate_size(upload)
    try:
        upload.seek(0)
        with Image.open(upload) as image:
            kind, pixels = image.format, image.width * image.height
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is no picture that can be read. Use JPEG or PNG.")) from error
    finally:
        upload.seek(0)
    if kind not in PICTURE_FORMATS:
        raise ValidationError(_("Pictures are JPEG, PNG or WebP. Save it as one of them."))
    if pixels > PICTURE_MAX_PIXELS:
        raise ValidationError(_("The picture has more than 50 million pixels. Make it smaller."))


def validate_size(upload) -> None:
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("The file is %(size)s. At most %(most)s can be uploaded."),
            params={
                "size": filesizeformat(upload.size),
                "most": filesizeformat(settings.UPLOAD_MAX_BYTES),
            },
        )


def _read_start(upload) -> bytes:
    upload.seek(0)
    start = upload.read(2048)
    upload.seek(0)
    return start
