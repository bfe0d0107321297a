"""Challenges: the list, and one with the initiatives that answer it."""

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from innovation.models import Challenge
from innovation.querysets import visible_initiatives
from innovation.views.initiatives import moved_or_gone
from innovation.views.pages import first_cards


@require_safe
def challenge_list(request):
    challenges = (
        Challenge.objects.visible()
        .without_examples()
        .select_related("category")
        .annotate(total=Count("initiatives", filter=visible_initiatives("initiatives")))
        .order_by("order", "title_sv")
    )
    return render(request, "innovation/challenge_list.html", {"challenges": challenges})


@require_safe
def challenge_detail(request, slug):
    challenges = Challenge.objects.visible().select_related("category")
    try:
        challenge = challenges.prefetch_related("global_goals", "focal_points", "contacts").get(
            slug=slug
        )
    except Challenge.DoesNotExist:
        return moved_or_gone(request, Challenge, slug)
    return render_challenge(request, challenge)


def render_challenge(request, challenge, *, is_preview=False):
    initiatives = challenge.initiatives.visible()
    if not challenge.is_example:
        initiatives = initiatives.without_examples()
    context = {
        "challenge": challenge,
        "initiatives": first_cards(initiatives.furthest_first()),
        "others": Challenge.objects.visible().without_examples().exclude(pk=challenge.pk),
        "is_preview": is_preview,
    }
    return render(request, "innovation/challenge_detail.html", context)
