"""The seven lights: which inks a picture is printed in, and what hangs in its sky.

dawn for an idea, morning for a pilot, day for what is tried live or scaled up, noon for what is
realised; dusk for a pause, night for what was cancelled, haze where no status is stated.
"""

from dataclasses import dataclass

from . import sheet as shapes
from .bands import BANDS, PAPER
from .frame import Frame
from .seeds import Seeds
from .sheet import Ink, Sheet

# The inks of each role of a motif (see motifs.py), by the name of the motif's colour.
Tones = dict[str, str]


def _tones(roles: str) -> Tones:
    return dict(zip("abwsdp", roles.split(), strict=True))


_DAY_TONES = {
    "main": _tones("main deep soft spark deep paper"),
    "deep": _tones("deep main bright spark main paper"),
    "bright": _tones("bright main paper spark deep paper"),
    "pale": _tones("paper main main spark deep soft"),
    "spark": _tones("spark deep paper bright deep paper"),
}
_HAZE_TONES = {
    "main": _tones("main deep soft spark deep paper"),
    "deep": _tones("veil main paper spark main paper"),
    "bright": _tones("bright main paper spark main paper"),
    "pale": _tones("paper veil veil bright main soft"),
    "spark": _tones("spark deep paper bright deep paper"),
}
_DUSK_TONES = {
    "main": _tones("deep bright sun spark deep soft"),
    "deep": _tones("deep shade bright sun deep soft"),
    "bright": _tones("bright deep deep spark deep soft"),
    "pale": _tones("shade deep sun bright deep bright"),
    "spark": _tones("deep sun soft bright deep soft"),
}
_NIGHT_TONES = {
    "main": _tones("main bright lamp spark bright soft"),
    "deep": _tones("shade main lamp bright main bright"),
    "bright": _tones("bright main deep spark main soft"),
    "pale": _tones("shade bright soft lamp bright soft"),
    "spark": _tones("spark bright soft main bright soft"),
}


@dataclass(frozen=True, slots=True)
class Light:
    """height: of the sun in percent, 0 on the horizon; inks: what "sky", "far" … are here."""

    height: int
    radius: int
    inks: dict[str, str]
    tones: dict[str, Tones]


# Name of the ink -> a tone of the band, or two printed as one flat tint: "bright 42 soft" is 42 %
# bright in soft. "paper / 60" lets what lies below shine through: for rings of light and mist only.
_DAY_INKS = {
    "sky": "soft",
    "glow": "paper / 70",
    "far": "bright 42 soft",
    "veil": "main 60 soft",
    "shade": "main 60 soft",
    "cloud": "paper",
    "water": "main",
    "crest": "bright",
    "trough": "deep",
    "foam": "soft",
    "quay": "deep",
    "glint": "sun",
    "lamp": "soft",
}
_DAWN_INKS = {**_DAY_INKS, "glow": "paper / 42", "cloud": "paper"}
_HAZE_INKS = {
    **_DAY_INKS,
    "glow": "paper / 60",
    "far": "bright 30 soft",
    "water": "main 76 soft",
    "trough": "main",
    "glint": "paper",
}
_DUSK_INKS = {
    "sky": "main",
    "glow": "bright / 34",
    "far": "deep 36 main",
    "veil": "deep 60 main",
    "shade": "deep 60 main",
    "cloud": "bright 50 main",
    "water": "deep",
    "crest": "main",
    "trough": "main 40 deep",
    "foam": "main 70 deep",
    "quay": "deep",
    "glint": "sun",
    "lamp": "soft",
}
_NIGHT_INKS = {
    "sky": "deep",
    "glow": "main / 34",
    "far": "main 34 deep",
    "veil": "main 50 deep",
    "shade": "main 62 deep",
    "cloud": "main 60 deep",
    "water": "main 42 deep",
    "crest": "bright 50 main",
    "trough": "main 14 deep",
    "foam": "main",
    "quay": "bright",
    "glint": "soft",
    "lamp": "sun",
}

LIGHTS: dict[str, Light] = {
    "dawn": Light(0, 80, _DAWN_INKS, _DAY_TONES),
    "morning": Light(36, 52, _DAY_INKS, _DAY_TONES),
    "day": Light(72, 46, _DAY_INKS, _DAY_TONES),
    "noon": Light(100, 44, _DAY_INKS, _DAY_TONES),
    "dusk": Light(24, 66, _DUSK_INKS, _DUSK_TONES),
    "night": Light(96, 44, _NIGHT_INKS, _NIGHT_TONES),
    "haze": Light(66, 54, _HAZE_INKS, _HAZE_TONES),
}


def inks_of(band_name: str, light_name: str) -> dict[str, Ink]:
    """All the inks of a picture: the band's own five, paper, and those named after a use."""
    band = BANDS[band_name]
    tones = {**band._asdict(), "paper": PAPER, "sun": band.sun}
    inks: dict[str, Ink] = {name: (tone, 1) for name, tone in tones.items()}
    for name, recipe in LIGHTS[light_name].inks.items():
        first, *rest = recipe.split()
        if not rest:
            inks[name] = (tones[first], 1)
        elif rest[0] == "/":
            inks[name] = (tones[first], int(rest[1]) / 100)
        else:
            inks[name] = (tint(tones[first], int(rest[0]), tones[rest[1]]), 1)
    return inks


def tint(tone: str, percent: int, ground: str) -> str:
    """One flat colour of two: `percent` of `tone` in `ground`."""
    pairs = [(int(tone[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{(a * percent + b * (100 - percent)) // 100:02X}" for a, b in pairs)


def draw_sky(sheet: Sheet, frame: Frame, light_name: str, sun_x: int, seeds: Seeds) -> None:
    """The ground of the sky and its light; `seeds` vary the rays, clouds and stars."""
    sheet.fill("sky", shapes.rect(0, 0, frame.width, frame.height))
    light = LIGHTS[light_name]
    _SKIES[light_name](sheet, frame, sun_x, frame.light_at(light.height), light.radius, seeds)


def _dawn(sheet, frame, x, y, r, seeds):
    """A half sun on the horizon in rings of its own light."""
    for ring in (3, 2, 1):
        sheet.fill("glow", shapes.dome(x, y, r + ring * 42))
    sheet.fill("sun", shapes.disc(x, y, r))
    _bars(sheet, frame, seeds, "cloud", 2)


def _morning(sheet, frame, x, y, r, seeds):
    sheet.fill("glow", shapes.disc(x, y, r + 30))
    sheet.fill("sun", shapes.disc(x, y, r))
    _clouds(sheet, frame, x, seeds, 2)
    _birds(sheet, frame, x, seeds)


def _day(sheet, frame, x, y, r, seeds):
    sheet.fill("sun", shapes.disc(x, y, r))
    _clouds(sheet, frame, x, seeds, 3)
    _birds(sheet, frame, x, seeds)


def _noon(sheet, frame, x, y, r, seeds):
    """Full light: the whole sky takes part, in one of four ways."""
    seeds.one_of((_beams, _rings, _spikes, _petals))(sheet, frame, x, y, r, seeds)
    sheet.fill("sun", shapes.disc(x, y, r))


def _dusk(sheet, frame, x, y, r, seeds):
    """A sun in stripes, setting behind a calm band."""
    sheet.fill("glow", shapes.rect(0, frame.horizon - 74, frame.width, 74))
    sheet.fill("sun", shapes.disc(x, y, r))
    for stripe, thickness in enumerate((3, 5, 8, 11)):
        top = y + 2 + stripe * 17
        sheet.fill("sky", shapes.rect(x - r, top, 2 * r, thickness))
    _bars(sheet, frame, seeds, "cloud", 3)


def _night(sheet, frame, x, y, r, seeds):
    """A crescent in a wide ring, and stars of two sizes."""
    sheet.fill("glow", shapes.disc(x, y, r + 34))
    cut = r * 3 // 4
    # Outer edge round, inner edge of the same ends but flatter: one path makes the crescent.
    ends = f"M{x + cut // 2} {y - r + 6}"
    sheet.fill(
        "soft",
        ends + f"a{r} {r} 0 1 0 {r // 2} {r + cut // 2}a{cut} {cut} 0 1 1 "
        f"{-(r // 2)} {-(r + cut // 2)}z",
    )
    stars = [_star_place(frame, x, y, r, seeds) for _ in range(15)]
    small = [shapes.disc(sx, sy, 2) for sx, sy in stars[:10]]
    large = [_star(sx, sy, 8) for sx, sy in stars[10:]]
    sheet.fill("soft", "".join(small + large))


def _haze(sheet, frame, x, y, r, seeds):
    """A pale sun behind level bars of mist; more of them pass before the town."""
    sheet.fill("glow", shapes.disc(x, y, r + 26))
    sheet.fill("paper", shapes.disc(x, y, r))
    for row, (offset, thickness) in enumerate(((-14, 6), (10, 9), (34, 12))):
        left = x - r - 40 + 22 * row - seeds.number(0, 30)
        sheet.fill("sky", shapes.bar(left, y + offset, 2 * r + 90, thickness))
    _bars(sheet, frame, seeds, "glow", 4)


_SKIES = {
    "dawn": _dawn,
    "morning": _morning,
    "day": _day,
    "noon": _noon,
    "dusk": _dusk,
    "night": _night,
    "haze": _haze,
}

# Sixteen directions as (x, y) in thousandths: no sines, whose last digits differ by machine.
_COMPASS = (
    (1000, 0), (924, 383), (707, 707), (383, 924), (0, 1000), (-383, 924), (-707, 707),
    (-924, 383), (-1000, 0), (-924, -383), (-707, -707), (-383, -924), (0, -1000), (383, -924),
    (707, -707), (924, -383),
)  # fmt: skip
_BETWEEN = (
    (981, 195), (831, 556), (556, 831), (195, 981), (-195, 981), (-556, 831), (-831, 556),
    (-981, 195), (-981, -195), (-831, -556), (-556, -831), (-195, -981), (195, -981), (556, -831),
    (831, -556), (981, -195),
)  # fmt: skip


def _at(x: int, y: int, direction: tuple[int, int], distance: int) -> tuple[int, int]:
    return x + direction[0] * distance // 1000, y + direction[1] * distance // 1000


def _beams(sheet, frame, x, y, r, seeds):
    """Broad beams of paper across the whole sky."""
    far = frame.width + frame.height
    for way in range(0, 16, 2):
        ends = [_at(x, y, _BETWEEN[way - 1], far), _at(x, y, _BETWEEN[way], far)]
        sheet.fill("glow", shapes.polygon([(x, y), *ends]))
    sheet.fill("sky", shapes.disc(x, y, r + 16))


def _rings(sheet, frame, x, y, r, seeds):
    for ring in (118, 76, 36):
        sheet.fill("glow", shapes.disc(x, y, r + ring))


def _spikes(sheet, frame, x, y, r, seeds):
    """A crown of narrow points, long and short by turns."""
    points = []
    for way in range(16):
        points += [_at(x, y, _COMPASS[way], r + (34 if way % 2 else 62))]
        points += [_at(x, y, _BETWEEN[way], r + 9)]
    sheet.fill("paper", shapes.polygon(points))


def _petals(sheet, frame, x, y, r, seeds):
    """A wreath of dots, as on a printed cloth."""
    sheet.fill("glow", shapes.disc(x, y, r + 52))
    dots = [shapes.disc(*_at(x, y, way, r + 22), 8) for way in _COMPASS]
    sheet.fill("sun", "".join(dots))


def _clouds(sheet, frame, sun_x, seeds, count):
    """Level clouds of two halves, away from the sun."""
    for number in range(count):
        side = -1 if sun_x > frame.middle else 1
        x = frame.middle + side * (seeds.number(-60, 150) + 70 * number)
        y = frame.safe_top + seeds.number(-66, 4) + 34 * number
        width = seeds.number(4, 7) * 14
        r = seeds.number(15, 20)
        body = shapes.bar(x - width // 2, y, width, 16)
        top = shapes.dome(x + seeds.number(-14, 10), y, r) if number % 2 == 0 else ""
        sheet.fill("cloud", body + top)


def _bars(sheet, frame, seeds, tone, count):
    """Long level strips, thinner towards the horizon."""
    for number in range(count):
        x = seeds.number(-60, frame.width - 140)
        y = frame.safe_top - 40 + number * 44 + seeds.number(0, 14)
        sheet.fill(tone, shapes.bar(x, y, seeds.number(15, 28) * 10, 16 - 2 * number))


def _birds(sheet, frame, sun_x, seeds):
    x = frame.middle + (-1 if sun_x > frame.middle else 1) * seeds.number(20, 110)
    y = frame.safe_top - seeds.number(0, 26)
    d = ""
    for dx, dy, wing in ((0, 0, 9), (27, -13, 7), (38, 9, 6)):
        d += f"M{x + dx - wing} {y + dy - 3}q{wing * 2 // 3} {-wing // 2} {wing} 5"
        d += f"q{wing // 3} {-wing // 2 - 5} {wing} -5"
    sheet.stroke("deep", 3, d, round_ends=True)


def _star_place(frame, x, y, r, seeds) -> tuple[int, int]:
    """Somewhere in the sky, but not on the moon."""
    for _ in range(6):
        sx = seeds.number(2, frame.width // 10 - 2) * 10
        sy = seeds.number(2, (frame.horizon - 130) // 8) * 8
        if abs(sx - x) > r + 44 or abs(sy - y) > r + 44:
            return sx, sy
    return 12, 12


def _star(x: int, y: int, r: int) -> str:
    q = r // 4
    return (
        f"M{x} {y - r}l{q} {r - q} {r - q} {q} {q - r} {q} {-q} {r - q} {-q} {q - r} "
        f"{q - r} {-q} {r - q} {-q}z"
    )


def draw_veil(sheet: Sheet, frame: Frame, light_name: str, seeds: Seeds) -> None:
    """What passes before the town: bars of mist, in haze only."""
    if light_name != "haze":
        return
    for number in range(2):
        x = frame.middle - frame.reach + seeds.number(-120, 2 * frame.reach - 160)
        y = frame.horizon - 118 + number * 52
        sheet.fill("glow", shapes.bar(x, y, seeds.number(20, 32) * 10, 12))
