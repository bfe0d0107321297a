"""schedule.xml and schedule.json, which conference apps read (c3voc.de/wiki/schedule).

Only what has hours: the formats know of nothing without a start. An occasion stands on the day
that it begins; what is cancelled says so in its title, since the formats have no word for it.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.choices import Attendance
from expo.feed_rows import absolute, latest
from expo.models import Expo, Occasion
from expo.xml_text import HEADER, attributes, element, text
from innovation import richtext
from innovation.covers.bands import BANDS

SCHEMA = "https://c3voc.de/schedule/schema.json"
RELATIONS = ("event__organiser", "event__hosts")
SLOT = "00:05"
# The formats have two figures for hours.
LONGEST = timedelta(hours=99, minutes=59)
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")


def schedule(expo: Expo, occasions: list[Occasion], day: date | None = None) -> dict:
    """The shape of schedule.json. occasions: of `feed_rows.rows()` with RELATIONS.

    day: that day alone, numbered as in the whole.
    """
    timed = [row for row in occasions if row.starts_at]
    by_day = {first: list(group) for first, group in groupby(timed, lambda row: row.first_day)}
    numbered = enumerate(sorted({*expo.days, *by_day}), 1)
    days = [_day(number, when, by_day.get(when, [])) for number, when in numbered]
    if day:
        days = [entry for entry in days if entry["date"] == day.isoformat()]
    conference = {
        "acronym": acronym(expo),
        "title": str(expo.name),
        "start": expo.starts_on.isoformat(),
        "end": expo.ends_on.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": SLOT,
        "time_zone_name": settings.TIME_ZONE,
        "url": absolute(expo.get_absolute_url()),
        "tracks": _tracks(timed),
        "rooms": _rooms(timed),
        "days": days,
    }
    return {
        "$schema": SCHEMA,
        "generator": {"name": settings.SITE_NAME, "version": "1"},
        "schedule": {
            "version": _version(expo, occasions),
            "base_url": absolute(expo.get_absolute_url()),
            "conference": conference,
        },
    }


def acronym(expo: Expo) -> str:
    """At least four of a–z, 0–9 and _, as the formats want it."""
    word = expo.slug.replace("-", "_")
    return word if len(word) > 3 else f"expo_{word}"


def _version(expo: Expo, occasions: list[Occasion]) -> str:
    """When it was last changed: the same rows are the same version."""
    return latest(occasions, expo.updated_at).astimezone(UTC).isoformat(timespec="seconds")


# ── Parts ─────────────────────────────────────────────────────────────────────
def _day(number: int, when: date, occasions: list[Occasion]) -> dict:
    rooms: dict[str, list] = {}
    for row in occasions:
        rooms.setdefault(_room(row), []).append(_event(row))
    return {
        "index": number,
        "date": when.isoformat(),
        "day_start": _midnight(when).isoformat(),
        "day_end": _midnight(when + timedelta(days=1)).isoformat(),
        "rooms": rooms,
    }


def _midnight(when: date) -> datetime:
    return timezone.make_aware(datetime.combine(when, time.min))


def _event(row: Occasion) -> dict:
    event = row.event
    start = timezone.localtime(row.starts_at)
    return {
        "id": row.pk,
        "guid": str(row.uid),
        "date": start.isoformat(),
        "start": f"{start:%H:%M}",
        "duration": _duration(row),
        "room": _room(row),
        "slug": f"{acronym(event.expo)}-{row.pk}-{event.slug}",
        "url": absolute(row.get_absolute_url()),
        "title": _title(row),
        "subtitle": str(row.reason),
        "track": str(event.theme.name) if event.theme else "",
        "type": event.kind,
        "language": event.languages[0] if event.languages else "",
        "abstract": str(event.lead),
        "description": richtext.plain(str(event.text)),
        "persons": _persons(event),
        "links": _links(event),
    }


def _title(row: Occasion) -> str:
    title = str(row.event.title)
    return _("Cancelled: %(title)s") % {"title": title} if row.is_cancelled else title


def _duration(row: Occasion) -> str:
    span = row.ends_at - row.starts_at if row.ends_at else row.visit_length
    minutes = int(min(span, LONGEST).total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _room(row: Occasion) -> str:
    if not row.event.is_in_place:
        return str(Attendance.ONLINE.label)
    return str(row.venue.name) if row.venue else _("Venue not known")


def _persons(event) -> list[dict]:
    """The organisations: no one's name stands in the programme."""
    everyone = [event.organiser] if event.organiser else []
    everyone += event.hosts.all()
    by_key = {one.pk: one for one in everyone if one.is_published}
    return [{"id": key, "public_name": str(one.name)} for key, one in by_key.items()]


def _links(event) -> list[dict]:
    links = []
    if event.is_online and event.online_url:
        links.append({"title": _("Take part online"), "url": event.online_url})
    if event.booking_url:
        links.append({"title": event.get_booking_kind_display(), "url": event.booking_url})
    return links


def _tracks(occasions: Iterable[Occasion]) -> list[dict]:
    themes = {row.event.theme.pk: row.event.theme for row in occasions if row.event.theme}
    return [
        {"name": str(theme.name), "slug": track_slug(theme.slug), "color": BANDS[theme.band].main}
        for theme in sorted(themes.values(), key=lambda theme: (theme.order, theme.pk))
    ]


def track_slug(slug: str) -> str:
    """Beginning with a letter, as the formats want it."""
    return slug if _TRACK_SLUG.fullmatch(slug) else f"track-{slug}"


def _rooms(occasions: Iterable[Occasion]) -> list[dict]:
    rooms = {}
    for row in occasions:
        where = f"venue/{row.venue_id}" if row.event.is_in_place else "online"
        rooms.setdefault(_room(row), str(uuid5(NAMESPACE_URL, absolute(f"/{where}"))))
    return [{"name": name, "guid": guid} for name, guid in sorted(rooms.items())]


# ── Bytes ─────────────────────────────────────────────────────────────────────
def as_json(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def as_xml(content: dict) -> bytes:
    """The same as XML; rooms and addresses of the whole have no place there."""
    generator, conference = content["generator"], content["schedule"]["conference"]
    lines = [
        HEADER,
        "<schedule>",
        f"<generator{attributes(**generator)}/>",
        element("version", content["schedule"]["version"]),
        "<conference>",
        *(element(name, conference[name]) for name in ("acronym", "title", "start", "end")),
        element("days", conference["daysCount"]),
        element("timeslot_duration", conference["timeslot_duration"]),
        element("base_url", content["schedule"]["base_url"]),
        element("time_zone_name", conference["time_zone_name"]),
        *(f"<track{attributes(**track)}/>" for track in conference["tracks"]),
        "</conference>",
    ]
    for day in conference["days"]:
        lines += _xml_day(day)
    return "\n".join([*lines, "</schedule>", ""]).encode()


def _xml_day(day: dict) -> list[str]:
    facts = attributes(
        index=day["index"], date=day["date"], start=day["day_start"], end=day["day_end"]
    )
    lines = [f"<day{facts}>"]
    for room, events in day["rooms"].items():
        lines.append(f"<room{attributes(name=room)}>")
        for event in events:
            lines += _xml_event(event)
        lines.append("</room>")
    return [*lines, "</day>"]


_AS_THEY_ARE = (
    *("date", "start", "duration", "room", "slug", "url", "title", "subtitle", "track", "type"),
    *("language", "abstract", "description"),
)


def _xml_event(event: dict) -> list[str]:
    persons = [
        f"<person{attributes(id=one['id'])}>{text(one['public_name'])}</person>"
        for one in event["persons"]
    ]
    links = [
        f"<link{attributes(href=link['url'])}>{text(link['title'])}</link>"
        for link in event["links"]
    ]
    return [
        f"<event{attributes(id=event['id'], guid=event['guid'])}>",
        *(element(name, event[name]) for name in _AS_THEY_ARE),
        f"<persons>{''.join(persons)}</persons>",
        f"<links>{''.join(links)}</links>",
        "</event>",
    ]
