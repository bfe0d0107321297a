"""A picture for each kind of page, all in the same harbour."""

from . import sheet as shapes
from .light import draw_sky, draw_veil
from .motifs import MOTIFS
from .sheet import stamp
from .skyline import (
    QUAY,
    Scene,
    draw_boat,
    draw_far_shore,
    draw_quay,
    draw_skyline,
    hero_scale,
    on_land,
)
from .water import draw_path_of_light, draw_water


def _sky(scene: Scene) -> None:
    draw_sky(scene.sheet, scene.frame, scene.cover.light, scene.sun_x, scene.sky_seeds)


def _veil(scene: Scene) -> None:
    draw_veil(scene.sheet, scene.frame, scene.cover.light, scene.sky_seeds)


def _water(scene: Scene, top: int) -> None:
    draw_water(scene.sheet, scene.frame, top, scene.seeds, still="fish" in scene.cover.motifs)
    if scene.cover.light in ("dawn", "dusk", "night") and "fish" not in scene.cover.motifs:
        draw_path_of_light(scene.sheet, top, scene.sun_x)


def _wanted(scene: Scene, *instead: str) -> str:
    return scene.cover.motifs[0] if scene.cover.motifs else scene.seeds.one_of(instead)


def harbour(scene: Scene) -> None:
    """initiative: sky, a quay with its skyline, water."""
    _sky(scene)
    draw_skyline(scene)
    _veil(scene)
    _water(scene, scene.frame.horizon)
    draw_quay(scene)
    draw_boat(scene)


def coast(scene: Scene) -> None:
    """challenge: headlands one behind the other around an open bay."""
    sheet, frame, seeds, side = scene.sheet, scene.frame, scene.seeds, scene.side
    base = frame.horizon
    _sky(scene)
    draw_far_shore(scene)
    # From the far to the near: where the hill has its top, half its width, its height, its ink.
    hills = (
        (scene.hero_x - side * 40, 250, 60, "bright"),
        (scene.hero_x + side * 40, 230, 92, "main"),
        (scene.hero_x + side * 210, 240, 128, "deep"),
    )
    if scene.is_dark:
        inks = ("far", "shade", "shade")
        hills = tuple((*hill, ink) for (*hill, _), ink in zip(hills, inks, strict=True))
    name = next(iter(on_land(scene.cover.motifs)), None) or seeds.one_of(
        ("lighthouse", "keep", "leaf", "turbine", "townhall")
    )
    for number, (x, half, rise, ink) in enumerate(hills):
        sheet.fill(ink, f"M{x - half} {base}q{half} {-2 * rise} {2 * half} 0z")
        if number == 1:
            scale = min(hero_scale(name), 150 / MOTIFS[name].height)
            scene.put(name, "spark", x - side * 30, base - rise + 4, int(scale * 20) / 20)
            for step, tree in enumerate(seeds.shuffled(("fir", "tree", "poplar"))):
                scene.put(
                    tree, "bright", x + side * (46 + step * 36), base - rise + 6 + step * 9, 0.6
                )
    for step, house in enumerate(seeds.shuffled(("gable", "roof", "stepped", "roof"))):
        colour = ("pale", "deep", "bright", "pale")[step]
        scene.put(house, colour, scene.hero_x - side * (150 - step * 58), base, 0.6)
    _veil(scene)
    _water(scene, base)
    draw_quay(scene)
    for number, scale in enumerate((1, 0.6)):
        x = scene.sun_x - side * (24 - number * 130)
        scene.put("sail", ("deep", "bright")[number], x, base + 52 - number * 26, scale)


_GABLES = ("point", "steps", "round", "slope", "flat", "barn")


def procession(scene: Scene) -> None:
    """collection: houses of one street, each with a gable of its own."""
    sheet, frame, seeds = scene.sheet, scene.frame, scene.seeds
    base = frame.horizon + 24
    _sky(scene)
    colours = seeds.shuffled(("main", "deep", "bright", "pale"))
    gables = seeds.shuffled(_GABLES)
    x, number, accent = -seeds.number(0, 40), 0, seeds.number(2, 4)
    while x < frame.width:
        width = seeds.number(8, 11) * 8
        near_sun = abs(x + width // 2 - scene.sun_x) < 76
        height = (seeds.number(8, 10) if near_sun else seeds.number(12, 19)) * 10
        colour = "spark" if number == accent else colours[number % 4]
        _house(scene, x, base, width, height, gables[number % 6], colour)
        x += width
        number += 1
    _veil(scene)
    sheet.fill("quay", shapes.rect(0, base, frame.width, QUAY))
    sheet.fill("water", shapes.rect(0, base + QUAY, frame.width, frame.height))
    stones = [shapes.bar(x, base + 52, 34, 8) for x in range(-seeds.number(0, 30), frame.width, 68)]
    sheet.fill("crest", "".join(stones))
    first = next(iter(on_land(scene.cover.motifs)), None)
    passers = ((first or "bicycle", "pale", scene.hero_x), ("people", "spark", scene.sun_x))
    for name, colour, x in passers:
        scale = min(1, 96 / MOTIFS[name].height)
        scene.put(name, colour, x, base + 24, int(scale * 20) / 20)


def _house(scene: Scene, x: int, base: int, width: int, height: int, gable: str, colour: str):
    """A narrow house: its gable, two or three rows of windows, a door."""
    tones, sheet = scene.tones(colour), scene.sheet
    top, half = base - height, width // 2
    eaves = {"point": half, "steps": 30, "round": 0, "slope": 34, "flat": 0, "barn": 34}[gable]
    left, right = x, x + width
    outline = {
        "point": [(left, top + eaves), (x + half, top), (right, top + eaves)],
        "steps": [(left, top + 30), (left + 14, top + 30), (left + 14, top + 15),
                  (left + 28, top + 15), (left + 28, top), (right - 28, top),
                  (right - 28, top + 15),
                  (right - 14, top + 15), (right - 14, top + 30), (right, top + 30)],
        "slope": [(left, top + 34), (right, top)],
        "barn": [(left, top + 34), (left + 14, top + 8), (x + half, top), (right - 14, top + 8),
                 (right, top + 34)],
    }.get(gable, [(left, top), (right, top)])  # fmt: skip
    sheet.fill(tones["a"], shapes.polygon([*outline, (right, base), (left, base)]))
    if gable == "round":
        sheet.fill(tones["a"], shapes.dome(x + half, top + 1, half))
    columns, step = (3, 22) if width >= 80 else (2, 26)
    first = x + (width - (columns - 1) * step - 10) // 2
    rows = (height - eaves - 50) // 28
    places = [
        (first + column * step, top + eaves + 14 + row * 28)
        for row in range(rows)
        for column in range(columns)
        if scene.cover.light != "night" or (row * 5 + column * 3 + x) % 4
    ]
    sheet.fill(tones["w"], "".join(shapes.rect(wx, wy, 10, 16) for wx, wy in places))
    sheet.fill(tones["b"], shapes.arch(x + half - 9, base - 32, 18, 32))


def emblem(scene: Scene) -> None:
    """story: one big form on a calm ground."""
    sheet, frame = scene.sheet, scene.frame
    _sky(scene)
    base = frame.horizon + 26
    sheet.fill("far", f"M0 {base}v-18q{frame.middle} -44 {frame.width} 0v18z")
    name = _wanted(scene, "leaf", "lighthouse", "fruit", "pear", "tulip", "keep", "library", "tree")
    motif = MOTIFS[name]
    scale = int(min(250 / motif.height, 330 / motif.width) * 20) / 20
    colour = scene.seeds.one_of(("main", "deep", "main"))
    for row, tone in enumerate(("water", "trough", "crest", "trough", "water")):
        top = base + row * 26
        sheet.fill(tone, shapes.rect(0, top, frame.width, max(frame.height - top, 1)))
    scene.put(name, colour, frame.middle + scene.side * 66, base, scale)
    _veil(scene)
    sheet.fill("quay", shapes.rect(0, base, frame.width, QUAY))


def stage(scene: Scene) -> None:
    """event: a shell with a stage, flags, and the heads of those who came."""
    sheet, frame, seeds = scene.sheet, scene.frame, scene.seeds
    base, x = frame.horizon, scene.hero_x
    _sky(scene)
    draw_far_shore(scene)
    shell = seeds.one_of((("main", "bright", "spark", "deep"), ("deep", "spark", "bright", "main")))
    if scene.is_dark:
        shell = ("main", "bright", "spark", "shade")
    for ring, tone in enumerate(shell):
        sheet.fill(tone, shapes.dome(x, base - 10, 164 - ring * 26))
    if scene.is_dark:
        for lean in (-70, 70):
            cone = [
                (x + lean // 4, base - 90),
                (x + lean - 44, base - 10),
                (x + lean + 44, base - 10),
            ]
            sheet.fill("glow", shapes.polygon(cone))
    name = _wanted(scene, "people")
    scale = min(1, 74 / MOTIFS[name].height, 140 / MOTIFS[name].width)
    scene.put(name, "pale", x, base - 12, int(scale * 20) / 20)
    sheet.fill("quay", shapes.rect(x - 186, base - 14, 372, 24))
    scene.put("bunting", "bright", scene.sun_x - scene.side * 30, base, 1)
    _veil(scene)
    sheet.fill("water", shapes.rect(0, base + QUAY, frame.width, frame.height))
    sheet.fill("quay", shapes.rect(0, base, frame.width, QUAY))
    for row, tone in enumerate(("crest", "trough")):
        y, d, shoulders = base + 66 + row * 52, "", ""
        for head in range(seeds.number(-40, 0), frame.width + 40, 84):
            lift = seeds.number(0, 3) * 5
            d += shapes.disc(head + row * 42, y - 18 - lift, 17)
            shoulders += shapes.dome(head + row * 42, y + 38 - lift, 36)
        sheet.fill(tone, d + shoulders)
        sheet.fill(tone, shapes.rect(0, y + 34, frame.width, frame.height))


def silhouette(scene: Scene) -> None:
    """area: the outline of a district in one dark ink, its landmark in the accent."""
    sheet, frame, seeds = scene.sheet, scene.frame, scene.seeds
    base = frame.horizon
    _sky(scene)
    draw_far_shore(scene)
    ink = "shade" if scene.cover.light == "night" else "deep"
    tones = dict.fromkeys("abdp", ink) | {"w": "lamp" if scene.is_dark else "soft", "s": ink}
    deck = seeds.shuffled(
        ("gable", "stepped", "block", "roof", "arches", "tree", "poplar", "gable")
    )
    x = -seeds.number(0, 50)
    for turn in range(24):
        motif = MOTIFS[deck[turn % len(deck)]]
        clear = abs(x + motif.width // 2 - scene.sun_x) < 80
        shapes_of = MOTIFS["roof"] if clear else motif
        stamp(sheet, shapes_of, tones, x=x, ground=base, scale=0.7 if clear else 1)
        x += round(shapes_of.width * (0.7 if clear else 1)) - 2
        if x > frame.width:
            break
    name = _wanted(scene, "keep", "townhall", "lighthouse", "watertower", "crane")
    scene.put(
        name,
        "spark" if scene.cover.light != "dusk" else "bright",
        scene.hero_x,
        base,
        hero_scale(name),
    )
    _veil(scene)
    _water(scene, base)
    sheet.fill(ink, shapes.rect(0, base, frame.width, QUAY))


def facade(scene: Scene) -> None:
    """organisation: the front of a house where people work, a lit window here and there."""
    sheet, frame, seeds, side = scene.sheet, scene.frame, scene.seeds, scene.side
    base, columns, rows = frame.horizon + 20, 7, 4
    _sky(scene)
    draw_far_shore(scene)
    width, height = 336, 186
    left = scene.hero_x + side * 56 - width // 2
    colour = seeds.one_of(("main", "deep", "bright"))
    tones = scene.tones("main" if scene.is_dark else colour)
    flag = left + width // 2
    sheet.stroke(tones["b"], 4, f"M{flag} {base - height}v-58")
    sheet.fill("spark", shapes.polygon([(flag, base - height - 58), (flag + 40, base - height - 46),
                                        (flag, base - height - 34)]))  # fmt: skip
    sheet.fill(tones["a"], shapes.rect(left, base - height, width, height))
    sheet.fill(tones["b"], shapes.rect(left - 10, base - height - 6, width + 20, 14))
    lit, plain = "", ""
    for row in range(rows):
        for column in range(columns):
            if row == rows - 1 and column == columns // 2:
                continue
            window = shapes.rect(left + 21 + column * 45, base - height + 24 + row * 41, 24, 28)
            if seeds.chance(20):
                lit += window
            elif scene.cover.light != "night" or seeds.chance(55):
                plain += window
    sheet.fill(tones["w"], plain)
    sheet.fill("lamp" if scene.is_dark else "spark", lit)
    sheet.fill(tones["d"], shapes.arch(flag - 17, base - 44, 34, 44))
    trees = seeds.shuffled(("tree", "leaf", "fir", "fruit", "poplar"))
    edge = flag - side * (width // 2 + 26)
    scene.put(trees[0], "bright", edge, base, 0.8)
    name = next(iter(on_land(scene.cover.motifs)), None)
    if name:
        scale = min(1, 80 / MOTIFS[name].height)
        scene.put(name, "main", edge - side * 110, base, int(scale * 20) / 20)
    scene.put("bench", "deep", edge - side * 210, base, 1)
    scene.put(trees[1], "main", edge - side * 300, base, 1)
    _veil(scene)
    sheet.fill("water", shapes.rect(0, base, frame.width, frame.height))
    sheet.fill("quay", shapes.rect(0, base, frame.width, QUAY))
    for row, tone in enumerate(("trough", "crest")):
        sheet.fill(tone, shapes.rect(0, base + 30 + row * 34, frame.width, 10 + row * 6))


def foundation(scene: Scene) -> None:
    """platform: courses of stone that others build upon."""
    sheet, frame, seeds = scene.sheet, scene.frame, scene.seeds
    base, x, course = frame.horizon, scene.hero_x, 34
    _sky(scene)
    draw_far_shore(scene)
    inks = ("shade", "main", "bright") if scene.is_dark else ("deep", "main", "bright")
    top = base
    for step, ink in enumerate(inks):
        half = 226 - step * 50
        top -= course
        sheet.fill(ink, shapes.rect(x - half, top, 2 * half, course))
        places = range(x - half + 20, x + half - 10, 30)
        tone = ("bright", "soft", "deep")[step]
        _course_marks(sheet, places, top, tone, seeds.number(0, 2))
    name = _wanted(scene, "screen", "sensor", "tower", "school", "works")
    scale = min(1.2, 126 / MOTIFS[name].height, 170 / MOTIFS[name].width)
    scene.put(name, "spark", x, top, int(scale * 20) / 20)
    for number, other in enumerate(seeds.shuffled(("gable", "tree", "stepped", "roof"))[:2]):
        lean = (-1, 1)[number]
        scene.put(other, ("main", "pale")[number], x + lean * 196, base - course, 0.7)
    _veil(scene)
    _water(scene, base)
    draw_quay(scene)


def _course_marks(sheet, places, top: int, tone: str, pattern: int) -> None:
    mark = (
        lambda x: shapes.disc(x, top + 15, 5),
        lambda x: shapes.polygon([(x - 9, top + 22), (x, top + 8), (x + 9, top + 22)]),
        lambda x: shapes.rect(x - 8, top + 12, 16, 6),
    )[pattern]
    sheet.fill(tone, "".join(mark(x) for x in places))


SCENES = {
    "initiative": harbour,
    "challenge": coast,
    "collection": procession,
    "story": emblem,
    "event": stage,
    "area": silhouette,
    "organisation": facade,
    "platform": foundation,
}
