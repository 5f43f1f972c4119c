"""waitress with our limits, our error shape, and an ear for bodies that are too large."""

from __future__ import annotations

import io
import logging
import socket
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import create_server
from waitress.task import ErrorTask

from truthlens.errors import ServiceError
from truthlens.server.checks import too_large
from truthlens.server.reply import REPLY_HEADERS, envelope, internal
from truthlens.settings import MIB, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HEADER_LIMIT = 16 * 1024  # bytes
DISCARD_LIMIT = 64 * MIB  # bytes of a body too large that are read, and thrown away, for the reply's sake
CHANNEL_SECONDS = 30  # in which a request must have come whole, however steadily its bytes drip in
LOOK_SECONDS = 5  # between two looks for such as have not


def bind(settings: Settings) -> socket.socket:
    """A socket on the loopback address, not yet listening. Raises ServiceError ``port_taken``."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where SO_REUSEADDR would share the port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        raise ServiceError(
            "port_taken",
            f"Port {settings.port} is in use by another program, or by TruthLens already running.",
            "Stop that program, or set TRUTHLENS_PORT and the port in the extension to another number.",
            status=500,
        ) from error
    return bound


def listen(app: WSGIApplication, bound: socket.socket, settings: Settings) -> Any:
    """A waitress server on the socket; it accepts at once and answers when its loop runs."""
    # It says how many requests wait, a line for each, and in the terminal of whoever runs the service.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app,
        sockets=[bound],
        ident=None,
        threads=settings.threads,
        connection_limit=settings.connection_limit,
        channel_timeout=CHANNEL_SECONDS,
        cleanup_interval=LOOK_SECONDS,
        max_request_body_size=settings.body_limit + 1,  # waitress refuses at the limit, we above it
        max_request_header_size=HEADER_LIMIT,
        inbuf_overflow=settings.body_limit + 1,  # pages stay in memory, never in a temporary file
        channel_request_lookahead=1,
        asyncore_use_poll=True,
        expose_tracebacks=False,
        clear_untrusted_proxy_headers=True,
    )
    server.channel_class = _Channel
    server.maintenance = partial(_close_stalled, server)
    return server


def _close_stalled(server: Any, now: float) -> None:
    # waitress asks when a byte last came, and so would wait forever for a client that sends one now and then.
    for channel in server.active_channels.values():
        since = channel.last_activity if channel.request is None else channel.request.begun
        if not channel.requests and since < now - server.adj.channel_timeout:
            channel.will_close = True


class _Discarding:
    """Takes a body's bytes and keeps none: a client that is cut off while it sends never reads why."""

    error = None

    def __init__(self, length: int) -> None:
        self._remaining = length

    @property
    def completed(self) -> bool:
        return self._remaining == 0

    def received(self, data: bytes) -> int:
        taken = min(len(data), self._remaining)
        self._remaining -= taken
        return taken

    def getfile(self) -> io.BytesIO:
        return io.BytesIO()

    getbuf = getfile


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    body_rcv: Any
    content_length: int

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.begun = time.time()  # as waitress counts

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # a length of more digits than Python reads; waitress would only hang up
            raise ParsingError("Content-Length is invalid") from error
        if self.adj.max_request_body_size <= self.content_length <= DISCARD_LIMIT:
            # The guard refuses by the header, after its other checks; waitress sees no body to refuse.
            self.body_rcv = _Discarding(self.content_length)
            self.content_length = 0

    def received(self, data: bytes) -> int:
        if isinstance(self.body_rcv, _Discarding):
            taken = self.body_rcv.received(data)
            self.completed = self.body_rcv.completed
            return taken
        return int(super().received(data))


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """What waitress itself refuses, before any application sees it."""

    def execute(self) -> None:
        error = self._refusal(self.request.error)
        body = envelope(error)
        self.status = f"{error.status} Refused"
        self.response_headers.extend(REPLY_HEADERS)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)

    def _refusal(self, error: Any) -> ServiceError:
        match error.code:
            case 413:
                return too_large(self.channel.adj.max_request_body_size - 1)
            case 500:
                return internal()
        return ServiceError(
            "bad_request",
            "The request is not HTTP as this service reads it.",
            "Send plain HTTP/1.1 with short headers.",
            status=error.code,
        )


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser
    error_task_class = _ErrorTask
