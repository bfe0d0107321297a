"""Static files that are made, not kept: typeface, icon sprite, the joined style sheet, htmx.

They are written to `VAR_DIR/generated` when they are asked for and an input has changed, both by
runserver (`find`) and by collectstatic (`list`). Nothing has to be built by hand.
"""

import hashlib
import os
import re
import tempfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

# ── The style sheet ───────────────────────────────────────────────────────────
# The tokens come first: they declare the order of the layers.
CSS_ORDER = (
    "tokens.css",
    "reset.css",
    "base.css",
    "layout.css",
    "components/*.css",
    "utilities.css",
)
# A comment, or a quoted string that may hold something that looks like one.
_CSS_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)


def css_sources(folder: Path) -> list[Path]:
    """The files of `folder` in the order of the cascade.

    Raises ValueError for a file without a place in CSS_ORDER: it would silently be left out.
    """
    sources = [path for pattern in CSS_ORDER for path in sorted(folder.glob(pattern))]
    for path in sorted(set(folder.rglob("*.css")) - set(sources)):
        raise ValueError(f"{path} has no place in CSS_ORDER, see config/generated_static.py")
    return sources


def joined_css(folder: Path) -> bytes:
    """The files of `folder` as one sheet, without comments, indentation and empty lines."""
    text = "\n".join(path.read_text() for path in css_sources(folder))
    text = _CSS_COMMENT.sub(lambda match: match[1] or "", text)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line).encode()


# ── The icons ─────────────────────────────────────────────────────────────────
# Names as in Lucide. A page draws one with <use href="…/icons.svg#icon-NAME">.
ICONS = (
    "arrow-left",
    "arrow-right",
    "arrow-up-right",
    "check",
    "chevron-down",
    "funnel",
    "layout-grid",
    "list",
    "map",
    "play",
    "plus",
    "table",
    "x",
)
_SVG = "http://www.w3.org/2000/svg"


def icon_sprite(names: tuple[str, ...] = ICONS) -> bytes:
    """One SVG with a <symbol> for each icon; colour and size come from the place of use."""
    import lucide  # the package keeps its 1745 icons in one archive

    ElementTree.register_namespace("", _SVG)
    sprite = ElementTree.Element(f"{{{_SVG}}}svg")
    with ZipFile(Path(lucide.__file__).with_name("lucide.zip")) as archive:
        for name in names:
            try:
                icon = ElementTree.fromstring(archive.read(f"{name}.svg"))
            except KeyError:
                raise ValueError(f"Lucide has no icon named {name!r}") from None
            sprite.append(_symbol(name, icon))
    return ElementTree.tostring(sprite)


def _symbol(name: str, icon: ElementTree.Element) -> ElementTree.Element:
    attributes = {key: value for key, value in icon.items() if key not in ("width", "height")}
    symbol = ElementTree.Element(f"{{{_SVG}}}symbol", {"id": f"icon-{name}", **attributes})
    for shape in icon:
        shape.tail = None
        symbol.append(shape)
    return symbol


# ── The typeface ──────────────────────────────────────────────────────────────
# Latin-1 for Swedish, English and the neighbours, the letters that partners' names need beyond
# it, and the punctuation, arrows and signs that the pages use.
FONT_CHARACTERS = (
    "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100))))
    + "ĆćČčĐđŁłŐőŒœŠšŰűŸŽžȘșȚț"
    + "‘’‚“”„–—…·•‹›←↑→↓↗×−÷±≈≠≤≥½¼¾²³°§©®™€£"
)
# Spacing, and figures of one width for tables and counts. Ligatures and fractions are left out:
# nothing asks for them, and they cost 5 kB.
FONT_FEATURES = ("ccmp", "kern", "locl", "mark", "tnum")


def font_path() -> Path:
    import fontpkg_schibsted_grotesk as package

    return package.ROOT / "files" / "SchibstedGrotesk[wght].ttf"


def cut_font(source: Path) -> bytes:
    """The variable typeface (400–900) cut to FONT_CHARACTERS, as woff2."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=list(FONT_FEATURES), hinting=False)
    options.name_IDs = []
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=FONT_CHARACTERS)
    target = BytesIO()
    # Without the time of making, the same input gives the same bytes and the same address.
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(target)
    return target.getvalue()


# ── htmx ──────────────────────────────────────────────────────────────────────
def htmx_path() -> Path:
    """Its second edition, minified, as it lies in its Django package."""
    import django_htmx

    return Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"


# ── The finder ────────────────────────────────────────────────────────────────
class GeneratedFinder(BaseFinder):
    """Finds the generated files, and makes them first where an input has changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.folder = Path(settings.VAR_DIR) / "generated"
        self.storage = FileSystemStorage(location=self.folder)
        self.storage.prefix = ""
        self.makers = {
            "css/site.css": self._make_css,
            "icons.svg": self._make_icons,
            "fonts/schibsted-grotesk.woff2": self._make_font,
            "js/htmx.js": self._make_htmx,
        }

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        maker = self.makers.get(path)
        if maker is None:
            return []
        maker(self.folder / path)
        found = str(self.folder / path)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for path, maker in self.makers.items():
            if not matches_patterns(path, ignore_patterns):
                maker(self.folder / path)
                yield path, self.storage

    def _make_css(self, target: Path) -> None:
        _write(target, joined_css(settings.BASE_DIR / "static" / "css"))

    def _make_icons(self, target: Path) -> None:
        _write(target, icon_sprite())

    def _make_htmx(self, target: Path) -> None:
        _write(target, htmx_path().read_bytes())

    def _make_font(self, target: Path) -> None:
        # Cutting takes seconds, so its inputs (the source and this recipe) leave a mark.
        source = font_path()
        recipe = hashlib.sha256(source.read_bytes() + Path(__file__).read_bytes()).hexdigest()
        mark = target.with_suffix(".recipe")
        if target.exists() and mark.exists() and mark.read_text() == recipe:
            return
        _write(target, cut_font(source))
        _write(mark, recipe.encode())


def _write(target: Path, content: bytes) -> None:
    """Write in one step, and only what is new: other processes read and write here too."""
    if target.exists() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(draft, 0o644)
    os.replace(draft, target)
