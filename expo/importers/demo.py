"""The facts in `expo/demo/`: the City Expo of 2022 and the summit of 2020, as an archive.

Its README says where they come from. Here they only get the models' own names.
"""

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from expo.importers.base import Programme
from expo.importers.occasions import StatedOccasion
from expo.importers.rows import (
    AccessFeatureRow,
    AreaRow,
    AudienceRow,
    EventRow,
    ExpoRow,
    ThemeRow,
    VenueRow,
)
from expo.wall_time import read_local
from innovation.importers.stated import KEEP

NAME = "demo-expo"
FOLDER = Path(__file__).resolve().parent.parent / "demo"
# Occasions keep their keys in every catalogue that loads these files.
_KEYS = uuid.UUID("8f0c9d0e-6f0b-4f0e-9a55-9be6c1f6a0b2")

# What `inferred_fields` calls our fields by the names of the files, for an event …
EVENT_NAMES = {
    "audience": "audiences",
    "organisers": "organiser",
    "description_sv": "lead_sv",
    "description_en": "lead_en",
}
# … and for when it takes place.
OCCASION_NAMES = {"venue": "venue", "date": "first_day", "end_date": "last_day"}

Record = dict[str, Any]
# Shape: {"areas": [{…}, …], "events": […], …}: the files by their names.
Data = dict[str, list[Record]]


def read(folder: Path = FOLDER) -> Data:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    }


def parse(data: Data) -> Programme:
    events = data["events"]
    return Programme(
        rows=[
            *[_area(record, order) for order, record in enumerate(data["areas"], start=1)],
            *[_access_feature(r, order) for order, r in enumerate(data["access_features"], 1)],
            *[_venue(record) for record in data["venues"]],
            *[_theme(record, order) for order, record in enumerate(data["themes"], start=1)],
            *[_audience(record, order) for order, record in enumerate(data["audiences"], start=1)],
            *[_expo(record) for record in data["expos"]],
            *[_event(record) for record in events],
        ],
        occasions=[_occasion(record) for record in events if record["date"]],
    )


def _stated(record: Record, name: str) -> Any:
    """The value of `name`, or KEEP: null and empty mean "not known" in these files, and what
    isn't known must not erase what an editor has found out."""
    value = record.get(name)
    return KEEP if value in (None, "", []) else value


def _same_names(record: Record, *names: str) -> dict[str, Any]:
    return {name: _stated(record, name) for name in names}


def _named(record: Record) -> dict[str, Any]:
    return {"slug": record["key"], **_same_names(record, "name_sv", "name_en")}


def _position(record: Record) -> dict[str, Any]:
    return {
        "latitude": _stated(record, "lat"),
        "longitude": _stated(record, "lon"),
        "is_approximate": _stated(record, "approximate"),
    }


def _area(record: Record, order: int) -> AreaRow:
    return AreaRow(
        **_named(record),
        **_position(record),
        **_same_names(record, "motto_en", "band"),
        text_sv=f"<p>{record['description_sv']}</p>",
        text_en=f"<p>{record['description_en']}</p>",
        order=order,
    )


def _access_feature(record: Record, order: int) -> AccessFeatureRow:
    return AccessFeatureRow(**_named(record), aliases=record["aliases"], order=order)


def _venue(record: Record) -> VenueRow:
    same = _same_names(record, "area", "kind", "inferred_fields")
    return VenueRow(**_named(record), **_position(record), **same)


def _theme(record: Record, order: int) -> ThemeRow:
    return ThemeRow(**_named(record), band=record["band"], order=order)


def _audience(record: Record, order: int) -> AudienceRow:
    return AudienceRow(**_named(record), order=order)


def _expo(record: Record) -> ExpoRow:
    texts = ("lead_sv", "lead_en", "text_sv", "text_en")
    source = ("source_url", "source_url_exact", "source_ref", "inferred_fields")
    return ExpoRow(
        **_named(record),
        **_same_names(record, *texts, *source, "areas"),
        starts_on=record["starts_on"],
        ends_on=record["ends_on"],
    )


def _event(record: Record) -> EventRow:
    same = ("title_sv", "title_en", "lead_sv", "lead_en", "kind", "theme", "part_of", "attendance")
    inferred = [
        EVENT_NAMES.get(name, name)
        for name in record["inferred_fields"]
        if name not in OCCASION_NAMES
    ]
    organiser, *hosts = record["organisers"] or [KEEP]
    return EventRow(
        slug=record["key"],
        expo=record["expo"],
        **_same_names(record, *same, "source_url", "source_url_exact", "source_ref"),
        organiser=organiser,
        hosts=hosts or KEEP,
        initiatives=[record["initiative"]] if record["initiative"] else KEEP,
        audiences=_stated(record, "audience"),
        inferred_fields=inferred or KEEP,
    )


def _occasion(record: Record) -> StatedOccasion:
    inferred = [ours for name, ours in OCCASION_NAMES.items() if name in record["inferred_fields"]]
    return StatedOccasion(
        event=record["key"],
        uid=uuid.uuid5(_KEYS, record["key"]),
        venue=_stated(record, "venue"),
        inferred_fields=inferred or KEEP,
        **_when(record),
    )


def _when(record: Record) -> dict[str, Any]:
    """The hours where they are known, else the days alone."""
    if record["start_time"] is None:
        return {
            "first_day": date.fromisoformat(record["date"]),
            "last_day": date.fromisoformat(record["end_date"]),
        }
    end = record["end_time"]
    return {
        "starts_at": read_local(f"{record['date']} {record['start_time']}"),
        "ends_at": read_local(f"{record['end_date']} {end}") if end else KEEP,
    }
