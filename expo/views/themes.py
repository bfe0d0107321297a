"""One theme of an edition's programme."""

from django.shortcuts import render

from expo.models import Theme
from expo.shown import events_of, occasions_of
from expo.views.editions import crumbs_of, edition_page, moved_or_gone
from expo.views.listings import dayless, listing
from expo.views.programme_buttons import chosen_in


@edition_page
def theme_detail(request, expo, slug):
    themes = Theme.objects.filter(pk__in=events_of(expo).exclude(theme=None).values("theme"))
    theme = themes.filter(slug=slug).first()
    if theme is None:
        return moved_or_gone(request, Theme, slug)
    context = {
        "expo": expo,
        "theme": theme,
        "crumbs": crumbs_of(expo),
        "chosen": chosen_in(request),
        "listing": listing(expo, occasions_of(expo).filter(event__theme=theme)),
        "dayless": dayless(events_of(expo).filter(theme=theme)),
        "others": themes.exclude(pk=theme.pk),
    }
    return render(request, "expo/theme_detail.html", context)
