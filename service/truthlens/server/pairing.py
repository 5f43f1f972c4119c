"""Who may ask: tokens and the origins they are bound to. Only hashes are stored.

The state lives in the library's file, because `truthlens pair` mints a code in another process than the
service that takes it, and revoking must hold at once in the service that runs.
"""

from __future__ import annotations

import hmac
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from truthlens.errors import ServiceError
from truthlens.server import pairing_code, pairing_stamp
from truthlens.server.pairing_code import Asking, Code, sha256
from truthlens.store.library import Library
from truthlens.store.library_error import told
from truthlens.store.library_file import FILE_NAME, identity

CLI_ORIGIN = ""  # the command line sends no Origin
PUBLISHED = "chrome-extension://cpjanmpceblbpfflhndnfafnlbiijnda"
"""Where Chromium puts our extension: it follows from the manifest's ``key``."""
# Chromium spells an extension's ID in a-p; Firefox gives each profile a random UUID.
_EXTENSION = re.compile(
    r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A client that holds a token; ``origin`` "" is the command line, ``created_at`` seconds since 1970."""

    origin: str
    name: str
    token_sha256: str
    created_at: float

    def holds(self, token: str) -> bool:
        return hmac.compare_digest(self.token_sha256, sha256(token))


def is_extension_origin(origin: str) -> bool:
    """Whether this is exactly the origin of a Chromium or Firefox extension, as browsers write it."""
    return _EXTENSION.fullmatch(origin) is not None


def holder(pairings: Sequence[Pairing], *, token: str, origin: str | None) -> Pairing | None:
    """The pairing that the token belongs to; None when there is none, or the token came from another origin.

    Without an origin any pairing's token will do: extensions send none with GET.
    """
    # Every pairing is compared, so that the time taken does not tell which one matched.
    held = [pairing for pairing in pairings if pairing.holds(token)]
    return next((pairing for pairing in held if origin is None or pairing.origin == origin), None)


class Pairings:
    """The pairings in a library. ``now`` gives seconds since 1970, the same in every process."""

    def __init__(self, library: Library, *, now: Callable[[], float] = time.time) -> None:
        self._library = library
        self._now = now
        self._known: tuple[object, list[Pairing]] | None = None  # and the state of the files they hold for
        self._was_open = False

    def mint(self, *, asks: bool = False) -> Code:
        """Open pairing with a new code, which closes any earlier one and lifts a lock.

        With ``asks`` whoever types it gets a token only after ``answer``: for a terminal that can ask.
        """
        with self._library.writing() as connection:
            return pairing_code.mint(connection, asks=asks, now=self._now())

    def close(self) -> None:
        """Withdraw the open code, if any, and turn away who waits for an answer."""
        with self._library.writing() as connection:
            pairing_code.close(connection)

    def is_open(self) -> bool:
        """Whether a code waits to be typed, or whoever typed it for the answer; while something is being
        saved, whether that was so when this was last asked.
        """
        with self._library.reading_at_once() as connection:
            if connection is not None:
                self._was_open = pairing_code.is_open(connection, now=self._now())
        return self._was_open

    def asking(self) -> Asking | None:
        """The extension that typed the code and waits for the terminal's answer."""
        with self._library.reading() as connection:
            return pairing_code.asking(connection, now=self._now())

    def answer(self, *, origin: str, accept: bool) -> None:
        """Let the extension that waits have its token, or turn it away.

        Raises ServiceError ``pairing_closed`` when it, or another, does not wait any more.
        """
        with self._library.writing() as connection:
            pairing_code.answer(connection, origin=origin, accept=accept, now=self._now())

    def claim(self, code: str, *, origin: str, name: str) -> str | None:
        """Trade the open code for a token bound to ``origin``; a pairing that the origin had is replaced.

        None while the terminal that shows the code is asked; then the same origin claims again with the same
        code. Raises ServiceError ``pairing_closed``, ``pairing_locked``, ``pairing_declined`` or
        ``wrong_code``.
        """
        with self._library.writing() as connection:
            now = self._now()
            outcome = pairing_code.typed(connection, code, origin=origin, name=name, now=now)
            token = _issue(connection, origin=origin, name=name, now=now) if outcome is True else None
        if isinstance(outcome, ServiceError):
            raise outcome
        return token

    def issue_cli(self) -> str:
        """A new token for the command line, which ends the earlier one."""
        with self._library.writing() as connection:
            return _issue(connection, origin=CLI_ORIGIN, name="command line", now=self._now())

    def listing(self) -> list[Pairing]:
        """All pairings, oldest first. Where nothing has changed, this waits for nobody who writes."""
        state = self._state()
        if self._known is None or self._known[0] != state:
            self._known = (state, self._read())
        return list(self._known[1])

    def _state(self) -> object:
        # Looked at before the pairings are read: a change meanwhile makes the next look differ.
        folder = self._library.data_dir
        with told():
            return pairing_stamp.outside(folder), identity(folder / FILE_NAME)

    def _read(self) -> list[Pairing]:
        with self._library.reading() as connection:
            if pairing_stamp.agrees(connection):
                return _listing(connection)
        with self._library.writing() as connection:  # another process may be in the midst of a change
            _void_if_old(connection)
            return _listing(connection)

    def revoke(self, origin: str) -> bool:
        """End the pairing of an origin ("" for the command line); False when there was none."""
        with self._library.writing() as connection:
            _void_if_old(connection)
            gone = connection.execute("DELETE FROM pairings WHERE origin = ?", (origin,)).rowcount > 0
            if gone:
                pairing_stamp.renew(connection)
        return gone


def _issue(connection: sqlite3.Connection, *, origin: str, name: str, now: float) -> str:
    _void_if_old(connection)
    token = secrets.token_urlsafe(32)  # 256 bits
    connection.execute(
        "INSERT OR REPLACE INTO pairings (origin, name, token_sha256, created_at) VALUES (?, ?, ?, ?)",
        (origin, name, sha256(token), now),
    )
    pairing_stamp.renew(connection)  # an earlier token of this origin has ended
    return token


def _void_if_old(connection: sqlite3.Connection) -> None:
    if not pairing_stamp.agrees(connection):
        connection.execute("DELETE FROM pairings")
        pairing_stamp.renew(connection)


def _listing(connection: sqlite3.Connection) -> list[Pairing]:
    rows = connection.execute(
        "SELECT origin, name, token_sha256, created_at FROM pairings ORDER BY created_at, origin"
    ).fetchall()
    return [Pairing(origin=row[0], name=row[1], token_sha256=row[2], created_at=row[3]) for row in rows]
