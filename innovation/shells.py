"""Pages that are made without rendering a template: each template is rendered once, and kept.

A template says where two requests differ with `{% hole "total" %}`. A `Shell` is that template
rendered in one language and cut at its holes; a request fills them. Templates stay the only
source of HTML, and a list page costs what joining its parts costs.

A shell's text is kept as it is sent, in bytes, so that it isn't encoded for every visitor.
"""

import re
import secrets
from collections.abc import Callable
from functools import lru_cache, wraps
from html import escape

from django.conf import settings
from django.core.signals import setting_changed
from django.template.loader import get_template
from django.utils.safestring import SafeString

from innovation.context import site

# Something that no text can hold, since a title is part of what is cut.
_TOKEN = secrets.token_hex(6)
_HOLE = re.compile(f"\x02{_TOKEN}:([a-z_]+)\x03")


def hole(name: str) -> SafeString:
    """What stands in a rendered template until `Shell.fill()` puts something there."""
    return SafeString(f"\x02{_TOKEN}:{name}\x03")


class Shell:
    """HTML with holes. What is put into them is escaped, unless it is safe already: SafeString,
    and the bytes that another shell gave."""

    def __init__(self, html: str):
        # The text between the holes, and at the odd places something for their values.
        parts = _HOLE.split(html)
        self._places = [(place, parts[place]) for place in range(1, len(parts), 2)]
        self._parts = [part.encode() for part in parts]

    @classmethod
    def of(cls, template: str, **context) -> "Shell":
        """The template, rendered with `context` in the language that is active."""
        return cls(get_template(template).render(site(None) | context).strip())

    def fill(self, **values) -> SafeString:
        """The HTML with a value in each hole. Raises KeyError for a hole without one."""
        return SafeString(self.encoded(**values).decode())

    def encoded(self, **values) -> bytes:
        """The same, as it is sent or put into the holes of another shell."""
        return b"".join(self._filled(values))

    def around(self, name: str, /, **values) -> tuple[bytes, bytes]:
        """The encoded HTML before and after the hole `name`, with the others filled: for what
        differs in that alone, hundreds of times on a page."""
        parts = self._filled({**values, name: b""})
        place = next(place for place, called in self._places if called == name)
        return b"".join(parts[:place]), b"".join(parts[place:])

    def _filled(self, values: dict) -> list[bytes]:
        parts = self._parts.copy()
        for place, name in self._places:
            value = values[name]
            parts[place] = value if type(value) is bytes else _encoded(value)
        return parts


def _encoded(value) -> bytes:
    kind = type(value)
    if kind is int:
        return b"%d" % value
    return (value if kind is SafeString else escape(str(value))).encode()


# What the frame of every page depends on besides the language: other apps add a question each,
# such as whether the way there stands in the header.
frame_states: list[Callable[[], object]] = []


# What of the frame is the visitor's own, by the name that the templates have for it: each is given
# the request, and fills a hole.
personal_parts: dict[str, Callable[..., bytes]] = {}


def frame_state() -> tuple:
    """The answers now; to be given to a `kept` function that makes whole pages."""
    return tuple(state() for state in frame_states)


def kept(make):
    """For a function that makes shells: once for the same arguments, the language among them.

    In development they are made each time, so that an edited template shows at once.
    """
    known = lru_cache(maxsize=64)(make)
    setting_changed.connect(lambda **kwargs: known.cache_clear(), weak=False)

    @wraps(make)
    def asked(*arguments):
        return make(*arguments) if settings.DEBUG else known(*arguments)

    return asked
