"""The city's event API: `GET …/event/json/wp/v2/event`, one JSON list of events.

Its times are Stockholm's, written "2022-06-01 10:00". `occasions` holds the coming ones only, so
what it no longer names is kept. Contact persons and submitters are never read.
"""

from typing import Any

from expo.choices import BookingKind, OccasionStatus
from expo.importers.base import Programme
from expo.importers.lookup import Names, named
from expo.importers.occasions import StatedOccasion
from expo.importers.reading import (
    LEAD_MAX,
    TITLE_MAX,
    Problems,
    Unreadable,
    listed,
    rich,
    slug_of,
    words,
)
from expo.importers.rows import EventRow, VenueRow
from innovation.importers.rows import Row
from innovation.importers.stated import KEEP

NAME = "city-events"
STATUSES = {
    "scheduled": OccasionStatus.SCHEDULED,
    "rescheduled": OccasionStatus.MOVED,
    "cancelled": OccasionStatus.CANCELLED,
}
BOOKING_KINDS = {
    "buy": BookingKind.BUY,
    "book": BookingKind.BOOK,
    "submit_interest": BookingKind.SUBMIT_INTEREST,
    "book_free": BookingKind.BOOK_FREE,
}

Record = dict[str, Any]


def parse(data: Any, *, expo: str, names: Names) -> Programme:
    """`data` is the answer of the API; a single event works too. `names` are what we hold.

    Raises Unreadable when it is something else.
    """
    records = [data] if isinstance(data, dict) and "title" in data else data
    if not isinstance(records, list):
        raise Unreadable("The file is no list of events. Save the API's answer as it came.")
    return _Reader(expo, names).read(records)


class _Reader:
    def __init__(self, expo: str, names: Names):
        self.expo, self.names = expo, names
        self.problems = Problems()
        self.venues: dict[str, VenueRow] = {}
        self.events: dict[str, EventRow] = {}
        self.occasions: list[StatedOccasion] = []

    def read(self, records: list) -> Programme:
        for number, record in enumerate(records, start=1):
            self.problems.about = f"event {number}"
            self._event(record)
        rows: list[Row] = [*self.venues.values(), *self.events.values()]
        return Programme(rows, self.occasions, self.problems.sentences)

    def _event(self, record: Any) -> None:
        title = words(_rendered(record, "title"), TITLE_MAX)
        key = record.get("id") if isinstance(record, dict) else None
        if not title or not isinstance(key, int):
            self.problems.note("it has no title and id, and is left out")
            return
        self.problems.about = f"event {key}"
        slug = slug_of(title, f"event-{key}")
        if slug in self.events:
            slug = f"{slug[:100]}-{key}"
        self.events[slug] = self._row(record, slug, title, key)
        venue = self._venue(record.get("location"))
        for occasion in listed(record.get("all_occasions") or record.get("occasions")):
            self._occasion(occasion, slug, venue)

    def _row(self, record: Record, slug: str, title: str, key: int) -> EventRow:
        text = _rendered(record, "content")
        organiser, hosts = self._organisers(record.get("organizers"))
        link = record.get("link") or record.get("event_link")
        return EventRow(
            slug=slug,
            expo=self.expo,
            title_sv=title,
            lead_sv=words(_rendered(record, "excerpt") or text, LEAD_MAX) or KEEP,
            text_sv=rich(text),
            organiser=organiser,
            hosts=hosts,
            audiences=self._audiences(record.get("event_categories")),
            access_features=self._access(record.get("accessibility")),
            min_age=self.problems.number(record.get("age_group_from"), "age_group_from"),
            max_age=self.problems.number(record.get("age_group_to"), "age_group_to"),
            price_sek=self.problems.number(record.get("price_adult"), "price_adult"),
            price_note_sv=words(record.get("price_information"), TITLE_MAX) or KEEP,
            booking_url=record.get("booking_link") or KEEP,
            booking_kind=self.problems.choice(
                record.get("booking_link_type"), "booking_link_type", BOOKING_KINDS
            ),
            source_url=link if isinstance(link, str) and link else KEEP,
            source_ref=f"Stadens evenemang, nr {key}",
        )

    def _organisers(self, records: Any) -> tuple:
        """(the main organiser, the others), of those that the catalogue has."""
        given = [item for item in listed(records) if isinstance(item, dict)]
        given.sort(key=lambda item: not item.get("main_organizer"))
        found = []
        for item in given:
            name = item.get("organizer") or ""
            slug = named(self.names.organisations, name)
            if slug:
                found.append(slug)
            elif name:
                self.problems.note(f"the catalogue has no organisation {name!r}")
        return (found[0], found[1:] or KEEP) if found else (KEEP, KEEP)

    def _access(self, given: Any):
        found = []
        for name in listed(given):
            if slug := named(self.names.access_features, name):
                found.append(slug)
            else:
                self.problems.note(f"there is no access feature {name!r}")
        return found or KEEP

    def _audiences(self, given: Any):
        found = [named(self.names.audiences, name) for name in listed(given)]
        return [slug for slug in found if slug] or KEEP

    def _venue(self, record: Any) -> str | None:
        """The slug of a venue that we hold by that name, or of a new one."""
        title = words(record.get("title"), TITLE_MAX) if isinstance(record, dict) else ""
        if not title:
            return None
        if slug := named(self.names.venues, title):
            return slug
        slug = slug_of(title, "venue")
        latitude = self.problems.degrees(record.get("latitude"), "latitude", 90)
        longitude = self.problems.degrees(record.get("longitude"), "longitude", 180)
        is_whole = KEEP not in (latitude, longitude)
        self.venues[slug] = VenueRow(
            slug=slug,
            name_sv=title,
            street_address=words(record.get("street_address"), TITLE_MAX) or KEEP,
            latitude=latitude if is_whole else KEEP,
            longitude=longitude if is_whole else KEEP,
        )
        return slug

    def _occasion(self, record: Any, event: str, venue: str | None) -> None:
        if not isinstance(record, dict):
            self.problems.note(f"an occasion can't be {record!r}")
            return
        starts_at = self.problems.moment(record.get("start_date"), "start_date")
        if starts_at is KEEP:
            return
        ends_at = KEEP
        if record.get("end_date"):
            ends_at = self.problems.moment(record["end_date"], "end_date")
        if record.get("location_mode") == "custom":
            venue = self._venue(record.get("location")) or venue
        reason = words(record.get("occ_exeption_information"), 300)
        self.occasions.append(
            StatedOccasion(
                event=event,
                starts_at=starts_at,
                ends_at=ends_at,
                venue=venue or KEEP,
                status=self.problems.choice(record.get("status"), "status", STATUSES),
                reason_sv=reason or KEEP,
            )
        )


def _rendered(record: Any, name: str) -> str:
    """{"title": {"rendered": "…"}}, or the text itself."""
    value = record.get(name) if isinstance(record, dict) else None
    value = value.get("rendered") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""
