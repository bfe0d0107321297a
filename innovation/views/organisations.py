"""Organisations: the list by kind, and one with what it drives and joins."""

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from innovation.choices import OrganisationKind
from innovation.models import Organisation
from innovation.querysets import visible_initiatives
from innovation.swedish_order import sort_key
from innovation.views.initiatives import moved_or_gone
from innovation.views.pages import first_cards


@require_safe
def organisation_list(request):
    organisations = (
        Organisation.objects.visible()
        .without_examples()
        .annotate(
            drives=_counted("driven_initiatives"),
            joins=_counted("joined_initiatives"),
            supports=_counted("partnered_initiatives"),
        )
    )
    by_kind = {kind: [] for kind in OrganisationKind}
    for organisation in sorted(organisations, key=_by_name):
        by_kind[organisation.kind].append(organisation)
    context = {
        "groups": [(kind.label, kind.value, rows) for kind, rows in by_kind.items() if rows],
        "total": sum(map(len, by_kind.values())),
    }
    return render(request, "innovation/organisation_list.html", context)


@require_safe
def organisation_detail(request, slug):
    organisations = Organisation.objects.visible().select_related("parent", "administration")
    try:
        organisation = organisations.get(slug=slug)
    except Organisation.DoesNotExist:
        return moved_or_gone(request, Organisation, slug)
    return render_organisation(request, organisation)


def render_organisation(request, organisation, *, is_preview=False):
    context = {
        "organisation": organisation,
        "driven": _shown(organisation, organisation.driven_initiatives),
        "joined": _shown(organisation, organisation.joined_initiatives),
        "partnered": _shown(organisation, organisation.partnered_initiatives),
        "parts": organisation.parts.visible().without_examples(),
        "committees": organisation.committees.visible().without_examples(),
        "platforms": organisation.platforms.visible(),
        "is_preview": is_preview,
    }
    return render(request, "innovation/organisation_detail.html", context)


def _shown(organisation, initiatives):
    """Invented initiatives stand only with the invented organisations."""
    visible = (
        initiatives.visible()
        if organisation.is_example
        else (initiatives.visible().without_examples())
    )
    return first_cards(visible.furthest_first())


def _counted(path):
    return Count(path, filter=visible_initiatives(path), distinct=True)


def _by_name(organisation):
    return sort_key(organisation.name)
