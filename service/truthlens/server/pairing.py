"""Who may ask: pairing codes, tokens and the origins they are bound to. Only hashes of both are stored.

The state lives in the library's file, because `truthlens pair` mints a code in another process than the
service that takes it, and revoking must hold at once in the service that runs.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from truthlens.errors import ServiceError
from truthlens.store.library import Library

CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0 O, 1 I L
CODE_SECONDS = 120.0
CODE_TRIES = 5
CLI_ORIGIN = ""  # the command line sends no Origin
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
        return hmac.compare_digest(self.token_sha256, _sha256(token))


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An open pairing code, ``XXXX-XXXX``, and for how many seconds it is valid."""

    text: str
    seconds: float


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

    def mint(self) -> Code:
        """Open pairing with a new code, which closes any earlier one and lifts a lock."""
        text = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
        with self._library.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO pairing_code (only_one, code_sha256, expires_at, tries_left)"
                " VALUES (1, ?, ?, ?)",
                (_sha256(text), self._now() + CODE_SECONDS, CODE_TRIES),
            )
        return Code(text=f"{text[:4]}-{text[4:]}", seconds=CODE_SECONDS)

    def close(self) -> None:
        """Withdraw the open code, if any."""
        with self._library.writing() as connection:
            connection.execute("DELETE FROM pairing_code")

    def is_open(self) -> bool:
        """Whether a code waits to be typed."""
        with self._library.reading() as connection:
            row = connection.execute("SELECT expires_at, tries_left FROM pairing_code").fetchone()
        return row is not None and self._runs(row[0]) and row[1] > 0

    def claim(self, code: str, *, origin: str, name: str) -> str:
        """Trade the open code for a token bound to ``origin``; a pairing that the origin had is replaced.

        Raises ServiceError ``pairing_closed``, ``pairing_locked`` or ``wrong_code``.
        """
        with self._library.writing() as connection:
            row = connection.execute(
                "SELECT code_sha256, expires_at, tries_left FROM pairing_code"
            ).fetchone()
            if row is None or not self._runs(row[1]):
                raise _closed()
            if row[2] <= 0:
                raise _locked()
            if right := hmac.compare_digest(row[0], _sha256(_typed(code))):
                connection.execute("DELETE FROM pairing_code")
                token = _issue(connection, origin=origin, name=name, now=self._now())
            else:
                connection.execute("UPDATE pairing_code SET tries_left = tries_left - 1")
        if not right:  # raised outside, since raising inside would undo the counting
            raise _wrong(row[2] - 1)
        return token

    def _runs(self, expires_at: float) -> bool:
        # A clock that was set back must not lengthen a code's life.
        return 0 < expires_at - self._now() <= CODE_SECONDS

    def issue_cli(self) -> str:
        """A new token for the command line, which ends the earlier one."""
        with self._library.writing() as connection:
            return _issue(connection, origin=CLI_ORIGIN, name="command line", now=self._now())

    def listing(self) -> list[Pairing]:
        """All pairings, oldest first."""
        with self._library.reading() as connection:
            rows = connection.execute(
                "SELECT origin, name, token_sha256, created_at FROM pairings ORDER BY created_at, origin"
            ).fetchall()
        return [Pairing(origin=row[0], name=row[1], token_sha256=row[2], created_at=row[3]) for row in rows]

    def revoke(self, origin: str) -> bool:
        """End the pairing of an origin ("" for the command line); False when there was none."""
        with self._library.writing() as connection:
            return connection.execute("DELETE FROM pairings WHERE origin = ?", (origin,)).rowcount > 0


def _issue(connection: sqlite3.Connection, *, origin: str, name: str, now: float) -> str:
    token = secrets.token_urlsafe(32)  # 256 bits
    connection.execute(
        "INSERT OR REPLACE INTO pairings (origin, name, token_sha256, created_at) VALUES (?, ?, ?, ?)",
        (origin, name, _sha256(token), now),
    )
    return token


def _typed(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter not in " -")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _closed() -> ServiceError:
    return ServiceError(
        "pairing_closed",
        "No pairing code is open.",
        "Run `truthlens pair` and type the code it shows within two minutes.",
        status=403,
    )


def _locked() -> ServiceError:
    return ServiceError(
        "pairing_locked",
        f"The pairing code was mistyped {CODE_TRIES} times.",
        "Run `truthlens pair` for a new code.",
        status=429,
    )


def _wrong(tries_left: int) -> ServiceError:
    return ServiceError(
        "wrong_code",
        f"That is not the pairing code; tries left: {tries_left}.",
        "Type the code that `truthlens pair` shows, eight letters and digits.",
        status=403,
    )
