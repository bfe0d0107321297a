"""What search engines read of an event: schema.org in JSON-LD.

One Event for each occasion with a beginning. Drop-in is none: opening hours are not an event, and
neither is what nobody knows the hour of.
"""

from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from expo.choices import Attendance, OccasionStatus
from expo.models import Event, Occasion, OccasionRevision, Venue

SCHEMA = "https://schema.org"
_STATUSES = {
    OccasionStatus.SCHEDULED: "EventScheduled",
    OccasionStatus.MOVED: "EventRescheduled",
    OccasionStatus.CANCELLED: "EventCancelled",
}
_ATTENDANCES = {
    Attendance.IN_PLACE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.BOTH: "MixedEventAttendanceMode",
}


def breadcrumb(crumbs: list[tuple[str, str]], title: str) -> dict:
    """crumbs: (name, address from the root) of the pages above the one called `title`."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": _absolute(path)}
        for place, (name, path) in enumerate(crumbs, 1)
    ]
    items.append({"@type": "ListItem", "position": len(crumbs) + 1, "name": title})
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def of_event(
    event: Event, occasions: list[Occasion], moves: Mapping[int, OccasionRevision]
) -> list[dict]:
    """In the reader's language. occasions: with venue and area; moves: from `moves.moved_from`."""
    shared = _of_all(event)
    return [
        shared | _of_one(event, occasion, moves.get(occasion.pk))
        for occasion in occasions
        if occasion.starts_at and not occasion.is_drop_in
    ]


def _of_all(event: Event) -> dict:
    organiser = event.organiser if event.organiser and event.organiser.is_published else None
    return _stated(
        {
            "@context": SCHEMA,
            "@type": "Event",
            "name": str(event.title),
            "description": str(event.lead),
            "url": _absolute(event.get_absolute_url()),
            "eventAttendanceMode": f"{SCHEMA}/{_ATTENDANCES[Attendance(event.attendance)]}",
            "inLanguage": event.languages,
            "typicalAgeRange": _ages(event),
            "audience": _audience(event),
            "isAccessibleForFree": None if event.price_sek is None else event.price_sek == 0,
            "organizer": organiser
            and {
                "@type": "Organization",
                "name": str(organiser.name),
                "url": organiser.website or _absolute(organiser.get_absolute_url()),
            },
        }
    )


def _of_one(event: Event, occasion: Occasion, before: OccasionRevision | None) -> dict:
    is_later = before and before.starts_at and before.starts_at != occasion.starts_at
    return _stated(
        {
            "@id": _absolute(occasion.get_absolute_url()),
            "startDate": _moment(occasion.starts_at),
            "endDate": _moment(occasion.ends_at),
            "eventStatus": f"{SCHEMA}/{_STATUSES[OccasionStatus(occasion.status)]}",
            "previousStartDate": _moment(before.starts_at) if is_later else None,
            "location": _location(event, occasion.venue),
            "offers": _offer(event, occasion),
            "maximumAttendeeCapacity": occasion.capacity,
            "remainingAttendeeCapacity": occasion.seats_left,
        }
    )


def _stated(values: dict) -> dict:
    """Without what nobody has said."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _moment(moment) -> str | None:
    return timezone.localtime(moment).isoformat() if moment else None


def _location(event: Event, venue: Venue | None):
    virtual = {
        "@type": "VirtualLocation",
        "url": event.online_url or _absolute(event.get_absolute_url()),
    }
    if event.attendance == Attendance.ONLINE:
        return virtual
    place = _place(venue)
    return [place, virtual] if event.attendance == Attendance.BOTH else place


def _place(venue: Venue | None) -> dict:
    """Where the venue isn't known, the city: an Event without a place is refused."""
    address = {
        "@type": "PostalAddress",
        "addressLocality": settings.CITY_NAME,
        "addressCountry": "SE",
    }
    if venue is None:
        return {"@type": "Place", "name": settings.CITY_NAME, "address": address}
    if venue.street_address:
        address["streetAddress"] = venue.street_address
    place = {"@type": "Place", "name": str(venue.name), "address": address}
    if venue.position:
        latitude, longitude = venue.position
        place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return place


def _offer(event: Event, occasion: Occasion) -> dict | None:
    if event.price_sek is None:
        return None
    is_full = occasion.seats_left == 0
    return {
        "@type": "Offer",
        "url": event.booking_url or _absolute(event.get_absolute_url()),
        "price": event.price_sek,
        "priceCurrency": "SEK",
        "availability": f"{SCHEMA}/{'SoldOut' if is_full else 'InStock'}",
    }


def _ages(event: Event) -> str:
    if event.min_age is None and event.max_age is None:
        return ""
    return f"{event.min_age or 0}-{'' if event.max_age is None else event.max_age}"


def _audience(event: Event) -> dict | None:
    names = [str(audience.name) for audience in event.audiences.all()]
    if not names:
        return None
    return {"@type": "Audience", "audienceType": ", ".join(names)}


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
