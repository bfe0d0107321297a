"""Uploaded files: stored under unguessable names, checked for being what they say."""

import uuid
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.uploads import validate_document, validate_picture


def document_path(instance, filename: str) -> str:
    """`documents/<32 hex>/<name>`: nobody finds the file of an unpublished row by guessing."""
    return f"documents/{uuid.uuid4().hex}/{Path(filename).name}"


def picture_path(instance, filename: str) -> str:
    return f"pictures/{uuid.uuid4().hex}/{Path(filename).name}"


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

    picture = models.ImageField(
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
