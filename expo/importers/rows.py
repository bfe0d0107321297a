"""What a source can say of an expo: see `innovation.importers.rows`.

In the order in which they can be written: what others link to comes first. When an event takes
place stands beside it, since an occasion has no short name: see `occasions.StatedOccasion`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from expo.models import AccessFeature, Area, Audience, Event, Expo, Theme, Venue
from innovation.importers.rows import Row, SourcedRow
from innovation.importers.stated import KEEP, Flag, Keep, Link, Links, Names, Number, Text

Degrees = float | None | Keep


@dataclass(frozen=True, kw_only=True)
class NamedRow(Row):
    name_sv: Text = KEEP
    name_en: Text = KEEP


@dataclass(frozen=True, kw_only=True)
class PositionedRow(NamedRow):
    latitude: Degrees = KEEP
    longitude: Degrees = KEEP
    is_approximate: Flag = KEEP


@dataclass(frozen=True, kw_only=True)
class AreaRow(PositionedRow):
    model = Area
    motto_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP
    band: Text = KEEP
    order: int | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class AccessFeatureRow(NamedRow):
    model = AccessFeature
    aliases: Names = KEEP
    order: int | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class VenueRow(PositionedRow):
    model = Venue
    area: Link = KEEP
    kind: Text = KEEP
    street_address: Text = KEEP
    inferred_fields: Names = KEEP


@dataclass(frozen=True, kw_only=True)
class ThemeRow(NamedRow):
    model = Theme
    band: Text = KEEP
    order: int | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class AudienceRow(NamedRow):
    model = Audience
    order: int | Keep = KEEP


@dataclass(frozen=True, kw_only=True)
class ExpoRow(SourcedRow):
    model = Expo
    is_example: Flag = KEEP
    name_sv: Text = KEEP
    name_en: Text = KEEP
    lead_sv: Text = KEEP
    lead_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP
    starts_on: str
    ends_on: str
    areas: Links = KEEP


@dataclass(frozen=True, kw_only=True)
class EventRow(SourcedRow):
    model = Event
    expo: str
    title_sv: Text = KEEP
    title_en: Text = KEEP
    lead_sv: Text = KEEP
    lead_en: Text = KEEP
    text_sv: Text = KEEP
    text_en: Text = KEEP
    kind: Text = KEEP
    theme: Link = KEEP
    part_of: Link = KEEP
    organiser: Link = KEEP
    hosts: Links = KEEP
    initiatives: Links = KEEP
    audiences: Links = KEEP
    min_age: Number = KEEP
    max_age: Number = KEEP
    languages: Sequence[str] | Keep = KEEP
    access_features: Links = KEEP
    attendance: Text = KEEP
    online_url: Text = KEEP
    price_sek: Number = KEEP
    price_note_sv: Text = KEEP
    booking_url: Text = KEEP
    booking_kind: Text = KEEP
