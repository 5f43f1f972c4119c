"""How pool and worker talk: one JSON object per message, its length in four bytes before it. No pickle."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

REPLY_BYTES = 2 * 1024 * 1024
REQUEST_BYTES = 64 * 1024 * 1024  # 8 MiB of HTML, each character at worst six bytes of JSON, and the address


def send(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Raises OSError when the other side is gone."""
    body = encoded(message)
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def encoded(message: dict[str, Any]) -> bytes:
    # "surrogatepass": JSON carries lone surrogates, and a page may hold them.
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")


def receive(stream: IO[bytes], ceiling: int) -> dict[str, Any]:
    """Raises EOFError at the end or amid a message, ValueError for one that is too long or no JSON."""
    head = stream.read(4)
    if len(head) < 4:
        raise EOFError
    (length,) = struct.unpack(">I", head)
    if length > ceiling:
        raise ValueError(f"message of {length} bytes: at most {ceiling} are allowed")
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    message = json.loads(body.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict):
        raise ValueError("message is no object")  # noqa: TRY004 - one error for all malformed messages
    return message
