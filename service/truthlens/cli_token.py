"""The token of the command line: a file only its owner can read, beside the library."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from truthlens.errors import ServiceError
from truthlens.server.pairing import CLI_ORIGIN, Pairings
from truthlens.store import private_file

FILE_NAME = "cli-token"


def cli_token(data_dir: Path, pairings: Pairings) -> str:
    """The token in the file while it is valid, else a new one, which is written there with 0600.

    Raises ServiceError ``token_unusable`` when there can be no such file.
    """
    path = data_dir / FILE_NAME
    with suppress(OSError, UnicodeDecodeError):
        token = path.read_text(encoding="ascii").strip()
        if any(pairing.origin == CLI_ORIGIN and pairing.holds(token) for pairing in pairings.listing()):
            path.chmod(0o600)
            return token
    token = pairings.issue_cli()
    try:
        private_file.write(path, token)
    except OSError as error:
        raise ServiceError(
            "token_unusable",
            f"The command line’s token cannot be kept in the file {FILE_NAME} of the data folder.",
            "Delete what has that name there, or make the folder writable, and try again.",
            status=500,
        ) from error
    return token
