"""Uploaded pictures: what is kept of them, and the smaller copies that pages use.

What is stored is made anew from the pixels: turned upright, without metadata (a phone writes
where the photograph was taken) and without whatever else the file carried. Beside it stand WebP
copies, `<name>.<width>.webp`, made when the picture is saved, since a GET writes nothing.
Files of deleted or replaced pictures stay on the disk; nothing leads to them.
"""

import logging
import re
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from PIL import Image, ImageOps

log = logging.getLogger(__name__)

RENDITION_WIDTHS = (640, 1280, 1920)
# The stored picture: larger than any screen column, small enough to keep.
MAX_SIDE = 2560
QUALITY_STORED, QUALITY_RENDITION = 90, 80
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_RENDITION = re.compile(r"\A(?P<original>.+)\.\d{1,5}\.webp\Z")


class PictureFieldFile(ImageFieldFile):
    def save(self, name, content, save=True):
        """Raises OSError or ValueError for what Pillow can't read; validators say so earlier."""
        clean, ending = upright_and_bare(content)
        # Django measures what has a name; the row's width and height come from it.
        clean.name = str(PurePosixPath(name).with_suffix(ending))
        super().save(clean.name, clean, save=False)
        ensure_renditions(self)
        if save:
            self.instance.save()


class PictureField(models.ImageField):
    """An image that is stored clean, with its renditions beside it.

    Needs `width_field` and `height_field`, so that no page has to open the file.
    """

    attr_class = PictureFieldFile


def upright_and_bare(content) -> tuple[ContentFile, str]:
    """The picture in `content` from its pixels alone, at most MAX_SIDE, and the ending it has."""
    content.seek(0)
    with Image.open(content, formats=list(ENDINGS)) as image:
        kind = image.format
        colours = image.info.get("icc_profile", b"")
        # JPEG decodes straight to a smaller size: large photographs cost less memory.
        image.draft(None, (MAX_SIDE, MAX_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        bare = _for_web(upright, with_alpha=kind != "JPEG")
    # `info` holds the metadata that Pillow would write again.
    bare.info.clear()
    # A profile describes the colours of one mode; after a conversion it would be wrong.
    profile = colours if bare.mode == upright.mode else b""
    return ContentFile(_encoded(bare, kind, QUALITY_STORED, icc_profile=profile)), ENDINGS[kind]


def ensure_renditions(file) -> None:
    """Make the copies of the stored picture `file` that are missing.

    A copy that can't be written (a full disk) is left out and logged: pages then use the others.
    """
    try:
        with file.storage.open(file.name) as source, Image.open(source) as image:
            image.load()
            for width in rendition_widths(image.width):
                name = rendition_name(file.name, width)
                if not file.storage.exists(name):
                    file.storage.save(name, ContentFile(_rendition(image, width)))
    except (OSError, ValueError) as error:
        log.error("no smaller copies of %s: %s", file.name, error)


def rendition_widths(width: int) -> list[int]:
    """Which copies a picture of `width` pixels has: never wider than itself."""
    return sorted({min(width, wanted) for wanted in RENDITION_WIDTHS})


def rendition_name(name: str, width: int) -> str:
    return f"{name}.{width}.webp"


def original_name(name: str) -> str:
    """The name of the stored picture, whether `name` is itself or one of its copies."""
    match = _RENDITION.match(name)
    return match["original"] if match else name


def size_of(file) -> tuple[int, int]:
    """Width and height in pixels, as the row knows them (`file.width` would open the file)."""
    row, field = file.instance, file.field
    return getattr(row, field.width_field) or 0, getattr(row, field.height_field) or 0


def srcset_for(file) -> list[tuple[str, int]]:
    """(address, width) of the copies of `file` that exist, narrow first; or of `file` itself."""
    own_width, _ = size_of(file)
    copies = [
        (file.storage.url(name), width)
        for width in rendition_widths(own_width)
        if file.storage.exists(name := rendition_name(file.name, width))
    ]
    return copies or [(file.url, own_width)]


def _rendition(image: Image.Image, width: int) -> bytes:
    height = max(1, round(image.height * width / image.width))
    scaled = image.resize((width, height), Image.Resampling.LANCZOS)
    colours = image.info.get("icc_profile", b"")
    return _encoded(scaled, "WEBP", QUALITY_RENDITION, icc_profile=colours)


def _for_web(image: Image.Image, *, with_alpha: bool) -> Image.Image:
    """In one of the modes that every format of ours can hold."""
    wants_alpha = with_alpha and image.has_transparency_data
    mode = "RGBA" if wants_alpha else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _encoded(image: Image.Image, kind: str, quality: int, **options) -> bytes:
    target = BytesIO()
    # Optimising a large PNG takes seconds; pages use the copies anyway.
    options |= {"optimize": kind == "JPEG", "quality": quality}
    image.save(target, kind, **options)
    return target.getvalue()
