"""Small files for the invented examples, made when they are loaded: a leaflet and a drawing."""

import hashlib
import io
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 1600, 1000, 2
HORIZON, QUAY = 640, 40
# Sky, houses (three tones), water: a few bands of the site's own, for the pictures of the demo.
TONES = {
    "digital": ("#CFEAF2", ("#10324F", "#1769AA", "#35B5D6"), "#1769AA"),
    "learning": ("#FBE3B0", ("#7A2E0E", "#D9541E", "#F4A024"), "#1E5B8C"),
    "safety": ("#143D59", ("#0D2A3D", "#1F5C7D", "#2E7D9A"), "#0B2233"),
}
SUN, MOON = "#F28C38", "#F8E7BF"
# How high the sun stands, by status; a cancelled trial has a moon.
SUN_HEIGHT = {"idea": 560, "pilot": 460, "live-test": 300, "scale-up": 300, "realised": 160}
MOON_HEIGHT = 190


def leaflet(title_sv: str, title_en: str, owner_sv: str, owner_en: str) -> bytes:
    """A text file that says, in both languages, that it is invented."""
    return (
        f"{title_sv}\n\n"
        f"Det här är en påhittad fil. Den hör till exemplet ”{owner_sv}”.\n"
        "I ett riktigt initiativ står innehållet här.\n\n"
        "–––\n\n"
        f"{title_en}\n\n"
        f"This file is invented. It belongs to the example “{owner_en}”.\n"
        "In a real initiative the content would be here.\n"
    ).encode()


def harbour(slug: str, band: str, status: str) -> bytes:
    """A PNG of a harbour, the same for the same slug."""
    sky, houses, water = TONES.get(band, TONES["digital"])
    chance = Random(hashlib.sha256(slug.encode()).digest())
    # Drawn at twice the size and scaled down, for smooth edges.
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), sky)
    pen = ImageDraw.Draw(image)
    _light(pen, status)
    _skyline(pen, chance, houses)
    _box(pen, 0, HORIZON, WIDTH, HORIZON + QUAY, "#F4EFE4")
    _box(pen, 0, HORIZON + QUAY, WIDTH, HEIGHT, water)
    _waves(pen, houses[2])
    file = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(32).save(file, "PNG")
    return file.getvalue()


def _light(pen: ImageDraw.ImageDraw, status: str) -> None:
    is_night = status == "cancelled"
    x, radius = 1180, 90 if is_night else 130
    y = MOON_HEIGHT if is_night else SUN_HEIGHT.get(status, 460)
    corners = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse([SCALE * side for side in corners], fill=MOON if is_night else SUN)


def _skyline(pen: ImageDraw.ImageDraw, chance: Random, tones: tuple[str, ...]) -> None:
    x = 60
    while x < WIDTH - 260:
        width, height = chance.choice((110, 140, 180)), chance.choice((150, 210, 280, 350))
        top, tone = HORIZON - height, chance.choice(tones)
        _box(pen, x, top, x + width, HORIZON, tone)
        if chance.random() < 0.6:
            gable = [(x, top), (x + width / 2, top - width / 2), (x + width, top)]
            pen.polygon([(SCALE * px, SCALE * py) for px, py in gable], fill=tone)
        x += width + chance.choice((0, 0, 14, 60))


def _waves(pen: ImageDraw.ImageDraw, tone: str) -> None:
    for row, y in enumerate(range(HORIZON + QUAY + 60, HEIGHT, 80)):
        for x in range(40 + 90 * (row % 2), WIDTH, 180):
            _box(pen, x, y, x + 90, y + 10, tone)


def _box(pen: ImageDraw.ImageDraw, left, top, right, bottom, tone: str) -> None:
    pen.rectangle([SCALE * side for side in (left, top, right - 1, bottom - 1)], fill=tone)
