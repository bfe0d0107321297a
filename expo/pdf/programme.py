"""A programme as PDF/UA-1: tagged, with its language and title, one A4 a day.

The layout stands in programme.typ. All words come from here, as data that typst can't run.
"""

import json
from pathlib import Path

import fontpkg_schibsted_grotesk as typeface
import typst
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from expo.times import day_name
from innovation.covers.bands import BANDS
from innovation.models.fields import reader_language

_LAYOUT = Path(__file__).with_name("programme.typ")


# The site's own typeface.
_FONTS = typeface.ROOT / "files"


def programme_pdf(page: dict) -> bytes:
    """page: what `page_of()` gives. Something is in it even when the programme is empty."""
    return typst.compile(
        _LAYOUT.read_bytes(),
        root=str(_LAYOUT.parent),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,  # the same page on every machine
        sys_inputs={"data": json.dumps(_data(page))},
        pdf_standards=["ua-1"],
    )


def _data(page: dict) -> dict:
    programme = page["programme"]
    title = programme.name or _("My programme")
    return {
        "language": reader_language(),
        "title": title,
        "expo": str(page["expo"].name),
        "site": settings.SITE_NAME,
        "empty": _("Nothing is in it yet."),
        "printed": _("Printed %(day)s. Things can move: look at the page before you go.")
        % {"day": day_name(localdate())},
        "heads": [_("Time"), _("What"), _("Where")],
        "also": _("Without a time"),
        "days": [_day(day) for day in page["days"]],
    }


def _day(day) -> dict:
    return {
        "name": day.name[:1].upper() + day.name[1:],
        "total": day.total,
        "rows": [_gap(line) if line.is_gap else _entry(line) for line in day.lines],
        "unplaced": [_entry(entry) for entry in day.unplaced],
    }


def _gap(gap) -> dict:
    return {"is_gap": True, "said": gap.said, "is_tight": gap.is_tight, "kind": gap.kind}


def _entry(entry) -> dict:
    occasion = entry.occasion
    return {
        "is_gap": False,
        "time": entry.when,
        "title": str(occasion.event.title),
        "lang": getattr(occasion.event.title, "lang", reader_language()),
        "where": _where(occasion),
        "is_cancelled": occasion.is_cancelled,
        "colour": BANDS[entry.band].main,
        "said": [*_cancelled(occasion), *entry.changes, *entry.notices],
        "about": entry.about_time,
        "note": entry.note,
    }


def _where(occasion) -> list[str]:
    """The venue, its street and area, a line each."""
    venue = occasion.venue
    if venue is None:
        return [_("Place not known") if occasion.event.is_in_place else _("Online")]
    area = str(venue.area.name) if venue.area else ""
    return [str(venue.name), venue.street_address, area]


def _cancelled(occasion) -> list[str]:
    if not occasion.is_cancelled:
        return []
    return [_("Cancelled: %(reason)s") % {"reason": occasion.reason}]
