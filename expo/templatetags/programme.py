"""The programme's button and its place in the header."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from expo.views import programme_buttons
from innovation.models.fields import reader_language
from innovation.shells import kept

register = template.Library()


@register.simple_tag
def programme_button(occasion, chosen, where="choose"):
    """Add or remove. occasion: from `for_lists()`; chosen: what `chosen_in(request)` gave."""
    return programme_buttons.button_of(occasion, chosen, where)


@register.simple_tag(takes_context=True)
def programme_summary(context):
    """ "Mitt program (4)", the form that all buttons of the page belong to, and what there is to
    say. A page that is made without its request may give its own (`programme_summary`)."""
    if "programme_summary" in context:
        return context["programme_summary"]
    return summary(context.get("request"))


def header_part(request) -> bytes:
    """The same for a page that is made of holes; kept for who has no programme."""
    return summary(request).encode() if request.COOKIES else _empty_part(reader_language())


@kept
def _empty_part(language: str) -> bytes:
    return summary(None).encode()


def summary(request) -> SafeString:
    values = programme_buttons.summary_context(request)
    return render_to_string("expo/_programme_summary.html", values)
