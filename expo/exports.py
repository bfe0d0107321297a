"""The programme as a table: CSV by RFC 4180, with a mark that lets Excel read its letters."""

import csv
from io import StringIO

from django.utils import timezone

from expo.feed_rows import absolute
from expo.models import Event, Occasion

COLUMNS = (
    *("uid", "title_sv", "title_en", "lead_sv", "lead_en", "event_kind", "theme"),
    *("occasion_kind", "first_day", "last_day", "starts_at", "ends_at", "visit_minutes"),
    *("status", "reason_sv", "reason_en", "attendance", "online_url"),
    *("venue", "venue_name_sv", "venue_name_en", "street_address", "latitude", "longitude"),
    *("area", "area_name_sv", "area_name_en", "organiser", "hosts"),
    *("audiences", "min_age", "max_age", "languages", "access_features"),
    *("price_sek", "booking_url", "capacity", "seats_left", "inferred_fields"),
    *("is_example", "url"),
)
RELATIONS = (
    "event__organiser",
    "event__hosts",
    "event__audiences",
    "event__access_features",
    "venue__access_features",
)
BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(occasions: list[Occasion]) -> bytes:
    """occasions: of `feed_rows.rows()` with RELATIONS. Names of terms are their slugs; several
    stand with a semicolon between them."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in occasions:
        facts = _of_event(row.event) | _of_occasion(row) | _of_venue(row)
        writer.writerow([_cell(facts[name]) for name in COLUMNS])
    return f"{BYTE_ORDER_MARK}{file.getvalue()}".encode()


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _of_event(event: Event) -> dict:
    organisers = [event.organiser] if event.organiser else []
    return {
        "title_sv": event.title_sv,
        "title_en": event.title_en,
        "lead_sv": event.lead_sv,
        "lead_en": event.lead_en,
        "event_kind": event.kind,
        "theme": event.theme.slug if event.theme else "",
        "attendance": event.attendance,
        "online_url": event.online_url if event.is_online else "",
        "organiser": _slugs(one for one in organisers if one.is_published),
        "hosts": _slugs(one for one in event.hosts.all() if one.is_published),
        "audiences": _slugs(event.audiences.all()),
        "min_age": event.min_age,
        "max_age": event.max_age,
        "languages": ";".join(event.languages),
        "price_sek": event.price_sek,
        "booking_url": event.booking_url,
        "is_example": event.is_example or event.expo.is_example,
    }


def _of_occasion(row: Occasion) -> dict:
    features = {*row.event.access_features.all()}
    if row.venue:
        features |= {*row.venue.access_features.all()}
    return {
        "uid": str(row.uid),
        "occasion_kind": row.kind,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "starts_at": _local(row.starts_at),
        "ends_at": _local(row.ends_at),
        "visit_minutes": row.visit_minutes,
        "status": row.status,
        "reason_sv": row.reason_sv,
        "reason_en": row.reason_en,
        "access_features": _slugs(features),
        "capacity": row.capacity,
        "seats_left": row.seats_left,
        "inferred_fields": ";".join(row.inferred_fields),
        "url": absolute(row.get_absolute_url()),
    }


def _of_venue(row: Occasion) -> dict:
    venue = row.venue
    area = venue.area if venue else None
    latitude, longitude = (venue and venue.position) or (None, None)
    return {
        "venue": venue.slug if venue else "",
        "venue_name_sv": venue.name_sv if venue else "",
        "venue_name_en": venue.name_en if venue else "",
        "street_address": venue.street_address if venue else "",
        "latitude": latitude,
        "longitude": longitude,
        "area": area.slug if area else "",
        "area_name_sv": area.name_sv if area else "",
        "area_name_en": area.name_en if area else "",
    }


def _slugs(found) -> str:
    return ";".join(sorted(row.slug for row in found))


def _local(moment) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""
