"""What the expo's templates say over and over: days, hours, ages, prices, addresses, pictures."""

import json
from datetime import date
from urllib.parse import urlencode, urlsplit

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expo import pictured, structured_data, times, wording
from expo.hosting import hosting_of
from expo.initiative_events import events_of_initiative
from expo.models import Area
from innovation.templatetags.catalogue import concluded_mark, drawn, money, photo_or_drawing

register = template.Library()

register.filter("clock", times.clock)
register.filter("hours", times.hours)
register.filter("ages", wording.ages)
register.filter("languages", wording.languages)
register.filter("minutes_about", wording.minutes_about)


@register.filter
def day_of_year(day: date) -> str:
    """ "måndag 31 maj 2027" """
    return times.day_name(day, with_year=True)


@register.simple_tag
def days_between(first: date, last: date) -> str:
    """ "30 maj – 3 juli 2022" """
    return wording.days_between(first, last)


@register.simple_tag
def price(event) -> str:
    """ "Gratis", "120 kr"; "" when nobody has said."""
    if event.price_sek is None:
        return ""
    return money(event.price_sek) if event.price_sek else _("Free of charge")


@register.simple_tag
def seats(occasion) -> str:
    """ "12 platser kvar", "Fullbokat"; "" when there is room for all."""
    left = occasion.seats_left
    if left is None:
        return ""
    if left == 0:
        return _("No seats left")
    return ngettext("%(n)d seat left", "%(n)d seats left", left) % {"n": left}


@register.simple_tag
def group_size(occasion) -> str:
    """ "Grupper om 5–30", "Grupper om högst 30"; "" when nobody has said."""
    least, most = occasion.smallest_group, occasion.largest_group
    if least and most:
        return _("Groups of %(least)d–%(most)d.") % {"least": least, "most": most}
    if least:
        return _("Groups of at least %(n)d.") % {"n": least}
    return _("Groups of at most %(n)d.") % {"n": most} if most else ""


@register.simple_tag
def moved_from_words(occasion, before) -> str:
    """What another time or place it had: "från torsdag 2 juni 10.00–11.00, Hamntorget"."""
    parts = []
    if before.first_day != occasion.first_day:
        parts.append(times.day_name(before.first_day))
    if before.starts_at and before.starts_at != occasion.starts_at:
        parts.append(times.hours(before))
    if before.venue_id and before.venue_id != occasion.venue_id:
        parts.append(str(before.venue.name))
    return _("from %(what)s") % {"what": ", ".join(parts)} if parts else ""


@register.simple_tag
def concluded_of(row, field: str):
    """The mark of a value of an occasion or a venue that no source states."""
    return concluded_mark() if field in row.inferred_fields else ""


@register.filter
def knows_access(event, venues) -> bool:
    """Whether anybody has said something about access: of the event, or of one of `venues`, which
    come with their walks."""
    features = [event.access_features.all(), *(venue.access_features.all() for venue, _ in venues)]
    return any(len(rows) for rows in features)


@register.filter
def of(numbers, key) -> int:
    """A number of a Counter by its key."""
    return numbers[key]


@register.filter
def host_of(url: str) -> str:
    """ "kulturkortet.se" of "https://www.kulturkortet.se/boka"."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


# ── Addresses ─────────────────────────────────────────────────────────────────
@register.simple_tag
def programme_url(expo, **choices) -> str:
    """The programme narrowed to `choices`: what a number on a page links to."""
    path = reverse("expo:occasion-list", kwargs={"edition": expo.slug})
    chosen = {key: value for key, value in choices.items() if value}
    return f"{path}?{urlencode(chosen)}" if chosen else path


@register.simple_tag
def day_url(expo, day: date) -> str:
    return reverse("expo:day-detail", kwargs={"edition": expo.slug, "day": day})


@register.simple_tag
def in_edition(page: str, expo, row) -> str:
    """The page of a row in an edition; page: "area", "venue", "host" or "theme"."""
    return reverse(f"expo:{page}-detail", kwargs={"edition": expo.slug, "slug": row.slug})


# ── Pictures and data ─────────────────────────────────────────────────────────
@register.simple_tag
def expo_cover(row, size: str):
    """The picture of an edition, an event or an area."""
    drawing = pictured.drawing_of(row, size)
    if isinstance(row, Area):
        return drawn(drawing, size, "eager" if size == "wide" else "lazy")
    return photo_or_drawing(row, drawing, size)


@register.filter
def band(row) -> str:
    """Of an event or an edition."""
    return pictured.band_of(row)


@register.filter
def venue_band(venue) -> str:
    return pictured.band_of_venue(venue)


@register.simple_tag
def json_ld(data):
    """A data block; nothing where there is nothing to say."""
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # What ends a script, or begins one, is data here.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag
def breadcrumb_data(crumbs, title):
    return json_ld(structured_data.breadcrumb(crumbs, str(title)))


# ── On pages of the catalogue ─────────────────────────────────────────────────
@register.inclusion_tag("expo/_initiative_events.html")
def expo_events(initiative):
    """What of an initiative can be, or could be, seen at an expo."""
    return {"shown": events_of_initiative(initiative)}


@register.inclusion_tag("expo/_hosting.html")
def expo_hosting(organisation):
    """The editions that an organisation takes part in."""
    return {"host": organisation, "editions": hosting_of(organisation)}
