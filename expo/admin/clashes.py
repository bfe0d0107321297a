"""Tells editors what an occasion stands in the way of."""

from collections.abc import Iterable

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from expo.models import Occasion
from expo.occasions import Clash, clashes

TOLD_AT_MOST = 5


def warn_of_clashes(request, rows: Iterable[Occasion]) -> None:
    """A warning each for the first few."""
    sentences = [clash_sentence(row, clash) for row in rows for clash in clashes(row)]
    for sentence in sentences[:TOLD_AT_MOST]:
        messages.warning(request, sentence)
    if len(sentences) > TOLD_AT_MOST:
        more = _("And %(count)d more clashes.") % {"count": len(sentences) - TOLD_AT_MOST}
        messages.warning(request, more)


def clash_sentence(occasion: Occasion, clash: Clash):
    other = clash.other
    words = {
        "when": _span(occasion),
        "hours": _span(other, with_day=False),
        "venue": other.venue,
        "hosts": ", ".join(str(row) for row in clash.organisations),
    }
    if clash.is_same_venue:
        told = _("%(when)s: at %(venue)s there is also, %(hours)s:") % words
    else:
        told = _("%(when)s: %(hosts)s also has, %(hours)s:") % words
    address = reverse("admin:expo_event_change", args=[other.event_id])
    return format_html('{} <a href="{}">{}</a>', told, address, other.event)


def _span(occasion: Occasion, *, with_day: bool = True) -> str:
    start, end = timezone.localtime(occasion.starts_at), occasion.ends_at
    words = f"{start:%Y-%m-%d %H:%M}" if with_day else f"{start:%H:%M}"
    return f"{words}–{timezone.localtime(end):%H:%M}" if end else words
