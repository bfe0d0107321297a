"""A small expo in which every field that a page shows is filled in; a part of `full_site.py`."""

from datetime import date

from expo.choices import Attendance, BookingKind, OccasionKind, OccasionStatus
from expo.models import Event, Expo, Occasion
from innovation.choices import Band
from tests.expo.builders import (
    at,
    make_access_feature,
    make_area,
    make_audience,
    make_event,
    make_expo,
    make_occasion,
    make_programme,
    make_theme,
    make_venue,
)
from tests.site_map import CALENDAR_TOKEN, FULL

TEXT = "<p>En <strong>text</strong>.</p><h3>Rubrik</h3><p>Mer.</p>"
SOURCED = {"source_url": "https://example.org/kalla", "source_ref": "Programmet, sidan 3"}


def make_full_expo(*, organisation, host, initiative) -> Expo:
    """The edition, area, venue, theme and event with the slug FULL, in 2022."""
    area = make_area(slug=FULL, motto_sv="Öppet", text_sv=TEXT, band=Band.CLIMATE)
    far, unplaced = make_area(latitude=56.0595), make_area(latitude=None, longitude=None)
    expo = make_expo(slug=FULL, text_sv=TEXT, areas=[area, far, unplaced], **SOURCED)
    event = _event(expo, organisation, host, initiative)
    _fill_days(event, *_venues(area))
    make_event(expo=expo, part_of=event, theme=event.theme, organiser=organisation)
    make_programme(expo, occasions=event.occasions.all(), calendar_token=CALENDAR_TOKEN)
    return expo


def _venues(area):
    """One with everything, one without a position, one elsewhere."""
    return (
        make_venue(
            slug=FULL,
            area=area,
            is_approximate=True,
            street_address="Kajpromenaden 1",
            getting_in_sv="Ingång från vattnet, hiss till vänster.",
            access_features=[make_access_feature()],
            inferred_fields=["area"],
        ),
        make_venue(area=area, latitude=None, longitude=None),
        make_venue(area=None, latitude=56.041, longitude=12.737),
    )


def _event(expo, organisation, host, initiative) -> Event:
    texts = {"title_sv": "Hamnens dag", "title_en": "Harbour day", "text_sv": TEXT}
    return make_event(
        slug=FULL,
        expo=expo,
        theme=make_theme(slug=FULL, text_sv=TEXT, band=Band.DIGITAL),
        part_of=make_event(expo=expo),
        organiser=organisation,
        hosts=[host],
        initiatives=[initiative],
        audiences=[make_audience(), make_audience()],
        min_age=6,
        max_age=12,
        languages=["sv", "en", "swl"],
        access_features=[make_access_feature()],
        attendance=Attendance.BOTH,
        online_url="https://example.org/direkt",
        price_sek=120,
        price_note_sv="Barn går in gratis.",
        booking_url="https://www.example.org/boka",
        booking_kind=BookingKind.BOOK,
        inferred_fields=["theme", "audiences"],
        **texts,
        **SOURCED,
    )


def _fill_days(event: Event, venue, unplaced, elsewhere) -> None:
    """An occasion of every kind: with seats, moved, cancelled, drop-in, without hours or place."""
    make_occasion(event=event, venue=venue, capacity=20, smallest_group=5, largest_group=30)
    moved = make_occasion(event=event, venue=venue, starts_at=at("2022-06-02 13:00"))
    moved.starts_at, moved.ends_at = at("2022-06-02 15:00"), at("2022-06-02 16:00")
    moved.status, moved.reason_sv, moved.venue = OccasionStatus.MOVED, "Regn.", elsewhere
    moved.save()
    make_occasion(
        event=event,
        venue=unplaced,
        starts_at=at("2022-06-03 10:00"),
        status=OccasionStatus.CANCELLED,
        reason_sv="För få anmälda.",
    )
    make_occasion(
        event=event,
        venue=venue,
        kind=OccasionKind.DROP_IN,
        starts_at=at("2022-06-04 10:00"),
        visit_minutes=20,
    )
    Occasion.objects.create(
        event=event,
        first_day=date(2022, 5, 30),
        last_day=date(2022, 7, 3),
        inferred_fields=["first_day", "venue"],
    )
