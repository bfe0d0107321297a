"""Uploaded files, served only while the public may see what they belong to."""

import logging
import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from innovation.models import (
    Challenge,
    Collection,
    GalleryPicture,
    Initiative,
    InitiativeDocument,
    Platform,
    PlatformDocument,
)
from innovation.pictures import original_name

log = logging.getLogger(__name__)

# As written by models/media.py; nothing else is a file of ours.
_STORED = re.compile(r"(?P<kind>documents|pictures)/[0-9a-f]{32}/[^/\x00]{1,255}")
# Served by their ending alone: what a browser might run is not among them.
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".txt": "text/plain; charset=utf-8",
}
# Short: what is withdrawn, or whose consent runs out, has to leave the caches too.
PICTURE_MAX_AGE_SECONDS = 300


@require_safe
def media(request, path):
    match = _STORED.fullmatch(path)
    content_type = CONTENT_TYPES.get(PurePosixPath(path).suffix)
    if match is None or content_type is None:
        raise Http404
    is_picture = match["kind"] == "pictures"
    is_public = _is_public_picture(original_name(path)) if is_picture else _is_public_document(path)
    if not is_public and not _is_staff(request):
        raise Http404
    # A stored file never changes, so its address says all about its content.
    etag = f'"{path.split("/")[1]}"'
    response = get_conditional_response(request, etag=etag) or _file_response(
        path, content_type, as_attachment=not is_picture
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = _caching(is_public=is_public, is_picture=is_picture)
    # Opened by itself, the file may neither run nor load anything.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _is_public_document(path: str) -> bool:
    return (
        InitiativeDocument.objects.filter(
            file=path, initiative__in=Initiative.objects.visible()
        ).exists()
        or PlatformDocument.objects.filter(
            file=path, platform__in=Platform.objects.visible()
        ).exists()
    )


def _is_public_picture(path: str) -> bool:
    gallery = GalleryPicture.objects.showable()
    if gallery.filter(picture=path, initiative__in=Initiative.objects.visible()).exists():
        return True
    consent_holds = Q(consent_expires_on=None) | Q(consent_expires_on__gte=timezone.localdate())
    return any(
        model.objects.visible().filter(consent_holds, cover_photo=path).exists()
        for model in (Initiative, Challenge, Platform, Collection)
    )


def _is_staff(request) -> bool:
    """Editors see what they have uploaded before it is published."""
    return request.user.is_active and request.user.is_staff


def _file_response(path: str, content_type: str, *, as_attachment: bool) -> FileResponse:
    try:
        file = default_storage.open(path)
    except OSError as error:
        log.error("the file of a row is missing: %s", error)
        raise Http404 from error
    name = PurePosixPath(path).name
    return FileResponse(file, as_attachment=as_attachment, filename=name, content_type=content_type)


def _caching(*, is_public: bool, is_picture: bool) -> str:
    if not is_public:
        return "private, no-store"
    return f"public, max-age={PICTURE_MAX_AGE_SECONDS}" if is_picture else "no-cache"
