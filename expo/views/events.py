"""The page of one event: when, where, for whom, with whom, and what it grew out of."""

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from expo import structured_data, wording
from expo.choices import OccasionStatus
from expo.map import draw
from expo.models import Event
from expo.moves import moved_from
from expo.shown import is_over, venues_of
from expo.views.editions import crumbs_of, edition_page, moved_or_gone
from expo.views.listings import in_order
from expo.views.programme_buttons import chosen_in
from expo.views.venues import neighbours, walks_from
from innovation.models import Organisation
from innovation.old_addresses import current_for

NEAREST = 3


@edition_page
def event_detail(request, expo, slug):
    event = for_page(Event.objects.visible().filter(expo=expo)).filter(slug=slug).first()
    return render_event(request, event) if event else _elsewhere(request, slug)


def render_event(request, event, *, now=None, is_preview=False):
    now = now or timezone.now()
    occasions = list(in_order(event.occasions).for_lists())
    moves = moved_from(occasions)
    past = [row for row in occasions if is_over(row, now)]
    ahead = [row for row in occasions if row not in past]
    venues = _venues(occasions)
    others = list(venues_of(event.expo).select_related("area")) if venues else []
    areas = {venue.area_id: venue.area for venue in venues if venue.area}
    context = {
        "event": event,
        "expo": event.expo,
        "is_preview": is_preview,
        "is_hidden": is_preview or event.is_example,
        "crumbs": crumbs_of(event.expo),
        "ahead": _with_moves(ahead, moves),
        "past": _with_moves(past, moves),
        "chosen": chosen_in(request),
        "can_be_booked": any(row.status != OccasionStatus.CANCELLED for row in ahead),
        "concluded": wording.concluded(
            [*event.inferred_fields, *(name for row in occasions for name in row.inferred_fields)]
        ),
        "initiatives": _initiatives(event),
        "parts": _parts(event),
        "ways": [(venue, walks_from(venue, others)[:NEAREST]) for venue in venues],
        "drawing": draw(venues, areas.values(), around=neighbours(venues, others)),
        "data": structured_data.of_event(event, occasions, moves),
    }
    return render(request, "expo/event_detail.html", context)


def for_page(events):
    """With all that `event_detail.html` reads of the event itself."""
    return events.select_related("expo", "theme", "organiser", "part_of__expo").prefetch_related(
        Prefetch("hosts", Organisation.objects.visible()), "audiences", "access_features"
    )


def _with_moves(occasions, moves):
    return [(occasion, moves.get(occasion.pk)) for occasion in occasions]


def _venues(occasions):
    """Each venue once, in the order that the event comes to them."""
    venues = list({row.venue_id: row.venue for row in occasions if row.venue_id}.values())
    prefetch_related_objects(venues, "access_features")
    return venues


def _initiatives(event):
    """The invented stand only with an invented event."""
    initiatives = event.initiatives.visible().for_cards()
    return initiatives if event.is_example else initiatives.without_examples()


def _parts(event):
    parts = event.parts.visible().select_related("expo", "theme")
    return parts if event.is_example else parts.without_examples()


def _elsewhere(request, slug):
    """An event of another edition leads to its own page there."""
    event = Event.objects.visible().select_related("expo").filter(slug=slug).first()
    if event:
        return redirect(event, permanent=True)
    moved = current_for(Event, slug)
    if moved and moved.is_published and moved.slug != slug:
        if not Event.objects.visible().filter(pk=moved.pk).exists():
            raise Http404
        return redirect(moved, permanent=True)
    return moved_or_gone(request, Event, slug)
