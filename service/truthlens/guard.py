"""WSGI middleware in front of Flask: whatever should not be asked is refused before a handler runs.

Checks go from cheap to dear, and each stands on facts a web page cannot forge: the `Host` it was made to use,
what its browser says of it, and a token it never saw.
"""

from __future__ import annotations

import io
import ipaddress
import logging
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from truthlens.errors import ServiceError
from truthlens.json_body import check_shape
from truthlens.pairing import Pairing, holder, is_extension_origin
from truthlens.reply import REPLY_HEADERS, envelope, internal, place_of, refusal_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATUS_PATH = "/v1/status"
PAIR_PATH = "/v1/pair"
ORIGINS_KEY = "truthlens.origins"  # environ: the paired origins at this moment
CLIENT_KEY = "truthlens.client"  # environ: origin of the pairing that asks, "" for the command line
_JSON = re.compile(r'application/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?', re.IGNORECASE)
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
    ) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._body_limit = body_limit
        self._allowed_methods = allowed_methods
        self._pairings = pairings

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
        check_peer(environ)
        check_host(environ, self._hosts)
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        # One spelling per route: no %2e, no doubled slash, nothing a later layer might read differently.
        spelt = environ["REQUEST_URI"].split("?", 1)[0] == path
        allowed = sorted({*self._allowed_methods(path)} - {"HEAD"}) if spelt else []
        if not allowed:
            raise _refusal(404, "unknown_route", "There is nothing at this path.", _COMPARE)
        if method not in allowed:
            extra.append(("Allow", ", ".join(allowed)))
            raise _refusal(405, "method_not_allowed", "This path does not take this method.", _COMPARE)
        pairings = self._pairings()
        environ[ORIGINS_KEY] = tuple(pairing.origin for pairing in pairings if pairing.origin)
        check_fetch_metadata(environ)
        check_origin(environ, environ[ORIGINS_KEY])
        if method == "OPTIONS":
            return
        if path not in {STATUS_PATH, PAIR_PATH}:
            environ[CLIENT_KEY] = check_token(environ, pairings).origin
        # A client's own header makes a page's request a pre-flight. The bare status may be read by hand.
        if path != STATUS_PATH and environ.get("HTTP_X_TRUTHLENS_CLIENT") != "1":
            raise _refusal(
                403, "client_header_missing", "X-TruthLens-Client is missing.", "Send it with the value 1."
            )
        check_content_type(environ)
        read_body(environ, self._body_limit)


_COMPARE = "Compare the address with /v1/openapi.json; update extension and service if they differ in age."


def check_peer(environ: WSGIEnvironment) -> None:
    if not ipaddress.ip_address(environ["REMOTE_ADDR"]).is_loopback:
        raise _refusal(
            403, "origin_refused", "The request comes from another computer.", "Ask from this one."
        )


def check_host(environ: WSGIEnvironment, hosts: Collection[str]) -> None:
    """Exactly one `Host`, ours, and a target that is a path: the stop for DNS rebinding."""
    # waitress joins repeated headers with ", ", and keeps an absolute-form target in REQUEST_URI only.
    if environ.get("HTTP_HOST", "").lower() not in hosts or environ["REQUEST_URI"][:1] != "/":
        raise _refusal(
            421,
            "bad_host",
            "The request was not addressed to this service.",
            "Use http://127.0.0.1 with the port of the service.",
        )


def check_fetch_metadata(environ: WSGIEnvironment) -> None:
    """Browsers say which site a request comes from; pages cannot set these headers."""
    site = environ.get("HTTP_SEC_FETCH_SITE", "none")
    navigates = environ.get("HTTP_SEC_FETCH_MODE", "") == "navigate" and environ["REQUEST_METHOD"] != "GET"
    if site not in {"none", "same-origin"} or navigates:
        raise _refusal(
            403,
            "cross_site",
            "The request comes from a web page, or from an extension that may not reach 127.0.0.1.",
            "Allow the extension to access 127.0.0.1 in the browser's extension settings.",
        )


def check_origin(environ: WSGIEnvironment, paired: Collection[str]) -> None:
    """Absent or paired; whoever wants to pair must be an extension and say so."""
    origin = environ.get("HTTP_ORIGIN")
    if environ["PATH_INFO"] == PAIR_PATH:
        accepted = origin is not None and is_extension_origin(origin)
    else:
        accepted = origin is None or origin in paired
    if not accepted:
        raise _refusal(
            403,
            "origin_refused",
            "The request does not come from a paired extension.",
            "Pair the extension: run `truthlens pair` and type the code into its settings.",
        )


def check_token(environ: WSGIEnvironment, pairings: Sequence[Pairing]) -> Pairing:
    sent = environ.get("HTTP_AUTHORIZATION")
    if sent is None:
        raise _refusal(
            401,
            "not_paired",
            "The request carries no token.",
            "Pair the extension: run `truthlens pair` and type the code into its settings.",
        )
    scheme, _, token = sent.partition(" ")
    pairing = holder(pairings, token=token, origin=environ.get("HTTP_ORIGIN"))
    if scheme.lower() != "bearer" or pairing is None:
        raise _refusal(
            401,
            "wrong_token",
            "The token is not valid, or was issued to somebody else.",
            "Pair again: run `truthlens pair` and type the code into the extension's settings.",
        )
    return pairing


def check_content_type(environ: WSGIEnvironment) -> None:
    if environ["REQUEST_METHOD"] != "POST":
        return
    if _JSON.fullmatch(environ.get("CONTENT_TYPE") or "") is None or "HTTP_CONTENT_ENCODING" in environ:
        raise _refusal(
            415, "not_json", "The body is not declared as JSON.", "Send Content-Type: application/json."
        )


def read_body(environ: WSGIEnvironment, limit: int) -> None:
    """Read the body under the limit and hand it on from memory."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if int(length) > limit:
        raise too_large(limit)
    body = environ["wsgi.input"].read(limit + 1) if int(length) else b""
    if len(body) > limit:
        raise too_large(limit)
    check_shape(body)
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))


def too_large(limit: int) -> ServiceError:
    return _refusal(
        413,
        "body_too_large",
        f"The request is larger than {limit // 2**20} MiB.",
        "Select the article's text and analyse the selection instead of the whole page.",
    )


def _refusal(status: int, code: str, message: str, remedy: str) -> ServiceError:
    return ServiceError(code, message, remedy, status=status)


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
