"""Fields and descriptors for text in two languages and for rich text."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import get_language

from innovation import richtext

LANGUAGES = ("sv", "en")
RICH_TEXT_MAX = 20_000


class LocalText(str):
    """A text that knows its language, so that a page can mark a fallback.

    `lang` is "sv" or "en"; `is_fallback` is true when the reader asked for the other one.
    """

    lang: str
    is_fallback: bool

    def __new__(cls, value: str, lang: str, is_fallback: bool):
        text = super().__new__(cls, value)
        text.lang, text.is_fallback = lang, is_fallback
        return text


class Translated:
    """`title = Translated()` reads `title_sv` or `title_en`, in the reader's language first."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        wanted = reader_language()
        other = "en" if wanted == "sv" else "sv"
        if text := getattr(instance, f"{self.name}_{wanted}"):
            return LocalText(text, wanted, is_fallback=False)
        return LocalText(getattr(instance, f"{self.name}_{other}"), other, is_fallback=True)


def reader_language() -> str:
    """ "sv" or "en": the language of the page being made."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


class RichTextField(models.TextField):
    """HTML of the short list of tags in `innovation.richtext`, cleaned on every way in."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("validators", [MaxLengthValidator(RICH_TEXT_MAX)])
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value):
        return super().get_prep_value(richtext.clean(value) if value else value)

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.attname)
        if value:
            setattr(model_instance, self.attname, richtext.clean(value))
        return super().pre_save(model_instance, add)
