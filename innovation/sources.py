"""What the names in `inferred_fields` are called on a page."""

from django.utils.translation import gettext_lazy as _

_NAMES = {
    "title_sv": _("the Swedish title"),
    "title_en": _("the English title"),
    "lead_sv": _("the summary"),
    "lead_en": _("the summary"),
    "text_sv": _("the text"),
    "text_en": _("the text"),
    "name_sv": _("the name"),
    "name_en": _("the name"),
    "status": _("the status"),
    "challenge": _("the challenge"),
    "category": _("the category"),
    "driven_by": _("who drives it"),
    "sectors": _("the sectors"),
    "technologies": _("the technologies"),
    "global_goals": _("the Global Goals"),
    "start_year": _("the year"),
    "end_year": _("the year"),
    "figures": _("the figures"),
    "involvements": _("resident involvement"),
    "focal_points": _("the focal points"),
    "administration": _("the administration"),
    "parent": _("what it is part of"),
    "kind": _("the kind"),
}


def names_of(fields: list[str]) -> list[str]:
    """In a reader's words, each once, in the order of a page; unknown names are left out."""
    wanted = set(fields)
    names = (str(name) for field, name in _NAMES.items() if field in wanted)
    return list(dict.fromkeys(names))
