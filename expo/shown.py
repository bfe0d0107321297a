"""What the pages of an edition show and count.

An invented event of a real edition is left out; a demonstration shows what it consists of.
"""

from django.db.models import F, Q
from django.utils import timezone

from expo.models import Event, Expo, Occasion, Venue
from innovation.models import Organisation


def events_of(expo: Expo):
    events = Event.objects.visible().filter(expo=expo)
    return events if expo.is_example else events.without_examples()


def occasions_of(expo: Expo):
    """Cancelled ones included: they are told of, not hidden."""
    occasions = Occasion.objects.visible().filter(event__expo=expo)
    return occasions if expo.is_example else occasions.filter(event__is_example=False)


def hosts_of(expo: Expo):
    """The organisations that organise or meet visitors at something in the programme."""
    events = events_of(expo).values("pk")
    return Organisation.objects.visible().filter(
        Q(pk__in=events_of(expo).exclude(organiser=None).values("organiser"))
        | Q(pk__in=Event.hosts.through.objects.filter(event__in=events).values("organisation"))
    )


def hosted_by(host: Organisation) -> Q:
    """Of occasions: those whose event `host` organises or meets visitors at."""
    events = Event.objects.filter(Q(organiser=host) | Q(hosts=host))
    return Q(event__in=events.values("pk"))


def venues_of(expo: Expo):
    """The venues of an edition's areas, and those elsewhere where something happens; by area."""
    return Venue.objects.filter(
        Q(area__in=expo.areas.values("pk")) | Q(pk__in=occasions_of(expo).values("venue"))
    ).order_by(F("area__order").asc(nulls_last=True), "area__name_sv", "name_sv", "pk")


def is_over(occasion: Occasion, now) -> bool:
    """By its hours, or by its days where the hours aren't known."""
    if occasion.ends_at or occasion.starts_at:
        return (occasion.ends_at or occasion.starts_at + occasion.visit_length) <= now
    return occasion.last_day < timezone.localdate(now)
