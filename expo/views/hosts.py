"""The organisations behind an edition: the list, and what one of them organises or meets visitors
at."""

from collections import defaultdict

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from expo.models import Event
from expo.shown import events_of, hosted_by, hosts_of, occasions_of
from expo.views.editions import crumbs_of, edition_page, moved_or_gone
from expo.views.listings import dayless, listing
from expo.views.programme_buttons import chosen_in
from innovation.models import Organisation
from innovation.swedish_order import sort_key


@edition_page
def host_list(request, expo):
    numbers = _events_by_host(expo)
    hosts = sorted(hosts_of(expo), key=lambda host: sort_key(host.name))
    context = {
        "expo": expo,
        "crumbs": crumbs_of(expo),
        "title": _("Hosts"),
        "hosts": [(host, len(numbers[host.pk])) for host in hosts],
    }
    return render(request, "expo/host_list.html", context)


@edition_page
def host_detail(request, expo, slug):
    host = hosts_of(expo).filter(slug=slug).first()
    if host is None:
        return moved_or_gone(request, Organisation, slug)
    occasions = occasions_of(expo).filter(hosted_by(host))
    context = {
        "expo": expo,
        "host": host,
        "crumbs": crumbs_of(expo, (_("Hosts"), _list_address(expo))),
        "event_total": events_of(expo).filter(pk__in=occasions.values("event")).count(),
        "chosen": chosen_in(request),
        "listing": listing(expo, occasions),
        "dayless": dayless(events_of(expo).filter(Q(organiser=host) | Q(hosts=host))),
    }
    return render(request, "expo/host_detail.html", context)


def _list_address(expo) -> str:
    return reverse("expo:host-list", kwargs={"edition": expo.slug})


def _events_by_host(expo) -> dict[int, set[int]]:
    """Keys of events by the key of the organisation that organises or hosts them."""
    events = events_of(expo)
    shared = Event.hosts.through.objects.filter(event__in=events.values("pk"))
    pairs = [
        *events.exclude(organiser=None).values_list("organiser_id", "pk"),
        *shared.values_list("organisation_id", "event_id"),
    ]
    found = defaultdict(set)
    for host, event in pairs:
        found[host].add(event)
    return found
