"""The drawn pictures: everything that decides one stands in its address, so it is kept for ever."""

import gzip
from functools import lru_cache
from hashlib import sha256

import brotli
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from innovation.covers import VERSION, Cover, cover_from_parts, cover_path, draw_cover
from innovation.encodings import MAX_HEADER, chosen_encoding


@require_safe
def cover(
    request, version: int, kind: str, band: str, light: str, motifs: str, size: str, slug: str
):
    """A cover as a file. An address of an older drawing leads on to the present one."""
    try:
        wanted = cover_from_parts(
            kind=kind, band=band, light=light, motifs=motifs, size=size, slug=slug
        )
    except ValueError as refusal:
        raise Http404(str(refusal)) from refusal
    if version > VERSION or version < 1:
        raise Http404(f"There is no version {version} of the covers; the present one is {VERSION}.")
    if version < VERSION:
        return HttpResponsePermanentRedirect(cover_path(wanted))
    coding = chosen_encoding(request.headers.get("Accept-Encoding", "")[:MAX_HEADER])
    body, etag = _encoded(wanted, coding)
    # If-None-Match compares weakly: a proxy that compresses makes the tag a weak one.
    known = [
        tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))
    ]
    if etag in known or "*" in known:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="image/svg+xml")
        if coding != "identity":
            response["Content-Encoding"] = coding
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=1024)
def _encoded(wanted: Cover, coding: str) -> tuple[bytes, str]:
    """The bytes of a drawing in `coding`, and their ETag."""
    body = draw_cover(wanted).encode()
    if coding == "br":
        body = brotli.compress(body, mode=brotli.MODE_TEXT, quality=9)
    elif coding == "gzip":
        body = gzip.compress(body, 9, mtime=0)
    return body, f'"{sha256(body).hexdigest()[:32]}"'
