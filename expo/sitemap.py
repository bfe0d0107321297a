"""The public pages of the expo for search engines; a demonstration has none."""

from expo.models import Event, Expo
from innovation.choices import Visibility
from innovation.sitemap import Entry

# The pages of every edition, beside its start page.
_LISTS = ("expo:occasion-list", "expo:area-list", "expo:host-list")


def entries() -> list[Entry]:
    """7 queries; 1 when there is no edition."""
    expos = Expo.objects.visible().without_examples().order_by("pk")
    found = [
        Entry("expo:expo-detail", {"edition": expo.slug}, expo.updated_at)
        for expo in expos.only("slug", "updated_at")
    ]
    if not found:
        return []
    lists = [Entry(name, entry.kwargs) for entry in found for name in _LISTS]
    return [Entry("expo:expo-list", {}), *found, *lists, *_of_events(expos), *_of_places(expos)]


def _of_events(expos) -> list[Entry]:
    """Events, and the themes and hosts that have any."""
    events = Event.objects.visible().without_examples().filter(expo__in=expos.values("pk"))
    pages = [
        Entry("expo:event-detail", {"edition": edition, "slug": slug}, updated_at)
        for edition, slug, updated_at in events.order_by("pk").values_list(
            "expo__slug", "slug", "updated_at"
        )
    ]
    organised = events.filter(organiser__visibility=Visibility.PUBLISHED)
    hosted = events.filter(hosts__visibility=Visibility.PUBLISHED)
    hosts = _pairs(organised, "expo__slug", "organiser__slug") | _pairs(
        hosted, "expo__slug", "hosts__slug"
    )
    themes = _pairs(events.exclude(theme=None), "expo__slug", "theme__slug")
    return [*pages, *_details("host", hosts), *_details("theme", themes)]


def _of_places(expos) -> list[Entry]:
    """Areas, and the venues in them. What lies in none is reached from there."""
    areas = _pairs(expos.exclude(areas=None), "slug", "areas__slug")
    venues = _pairs(expos.exclude(areas__venues=None), "slug", "areas__venues__slug")
    return [*_details("area", areas), *_details("venue", venues)]


def _pairs(rows, edition: str, slug: str) -> set[tuple[str, str]]:
    return set(rows.order_by().values_list(edition, slug))


def _details(kind: str, pairs: set[tuple[str, str]]) -> list[Entry]:
    return [
        Entry(f"expo:{kind}-detail", {"edition": edition, "slug": slug})
        for edition, slug in sorted(pairs)
    ]
