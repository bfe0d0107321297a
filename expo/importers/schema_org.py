"""schema.org Event as JSON-LD: one Event for each time that something takes place.

Events that share an address (without what follows #), or else a `superEvent` or a name, are the
occasions of one. A time without a zone is Stockholm's.
"""

import uuid
from typing import Any

from expo.choices import Attendance, OccasionStatus
from expo.importers.base import Programme
from expo.importers.lookup import Names, named
from expo.importers.occasions import StatedOccasion
from expo.importers.reading import (
    LEAD_MAX,
    TITLE_MAX,
    Problems,
    Unreadable,
    ages,
    listed,
    rich,
    slug_of,
    words,
)
from expo.importers.rows import EventRow, VenueRow
from innovation.importers.stated import KEEP

NAME = "schema-org"
STATUSES = {
    "EventScheduled": OccasionStatus.SCHEDULED,
    "EventRescheduled": OccasionStatus.MOVED,
    "EventCancelled": OccasionStatus.CANCELLED,
}
ATTENDANCES = {
    "OfflineEventAttendanceMode": Attendance.IN_PLACE,
    "OnlineEventAttendanceMode": Attendance.ONLINE,
    "MixedEventAttendanceMode": Attendance.BOTH,
}

Node = dict[str, Any]


def parse(data: Any, *, expo: str, names: Names) -> Programme:
    """`data` is one Event, a list of them, or a `@graph`. Raises Unreadable for anything else."""
    nodes = _events(data)
    if not nodes:
        raise Unreadable("The file holds no schema.org Event. Give it JSON-LD with @type Event.")
    return _Reader(expo, names).read(nodes)


def _events(data: Any) -> list[Node]:
    if isinstance(data, list):
        return [node for item in data for node in _events(item)]
    if not isinstance(data, dict):
        return []
    if "@graph" in data:
        return _events(data["@graph"])
    kinds = listed(data.get("@type"))
    return [data] if any(str(kind).endswith("Event") for kind in kinds) else []


def _last_part(value: Any) -> str:
    """ "https://schema.org/EventScheduled" → "EventScheduled"."""
    return str(value or "").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _text(value: Any) -> str:
    """Text that may be given in several languages: the Swedish, else the first."""
    options = listed(value)
    swedish = [item for item in options if isinstance(item, dict) and item.get("@language") == "sv"]
    for item in [*swedish, *options]:
        found = item.get("@value") if isinstance(item, dict) else item
        if isinstance(found, str) and found.strip():
            return found
    return ""


class _Reader:
    def __init__(self, expo: str, names: Names):
        self.expo, self.names = expo, names
        self.problems = Problems()
        self.venues: dict[str, VenueRow] = {}
        self.events: dict[str, EventRow] = {}
        self._slugs: dict[str, str] = {}
        self.occasions: list[StatedOccasion] = []

    def read(self, nodes: list[Node]) -> Programme:
        for number, node in enumerate(nodes, start=1):
            self.problems.about = f"event {number}"
            self._read_one(node)
        rows = [*self.venues.values(), *self.events.values()]
        return Programme(rows, self.occasions, self.problems.sentences)

    def _read_one(self, node: Node) -> None:
        title = words(_text(node.get("name")), TITLE_MAX)
        if not title:
            self.problems.note("it has no name, and is left out")
            return
        series = _series(node, title)
        if series not in self._slugs:
            slug = slug_of(title, "event")
            slug = f"{slug[:100]}-{len(self._slugs) + 1}" if slug in self.events else slug
            self._slugs[series] = slug
            self.events[slug] = self._row(node, slug, title, series)
        self._occasion(node, self._slugs[series])

    def _row(self, node: Node, slug: str, title: str, series: str) -> EventRow:
        text = _text(node.get("description"))
        min_age, max_age = ages(node.get("typicalAgeRange"))
        attendance = ATTENDANCES.get(_last_part(node.get("eventAttendanceMode")), KEEP)
        organisers = self._organisers(node)
        url = node.get("url")
        return EventRow(
            slug=slug,
            expo=self.expo,
            title_sv=title,
            lead_sv=words(text, LEAD_MAX) or KEEP,
            text_sv=rich(text),
            organiser=organisers[0] if organisers else KEEP,
            hosts=organisers[1:] or KEEP,
            access_features=self._access(node),
            attendance=attendance,
            online_url=_online_url(node) or KEEP,
            min_age=min_age,
            max_age=max_age,
            price_sek=self._price(node),
            source_url=url if isinstance(url, str) and url else KEEP,
            source_ref=f"schema.org: {series}"[:300],
        )

    def _organisers(self, node: Node) -> list[str]:
        found = []
        for item in listed(node.get("organizer")):
            name = _text(item.get("name")) if isinstance(item, dict) else str(item)
            slug = named(self.names.organisations, name)
            if slug:
                found.append(slug)
            elif name:
                self.problems.note(f"the catalogue has no organisation {name!r}")
        return list(dict.fromkeys(found))

    def _access(self, node: Node):
        features = [*listed(node.get("physicalAccessibilityFeatures")),
                    *listed(node.get("accessibilityFeature"))]  # fmt: skip
        found = []
        for name in features:
            if slug := named(self.names.access_features, name):
                found.append(slug)
            else:
                self.problems.note(f"there is no access feature {name!r}")
        return list(dict.fromkeys(found)) or KEEP

    def _price(self, node: Node):
        if node.get("isAccessibleForFree") is True:
            return 0
        offers = [item for item in listed(node.get("offers")) if isinstance(item, dict)]
        kronor = [item for item in offers if item.get("priceCurrency", "SEK") == "SEK"]
        prices = [self.problems.number(item.get("price"), "price") for item in kronor]
        return max((price for price in prices if price is not KEEP), default=KEEP)

    def _occasion(self, node: Node, event: str) -> None:
        starts_at = self.problems.moment(node.get("startDate"), "startDate")
        if starts_at is KEEP:
            return
        ends_at = KEEP
        if node.get("endDate"):
            ends_at = self.problems.moment(node["endDate"], "endDate")
        key = node.get("@id")
        self.occasions.append(
            StatedOccasion(
                event=event,
                uid=uuid.uuid5(uuid.NAMESPACE_URL, key) if isinstance(key, str) and key else None,
                starts_at=starts_at,
                ends_at=ends_at,
                venue=self._venue(node) or KEEP,
                capacity=self.problems.number(
                    node.get("maximumAttendeeCapacity"), "maximumAttendeeCapacity"
                ),
                status=self.problems.choice(
                    _last_part(node.get("eventStatus")), "eventStatus", STATUSES
                ),
            )
        )

    def _venue(self, node: Node) -> str | None:
        places = [item for item in listed(node.get("location")) if isinstance(item, dict)]
        place = next((one for one in places if _last_part(one.get("@type")) == "Place"), None)
        title = words(_text(place.get("name")), TITLE_MAX) if place else ""
        if not title:
            return None
        if slug := named(self.names.venues, title):
            return slug
        slug = slug_of(title, "venue")
        where = place.get("geo") if isinstance(place.get("geo"), dict) else place
        latitude = self.problems.degrees(where.get("latitude"), "latitude", 90)
        longitude = self.problems.degrees(where.get("longitude"), "longitude", 180)
        is_whole = KEEP not in (latitude, longitude)
        self.venues[slug] = VenueRow(
            slug=slug,
            name_sv=title,
            street_address=_street(place.get("address")) or KEEP,
            latitude=latitude if is_whole else KEEP,
            longitude=longitude if is_whole else KEEP,
        )
        return slug


def _series(node: Node, title: str) -> str:
    """What the occasions of one event have in common."""
    url = node.get("url")
    if isinstance(url, str) and url:
        return url.split("#")[0]
    above = node.get("superEvent")
    above = above.get("@id") or above.get("url") if isinstance(above, dict) else above
    return above if isinstance(above, str) and above else slug_of(title, "event")


def _online_url(node: Node) -> str:
    for item in listed(node.get("location")):
        if isinstance(item, dict) and _last_part(item.get("@type")) == "VirtualLocation":
            return str(item.get("url") or "")
    return ""


def _street(address: Any) -> str:
    if isinstance(address, dict):
        address = address.get("streetAddress")
    return words(address, TITLE_MAX) if isinstance(address, str) else ""
