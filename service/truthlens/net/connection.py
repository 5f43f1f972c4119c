"""One HTTP exchange with one approved address, every byte of it under a deadline and a ceiling."""

from __future__ import annotations

import io
import socket
import ssl
import time
from http.client import HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING, cast

from truthlens import __version__
from truthlens.server.target import Target

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

USER_AGENT = f"Mozilla/5.0 (compatible; TruthLens/{__version__}; reads one page for its user)"
HEADER_BYTES = 64 * 1024


class TooLargeError(Exception):
    """More bytes came than the ceiling allows."""


class Deadline:
    """``left`` seconds from now; raises TimeoutError once there are none."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("deadline passed")
        return min(left, at_most)


class Connection:
    """A socket to one address. ``ceiling`` counts all bytes received; raising it is the caller's decision."""

    def __init__(self, sock: socket.socket, deadline: Deadline, read_seconds: float, ceiling: int) -> None:
        self._sock, self._deadline, self._read_seconds = sock, deadline, read_seconds
        self.ceiling = ceiling
        self.received = 0

    def get(self, target: Target, accept: str) -> HTTPResponse:
        """Sends the request and reads the headers. Nothing of this computer or its user goes along.

        ``accept`` is the header of that name.
        """
        lines = (
            f"GET {target.path} HTTP/1.1",
            f"Host: {target.authority}",
            f"User-Agent: {USER_AGENT}",
            f"Accept: {accept}",
            "Accept-Language: en",
            "Accept-Encoding: gzip",
            "Connection: close",
        )
        self._sock.settimeout(self._deadline.left(self._read_seconds))
        self._sock.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
        response = HTTPResponse(cast(socket.socket, self), method="GET")  # it only calls makefile
        try:
            response.begin()
        except BaseException:
            response.close()
            raise
        return response

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self))

    def receive(self, buffer: WriteableBuffer) -> int:
        # A time-out of a socket limits one wait; only asking the deadline before each limits them all.
        self._sock.settimeout(self._deadline.left(self._read_seconds))
        count = self._sock.recv_into(buffer)
        self.received += count
        if self.received > self.ceiling:
            raise TooLargeError
        return count


class _Incoming(io.RawIOBase):
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        return self._connection.receive(buffer)


def trusting(authorities: Path | None = None) -> ssl.SSLContext:
    """Believes the authorities in this file of PEM certificates, the system's when None; names stand where
    browsers look for them, not in a certificate's subject.
    """
    context = ssl.create_default_context(cafile=authorities)
    context.hostname_checks_common_name = False
    return context


def connect(
    address: str, target: Target, deadline: Deadline, connect_seconds: float, tls: ssl.SSLContext
) -> socket.socket:
    """A socket to ``address``; over https the certificate must be valid for the name in ``target``.

    Raises OSError, which includes time-outs and TLS errors.
    """
    sock = socket.create_connection((address, target.port), timeout=deadline.left(connect_seconds))
    if target.scheme == "http":
        return sock
    try:
        sock.settimeout(deadline.left(connect_seconds))
        return tls.wrap_socket(sock, server_hostname=target.host)
    except BaseException:
        sock.close()
        raise
