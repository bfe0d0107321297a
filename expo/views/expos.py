"""The editions of the expo, and the start page of one: before it, while it is on, and after."""

from datetime import timedelta

from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from expo import now_next, overview, wording
from expo.models import Expo, Theme
from expo.shown import hosts_of, occasions_of, venues_of
from expo.strip import week_days, weeks_of
from expo.views.editions import crumbs_of, edition_page


@require_safe
def expo_list(request):
    today = timezone.localdate()
    expos = list(Expo.objects.visible())
    context = {
        "ahead": sorted(
            (expo for expo in expos if expo.ends_on >= today), key=lambda expo: expo.starts_on
        ),
        "past": [expo for expo in expos if expo.ends_on < today],
        "today": today,
    }
    return render(request, "expo/expo_list.html", context)


@edition_page
def expo_detail(request, expo):
    return render_expo(request, expo)


def render_expo(request, expo, *, now=None, is_preview=False):
    now = now or timezone.now()
    today = timezone.localdate(now)
    phase = overview.phase_of(expo, today)
    numbers = overview.of(expo, since=overview.since_of(expo, today))
    areas = list(expo.areas.all())
    themes = Theme.objects.filter(pk__in=numbers.themes)
    context = {
        "expo": expo,
        "is_preview": is_preview,
        "phase": phase,
        "now": now,
        "today": today,
        "days_left": wording.days_left((expo.starts_on - today).days) if phase == "before" else "",
        "numbers": numbers,
        "crumbs": crumbs_of(expo)[:1],
        "weeks": weeks_of(expo, numbers.days, today),
        "week_days": week_days(),
        "areas": [(area, numbers.areas[area.pk]) for area in areas],
        "themes": [(theme, numbers.themes[theme.pk]) for theme in themes],
        "venue_total": venues_of(expo).count(),
        "host_total": hosts_of(expo).count(),
        "boards": _boards(expo, areas, now) if phase == "during" else [],
    }
    return render(request, "expo/expo_detail.html", context)


def _boards(expo, areas, now):
    today = timezone.localdate(now)
    # An evening that ends past midnight belongs to the day before.
    goes_on = Q(last_day__gte=today) | Q(ends_at__gt=now)
    near = occasions_of(expo).filter(
        goes_on, first_day__lte=today + timedelta(days=1), starts_at__isnull=False
    )
    return now_next.boards(near.for_lists(), areas, now)
