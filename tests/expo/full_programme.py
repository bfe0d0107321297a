"""A programme with everything that its page can show; a part of `full_site.py`."""

from expo.choices import OccasionKind
from expo.models import Expo, Occasion, PersonalProgramme
from tests.expo.builders import at, make_event, make_occasion, make_programme, make_venue
from tests.site_map import FULL, SECRETS


def make_full_programme(expo: Expo) -> PersonalProgramme:
    """All of `expo`, with a clash, a walk that is too long, a visit at a chosen time, a note, and
    something that has changed."""
    area = expo.areas.get(slug=FULL)
    placed = area.venues.exclude(latitude=None).first()
    event = make_event(expo=expo)
    make_occasion(event=event, venue=placed, starts_at=at("2022-06-01 10:30"))
    make_occasion(event=event, starts_at=at("2022-06-01 11:30"), venue=_far_from(area))
    make_occasion(event=event, starts_at=at("2022-06-01 16:30"), venue=_far_from(area))
    visit = make_occasion(event=make_event(expo=expo), kind=OccasionKind.DROP_IN,
                          starts_at=at("2022-06-01 13:00"))  # fmt: skip
    programme = make_programme(
        expo,
        name="Lördag",
        edit_token=SECRETS["edit"],
        share_token=SECRETS["share"],
        calendar_token=SECRETS["calendar"],
        occasions=Occasion.objects.filter(event__expo=expo).exclude(
            starts_at=at("2022-06-01 16:30")
        ),
    )
    programme.items.filter(occasion=visit).update(
        visit_at=at("2022-06-01 14:00"), note="Ta med hjälm"
    )
    visit.starts_at = at("2022-06-01 13:30")
    visit.save()
    return programme


def _far_from(area):
    return make_venue(area=area, latitude=area.latitude + 0.03)
