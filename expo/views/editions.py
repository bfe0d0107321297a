"""What the pages of one edition begin with: the edition itself, or the way to its new address."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from expo.models import Expo
from innovation.choices import Visibility
from innovation.old_addresses import current_for
from innovation.views.errors import gone


def edition_page(view):
    """For a page under `expo/<slug:edition>/`: the view is given the Expo in place of its slug."""

    @require_safe
    @wraps(view)
    def page(request, edition, **kwargs):
        expo = Expo.objects.visible().filter(slug=edition).first()
        if expo is None:
            return moved_or_gone(request, Expo, edition, key="edition")
        return view(request, expo, **kwargs)

    return page


def moved_or_gone(request, model, slug: str, key: str = "slug"):
    """For a slug that nothing shown has: the same page at the row's new slug, 410 for what was
    withdrawn, else 404. `key` is what the address calls the slug."""
    row = current_for(model, slug)
    if row is None:
        raise Http404
    visibility = getattr(row, "visibility", Visibility.PUBLISHED)
    if visibility == Visibility.WITHDRAWN:
        return gone(request)
    if visibility != Visibility.PUBLISHED or row.slug == slug:
        raise Http404
    match = request.resolver_match
    return redirect(match.view_name, permanent=True, **{**match.kwargs, key: row.slug})


def crumbs_of(expo: Expo, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the list of editions to the page: (name, address) of each page above it."""
    return [
        (_("Expo"), reverse("expo:expo-list")),
        (str(expo.name), expo.get_absolute_url()),
        *more,
    ]


def area_list_crumb(expo: Expo) -> tuple[str, str]:
    return _("Areas"), reverse("expo:area-list", kwargs={"edition": expo.slug})


def area_crumb(expo: Expo, area) -> tuple[str, str]:
    kwargs = {"edition": expo.slug, "slug": area.slug}
    return str(area.name), reverse("expo:area-detail", kwargs=kwargs)
