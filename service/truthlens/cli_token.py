"""The token of the command line: a file only its owner can read, beside the library."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from truthlens.server.pairing import CLI_ORIGIN, Pairings

FILE_NAME = "cli-token"


def cli_token(data_dir: Path, pairings: Pairings) -> str:
    """The token in the file while it is valid, else a new one, which is written there with 0600."""
    path = data_dir / FILE_NAME
    with suppress(FileNotFoundError, UnicodeDecodeError):
        token = path.read_text(encoding="ascii").strip()
        if any(pairing.origin == CLI_ORIGIN and pairing.holds(token) for pairing in pairings.listing()):
            path.chmod(0o600)
            return token
    token = pairings.issue_cli()
    # Written beside and renamed, so that no other process ever reads half a token.
    fresh = path.with_name(f"{FILE_NAME}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(token)
    fresh.replace(path)
    return token
