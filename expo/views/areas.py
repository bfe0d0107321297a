"""The areas of an edition: all of them with their map, and one with its venues."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from expo import overview
from expo.map import draw
from expo.models import Area
from expo.shown import occasions_of, venues_of
from expo.views.editions import area_list_crumb, crumbs_of, edition_page, moved_or_gone
from expo.views.listings import listing
from expo.views.programme_buttons import chosen_in


@edition_page
def area_list(request, expo):
    numbers = overview.of(expo, since=overview.since_now(expo))
    areas = list(expo.areas.all())
    venues = list(venues_of(expo).select_related("area"))
    context = {
        "expo": expo,
        "crumbs": crumbs_of(expo),
        "title": _("Areas"),
        "areas": [(area, numbers.areas[area.pk]) for area in areas],
        "drawing": draw(venues, areas),
        "venue_counts": numbers.venues,
    }
    return render(request, "expo/area_list.html", context)


@edition_page
def area_detail(request, expo, slug):
    area = expo.areas.filter(slug=slug).first()
    if area is None:
        return moved_or_gone(request, Area, slug)
    numbers = overview.of(expo, since=overview.since_now(expo))
    venues = list(venues_of(expo).filter(area=area).select_related("area"))
    context = {
        "expo": expo,
        "area": area,
        "crumbs": crumbs_of(expo, area_list_crumb(expo)),
        "total": numbers.areas[area.pk],
        "drawing": draw(venues, [area]),
        "venues": venues,
        "venue_counts": numbers.venues,
        "chosen": chosen_in(request),
        "listing": listing(expo, occasions_of(expo).filter(venue__area=area)),
        "others": expo.areas.exclude(pk=area.pk),
    }
    return render(request, "expo/area_detail.html", context)
