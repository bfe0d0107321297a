"""Pages of the vocabularies: each word with its text, its number and its initiatives."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from innovation.models import Category, GlobalGoal, Sector, Technology
from innovation.old_addresses import current_for
from innovation.views.pages import first_cards

# What a page calls its term and the others, the key in the catalogue's address, and the field
# of the initiative.
_KINDS = {
    Category: (_("Category"), _("Other categories"), "category", "category"),
    Sector: (_("Sector"), _("Other sectors"), "sector", "sectors"),
    Technology: (_("Technology"), _("Other technologies"), "technology", "technologies"),
    GlobalGoal: (_("Global Goal"), _("The other Global Goals"), "goal", "global_goals"),
}


@require_safe
def category_detail(request, slug):
    return _term_page(request, Category, slug)


@require_safe
def sector_detail(request, slug):
    return _term_page(request, Sector, slug)


@require_safe
def technology_detail(request, slug):
    return _term_page(request, Technology, slug)


@require_safe
def global_goal_detail(request, slug):
    return _term_page(request, GlobalGoal, slug)


def _term_page(request, model, slug):
    term = model.objects.filter(slug=slug).first()
    if term is None:
        moved = current_for(model, slug)
        if moved is None:
            raise Http404
        return redirect(moved, permanent=True)
    label, others, key, field = _KINDS[model]
    initiatives = term.initiatives.visible().without_examples()
    shown = first_cards(initiatives.furthest_first())
    context = {
        "term": term,
        "band": getattr(term, "band", "harbour"),
        "kind": label,
        "key": key,
        "initiatives": shown,
        "concluded": shown.total - initiatives.with_stated(field).count(),
        "challenges": _challenges(term),
        "others": model.objects.exclude(pk=term.pk),
        "others_title": others,
    }
    return render(request, "innovation/term_detail.html", context)


def _challenges(term):
    if not hasattr(term, "challenges"):
        return []
    return term.challenges.visible().without_examples()
