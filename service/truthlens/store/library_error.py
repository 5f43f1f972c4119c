"""What SQLite says when a disk is full, closed or broken, told as a refusal with a remedy."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from truthlens.errors import ServiceError

DAMAGED = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
_BUSY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_UNWRITABLE = frozenset(
    (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR)
)

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_CLOSED = frozenset((errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO))


class LibraryError(ServiceError):
    """The library’s file could not be used just now; nothing of what was stored before is lost."""


@contextmanager
def told() -> Iterator[None]:
    """Raise what is the disk's fault as LibraryError: ``disk_full`` (507), ``library_unwritable``,
    ``library_busy`` or ``library_damaged`` (503). Our own mistakes in SQL stay what they are.
    """
    try:
        yield
    except sqlite3.Error as error:
        if (told_so := _of_sqlite(error)) is None:
            raise
        raise told_so from error
    except OSError as error:  # of files beside the library: backups, the stamp of the pairings
        if error.errno in _NO_ROOM:
            raise _full() from error
        if error.errno in _CLOSED:
            raise _unwritable(errno.errorcode[error.errno]) from error
        raise


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without its extension; 0 for errors that Python's module itself raises."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _full() -> LibraryError:
    return LibraryError(
        "disk_full",
        "There is no room on the disk for the library. What was saved before is still there.",
        "Free some space and try again.",
        status=507,
    )


def _unwritable(reason: str) -> LibraryError:
    return LibraryError(
        "library_unwritable",
        f"The library’s file cannot be written ({reason}). What was saved before is still there.",
        "Check the permissions of its folder, the free space and your quota, and try again.",
        status=503,
    )


def _of_sqlite(error: sqlite3.Error) -> LibraryError | None:
    code = primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return _full()
    if code in _UNWRITABLE:
        # A quota ends here too: SQLite tells only ENOSPC apart from other failures to write.
        return _unwritable(error.sqlite_errorname)
    if code in _BUSY:
        return LibraryError(
            "library_busy",
            "Another program is writing to the library and did not finish in time.",
            "Try again in a few seconds.",
            status=503,
        )
    if code in DAMAGED:
        return LibraryError(
            "library_damaged",
            "The library’s file is damaged.",
            "Start TruthLens again: it sets the file aside and begins a new one. `truthlens library restore`"
            " brings back a backup.",
            status=503,
        )
    return None
