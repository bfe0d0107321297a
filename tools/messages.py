"""`make messages`: gather the texts to translate into locale/, then compile them.

Guesses ("fuzzy") are never written: a wrong sentence looks done. Nor are line numbers and dates,
which would change the files at every run.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "true")

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.commands import makemessages  # noqa: E402

from tools.compile_messages import compile_messages  # noqa: E402

LEFT_OUT = [".venv", "var", "tests", "tools"]


class Gather(makemessages.Command):
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def need_gettext() -> None:
    if shutil.which("xgettext"):
        return
    if os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-qq", "gettext"], check=True)
    else:
        sys.exit("gettext is needed to gather texts: sudo apt-get install gettext")


def main() -> None:
    need_gettext()
    django.setup()
    call_command(
        Gather(),
        locale=[code for code, _ in settings.LANGUAGES],
        extensions=["html", "txt", "xml", "py"],
        no_location=True,
        no_obsolete=True,
        ignore_patterns=LEFT_OUT,
        verbosity=0,
    )
    for path in (ROOT / "locale").rglob("*.po"):
        path.write_text(re.sub(r'"POT-Creation-Date:.*\\n"\n', "", path.read_text()))
    compile_messages()


if __name__ == "__main__":
    main()
