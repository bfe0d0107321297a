"""Platforms: the list, and one with the initiatives that build on it."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from innovation.films import find_film
from innovation.models import Organisation, Platform
from innovation.views.initiatives import moved_or_gone
from innovation.views.pages import first_cards


@require_safe
def platform_list(request):
    return render(
        request, "innovation/platform_list.html", {"platforms": Platform.objects.visible()}
    )


@require_safe
def platform_detail(request, slug):
    platforms = Platform.objects.visible().prefetch_related(
        "features",
        "roadmap",
        "contacts",
        "links",
        "documents",
        Prefetch("partners", Organisation.objects.visible()),
    )
    try:
        platform = platforms.get(slug=slug)
    except Platform.DoesNotExist:
        return moved_or_gone(request, Platform, slug)
    return render_platform(request, platform)


def render_platform(request, platform, *, is_preview=False):
    initiatives = platform.initiatives.visible()
    if not platform.is_example:
        initiatives = initiatives.without_examples()
    context = {
        "platform": platform,
        "film": find_film(platform.video_url) if platform.video_url else None,
        "initiatives": first_cards(initiatives.furthest_first()),
        "is_preview": is_preview,
    }
    return render(request, "innovation/platform_detail.html", context)
