"""Links to the programme as files: into a calendar, a table, a reader of feeds."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import reverse

from expo.feed_rows import absolute, filters

register = template.Library()


@register.inclusion_tag("expo/_calendar_links.html")
def calendar_links(path: str):
    """How to subscribe to the calendar at `path`, with a sentence of help."""
    # webcal: opens the calendar of the phone or computer, which then fetches over HTTPS.
    host = urlsplit(settings.SITE_URL).netloc
    return {"webcal": f"webcal://{host}{path}", "address": absolute(path)}


@register.inclusion_tag("expo/_feed_links.html")
def feed_links(expo, querystring: str = ""):
    """All files of the programme; calendar and table narrowed as the list is by `querystring`."""
    asked = _asked(querystring)
    return {
        "calendar": _path("list-calendar", expo) + asked,
        "table": _path("list-table", expo) + asked,
        "is_narrowed": bool(asked),
        "expo": expo,
    }


@register.inclusion_tag("expo/_feed_alternates.html")
def feed_alternates(expo, querystring: str = ""):
    """For <head>: where programs find what the page shows."""
    asked = _asked(querystring)
    return {
        "calendar": _path("list-calendar", expo) + asked,
        "table": _path("list-table", expo) + asked,
        "changes": _path("changes", expo),
        "expo": expo,
    }


def _asked(querystring: str) -> str:
    query = filters(querystring.removeprefix("?"))
    return f"?{query.urlencode()}" if query else ""


def _path(name: str, expo) -> str:
    return reverse(f"expo:{name}", kwargs={"edition": expo.slug})
