"""`truthlens pair`: a code for the extension, the list of what is paired, and an end to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from truthlens.errors import ServiceError
from truthlens.server.pairing import CLI_ORIGIN, Pairing, Pairings
from truthlens.settings import Settings
from truthlens.store.library import Library

LOOK_SECONDS = 0.5  # how often the wait looks whether the code was used


def mint(*, wait: bool) -> None:
    """Print a code; then wait until it is used or has expired, and say by whom."""
    with _pairings() as pairings:
        known = {pairing.origin for pairing in extensions(pairings)}
        before = {pairing.token_sha256 for pairing in extensions(pairings)}
        code = pairings.mint()
        click.echo(f"Pairing code: {click.style(code.text, bold=True)}")
        click.echo(f"Type it into the TruthLens panel within {code.seconds:.0f} seconds.")
        while wait and pairings.is_open():
            time.sleep(LOOK_SECONDS)
            fresh = [item for item in extensions(pairings) if item.token_sha256 not in before]
            if fresh:
                again = " again" if fresh[0].origin in known else ""
                click.echo(f"Paired{again} with {described(fresh[0])}.")
                return
        if wait:
            raise ServiceError(
                "code_expired", "The code was not used.", "Run `truthlens pair` for a new one."
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


@contextmanager
def _pairings() -> Iterator[Pairings]:
    library = Library.open(Settings.from_env().data_dir)
    try:
        yield Pairings(library)
    finally:
        library.close()
