"""Templates with holes: cut once, filled many times, and never with HTML that nobody meant."""

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from innovation.shells import Shell, hole, kept

HOSTILE = "<script>\"'&"
ESCAPED = "&lt;script&gt;&quot;&#x27;&amp;"


def test_shell_puts_values_where_the_holes_are():
    shell = Shell(f"<p>{hole('first')} of {hole('last')}, {hole('first')}</p>")

    assert shell.fill(first=1, last="två") == "<p>1 of två, 1</p>"


def test_shell_gives_the_same_as_it_is_sent():
    shell = Shell(f"<p>{hole('said')}</p>")

    assert shell.encoded(said=HOSTILE + "å") == shell.fill(said=HOSTILE + "å").encode()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (HOSTILE, ESCAPED),
        (SafeString("<b>"), "<b>"),
        (b"<b>", "<b>"),
        (7, "7"),
        (True, "True"),
        (None, "None"),
    ],
)
def test_shell_escapes_all_that_is_not_safe_already(value, shown):
    assert Shell(f"<p>{hole('said')}</p>").fill(said=value) == f"<p>{shown}</p>"


def test_shell_escapes_a_text_that_looks_like_safe_text():
    class Title(str):
        """A text of our own kind, such as a title that knows its language."""

    assert Shell(hole("said")).fill(said=Title(HOSTILE)) == ESCAPED


def test_shell_without_a_value_for_a_hole_says_so():
    with pytest.raises(KeyError, match="last"):
        Shell(f"{hole('first')}{hole('last')}").fill(first=1)


def test_what_is_put_in_is_not_searched_for_holes():
    shell = Shell(f"{hole('first')}{hole('last')}")

    assert shell.fill(first=hole("last"), last="x") == f"{hole('last')}x"


def test_text_around_a_hole_has_the_others_filled():
    shell = Shell(f"<i>{hole('name')}</i> ({hole('count')})!")

    before, after = shell.around("count", name=HOSTILE)

    assert (before.decode(), after) == (f"<i>{ESCAPED}</i> (", b")!")


def test_shell_of_a_template_is_in_the_language_that_is_active():
    with translation.override("sv"):
        swedish = Shell.of("innovation/_page_link.html", kind="page").fill(
            query="a=1&b=2", number=3
        )

    assert swedish == (
        '<li><a href="?a=1&amp;b=2"><span class="visually-hidden">Sida </span>3</a></li>'
    )


def test_kept_shells_are_made_once(settings):
    made = []

    @kept
    def shells(language):
        made.append(language)
        return language.upper()

    assert [shells("sv"), shells("sv"), shells("en")] == ["SV", "SV", "EN"]
    assert made == ["sv", "en"]


def test_kept_shells_are_made_anew_when_a_setting_changes(settings):
    made = []

    @kept
    def shells(language):
        made.append(language)

    shells("sv")
    settings.SITE_NAME = "Innovation Landskrona"
    shells("sv")

    assert made == ["sv", "sv"]


def test_shells_are_not_kept_in_development(settings):
    settings.DEBUG = True
    made = []

    @kept
    def shells(language):
        made.append(language)

    shells("sv")
    shells("sv")

    assert made == ["sv", "sv"]
