"""The page of one initiative."""

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from innovation import cards, likeness, money, snapshot, whole_initiative
from innovation.choices import Visibility
from innovation.films import find_film
from innovation.models import Challenge, Initiative
from innovation.models.fields import reader_language
from innovation.old_addresses import current_for
from innovation.short_way import for_everyone
from innovation.snapshot import EXAMPLE, Snapshot
from innovation.views.errors import gone
from innovation.views.pages import Shown

SIBLINGS = 6
# With each snapshot, the first initiatives of so many challenges.
MOST_CHALLENGES = 500


@for_everyone
@require_safe
def initiative_detail(request, slug):
    try:
        initiative = whole_initiative.of(slug, snapshot.current())
    except Initiative.DoesNotExist:
        return moved_or_gone(request, Initiative, slug)
    return render_initiative(request, initiative)


def render_initiative(request, initiative, *, is_preview=False):
    """The page of one initiative; `is_preview` marks it as not public."""
    snap, language = snapshot.current(), reader_language()
    prefetch_related_objects([initiative], whole_initiative.HISTORY)
    siblings = _siblings(initiative, snap)

    def items(pks: list[int], shape: str) -> SafeString:
        rows = (snap.rows[snap.slot_of[pk]] for pk in pks if pk in snap.slot_of)
        return SafeString(cards.items(rows, shape=shape, language=language, snap=snap).decode())

    context = {
        "initiative": initiative,
        "is_preview": is_preview,
        "history": initiative.status_changes.all(),
        "money": money.picture(initiative),
        "film": find_film(initiative.video_url) if initiative.video_url else None,
        "similar": items(likeness.similar_to(initiative), "small_cards"),
        "siblings": siblings,
        "sibling_lines": items(siblings.rows, "list"),
    }
    return render(request, "innovation/initiative_detail.html", context)


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


def _siblings(initiative: Initiative, snap: Snapshot) -> Shown:
    """The keys of others that work on the same challenge."""
    challenge = initiative.challenge
    if challenge is None or not challenge.is_published:
        return Shown([], 0)
    counted = snap.bits.get(("challenge", challenge.pk), 0) & ~snap.bits.get(EXAMPLE, 0)
    total = counted.bit_count()
    slot = snap.slot_of.get(initiative.pk)
    if slot is not None and counted >> slot & 1:
        total -= 1
    others = [pk for pk in _first_of(challenge, snap) if pk != initiative.pk]
    return Shown(others[:SIBLINGS], total)


def _first_of(challenge: Challenge, snap: Snapshot) -> list[int]:
    """The keys of one more than is shown, since one of them may be the one whose page it is."""

    def read():
        initiatives = challenge.initiatives.visible().without_examples().furthest_first()
        return list(initiatives.values_list("pk", flat=True)[: SIBLINGS + 1])

    return snap.kept("first of challenges", challenge.pk, read, most=MOST_CHALLENGES)
