"""WSGI middleware in front of Flask: whatever should not be asked is refused before a handler runs.

Checks go from cheap to dear, and each stands on facts a web page cannot forge: the `Host` it was made to use,
what its browser says of it, and a token it never saw.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from truthlens.errors import ServiceError
from truthlens.server import checks
from truthlens.server.checks import PAIR_PATH, STATUS_PATH
from truthlens.server.pairing import Pairing
from truthlens.server.rate import Turns
from truthlens.server.reply import REPLY_HEADERS, envelope, internal, place_of, refusal_headers
from truthlens.store.library_error import LibraryError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ORIGINS_KEY = "truthlens.origins"  # environ: the paired origins at this moment
CLIENT_KEY = "truthlens.client"  # environ: origin of the pairing that asks, "" for the command line
_STATUS_LINES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    421: "Misdirected Request",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
_log = logging.getLogger(__name__)


class Guard:
    """``allowed_methods`` answers for a path, empty when there is no such route; ``pairings`` is asked anew
    for every request, so that pairing and revoking hold at once.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        port: int,
        body_limit: int,
        allowed_methods: Callable[[str], Iterable[str]],
        pairings: Callable[[], Sequence[Pairing]],
        turns: Turns,
    ) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._body_limit = body_limit
        self._allowed_methods = allowed_methods
        self._pairings = pairings
        self._turns = turns

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        extra: list[tuple[str, str]] = []
        environ[ORIGINS_KEY] = ()
        try:
            self._check(environ, extra)
            return self._app(environ, _with_reply_headers(start_response))
        except ServiceError as error:
            refusal = error
        except Exception as error:  # noqa: BLE001  # the last place where a crash can get the one error shape
            _log.error("a request crashed: %s", place_of(error))  # a traceback quotes requests
            refusal = internal()
        body = envelope(refusal)
        headers = [*extra, *refusal_headers(refusal), ("Content-Length", str(len(body)))]
        if environ.get("HTTP_ORIGIN") in environ[ORIGINS_KEY]:  # paired: let the extension read the reason
            headers.append(("Access-Control-Allow-Origin", environ["HTTP_ORIGIN"]))
        line = f"{refusal.status} {_STATUS_LINES.get(refusal.status, 'Refused')}"
        _with_reply_headers(start_response)(line, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _check(self, environ: WSGIEnvironment, extra: list[tuple[str, str]]) -> None:
        checks.peer(environ)
        checks.host(environ, self._hosts)
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        allowed = {*self._allowed_methods(path)} - {"HEAD"}
        try:
            checks.route(environ, allowed)
        except ServiceError as error:
            if error.status == 405:
                extra.append(("Allow", ", ".join(sorted(allowed))))
            raise
        try:
            pairings = self._pairings()
        except LibraryError:  # nobody is known, and the status says why
            if path != STATUS_PATH:
                raise
            pairings = []
        environ[ORIGINS_KEY] = tuple(pairing.origin for pairing in pairings if pairing.origin)
        checks.fetch_metadata(environ)
        checks.origin(environ, environ[ORIGINS_KEY])
        if method == "OPTIONS":
            return
        if path not in {STATUS_PATH, PAIR_PATH}:
            environ[CLIENT_KEY] = self._client(environ, pairings)
        if path != STATUS_PATH:  # a bare status may be read by hand
            checks.client_header(environ)
        checks.content_type(environ)
        checks.body(environ, self._body_limit)
        if path == PAIR_PATH:
            self._turns.pairing()
        elif path != STATUS_PATH:  # by which a client that was turned away sees that the service lives
            self._turns.client(environ[CLIENT_KEY])

    def _client(self, environ: WSGIEnvironment, pairings: Sequence[Pairing]) -> str:
        try:
            return checks.token(environ, pairings).origin
        except ServiceError:
            self._turns.stranger()
            raise


_OURS = {name.lower() for name, _ in REPLY_HEADERS} | {"server", "vary"}


def _with_reply_headers(start_response: StartResponse) -> StartResponse:
    def start(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
        # flask-cors names Origin in Vary from two origins on only, which caches would take badly.
        names_origin = any(name.lower() == "access-control-allow-origin" for name, _ in kept)
        vary = [("Vary", "Origin")] if names_origin else []
        return start_response(status, [*kept, *REPLY_HEADERS, *vary], exc_info)

    return start
