import gettext
import os

import pytest

from tools.compile_messages import compile_messages

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + 'msgid "Search"\nmsgstr "Sök"\n')
    return path


def test_compiled_messages_translate(source, tmp_path):
    written = compile_messages(tmp_path)

    assert written == [source.with_suffix(".mo")]
    with written[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Search") == "Sök"


def test_current_messages_are_not_compiled_again(source, tmp_path):
    compile_messages(tmp_path)

    assert compile_messages(tmp_path) == []


def test_changed_messages_are_compiled_again(source, tmp_path):
    compile_messages(tmp_path)
    later = source.with_suffix(".mo").stat().st_mtime + 1

    os.utime(source, (later, later))

    assert compile_messages(tmp_path) == [source.with_suffix(".mo")]


def test_broken_messages_name_the_file(source, tmp_path):
    source.write_text('msgid "Search"\nmsgstr "Sök"\nnonsense\n')

    with pytest.raises(ValueError, match=r"django\.po can't be read: .*line 3"):
        compile_messages(tmp_path)
