"""Days and hours in words, as the clocks of Stockholm show them and the reader's language has
them: "måndag 31 maj", "10.00–11.30"."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as in_words
from django.utils.translation import gettext as _

from innovation.models.fields import reader_language


def day_name(day: date, *, with_year: bool = False) -> str:
    """ "måndag 31 maj", "Monday 31 May 2027"."""
    return in_words(day, "l j F Y" if with_year else "l j F")


def short_day_name(day: date) -> str:
    """ "mån 31/5", "Mon 31 May"."""
    if reader_language() == "en":
        return in_words(day, "D j M")
    return f"{in_words(day, 'D').lower()} {day.day}/{day.month}"


def clock(moment: datetime) -> str:
    """ "10.00" in Swedish, "10:00" in English."""
    between = ":" if reader_language() == "en" else "."
    return f"{timezone.localtime(moment):%H{between}%M}"


def hours(occasion) -> str:
    """When an occasion takes place, without the day unless it lasts for more than one."""
    start, end = occasion.starts_at, occasion.ends_at
    if start is None:
        return _days_of(occasion) or _("Time not known")
    if end is None:
        return _("from %(time)s") % {"time": clock(start)}
    if occasion.last_day > occasion.first_day:
        return _("%(first_day)s at %(start)s to %(last_day)s at %(end)s") % {
            "first_day": short_day_name(occasion.first_day),
            "start": clock(start),
            "last_day": short_day_name(occasion.last_day),
            "end": clock(end),
        }
    return f"{clock(start)}–{clock(end)}"


def _days_of(occasion) -> str:
    if occasion.last_day == occasion.first_day:
        return ""
    return _("%(first_day)s to %(last_day)s, hours not known") % {
        "first_day": short_day_name(occasion.first_day),
        "last_day": short_day_name(occasion.last_day),
    }


def length(span: timedelta) -> str:
    """ "45 min", "1 h 30 min", "2 h"."""
    whole, rest = divmod(int(span.total_seconds()) // 60, 60)
    parts = [_("%(n)d h") % {"n": whole}] if whole else []
    if rest or not whole:
        parts.append(_("%(n)d min") % {"n": rest})
    return " ".join(parts)
