"""Tells a database that can't be used just now from a fault of our own."""

import time
from sqlite3 import (
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_READONLY,
)

from django.db import InterfaceError, OperationalError

_SQLITE_AWAY = {
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_READONLY,
}


# The page that tells of it is made within this time, and must not wait for the database again.
LATELY_SECONDS = 1.0
_seen_at = -LATELY_SECONDS


def is_database_away(error: BaseException | None) -> bool:
    """Is it gone, locked, full or overloaded, so that the same request may work in a moment?"""
    global _seen_at
    is_away = isinstance(error, OperationalError | InterfaceError) and _is_away(error)
    if is_away:
        _seen_at = time.monotonic()
    return is_away


def was_seen_away_lately() -> bool:
    """Whether somebody has just met a database that is away."""
    return time.monotonic() - _seen_at < LATELY_SECONDS


def _is_away(error: OperationalError | InterfaceError) -> bool:
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    # SQLite calls a missing table or too long a query an operational error too. The lowest byte
    # is the kind of error, the rest its variety.
    return code is None or code & 0xFF in _SQLITE_AWAY
