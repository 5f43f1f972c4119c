"""A site on this computer that answers exactly the bytes a test wants, and remembers what it was asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from types import TracebackType

Answer = Callable[[str], bytes | Iterable[bytes]]
"""From the path asked for to the bytes of the whole answer; an iterable is sent piece by piece."""


class LocalSite:
    """Listens at ``at``, with 0 for a free port. ``requests`` holds each request's head as text."""

    def __init__(
        self, answer: Answer, *, tls: ssl.SSLContext | None = None, at: tuple[str, int] = ("127.0.0.1", 0)
    ) -> None:
        self._answer, self._tls = answer, tls
        self._listener = socket.create_server(at)
        self.port = self._listener.getsockname()[1]
        self.requests: list[str] = []
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> LocalSite:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with socket.create_connection(self._listener.getsockname()) as last:
            last.sendall(b"quit\r\n\r\n")
        self._thread.join()
        self._listener.close()

    def url(self, path: str = "/", *, host: str = "site.test", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def _serve(self) -> None:
        while True:
            client, _ = self._listener.accept()
            with client:
                try:
                    if not self._talk(client):
                        return
                except OSError:
                    continue  # the client had heard enough

    def _talk(self, client: socket.socket) -> bool:
        client.settimeout(10)
        if self._tls is None or client.recv(4, socket.MSG_PEEK) == b"quit":
            return self._reply(client)
        with self._tls.wrap_socket(client, server_side=True) as secured:
            return self._reply(secured)

    def _reply(self, client: socket.socket) -> bool:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(65536)
            if not piece:
                return True
            head += piece
        if head.startswith(b"quit"):
            return False
        text = head.decode("latin-1")
        self.requests.append(text)
        answer = self._answer(text.split(" ")[1])
        for piece in [answer] if isinstance(answer, bytes) else answer:
            client.sendall(piece)
        return True


def reply(
    body: bytes = b"<p>Hello</p>", kind: str = "text/html", *, status: str = "200 OK", headers: str = ""
) -> bytes:
    """A whole answer. ``headers`` are further lines, each ended by "\\r\\n"."""
    said = f"Content-Type: {kind}\r\n" if kind else ""
    head = f"HTTP/1.1 {status}\r\n{said}{headers}"
    if "Content-Length" not in head and "Transfer-Encoding" not in head:
        head += f"Content-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return reply(b"", status=status, headers=f"Location: {to}\r\n")
