"""Uploaded files: stored under unguessable names, checked for being what they say."""

import unicodedata
import uuid
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.pictures import PictureField
from innovation.uploads import validate_document, validate_picture

# A file system takes 255 bytes; the rest is for the endings of the smaller copies.
NAME_MAX_BYTES, ENDING_MAX_CHARS = 150, 10


def document_path(instance, filename: str) -> str:
    """`documents/<32 hex>/<name>`: nobody finds the file of an unpublished row by guessing."""
    return f"documents/{uuid.uuid4().hex}/{short_name(filename)}"


def picture_path(instance, filename: str) -> str:
    return f"pictures/{uuid.uuid4().hex}/{short_name(filename)}"


def short_name(filename: str) -> str:
    """The last part of `filename`, cut to NAME_MAX_BYTES before its ending (in small letters)."""
    # Composed letters: a Mac sends "a" and a ring where others send "å".
    path = PurePosixPath(unicodedata.normalize("NFC", filename.replace("\\", "/")))
    stem = path.stem.encode("utf-8", "replace")[:NAME_MAX_BYTES].decode(errors="ignore")
    # Without letters or figures there would be nothing left to call it by.
    stem = stem if any(char.isalnum() for char in stem) else "file"
    return stem + path.suffix.lower()[:ENDING_MAX_CHARS]


class Document(models.Model):
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    file = models.FileField(
        _("file"),
        upload_to=document_path,
        max_length=300,
        validators=[validate_document],
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument or text."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.title_sv


class PictureFile(models.Model):
    """An uploaded picture with its size, so that a page can reserve its place."""

    picture = PictureField(
        _("picture"),
        upload_to=picture_path,
        max_length=300,
        width_field="width",
        height_field="height",
        validators=[validate_picture],
    )
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        abstract = True
