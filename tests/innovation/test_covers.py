"""The drawn covers: the same bytes for ever, valid, small, and in view however they are cropped."""

import gzip
import hashlib
import json
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pytest

from innovation.choices import Band as BandChoice
from innovation.choices import Light as LightChoice
from innovation.covers import (
    SIZES,
    Cover,
    cover_path,
    draw_cover,
    motifs_for,
    parse_cover_path,
    words,
)
from innovation.covers.address import KINDS, LIGHTS
from innovation.covers.bands import BANDS, INK, PAPER
from innovation.covers.frame import WIDEST_CROP, Frame
from innovation.covers.light import LIGHTS as DRAWN_LIGHTS
from innovation.covers.motifs import MOTIFS
from innovation.covers.sheet import Sheet
from innovation.covers.skyline import Scene

MAX_BYTES = 2048
DEMO = Path(__file__).parents[2] / "innovation" / "demo" / "initiatives.json"
GOLDENS = Path(__file__).with_name("covers_goldens.json")
SVG = "{http://www.w3.org/2000/svg}"


def golden_covers() -> dict[str, Cover]:
    slugs = ("lugna-bussen", "smarta-livbojar", "ung-innovation")
    covers = [
        Cover(kind, slug, band, light, motifs_for(slug.replace("-", " ")), size)
        for kind, slug, band, light, size in zip(
            KINDS * 3, slugs * 8, [*BANDS] * 2, LIGHTS * 4, list(SIZES) * 6, strict=False
        )
    ]
    return {cover_path(cover): cover for cover in covers}


def real_covers():
    for row in json.loads(DEMO.read_text()):
        motifs = motifs_for(f"{row['title_sv']} {row['title_en']} {row['summary_sv']}")
        for light, size in product(LIGHTS, SIZES):
            yield Cover("initiative", row["slug"], "health", light, motifs, size)


def contrast(one: str, other: str) -> float:
    def luminance(tone):
        parts = [int(tone[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_cover_is_the_same_for_ever():
    drawn = {
        path: hashlib.sha256(draw_cover(cover).encode()).hexdigest()[:16]
        for path, cover in golden_covers().items()
    }

    assert drawn == json.loads(GOLDENS.read_text()), (
        "A drawing has changed, but browsers keep the old one for a year: raise VERSION in "
        "innovation/covers/address.py, then run python -m tests.innovation.test_covers"
    )


def test_cover_of_every_real_initiative_is_small_in_every_light_and_size():
    # gzip, the larger of the two: brotli takes about a sixth less, but a minute for them all.
    sizes = {cover: len(gzip.compress(draw_cover(cover).encode(), 9)) for cover in real_covers()}

    assert {cover: size for cover, size in sizes.items() if size > MAX_BYTES} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_cover_of_every_kind_is_small_in_every_light_and_size(kind):
    rows = json.loads(DEMO.read_text())[::21]
    covers = [
        Cover(kind, row["slug"], "health", light, motifs_for(row["title_sv"]), size)
        for row, light, size in product(rows, LIGHTS, SIZES)
    ]

    zipped = {cover: len(gzip.compress(draw_cover(cover).encode(), 9)) for cover in covers}

    assert {cover: size for cover, size in zipped.items() if size > MAX_BYTES} == {}


@pytest.mark.parametrize(("kind", "light"), list(product(KINDS, LIGHTS)))
def test_cover_is_plain_svg_without_style_or_script(kind, light):
    svg = draw_cover(Cover(kind, "lugna-bussen", "safety", light, ("bus", "sail"), "wide"))

    root = ElementTree.fromstring(svg)

    assert root.tag == f"{SVG}svg"
    assert {child.tag for child in root} == {f"{SVG}path"}
    allowed = {"d", "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width"}
    assert {name for child in root for name in child.attrib} <= allowed | {"stroke-linecap"}


@pytest.mark.parametrize(("size", "light"), list(product(SIZES, LIGHTS)))
def test_cover_keeps_its_light_in_every_crop(size, light):
    frame = Frame.of(size)
    radius = DRAWN_LIGHTS[light].radius

    y = frame.light_at(DRAWN_LIGHTS[light].height)

    assert frame.safe_top <= y - min(radius, 42)
    assert y <= frame.horizon <= frame.safe_bottom
    assert frame.safe_bottom - frame.safe_top <= round(frame.width / WIDEST_CROP) + 1


def test_covers_of_different_initiatives_differ():
    slugs = [row["slug"] for row in json.loads(DEMO.read_text())]

    drawn = {draw_cover(Cover("initiative", slug, "urban", "noon")) for slug in slugs}

    assert len(drawn) == len(slugs)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "banner"}, "There is no kind 'banner'"),
        ({"band": "pink"}, "There is no band 'pink'"),
        ({"light": "midnight"}, "There is no light 'midnight'"),
        ({"size": "huge"}, "There is no size 'huge'"),
        ({"motifs": ("unicorn",)}, "There is no motif 'unicorn'"),
        ({"motifs": ("bus", "bus")}, "at most 3 different motifs"),
        ({"slug": "Å"}, "A slug is 1 to 120 of a-z"),
        ({"slug": "x" * 121}, "A slug is 1 to 120 of a-z"),
    ],
)
def test_cover_that_cannot_be_drawn_says_why(change, sentence):
    fields = {"kind": "initiative", "slug": "a", "band": "urban", "light": "noon"}

    with pytest.raises(ValueError, match=sentence):
        Cover(**fields | change)


def test_cover_path_is_read_back():
    cover = Cover("event", "torget", "moss", "dusk", ("tree", "bus"), "social")

    version, read = parse_cover_path(cover_path(cover))

    assert (version, read) == (1, cover)


@pytest.mark.parametrize(
    ("text", "motifs"),
    [
        ("Livbojar vid strandpromenaden", ("lifebuoy",)),
        ("Innovationsdatabas för skolan", ("school",)),
        ("Pedagogens barometer", ("school",)),
        ("A robot at the library", ("robot", "library")),
        ("", ()),
    ],
)
def test_motifs_for_follow_the_words(text, motifs):
    assert motifs_for(text) == motifs


@pytest.mark.parametrize("text", ["Parkering", "Hemlig solidaritet", "Utan skräp", "Matematik"])
def test_motifs_for_do_not_mistake_a_beginning_for_a_word(text):
    assert motifs_for(text) == ()


def test_motifs_for_put_everyday_words_last():
    assert motifs_for("Digital dialog om hav och bad") == ("bubbles", "fish", "lifebuoy")


def test_motifs_for_ask_tags_after_the_text():
    assert motifs_for("Cykelskola", ("labour-market",)) == ("bicycle", "stairs")


def test_words_and_tags_name_motifs_that_exist():
    assert {*words.BEGINNINGS.values(), *words.TAGS.values()} - {"-"} <= set(MOTIFS)


@pytest.mark.parametrize("name", MOTIFS)
def test_motif_is_drawn_inside_its_own_width(name):
    motif = MOTIFS[name]
    xs = [x for shape in motif.shapes if shape.form == "poly" for x in shape.numbers[::2]]

    assert motif.shapes
    assert all(0 <= x <= motif.width for x in xs)


def test_status_changes_the_light_and_nothing_that_stands_on_the_quay():
    town = {
        light: Scene.of(
            Cover("initiative", "lugna-bussen", "urban", light), Sheet({}), Frame.of("card")
        )
        for light in LIGHTS
    }

    assert len({(scene.side, scene.sun_x, scene.hero_x) for scene in town.values()}) == 1
    assert len({draw_cover(scene.cover) for scene in town.values()}) == len(LIGHTS)


def test_bands_and_lights_are_those_that_editors_choose_from():
    assert set(BANDS) == set(BandChoice.values)
    assert set(LIGHTS) == set(LightChoice.values) == set(DRAWN_LIGHTS)


@pytest.mark.parametrize("name", BANDS)
def test_band_carries_text_on_soft_and_deep(name):
    band = BANDS[name]

    assert contrast(INK, band.soft) >= 7
    assert contrast(PAPER, band.deep) >= 7


def test_cover_is_served_for_ever_and_compressed(client):
    path = cover_path(Cover("initiative", "lugna-bussen", "urban", "noon"))

    response = client.get(path, headers={"accept-encoding": "gzip, br"})
    again = client.get(
        path, headers={"accept-encoding": "gzip, br", "if-none-match": response["ETag"]}
    )
    zipped = client.get(path, headers={"accept-encoding": "gzip"})

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert brotli.decompress(response.content) == gzip.decompress(zipped.content)
    assert (again.status_code, again.content) == (304, b"")
    assert zipped["ETag"] != response["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        "/covers/1/initiative/pink/noon/-/card/a.svg",
        "/covers/1/initiative/urban/noon/-/card/%3Cscript%3E.svg",
        "/covers/1/initiative/urban/noon/bus+bus/card/a.svg",
        "/covers/999/initiative/urban/noon/-/card/a.svg",
    ],
)
def test_cover_with_odd_address_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_cover_of_an_older_version_leads_to_the_current(client, monkeypatch):
    monkeypatch.setattr("innovation.views.covers.VERSION", 2)
    path = cover_path(Cover("initiative", "a", "urban", "noon"))

    response = client.get(path)

    assert (response.status_code, response["Location"]) == (301, path)


if __name__ == "__main__":
    rows = {
        path: hashlib.sha256(draw_cover(cover).encode()).hexdigest()[:16]
        for path, cover in golden_covers().items()
    }
    GOLDENS.write_text(json.dumps(rows, indent=1) + "\n")
