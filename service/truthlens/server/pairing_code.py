"""The one open pairing code: how it is minted, typed, asked about and used up. Knows nothing of tokens.

Every function works inside a transaction of its caller, which is what makes single use and the count of
tries hold between processes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass

from truthlens.errors import ServiceError

CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0 O, 1 I L
CODE_SECONDS = 120.0
CODE_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An open pairing code, ``XXXX-XXXX``, and for how many seconds it is valid."""

    text: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """An extension that typed the code and waits until the terminal has answered."""

    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class _Open:
    code_sha256: str
    expires_at: float
    tries_left: int
    asks: bool
    origin: str | None
    name: str | None
    accepted: int | None

    def runs(self, now: float) -> bool:
        # A clock that was set back must not lengthen a code's life.
        return 0 < self.expires_at - now <= CODE_SECONDS


def mint(connection: sqlite3.Connection, *, asks: bool, now: float) -> Code:
    """A new code in the place of any earlier one."""
    text = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
    connection.execute(
        "INSERT OR REPLACE INTO pairing_code (only_one, code_sha256, expires_at, tries_left, asks)"
        " VALUES (1, ?, ?, ?, ?)",
        (sha256(text), now + CODE_SECONDS, CODE_TRIES, asks),
    )
    return Code(text=f"{text[:4]}-{text[4:]}", seconds=CODE_SECONDS)


def close(connection: sqlite3.Connection) -> None:
    """Withdraw the code, and whatever it led to so far."""
    connection.execute("DELETE FROM pairing_code")


def is_open(connection: sqlite3.Connection, *, now: float) -> bool:
    """Whether a code waits to be typed, or whoever typed it for the answer."""
    code = _read(connection)
    return code is not None and code.runs(now) and code.tries_left > 0 and code.accepted != 0


def asking(connection: sqlite3.Connection, *, now: float) -> Asking | None:
    """Who waits for the terminal's answer."""
    code = _read(connection)
    if code is None or code.origin is None or code.accepted is not None or not code.runs(now):
        return None
    return Asking(origin=code.origin, name=code.name or "")


def answer(connection: sqlite3.Connection, *, origin: str, accept: bool, now: float) -> None:
    """What the terminal says to the extension that waits. Raises ServiceError ``pairing_closed``."""
    waiting = asking(connection, now=now)
    if waiting is None or waiting.origin != origin:
        raise closed()
    connection.execute("UPDATE pairing_code SET accepted = ?", (accept,))


def typed(
    connection: sqlite3.Connection, text: str, *, origin: str, name: str, now: float
) -> bool | ServiceError:
    """Whether a token may be issued: True uses the code up, False means that the terminal is being asked.

    The refusal for a wrong code comes back as a value, since raising would undo the counting of tries.
    Raises ServiceError ``pairing_closed``, ``pairing_locked`` or ``pairing_declined``.
    """
    code = _read(connection)
    if code is None or not code.runs(now):
        raise closed()
    if code.tries_left <= 0:
        raise _locked()
    plain = "".join(letter for letter in text.upper() if letter not in " -")
    if not hmac.compare_digest(code.code_sha256, sha256(plain)):
        connection.execute("UPDATE pairing_code SET tries_left = tries_left - 1")
        return _wrong(code.tries_left - 1)
    if code.origin not in (None, origin):
        raise closed()  # used up, by somebody else
    if not code.asks or code.accepted == 1:
        close(connection)
        return True
    if code.accepted == 0:
        raise _declined()
    if code.origin is None:  # from here on the time is the terminal's, to answer in
        connection.execute(
            "UPDATE pairing_code SET origin = ?, name = ?, expires_at = ?", (origin, name, now + CODE_SECONDS)
        )
    return False


def sha256(text: str) -> str:
    """What is stored of a code or token."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(connection: sqlite3.Connection) -> _Open | None:
    row = connection.execute(
        "SELECT code_sha256, expires_at, tries_left, asks, origin, name, accepted FROM pairing_code"
    ).fetchone()
    return None if row is None else _Open(*row)


def closed() -> ServiceError:
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


def _declined() -> ServiceError:
    return ServiceError(
        "pairing_declined",
        "The pairing was declined in the terminal.",
        "If that was a slip, run `truthlens pair` again and answer with y.",
        status=403,
    )
