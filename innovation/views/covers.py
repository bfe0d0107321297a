"""The drawn covers, as files that never change."""

import gzip
import hashlib
from functools import lru_cache

import brotli
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from innovation.covers import VERSION, Cover, cover_from_parts, cover_path, draw_cover

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def cover(request, version, **parts):
    try:
        wanted = cover_from_parts(**parts)
    except ValueError as error:
        raise Http404 from error
    if version != VERSION:
        return HttpResponsePermanentRedirect(cover_path(wanted))
    coding = _coding(request.headers.get("Accept-Encoding", ""))
    body, etag = _encoded(wanted, coding)
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="image/svg+xml")
        response["Content-Security-Policy"] = "default-src 'none'"
        if coding:
            response["Content-Encoding"] = coding
    response["ETag"] = etag
    response["Cache-Control"] = FOR_EVER
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _coding(accepted: str) -> str:
    """The best coding that the browser takes; "" for none."""
    names = {part.split(";")[0].strip() for part in accepted.split(",") if "q=0" not in part}
    return next((name for name in ("br", "gzip") if name in names), "")


@lru_cache(maxsize=1024)
def _encoded(wanted: Cover, coding: str) -> tuple[bytes, str]:
    """The bytes of a drawing in `coding`, and their ETag."""
    body = draw_cover(wanted).encode()
    if coding == "br":
        body = brotli.compress(body, mode=brotli.MODE_TEXT, quality=9)
    elif coding == "gzip":
        body = gzip.compress(body, 9, mtime=0)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
