"""The start page."""

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from innovation.models import Category, Challenge, Initiative, Organisation, Status
from innovation.querysets import visible_initiatives

CHANGED_LATELY = 6


@require_safe
def start(request):
    initiatives = Initiative.objects.visible().without_examples()
    context = {
        "total": initiatives.count(),
        "latest": initiatives.for_cards().order_by("-updated_at", "pk")[:CHANGED_LATELY],
        "statuses": _counted(Status.objects.all()),
        "categories": _counted(Category.objects.all()).order_by("-total", "name_sv"),
        "challenges": _counted(
            Challenge.objects.visible().without_examples().select_related("category")
        ),
        "organisations": Organisation.objects.visible().without_examples().count(),
    }
    return render(request, "innovation/start.html", context)


def _counted(rows):
    """Those with visible initiatives, in their own order, with their number as `total`."""
    total = Count("initiatives", filter=visible_initiatives("initiatives"))
    # Said aloud, since a query that groups forgets the model's ordering.
    return rows.annotate(total=total).filter(total__gt=0).order_by(*rows.model._meta.ordering)
