"""The water under the quay, in six manners; one is enough for a picture."""

from . import sheet as shapes
from .frame import Frame
from .seeds import Seeds
from .sheet import Sheet


def draw_water(sheet: Sheet, frame: Frame, top: int, seeds: Seeds, *, still: bool = False) -> None:
    """Water from `top` to the lower edge; still where something swims in it."""
    sheet.fill("water", shapes.rect(0, top, frame.width, frame.height - top))
    style = seeds.one_of(_STYLES)
    (_dashes if still else style)(sheet, frame, top, seeds)


def _waves(sheet, frame, top, seeds):
    """Round waves in step, one line of each ink."""
    half = seeds.one_of((22, 30, 38))
    rows = [("crest", 8), ("trough", 8), ("foam", 6), ("crest", 6)]
    for row, (tone, thickness) in enumerate(rows):
        y = top + 28 + row * 34
        start = -half * (2 if row % 2 else 3)
        d = f"M{start} {y}q{half // 2} {-half // 2} {half} 0"
        d += f"t{half} 0" * ((frame.width - start) // half + 1)
        if y < frame.height:
            sheet.stroke(tone, thickness, d)


def _bands(sheet, frame, top, seeds):
    """Level bands, broader towards the viewer."""
    tones = seeds.one_of((("crest", "trough", "foam"), ("trough", "crest", "trough")))
    y = top + 14
    for row, tone in enumerate(tones):
        thickness = 10 + row * 6
        sheet.fill(tone, shapes.rect(0, y, frame.width, thickness))
        y += thickness + 16 + row * 4


def _scales(sheet, frame, top, seeds):
    """Rows of half discs like roof tiles: a calm ground, an accent now and then."""
    r = seeds.one_of((24, 28))
    step = seeds.number(3, 5)
    rows = (frame.height - top) // r
    plain, dark, light = [], [], []
    for row in range(rows):
        y = top + r + row * r + 6
        for column in range(frame.width // (2 * r) + 2):
            kind = (column * 2 + row * 3) % (step + 2)
            shape = shapes.dome(column * 2 * r - (r if row % 2 else 0), y, r - 2)
            (dark if kind < 2 else light if kind == 3 else plain).append(shape)
    sheet.fill("trough", "".join(dark))
    sheet.fill("crest", "".join(light))


def _ripples(sheet, frame, top, seeds):
    """Half circles within one another, row over row, as on a Japanese cloth."""
    r = 40
    for row in range((frame.height - top) // 26 + 1):
        y = top + 44 + row * 26
        left = -2 * r if row % 2 else -r
        sheet.fill("water" if row % 2 else "trough", _domes(frame, left, y, r, r))
        sheet.fill("crest", _domes(frame, left, y, r, r - 9))
        sheet.fill("water", _domes(frame, left, y, r, r - 18))


def _domes(frame, left, y, pitch, r) -> str:
    """Half discs of radius r side by side, two pitches apart, from `left` past the right edge."""
    one = f"a{r} {r} 0 0 1 {2 * r} 0m{2 * (pitch - r)} 0"
    return f"M{left + pitch - r} {y}" + one * ((frame.width - left) // (2 * pitch) + 1)


def _zigzag(sheet, frame, top, seeds):
    half = seeds.one_of((16, 22))
    for row, (tone, thickness) in enumerate((("crest", 6), ("trough", 8), ("foam", 5))):
        y = top + 30 + row * 36
        d = f"M{-half} {y}" + f"l{half} -12 {half} 12" * (frame.width // (2 * half) + 2)
        sheet.stroke(tone, thickness, d)


def _dashes(sheet, frame, top, seeds):
    """Short strokes, few and level: still water."""
    for row in range(4):
        y = top + 22 + row * 28
        shift = seeds.number(0, 11) * 12
        width, gap = 44 + row * 14, 84 + row * 10
        xs = range(-shift, frame.width, width + gap)
        tone = ("crest", "trough", "foam", "trough")[row]
        sheet.fill(tone, "".join(shapes.bar(x, y, width, 8) for x in xs))


_STYLES = (_waves, _bands, _scales, _ripples, _zigzag, _dashes)


def draw_path_of_light(sheet: Sheet, top: int, x: int) -> None:
    """A low light on the water: dashes under it, shorter and shorter."""
    d = ""
    for row in range(6):
        half = (52, 38, 46, 26, 32, 16)[row]
        d += shapes.bar(x - half, top + 16 + row * 18, 2 * half, 8)
    sheet.fill("glint", d)
