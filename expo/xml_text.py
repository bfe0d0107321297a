"""Pieces of XML: whatever a text holds, the file stays readable."""

import re
from xml.sax.saxutils import escape, quoteattr

HEADER = '<?xml version="1.0" encoding="UTF-8"?>'
# What XML 1.0 can't hold, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value) -> str:
    return escape(_legal(value))


def element(name: str, value) -> str:
    return f"<{name}>{text(value)}</{name}>"


def attributes(**values) -> str:
    """With a space before each."""
    return "".join(f" {name}={quoteattr(_legal(value))}" for name, value in values.items())


def _legal(value) -> str:
    return _ILLEGAL.sub("", str(value))
