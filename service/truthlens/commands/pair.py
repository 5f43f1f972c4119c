"""`truthlens pair`: a code for the extension, the question who typed it, what is paired, an end to that."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from truthlens.errors import ServiceError
from truthlens.server.pairing import CLI_ORIGIN, PUBLISHED, Pairing, Pairings
from truthlens.server.pairing_code import Asking
from truthlens.settings import Settings
from truthlens.store.library import Library

LOOK_SECONDS = 0.5  # how often the wait looks whether the code was used


def mint(*, wait: bool) -> None:
    """Print a code; then wait until it is typed, ask at a terminal whether that was the reader, and say who
    is paired.

    Where nobody can be asked (``wait`` is False, or the input is no terminal), typing the code is the
    consent: it stands in this output alone and works once, for two minutes and five tries. Then who used it
    is named, with the command that ends it.

    Raises ServiceError ``code_expired``, ``pairing_declined`` or ``pairing_closed``.
    """
    asks = wait and sys.stdin.isatty()
    with _pairings() as pairings:
        paired = extensions(pairings)
        known = {pairing.origin for pairing in paired}
        before = {pairing.token_sha256 for pairing in paired}
        code = pairings.mint(asks=asks)
        click.echo(f"Pairing code: {click.style(code.text, bold=True)}")
        click.echo(f"Type it into the TruthLens panel within {code.seconds:.0f} seconds.")
        if not wait:
            return
        try:
            goes_on = True
            while goes_on:
                goes_on = pairings.is_open()  # asked first, lest a use of the code fall between two looks
                if waiting := pairings.asking():
                    _ask(pairings, waiting)
                if fresh := [item for item in extensions(pairings) if item.token_sha256 not in before]:
                    again = " again" if fresh[0].origin in known else ""
                    click.echo(f"Paired{again} with {described(fresh[0])}.")
                    if not asks:
                        click.echo(f"Not your browser? {revoking(fresh[0])} ends it at once.")
                    return
                time.sleep(LOOK_SECONDS)
        except (KeyboardInterrupt, click.Abort):
            pairings.close()  # nobody is left who could answer
            raise
        raise ServiceError("code_expired", "The code was not used.", "Run `truthlens pair` for a new one.")


def _ask(pairings: Pairings, waiting: Asking) -> None:
    """Whether whoever typed the code may use the service; no answer is a no."""
    click.echo(f"\n{waiting.name or 'An extension'} typed the code. It is {waiting.origin}")
    if waiting.origin == PUBLISHED:
        click.echo("That is the TruthLens extension.")
    elif waiting.origin.partition(":")[0] == "chrome-extension":
        click.secho("That is NOT the TruthLens extension as it is published.", fg="yellow")
    else:
        click.echo(
            "Firefox draws such an address by lot; about:debugging shows TruthLens’s under “Internal UUID”."
        )
    accept = click.confirm("May it have articles analysed and read what is saved?", default=False)
    pairings.answer(origin=waiting.origin, accept=accept)
    if not accept:
        raise ServiceError(
            "pairing_declined", "Declined: it got nothing.", "Run `truthlens pair` to pair your own browser."
        )


def show() -> None:
    """What is paired, a line each."""
    with _pairings() as pairings:
        found = extensions(pairings)
        for pairing in found:
            click.echo(described(pairing))
        if not found:
            click.echo("Nothing is paired. `truthlens pair` prints a code.")


def revoke(origin: str) -> None:
    """Forget a pairing; its token is refused from the next request on. Raises ServiceError ``not_paired``."""
    with _pairings() as pairings:
        if not pairings.revoke(origin):
            raise ServiceError(
                "not_paired", "No such extension is paired.", "`truthlens pair --list` shows which are."
            )
        click.echo("Revoked.")


def extensions(pairings: Pairings) -> list[Pairing]:
    """Pairings of extensions, without the command line's own."""
    return [pairing for pairing in pairings.listing() if pairing.origin != CLI_ORIGIN]


def described(pairing: Pairing) -> str:
    day = datetime.fromtimestamp(pairing.created_at, UTC).date().isoformat()
    return f"{pairing.name or 'an extension'} ({pairing.origin}), since {day}"


def revoking(pairing: Pairing) -> str:
    """The command that ends a pairing."""
    return f"`truthlens pair --revoke {pairing.origin}`"


@contextmanager
def _pairings() -> Iterator[Pairings]:
    library = Library.open(Settings.from_env().data_dir)
    try:
        yield Pairings(library)
    finally:
        library.close()
