import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation import richtext


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("", ""),
        ("Hej", "<p>Hej</p>"),
        ("Ett\n\nTvå\n \nTre", "<p>Ett</p><p>Två</p><p>Tre</p>"),
        ("<p>Hej</p>", "<p>Hej</p>"),
        ("<h3>Rubrik</h3><ul><li>Ett</li></ul>", "<h3>Rubrik</h3><ul><li>Ett</li></ul>"),
        ("<h1>Rubrik</h1>", "<p>Rubrik</p>"),
        ("<p>Hej <b>du</b> <strong>där</strong></p>", "<p>Hej du <strong>där</strong></p>"),
        ("<p style='color:red' class=x onclick=go()>Hej</p>", "<p>Hej</p>"),
        ("<script>alert(1)</script><p>Hej</p>", "<p>Hej</p>"),
        ("<style>p{}</style><p>Hej</p>", "<p>Hej</p>"),
        ("<p>Hej<img src=x onerror=alert(1)></p>", "<p>Hej</p>"),
        ("<p>a\x00b</p>", "<p>ab</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p>Öppen", "<p>Öppen</p>"),
    ],
)
def test_clean_keeps_the_short_list_of_tags(given_text, kept):
    assert richtext.clean(given_text) == kept


@pytest.mark.parametrize("address", ["https://example.org", "mailto:a@example.org", "tel:+4642"])
def test_clean_keeps_links_to_known_schemes(address):
    cleaned = richtext.clean(f'<p><a href="{address}" target="_blank">x</a></p>')

    assert cleaned == f'<p><a href="{address}" rel="noopener noreferrer">x</a></p>'


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x"])
def test_clean_drops_links_that_run_something(address):
    assert richtext.clean(f'<p><a href="{address}">x</a></p>') == (
        '<p><a rel="noopener noreferrer">x</a></p>'
    )


@given(st.text(alphabet=st.sampled_from(list("<>/pahr\"'= \n&;x\x00å")), max_size=80))
def test_clean_twice_changes_nothing(text):
    once = richtext.clean(text)

    assert richtext.clean(once) == once


def test_plain_is_the_words_on_one_line():
    assert richtext.plain("<p>Ett &amp; två</p>\n<ul><li>tre</li></ul>") == "Ett & två tre"


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        ("<h3>A</h3><h4>B</h4>", 2, "<h3>A</h3><h4>B</h4>"),
        ("<h3>A</h3><h4>B</h4>", 1, "<h2>A</h2><h3>B</h3>"),
        ("<h4>A</h4><h3>B</h3><h4>C</h4>", 2, "<h3>A</h3><h3>B</h3><h4>C</h4>"),
        ("<p>h3 &lt;h3&gt;</p>", 1, "<p>h3 &lt;h3&gt;</p>"),
    ],
)
def test_headings_begin_right_below_where_the_text_stands(text, level, expected):
    assert richtext.with_headings_under(text, level) == expected
