"""What no single test would notice: things that are unused, unlisted or out of step."""

import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from config.generated_static import ICONS, css_sources

ROOT = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
OUR_APPS = [app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
# Found by Django or by a server under these names, so nothing of ours names them.
NAMED_BY_DJANGO = re.compile(r"(400|403|404|410|500|503)\.html$|^admin/|^django/|^registration/")


def read_all(*patterns: str) -> dict[Path, str]:
    paths = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
    return {path: path.read_text() for path in paths if path.is_file()}


def pages() -> dict[str, str]:
    """Text of every HTML template by its name."""
    return {
        str(path.relative_to(TEMPLATES)): text
        for path, text in read_all("templates/**/*.html").items()
    }


def python_of_the_apps() -> str:
    return "\n".join(read_all("config/**/*.py", *(f"{app}/**/*.py" for app in OUR_APPS)).values())


@pytest.mark.django_db
def test_migrations_are_complete():
    output = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=output)

    assert output.getvalue() == "No changes detected\n"


def test_every_template_is_used():
    templates = {
        str(path.relative_to(TEMPLATES)): path.read_text()
        for path in TEMPLATES.rglob("*")
        if path.is_file()
    }
    everything = python_of_the_apps() + "\n".join(templates.values())

    unused = [
        name
        for name in sorted(templates)
        if not NAMED_BY_DJANGO.search(name) and not re.search(rf"['\"]{name}['\"]", everything)
    ]

    assert unused == []


class _MarkupOfTemplate(HTMLParser):
    """Finds inline code also where a test never comes: template tags are plain text to it."""

    def __init__(self, text: str):
        super().__init__()
        self.found = []
        self.feed(re.sub(r"{%.*?%}|{#.*?#}", "", text, flags=re.DOTALL))

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        is_data = "json" in (dict(attrs).get("type") or "")
        if tag == "style" or (tag == "script" and "src" not in names and not is_data):
            self.found.append(f"<{tag}>")
        self.found += [name for name in names if name == "style" or name.startswith("on")]


def test_no_template_has_inline_code():
    found = {name: _MarkupOfTemplate(text).found for name, text in pages().items()}

    assert {name: code for name, code in found.items() if code} == {}


def test_every_partial_begins_with_its_context():
    partials = {
        name: text
        for name, text in pages().items()
        if Path(name).name.startswith("_") or name.startswith("partials/")
    }

    silent = [name for name, text in partials.items() if not text.startswith("{# Context:")]

    assert silent == []


def test_every_include_takes_only_what_it_is_given():
    # An include that sees everything grows hidden needs; `only` keeps the first line true.
    greedy = {
        name: tags
        for name, text in pages().items()
        # The site's frame reads what the context processors give, which `only` would hide.
        if name != "base.html"
        and not name.startswith("admin/")
        and (tags := re.findall(r"{% include (?!.*\bonly %})[^%]*%}", text))
    }

    assert greedy == {}


def test_components_take_colours_from_tokens():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
    raw = {
        path.name: found
        for path, text in read_all("static/css/**/*.css").items()
        if path.name != "tokens.css"
        and (found := colour.findall(re.sub(r"url\([^)]*\)|/\*.*?\*/", "", text, flags=re.DOTALL)))
    }

    assert raw == {}


def test_every_style_sheet_has_its_place_and_its_layer():
    sources = css_sources(ROOT / "static" / "css")

    assert sources[0].name == "tokens.css"
    assert [path.name for path in sources if "@layer" not in path.read_text()] == []


def test_only_the_tokens_name_files():
    # A relative address means another place in css/components/ than in the joined sheet.
    naming = [
        path.name
        for path in css_sources(ROOT / "static" / "css")
        if "url(" in path.read_text() and path.parent.name == "components"
    ]

    assert naming == []


def test_icons_that_pages_use_are_in_the_sprite_and_the_others_are_not():
    everything = python_of_the_apps().replace((ROOT / "config/generated_static.py").read_text(), "")
    everything += "\n".join([*pages().values(), *read_all("static/js/**/*.js").values()])
    used = set(re.findall(r"{%\s*icon ['\"]([\w-]+)['\"]", everything))
    used |= set(re.findall(r"#icon-([a-z0-9-]+)", everything))
    named = {name for name in ICONS if re.search(rf"['\"]{name}['\"]", everything)}

    assert used - set(ICONS) == set()
    assert set(ICONS) - used - named == set()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_name_no_host_and_pin_every_file(name):
    text = (ROOT / name).read_text()

    pins = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==", text, re.MULTILINE)
    assert "http" not in text
    assert pins
    assert len(re.findall(r"(?<=\\\n)    --hash=sha256:", text)) >= len(pins)


def test_requirements_for_the_tests_hold_the_same_versions():
    def pinned(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9][^ ;\\]*==[^ ;\\]+", (ROOT / name).read_text(), re.M))

    assert pinned("requirements.txt") - pinned("requirements-dev.txt") == set()


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_translations_are_whole(language):
    messages = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))

    # English is the language of the code: an empty translation means "as it stands".
    empty = [entry.msgid for entry in messages.untranslated_entries()] if language != "en" else []
    assert empty == []
    assert [entry.msgid for entry in messages.fuzzy_entries()] == []


def test_translations_keep_the_placeholders():
    placeholder = re.compile(r"%\(\w+\)[sd]|{\w+}")
    differing = [
        entry.msgid
        for path in ROOT.glob("locale/*/LC_MESSAGES/*.po")
        for entry in polib.pofile(str(path)).translated_entries()
        if entry.msgstr
        and sorted(set(placeholder.findall(entry.msgid)))
        != sorted(set(placeholder.findall(entry.msgstr)))
    ]

    assert differing == []


def test_no_file_names_a_host_of_the_developers_own():
    """Addresses of package registries and machines belong to the machine, not to the project."""
    text = "\n".join(read_all("Makefile", "pyproject.toml", "tools/*.*", ".ci/run").values())

    assert re.findall(r"https?://(?!localhost|127\.0\.0\.1)[\w.-]+", text) == []
