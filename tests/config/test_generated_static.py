from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from config import generated_static

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def css_folder(tmp_path):
    (tmp_path / "components").mkdir()
    for name in ("tokens", "base", "utilities", "components/card", "components/button"):
        (tmp_path / f"{name}.css").write_text(f"/* why */\n.{name.rpartition('/')[2]} {{}}\n\n")
    return tmp_path


def test_joined_css_follows_the_order_of_the_layers(css_folder):
    joined = generated_static.joined_css(css_folder).decode()

    assert joined.splitlines() == [
        ".tokens {}",
        ".base {}",
        ".button {}",
        ".card {}",
        ".utilities {}",
    ]


def test_joined_css_keeps_what_only_looks_like_a_comment(css_folder):
    (css_folder / "base.css").write_text('a::after { content: "/* arrow */"; }')

    assert 'content: "/* arrow */"' in generated_static.joined_css(css_folder).decode()


def test_css_without_a_place_in_the_order_is_refused(css_folder):
    (css_folder / "extra.css").write_text("")

    with pytest.raises(ValueError, match="extra.css has no place in CSS_ORDER"):
        generated_static.joined_css(css_folder)


def test_icon_sprite_has_a_symbol_for_each_name():
    sprite = ElementTree.fromstring(generated_static.icon_sprite(("search", "x")))

    assert [symbol.get("id") for symbol in sprite] == ["icon-search", "icon-x"]
    assert {symbol.get("viewBox") for symbol in sprite} == {"0 0 24 24"}
    assert {symbol.tag for symbol in sprite} == {f"{SVG}symbol"}


def test_icon_sprite_names_an_icon_that_does_not_exist():
    with pytest.raises(ValueError, match="Lucide has no icon named 'no-such-icon'"):
        generated_static.icon_sprite(("no-such-icon",))


@pytest.fixture(scope="module")
def cut():
    return generated_static.cut_font(generated_static.font_path())


def test_font_is_small_and_the_same_every_time(cut):
    again = generated_static.cut_font(generated_static.font_path())

    assert again == cut
    assert len(cut) < 42_000


def test_font_has_the_letters_the_weights_and_the_tabular_figures(cut):
    with TTFont(BytesIO(cut)) as font:
        missing = [
            char for char in "åäöÅÄÖéüøæ“”–—…·→←↑↓×−\u00a0" if ord(char) not in font.getBestCmap()
        ]
        weight = font["fvar"].axes[0]
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert missing == []
    assert (weight.axisTag, weight.minValue, weight.maxValue) == ("wght", 400, 900)
    assert "tnum" in features


@pytest.mark.parametrize("path", ["css/site.css", "icons.svg", "fonts/schibsted-grotesk.woff2"])
def test_generated_file_is_found_like_any_static_file(path):
    found = finders.find(path)

    with open(found, "rb") as file:
        assert file.read(1) != b""


def test_style_sheet_is_made_anew_when_a_source_changes(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    source = tmp_path / "static" / "css" / "base.css"
    source.parent.mkdir(parents=True)
    source.write_text(".one {}")
    finder = generated_static.GeneratedFinder()
    finder.find("css/site.css")

    source.write_text(".two {}")

    with open(finder.find("css/site.css")) as file:
        assert file.read() == ".two {}"
