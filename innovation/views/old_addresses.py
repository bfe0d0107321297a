"""The old site's addresses lead to the new ones for good, in one step."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from innovation.choices import Visibility
from innovation.models import Challenge, Initiative
from innovation.old_addresses import current_for
from innovation.views import errors


@require_safe
def old_list(request, page, language):
    with translation.override(language):
        return HttpResponsePermanentRedirect(reverse(page))


@require_safe
def old_initiative(request, slug, language):
    return _lead_on(request, Initiative, slug, language)


@require_safe
def old_challenge(request, slug, language):
    return _lead_on(request, Challenge, slug, language)


def _lead_on(request, model, slug, language):
    with translation.override(language):
        row = current_for(model, slug)
        # What is internal was never public, so nothing may be said of it.
        if row is None or getattr(row, "internal", False):
            raise Http404
        if row.visibility == Visibility.WITHDRAWN:
            return errors.gone(request)
        if not row.is_published:
            raise Http404
        return HttpResponsePermanentRedirect(row.get_absolute_url())
