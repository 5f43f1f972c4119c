"""A DNS server on this computer that answers whatever a test wants, and a resolver that asks it over UDP."""

from __future__ import annotations

import ipaddress
import random
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

A, CNAME, AAAA = 1, 5, 28


@dataclass(frozen=True)
class Record:
    """``value`` is an address, or the name that an alias leads to; ``name`` "" is the name asked for."""

    value: str
    ttl: int = 0
    name: str = ""


@dataclass(frozen=True)
class Said:
    """``code`` 0 is an answer, 3 says that there is no such name; after ``wait`` seconds, never when None."""

    records: tuple[Record, ...] = ()
    code: int = 0
    wait: float | None = 0.0


Answer = Callable[[str, int], Said]
"""From a name and how often it was asked before, counted for each type, to what is said."""


class LyingDns:
    """Listens on UDP at ``address``. ``asked`` holds name and type of each question."""

    def __init__(self, answer: Answer, *, address: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        self._answer = answer
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self.address: tuple[str, int] = self._socket.getsockname()
        self.asked: list[tuple[str, int]] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> LyingDns:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.sendto(b"", self.address)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            question, client = self._socket.recvfrom(4096)
            if not question:
                return
            name, end = _name(question, 12)
            kind = struct.unpack(">H", question[end : end + 2])[0]
            said = self._answer(name.lower(), self.asked.count((name, kind)))
            self.asked.append((name, kind))
            if said.wait is None:
                continue
            time.sleep(said.wait)
            records = [record for record in (_record(each, kind) for each in said.records) if record]
            head = question[:2] + struct.pack(">HHHHH", 0x8180 | said.code, 1, len(records), 0, 0)
            self._socket.sendto(head + question[12 : end + 4] + b"".join(records), client)


def _record(record: Record, kind: int) -> bytes:
    """As it stands in an answer to a question of this type; b"" where it does not belong there."""
    owner = _written(record.name) if record.name else b"\xc0\x0c"
    try:
        packed = ipaddress.ip_address(record.value).packed
        own = A if len(packed) == 4 else AAAA
        if own != kind:
            return b""
    except ValueError:
        packed, own = _written(record.value), CNAME
    return owner + struct.pack(">HHIH", own, 1, record.ttl, len(packed)) + packed


def _written(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def _name(message: bytes, at: int) -> tuple[str, int]:
    """The name that stands there, and where it ends."""
    labels: list[str] = []
    while length := message[at]:
        if length >= 0xC0:
            rest, _ = _name(message, (length & 0x3F) << 8 | message[at + 1])
            return ".".join([*labels, rest]), at + 2
        labels.append(message[at + 1 : at + 1 + length].decode())
        at += 1 + length
    return ".".join(labels), at + 1


def asking(address: tuple[str, int], *, seconds: float = 10.0) -> Callable[[str, int], list[str]]:
    """A resolver for `fetch`: one question for each type, aliases followed inside the answer."""

    def resolver(host: str, port: int) -> list[str]:
        found = [each for kind in (A, AAAA) for each in _asked(address, host, kind, seconds)]
        return list(dict.fromkeys(found))

    return resolver


def _asked(address: tuple[str, int], host: str, kind: int, seconds: float) -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(seconds)
        head = struct.pack(">HHHHHH", random.randrange(65536), 0x0100, 1, 0, 0, 0)
        client.sendto(head + _written(host) + struct.pack(">HH", kind, 1), address)
        message = client.recv(65535)
    if code := message[3] & 0xF:
        raise OSError(f"DNS says {code}")
    at = _name(message, 12)[1] + 4
    found = []
    for _ in range(struct.unpack(">H", message[6:8])[0]):
        at = _name(message, at)[1]
        said, _, _, length = struct.unpack(">HHIH", message[at : at + 10])
        if said == kind:
            found.append(str(ipaddress.ip_address(message[at + 10 : at + 10 + length])))
        at += 10 + length
    return found
