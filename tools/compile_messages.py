"""Compile each locale/*/LC_MESSAGES/*.po whose .mo is missing or older. Needs no gettext."""

import os
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_messages(folder: Path = LOCALE) -> list[Path]:
    """Returns the .mo files that were written. Raises ValueError for a file that can't be read."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            messages = polib.pofile(str(source))
        except OSError as error:
            raise ValueError(f"{source} can't be read: {error}") from error
        # In one step: a server or another test process may be reading it.
        draft = target.with_suffix(f".{os.getpid()}.draft")
        messages.save_as_mofile(str(draft))
        draft.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    try:
        compile_messages()
    except ValueError as error:
        sys.exit(str(error))
