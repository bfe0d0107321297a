"""The drawn pictures: everything that decides one stands in its address, so it is kept for ever."""

from hashlib import sha256

from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from innovation.covers import VERSION, cover_from_parts, cover_path, draw_cover


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
    drawing = draw_cover(wanted).encode()
    etag = f'"{sha256(drawing).hexdigest()[:32]}"'
    # If-None-Match compares weakly: a proxy that compresses makes the tag a weak one.
    known = [
        tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))
    ]
    if etag in known or "*" in known:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(drawing, content_type="image/svg+xml")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
