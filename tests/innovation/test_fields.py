import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from innovation.models import Category, Initiative
from innovation.models.fields import RICH_TEXT_MAX, LocalText, reader_language
from tests.builders import make_category, make_initiative


@pytest.mark.parametrize(
    ("language", "sv", "en", "expected", "lang", "is_fallback"),
    [
        ("sv", "Hej", "Hello", "Hej", "sv", False),
        ("en", "Hej", "Hello", "Hello", "en", False),
        ("en", "Hej", "", "Hej", "sv", True),
        ("sv", "", "Hello", "Hello", "en", True),
        ("sv", "", "", "", "en", True),
    ],
)
def test_translated_text_is_in_the_readers_language_first(
    language, sv, en, expected, lang, is_fallback
):
    with translation.override(language):
        text = Initiative(title_sv=sv, title_en=en).title

    assert (text, text.lang, text.is_fallback) == (expected, lang, is_fallback)


def test_translated_on_the_class_is_the_descriptor_itself():
    assert Category.name is Category.__dict__.get("name", Category.name)


@pytest.mark.parametrize(
    ("active", "language"), [("sv", "sv"), ("en", "en"), ("en-gb", "en"), ("de", "sv")]
)
def test_reader_language_is_one_of_two(active, language):
    with translation.override(active):
        assert reader_language() == language


def test_reader_language_is_swedish_when_none_is_active():
    with translation.override(None):
        assert reader_language() == "sv"


def test_local_text_is_a_text():
    text = LocalText("Hej", "sv", is_fallback=True)

    assert text + " du" == "Hej du"


@pytest.mark.django_db
def test_rich_text_is_cleaned_on_save_and_in_the_row_at_hand():
    category = make_category(text_sv="<script>x</script><p onclick=y>Hej</p>")

    assert category.text_sv == "<p>Hej</p>"
    category.refresh_from_db()
    assert category.text_sv == "<p>Hej</p>"


@pytest.mark.django_db
def test_rich_text_is_cleaned_by_update_too():
    category = make_category()

    Category.objects.filter(pk=category.pk).update(text_sv="<script>x</script>Hej")

    category.refresh_from_db()
    assert category.text_sv == "<p>Hej</p>"


@pytest.mark.django_db
def test_rich_text_is_cleaned_by_bulk_create():
    Category.objects.bulk_create([Category(slug="a", name_sv="A", text_en="<b>Hi</b>")])

    assert Category.objects.get(slug="a").text_en == "<p>Hi</p>"


@pytest.mark.django_db
def test_rich_text_of_100_kb_is_refused_with_a_sentence():
    initiative = make_initiative()
    initiative.what_sv = "ä" * 100_000

    with pytest.raises(ValidationError) as refusal:
        initiative.full_clean()

    assert list(refusal.value.message_dict) == ["what_sv"]
    assert str(RICH_TEXT_MAX) in refusal.value.message_dict["what_sv"][0].replace("\xa0", "")
