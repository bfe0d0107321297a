"""For whom, in what language and at what price, in a reader's words; see also `times.py`."""

from collections.abc import Iterable
from datetime import date

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from expo.choices import SpokenLanguage
from expo.models import Event
from innovation import sources
from innovation.models.fields import reader_language

# What the names in `inferred_fields` of events and occasions are called on a page.
_FIELDS = {
    "first_day": _lazy("the day"),
    "last_day": _lazy("the day"),
    "starts_at": _lazy("the hours"),
    "ends_at": _lazy("the hours"),
    "venue": _lazy("the venue"),
    "organiser": _lazy("the organiser"),
    "hosts": _lazy("the hosts"),
    "theme": _lazy("the theme"),
    "part_of": _lazy("what it is part of"),
    "audiences": _lazy("whom it is for"),
    "min_age": _lazy("the ages"),
    "max_age": _lazy("the ages"),
    "languages": _lazy("the languages"),
    "price_sek": _lazy("the price"),
    "attendance": _lazy("how to take part"),
    "initiatives": _lazy("the initiatives"),
}


def concluded(fields: Iterable[str]) -> list[str]:
    """In a reader's words, each once; unknown names are left out."""
    known = set(fields)
    names = [*sources.names_of(list(known)), *(_FIELDS[name] for name in _FIELDS if name in known)]
    return list(dict.fromkeys(map(str, names)))


def ages(event: Event) -> str:
    """ "6–12 år", "från 6 år", "till och med 12 år"; "" when nobody has said."""
    youngest, oldest = event.min_age, event.max_age
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return _("from %(age)d years") % {"age": youngest}
    if youngest is None:
        return _("up to %(age)d years") % {"age": oldest}
    if youngest == oldest:
        return _("%(age)d years") % {"age": youngest}
    return _("%(youngest)d–%(oldest)d years") % {"youngest": youngest, "oldest": oldest}


def languages(event: Event) -> str:
    """ "svenska, engelska"; "" when nobody has said."""
    names = {code: str(label) for code, label in SpokenLanguage.choices}
    shown = [names[code] for code in event.languages if code in names]
    if reader_language() == "sv":
        shown = [name[:1].lower() + name[1:] for name in shown]
    return ", ".join(shown)


def minutes_about(minutes: int) -> str:
    """ "ca 12 min": a walk is an estimate, and says so."""
    return _("about %(n)d min") % {"n": minutes}


def days_between(first: date, last: date, *, with_year: bool = True) -> str:
    """ "30 maj–3 juli 2022", "2–6 November 2020", "5 maj 2027"."""
    end = in_words(last, "j F Y" if with_year else "j F")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    same_year = first.year == last.year or not with_year
    return f"{in_words(first, 'j F' if same_year else 'j F Y')} – {end}"


def days_left(days: int) -> str:
    """ "i morgon", "om 12 dagar"; for days ≥ 1."""
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
