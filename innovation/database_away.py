"""Tells a database that can't be used just now from a fault of our own."""

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


def is_database_away(error: BaseException | None) -> bool:
    """Is it gone, locked, full or overloaded, so that the same request may work in a moment?"""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    # SQLite calls a missing table or too long a query an operational error too. The lowest byte
    # is the kind of error, the rest its variety.
    return code is None or code & 0xFF in _SQLITE_AWAY
