"""A language model that is none: answers what a test wants, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Answer = Callable[[str, list[str]], str | bytes]
"""From the statement and its evidence to the text of the answer; bytes are the whole reply, head and all."""


class LlmServer:
    """Listens on 127.0.0.1. ``asked`` holds the bodies of all requests, ``heads`` their headers and paths."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.heads: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append(body)
                server.heads.append((self.path, dict(self.headers)))
                question = json.loads(body["messages"][-1]["content"])
                try:
                    answered = answer(question["statement"], question["evidence"])
                    for piece in pieces(answered):
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    return  # the client had heard enough

            def do_GET(self) -> None:
                server.heads.append((self.path, dict(self.headers)))
                self.wfile.write(reply(b"{}"))

            def log_message(self, *args: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(poll_interval=0.01))

    def __enter__(self) -> LlmServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


class Slow(bytes):
    """A reply that comes one byte at a time."""

    def slowly(self) -> Iterable[bytes]:
        for value in self:
            time.sleep(0.05)
            yield bytes([value])


def pieces(answered: str | bytes) -> Iterable[bytes]:
    if isinstance(answered, Slow):
        return answered.slowly()
    return [answered if isinstance(answered, bytes) else completion(answered)]


def completion(text: str) -> bytes:
    """What a chat endpoint sends, with fields that nobody asked for."""
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return reply(json.dumps({"id": "x", "choices": choices, "usage": {"total_tokens": 9}}).encode())


def reply(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    )
    return head.encode("latin-1") + body
