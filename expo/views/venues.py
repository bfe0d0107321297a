"""One venue: how to get in, what happens there, and how far it is to the others."""

from django.shortcuts import render

from expo.map import draw
from expo.models import Venue
from expo.pictured import band_of_venue
from expo.shown import occasions_of, venues_of
from expo.views.editions import area_crumb, area_list_crumb, crumbs_of, edition_page, moved_or_gone
from expo.views.listings import listing
from expo.views.programme_buttons import chosen_in
from expo.walking import minutes_between

NEAREST = 8


@edition_page
def venue_detail(request, expo, slug):
    venues = list(venues_of(expo).select_related("area"))
    venue = next((venue for venue in venues if venue.slug == slug), None)
    if venue is None:
        return moved_or_gone(request, Venue, slug)
    is_of_edition = venue.area and expo.areas.filter(pk=venue.area_id).exists()
    crumbs = [area_list_crumb(expo)] + ([area_crumb(expo, venue.area)] if is_of_edition else [])
    context = {
        "expo": expo,
        "venue": venue,
        "area": venue.area if is_of_edition else None,
        "band": band_of_venue(venue),
        "crumbs": crumbs_of(expo, *crumbs),
        "access": venue.access_features.all(),
        "chosen": chosen_in(request),
        "listing": listing(expo, occasions_of(expo).filter(venue=venue)),
        "walks": walks_from(venue, venues)[:NEAREST],
        "drawing": _drawing(venue, venues) if venue.position else None,
    }
    return render(request, "expo/venue_detail.html", context)


def _drawing(venue: Venue, venues: list[Venue]):
    if not venue.area_id:
        return draw([venue], [])
    return draw([venue], [venue.area], around=neighbours([venue], venues))


def neighbours(venues: list[Venue], others: list[Venue]) -> list[Venue]:
    """Those of `others` that lie in the areas of `venues`."""
    areas = {venue.area_id for venue in venues if venue.area_id}
    return [other for other in others if other.area_id in areas]


def walks_from(venue: Venue, others) -> list[tuple[Venue, int]]:
    """The other venues with the minutes of the walk there, the nearest first; without those that
    nobody knows the way to."""
    walks = [(other, minutes_between(venue, other)) for other in others if other.pk != venue.pk]
    known = [(other, minutes) for other, minutes in walks if minutes is not None]
    return sorted(known, key=lambda walk: (walk[1], walk[0].name_sv))
