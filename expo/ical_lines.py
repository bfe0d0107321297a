"""The lines that iCalendar consists of (RFC 5545 §3.1): escaped, folded, ended by CRLF.

By hand, since a library's general way takes ten times as long for a whole expo; the tests read
the files back with one.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.utils import timezone

TIME_ZONE = "Europe/Stockholm"
MOST_OCTETS = 75
# What some readers take for the end of a line besides CR and LF.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SPECIAL = re.compile(r"[\\;,]")

# The rule of the European Union since 1996, with the full name of the zone.
TIME_ZONE_LINES = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE""".splitlines()


def as_bytes(lines: Iterable[str]) -> bytes:
    return "".join([f"{_folded(line)}\r\n" for line in lines]).encode()


def _folded(line: str) -> str:
    if len(line) <= MOST_OCTETS and line.isascii():
        return line
    octets = line.encode()
    parts, start, room = [], 0, MOST_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # within a letter
            end -= 1
        parts.append(octets[start:end])
        # The space that a line goes on with is one of its octets.
        start, room = end, MOST_OCTETS - 1
    return b"\r\n ".join([*parts, octets[start:]]).decode()


def text(value: str) -> str:
    """A value of the type TEXT (§3.3.11); control characters are left out."""
    plain = _CONTROLS.sub("", _LINE_ENDS.sub("\n", value.replace("\t", " ")))
    return _SPECIAL.sub(r"\\\g<0>", plain.strip()).replace("\n", "\\n")


def uri(value: str) -> str:
    """A value of the type URI, on one line."""
    return _CONTROLS.sub("", value.replace("\n", ""))


def quoted(value: str) -> str:
    """The value of a parameter (§3.2), which can't hold a quotation mark."""
    return f'"{_CONTROLS.sub("", value.replace(chr(10), " ")).replace(chr(34), chr(39))}"'


def utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def day(name: str, value: date) -> str:
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def span(start: datetime, end: datetime | None) -> list[str]:
    """DTSTART and DTEND by the clocks of Stockholm.

    In UTC where those show an hour for the second time (summer time ends): there a local time
    means the first one.
    """
    moments = {"DTSTART": timezone.localtime(start)}
    if end:
        moments["DTEND"] = timezone.localtime(end)
    if any(moment.fold for moment in moments.values()):
        return [f"{name}:{utc(moment)}" for name, moment in moments.items()]
    return [f"{name};TZID={TIME_ZONE}:{moment:%Y%m%dT%H%M%S}" for name, moment in moments.items()]
