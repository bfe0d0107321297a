"""The page of one initiative."""

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from innovation import likeness, money
from innovation.choices import Visibility
from innovation.films import find_film
from innovation.models import GalleryPicture, Initiative, Organisation, Platform
from innovation.old_addresses import current_for
from innovation.views.errors import gone
from innovation.views.pages import Shown, first_cards

SIBLINGS = 6


@require_safe
def initiative_detail(request, slug):
    try:
        initiative = for_page(Initiative.objects.visible()).get(slug=slug)
    except Initiative.DoesNotExist:
        return moved_or_gone(request, Initiative, slug)
    return render_initiative(request, initiative)


def render_initiative(request, initiative, *, is_preview=False):
    """The page of one initiative; `is_preview` marks it as not public."""
    context = {
        "initiative": initiative,
        "is_preview": is_preview,
        "history": initiative.status_changes.select_related("from_status", "to_status"),
        "money": money.picture(initiative),
        "film": find_film(initiative.video_url) if initiative.video_url else None,
        "similar": likeness.similar_to(initiative),
        "siblings": _siblings(initiative),
    }
    return render(request, "innovation/initiative_detail.html", context)


def for_page(initiatives):
    """With all that `initiative_detail.html` reads: one query a list, however long the lists."""
    organisations = Organisation.objects.visible()
    return (
        initiatives.for_cards()
        .select_related("challenge", "operation_domain", "expected_impact")
        .prefetch_related(
            "sectors",
            "technologies",
            "global_goals",
            "operations",
            "innovation_heights",
            "impact_targets",
            "involvements",
            "figures",
            "funding",
            "contacts",
            "links",
            "documents",
            "updates",
            Prefetch("participants", organisations),
            Prefetch("partners", organisations),
            Prefetch("platforms", Platform.objects.visible()),
            Prefetch("gallery", GalleryPicture.objects.showable(timezone.localdate())),
        )
    )


def moved_or_gone(request, model, slug):
    """For a slug that nothing visible has: its new address, 410 for the withdrawn, else 404."""
    row = current_for(model, slug)
    if row is None:
        raise Http404
    if row.visibility == Visibility.WITHDRAWN and not getattr(row, "internal", False):
        return gone(request)
    if not model.objects.visible().filter(pk=row.pk).exists() or row.slug == slug:
        raise Http404
    return redirect(row, permanent=True)


def _siblings(initiative):
    """Others that work on the same challenge."""
    challenge = initiative.challenge
    if challenge is None or not challenge.is_published:
        return Shown([], 0)
    others = challenge.initiatives.visible().without_examples().exclude(pk=initiative.pk)
    return first_cards(others.furthest_first(), most=SIBLINGS)
