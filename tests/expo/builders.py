"""Rows of the expo for tests: valid and public by default; see `tests/builders.py`.

Hours are given in Stockholm's time: `make_occasion(starts_at=at("2022-06-01 10:00"))`.
"""

from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from expo import models
from expo.choices import OccasionKind
from innovation.choices import Visibility

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST_DAY, LAST_DAY = date(2022, 5, 30), date(2022, 7, 3)

# With as many digits each, so that names in order are in the order of their making.
_numbers = count(100_001)


def at(text: str) -> datetime:
    """ "2022-06-01 10:00", as the clocks of Stockholm show it."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def make_expo(**fields) -> models.Expo:
    """30 May to 3 July 2022; `areas` is a list."""
    number = next(_numbers)
    values = {
        "slug": f"expo-{number}",
        "name_sv": f"Mässan {number}",
        "name_en": f"Expo {number}",
        "lead_sv": "Staden visar vad den provar.",
        "lead_en": "The city shows what it tries.",
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
        "visibility": Visibility.PUBLISHED,
    }
    return _create(models.Expo, values | fields)


# ── Places ────────────────────────────────────────────────────────────────────
def make_area(**fields) -> models.Area:
    """At Hamntorget, unless told."""
    number = next(_numbers)
    values = {
        "slug": f"area-{number}",
        "name_sv": f"Område {number}",
        "name_en": f"Area {number}",
        "latitude": 56.0464,
        "longitude": 12.692,
    }
    return _create(models.Area, values | fields)


def make_venue(**fields) -> models.Venue:
    """In an area of its own, with a position; `area=None` for neither a shared nor an own one."""
    number = next(_numbers)
    values = {
        "slug": f"venue-{number}",
        "name_sv": f"Plats {number}",
        "name_en": f"Venue {number}",
        "latitude": 56.0464,
        "longitude": 12.691,
    }
    values |= fields
    if "area" not in values:
        values["area"] = make_area()
    return _create(models.Venue, values)


def make_access_feature(**fields) -> models.AccessFeature:
    return _make_term(models.AccessFeature, "access-feature", fields)


# ── What events are sorted by ─────────────────────────────────────────────────
def make_theme(**fields) -> models.Theme:
    return _make_term(models.Theme, "theme", fields)


def make_audience(**fields) -> models.Audience:
    return _make_term(models.Audience, "audience", fields)


def _make_term(model, word: str, fields: dict):
    number = next(_numbers)
    name = word.replace("-", " ").capitalize()
    values = {"slug": f"{word}-{number}", "name_sv": f"{name} {number} (sv)",
              "name_en": f"{name} {number}"}  # fmt: skip
    return _create(model, values | fields)


# ── What happens, and when ────────────────────────────────────────────────────
def make_event(**fields) -> models.Event:
    """Of a new expo unless told; hosts, initiatives, audiences and access features are lists."""
    number = next(_numbers)
    values = {
        "slug": f"event-{number}",
        "title_sv": f"Programpunkt {number}",
        "title_en": f"Event {number}",
        "lead_sv": "Kom och prova.",
        "lead_en": "Come and try.",
        "visibility": Visibility.PUBLISHED,
    }
    values |= fields
    if "expo" not in values:
        values["expo"] = make_expo()
    return _create(models.Event, values)


def make_occasion(**fields) -> models.Occasion:
    """Timed, 10–11 on 1 June 2022 unless told, at a venue of its own.

    With `starts_at` alone it lasts an hour (a drop-in six); with `starts_at=None` the hours
    aren't known, and `first_day` says the day.
    """
    values = {"first_day": date(2022, 6, 1), "starts_at": at("2022-06-01 10:00")} | fields
    if "ends_at" not in values:
        hours = 6 if values.get("kind") == OccasionKind.DROP_IN else 1
        start = values["starts_at"]
        values["ends_at"] = start + timedelta(hours=hours) if start else None
    if "event" not in values:
        values["event"] = make_event()
    if "venue" not in values:
        values["venue"] = make_venue()
    return models.Occasion.objects.create(**values)


def make_programme(expo=None, *, occasions=(), **fields) -> models.PersonalProgramme:
    """A programme with `occasions` in it, of their expo unless told."""
    if expo is None:
        expo = occasions[0].event.expo if occasions else make_expo()
    programme = models.PersonalProgramme.objects.create(expo=expo, **fields)
    for occasion in occasions:
        programme.items.create(occasion=occasion, seen_sequence=occasion.sequence)
    return programme


def _create(model, fields: dict):
    """Create a row, then set its many-to-many lists, which need the row's key."""
    names = {field.name for field in model._meta.many_to_many}
    row = model.objects.create(**{key: value for key, value in fields.items() if key not in names})
    for name in names & fields.keys():
        getattr(row, name).set(fields[name])
    return row
