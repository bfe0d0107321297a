"""Form fields and widgets for what editors type."""

import json
import re
from html.parser import HTMLParser

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from innovation import richtext
from innovation.models.initiative import MONEY_MAX_SEK

# Spaces of every kind that a pasted amount may hold between its figures.
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_CURRENCY = re.compile(r"(kr|sek|:-)\.?$", re.IGNORECASE)

# What the buttons say: a sign on the button where one is shorter than its name.
_EDITOR_WORDS = {
    "bar": _("Formatting"),
    "bold": _("Bold"),
    "bold_sign": pgettext_lazy("on the button for bold", "B"),
    "italic": _("Italic"),
    "italic_sign": pgettext_lazy("on the button for italic", "I"),
    "link": _("Link"),
    "heading": _("Heading"),
    "bullets": _("Bulleted list"),
    "bullets_sign": _("• List"),
    "numbers": _("Numbered list"),
    "numbers_sign": _("1. List"),
    "quote": _("Quote"),
    "source": _("Show as HTML"),
    "address": _("Address of the link. Leave it empty to take the link away."),
}


class RichTextWidget(AdminTextareaWidget):
    """A textarea that static/admin-site/rich-text.js turns into an editor with buttons."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 8, **(attrs or {})})

    def build_attrs(self, base_attrs, extra_attrs=None):
        words = json.dumps({key: str(text) for key, text in _EDITOR_WORDS.items()})
        return {**super().build_attrs(base_attrs, extra_attrs), "data-rich-text": words}

    class Media:
        js = ["admin-site/rich-text.js"]


class ShortTextWidget(AdminTextareaWidget):
    """A few lines: leads, comments, notes."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 3, **(attrs or {})})


class MoneyField(forms.IntegerField):
    """Whole kronor, typed with or without spaces and "kr"."""

    widget = AdminTextInputWidget
    default_error_messages = {
        "invalid": _("Write the amount in whole kronor, with figures only."),
        "min_value": _("The amount can’t be below 0."),
        "max_value": _("The amount is at most a thousand billion kronor (1,000,000,000,000)."),
    }

    def __init__(self, *, required, label, help_text="", **kwargs):
        super().__init__(required=required, label=label, help_text=help_text)
        self.validators = [
            MinValueValidator(0, self.error_messages["min_value"]),
            MaxValueValidator(MONEY_MAX_SEK, self.error_messages["max_value"]),
        ]

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "class": "vMoneyField"}

    def prepare_value(self, value):
        return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else value

    def to_python(self, value):
        if isinstance(value, str):
            value = _SPACES.sub("", _CURRENCY.sub("", value.strip()))
        return super().to_python(value)

    def has_changed(self, initial, data):
        try:
            return initial != self.to_python(data)
        except forms.ValidationError:
            return True


class OrderField(forms.IntegerField):
    """A row's place among its siblings; left empty it comes first, as they all do by default."""

    def __init__(self, *, label, widget, initial=0, **kwargs):
        super().__init__(
            required=False,
            label=label,
            widget=widget,
            initial=initial,
            min_value=0,
            max_value=32_767,
        )

    def clean(self, value):
        return super().clean(value) or 0


class LinesField(forms.CharField):
    """A list of words, one on each line."""

    widget = ShortTextWidget

    def __init__(self, *, label, **kwargs):
        super().__init__(
            required=False, label=label, help_text=_("One on each line."), max_length=5000
        )

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = super().to_python(value).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def validate(self, value):
        """Lists have no rule of their own; `max_length` is asked of the text below."""

    def run_validators(self, value):
        super().run_validators("\n".join(value))

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class InferredField(forms.MultipleChoiceField):
    """The fields whose value no source states, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, names: dict[str, str], label, help_text):
        super().__init__(
            required=False, label=label, help_text=help_text, choices=list(names.items())
        )

    def has_changed(self, initial, data):
        return set(initial or []) != set(data or [])


# ── What cleaning takes away ──────────────────────────────────────────────────
class _Unwanted(HTMLParser):
    """Notes what `richtext.clean` will drop, in the order it was met."""

    def __init__(self):
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag, attrs):
        if tag not in richtext.TAGS:
            self.found[f"<{tag}>"] = None
            return
        allowed = richtext.ATTRIBUTES.get(tag, set()) | {"rel"}
        for name, value in attrs:
            if name not in allowed:
                self.found[f"{name}=…"] = None
            elif name == "href" and not _is_kept(value or ""):
                self.found[value[:60]] = None

    def handle_comment(self, data):
        self.found["<!-- … -->"] = None


def _is_kept(address: str) -> bool:
    scheme, colon, _rest = address.strip().partition(":")
    return not colon or "/" in scheme or scheme.lower() in richtext.SCHEMES


def find_removed(text: str) -> list[str]:
    """What the cleaning of rich text takes out of `text`, such as `["<script>", "style=…"]`."""
    parser = _Unwanted()
    parser.feed(text)
    parser.close()
    return list(parser.found)
