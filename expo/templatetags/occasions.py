"""What a line of the programme says."""

from django import template
from django.utils.translation import gettext as _

from expo import snapshot, times, wording
from expo.choices import Attendance
from expo.templatetags.expo import price, seats
from innovation.choices import Band
from innovation.models.fields import reader_language

register = template.Library()


@register.simple_tag
def has_expos() -> bool:
    """Whether an edition is published."""
    return snapshot.has_expos()


@register.simple_tag
def area_band(occasion) -> str:
    """The colours of its area."""
    area = occasion.venue.area if occasion.venue else None
    return area.band if area else Band.NEUTRAL


@register.simple_tag
def line_note(occasion) -> str:
    """What of its hours is said on a line that stands under the start: "to 11.30"."""
    if occasion.is_drop_in and occasion.starts_at:
        opened = _("open %(hours)s") % {"hours": times.hours(occasion)}
        return ", ".join(part for part in (opened, visit(occasion)) if part)
    if occasion.last_day > occasion.first_day:
        return times.hours(occasion)
    return _("to %(time)s") % {"time": times.clock(occasion.ends_at)} if occasion.ends_at else ""


@register.simple_tag
def visit(occasion) -> str:
    """ "a visit takes about 30 min"; "" for what isn't dropped in at, or nobody has said."""
    if not occasion.is_drop_in or not occasion.visit_minutes:
        return ""
    return _("a visit takes about %(n)d min") % {"n": occasion.visit_minutes}


@register.simple_tag
def occasion_facts(occasion) -> str:
    """For whom, in what language and at what price, where that is said and isn't usual."""
    event = occasion.event
    facts = [
        event.get_kind_display(),
        wording.ages(event),
        _languages(event),
        _cost(event),
        _("Also online") if event.attendance == Attendance.BOTH else "",
        "" if occasion.is_cancelled else seats(occasion),
    ]
    return " · ".join(fact for fact in facts if fact)


def _languages(event) -> str:
    """Said unless it is the reader's own language alone."""
    return "" if event.languages == [reader_language()] else wording.languages(event)


def _cost(event) -> str:
    return price(event) if event.price_sek else ""
