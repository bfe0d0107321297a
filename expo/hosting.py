"""The editions that an organisation takes part in, for its page in the catalogue."""

from django.db.models import Q

from expo.models import Event, Expo
from innovation.models import Organisation


def hosting_of(organisation: Organisation) -> list[tuple[Expo, int]]:
    """Each edition, the latest first, with how many of its events the organisation organises or
    meets visitors at. 1 query."""
    events = (
        Event.objects.visible()
        .filter(Q(organiser=organisation) | Q(hosts=organisation))
        .select_related("expo")
        .distinct()
    )
    totals: dict[Expo, int] = {}
    for event in events:
        if event.expo.is_example or not event.is_example:
            totals[event.expo] = totals.get(event.expo, 0) + 1
    return sorted(totals.items(), key=lambda found: found[0].starts_on, reverse=True)
