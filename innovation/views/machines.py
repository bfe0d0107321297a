"""Pages that programs read: health, robots, sitemap, security contact."""

import logging
from datetime import timedelta
from html import escape

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from innovation import sitemap as site_pages

log = logging.getLogger(__name__)

TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
SECURITY_TEXT_HOLDS = timedelta(days=330)  # RFC 9116 §2.5.5 recommends less than a year

_is_migrated = False


# ── Health ────────────────────────────────────────────────────────────────────
@never_cache
@require_safe
def healthz(request):
    """The process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type=TEXT)


@never_cache
@require_safe
def readyz(request):
    """The database answers within the seconds that settings give it, and is migrated."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated():
            return HttpResponse("migrations are missing\n", status=503, content_type=TEXT)
    except (DatabaseError, InterfaceError) as error:
        log.error("not ready: %s", error)
        return HttpResponse("the database does not answer\n", status=503, content_type=TEXT)
    return HttpResponse("ready\n", content_type=TEXT)


def _migrated() -> bool:
    # Once true, it stays so while this process runs: new code comes with a new process.
    global _is_migrated
    if not _is_migrated:
        executor = MigrationExecutor(connection)
        _is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _is_migrated


# ── Robots and contacts ───────────────────────────────────────────────────────
@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return _text(lines)


@require_safe
def security(request):
    """RFC 9116: whom to tell about a weakness."""
    expires = (timezone.now() + SECURITY_TEXT_HOLDS).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: sv, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return _text(lines)


@require_safe
def favicon(request):
    """For programs that ask without reading the page, where the icon is linked."""
    return HttpResponsePermanentRedirect(static("images/icon.svg"))


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


# ── Sitemap ───────────────────────────────────────────────────────────────────
@require_safe
def sitemap(request):
    """All pages; with very many, a list of files that hold them (?file=1 and so on)."""
    files = site_pages.count_files()
    number = request.GET.get("file", "")
    if number == "" and files > 1:
        return StreamingHttpResponse(_index_lines(files), content_type=XML)
    if number not in ("", *map(str, range(1, files + 1))):
        raise Http404
    return StreamingHttpResponse(_page_lines(int(number or 1)), content_type=XML)


def _index_lines(files: int):
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for number in range(1, files + 1):
        yield f"<sitemap><loc>{settings.SITE_URL}/sitemap.xml?file={number}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def _page_lines(file: int):
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    for page in site_pages.pages(file):
        yield from _entries(page)
    yield "</urlset>\n"


def _entries(page: site_pages.Page):
    """One entry for each language; each names all of them, as search engines want it."""
    twins = [*page.addresses.items(), ("x-default", page.addresses["sv"])]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
        for language, address in twins
    )
    changed = ""
    if page.updated_at:
        changed = f"<lastmod>{page.updated_at.isoformat(timespec='seconds')}</lastmod>"
    for address in page.addresses.values():
        yield f"<url><loc>{escape(address)}</loc>{changed}{links}</url>\n"
