"""The guard's checks, one function each: every one passes a request on silently or raises ServiceError."""

from __future__ import annotations

import io
import ipaddress
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from truthlens.errors import ServiceError
from truthlens.server.json_body import check_shape
from truthlens.server.pairing import Pairing, holder, is_extension_origin

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

STATUS_PATH = "/v1/status"
PAIR_PATH = "/v1/pair"
_JSON = re.compile(r'application/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?', re.IGNORECASE)
_COMPARE = "Compare the address with /v1/openapi.json; update extension and service if they differ in age."


def peer(environ: WSGIEnvironment) -> None:
    if not ipaddress.ip_address(environ["REMOTE_ADDR"]).is_loopback:
        raise _refusal(
            403, "origin_refused", "The request comes from another computer.", "Ask from this one."
        )


def host(environ: WSGIEnvironment, hosts: Collection[str]) -> None:
    """Exactly one `Host`, ours, and a target that is a path: the stop for DNS rebinding."""
    # waitress joins repeated headers with ", ", and keeps an absolute-form target in REQUEST_URI only.
    if environ.get("HTTP_HOST", "").lower() not in hosts or environ["REQUEST_URI"][:1] != "/":
        raise _refusal(
            421,
            "bad_host",
            "The request was not addressed to this service.",
            "Use http://127.0.0.1 with the port of the service.",
        )


def route(environ: WSGIEnvironment, allowed: Collection[str]) -> None:
    """A route in its one spelling, with a method it takes; ``allowed`` is empty where there is no route."""
    # No %2e, no doubled slash, nothing that a later layer might read differently.
    if not allowed or environ["REQUEST_URI"].split("?", 1)[0] != environ["PATH_INFO"]:
        raise _refusal(404, "unknown_route", "There is nothing at this path.", _COMPARE)
    if environ["REQUEST_METHOD"] not in allowed:
        raise _refusal(405, "method_not_allowed", "This path does not take this method.", _COMPARE)


def fetch_metadata(environ: WSGIEnvironment) -> None:
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


def origin(environ: WSGIEnvironment, paired: Collection[str]) -> None:
    """Absent or paired; whoever wants to pair must be an extension and say so."""
    sent = environ.get("HTTP_ORIGIN")
    if environ["PATH_INFO"] == PAIR_PATH:
        accepted = sent is not None and is_extension_origin(sent)
    else:
        accepted = sent is None or sent in paired
    if not accepted:
        raise _refusal(
            403,
            "origin_refused",
            "The request does not come from a paired extension.",
            "Pair the extension: run `truthlens pair` and type the code into its settings.",
        )


def token(environ: WSGIEnvironment, pairings: Sequence[Pairing]) -> Pairing:
    sent = environ.get("HTTP_AUTHORIZATION")
    if sent is None:
        raise _refusal(
            401,
            "not_paired",
            "The request carries no token.",
            "Pair the extension: run `truthlens pair` and type the code into its settings.",
        )
    scheme, _, secret = sent.partition(" ")
    pairing = holder(pairings, token=secret, origin=environ.get("HTTP_ORIGIN"))
    if scheme.lower() != "bearer" or pairing is None:
        raise _refusal(
            401,
            "wrong_token",
            "The token is not valid, or was issued to somebody else.",
            "Pair again: run `truthlens pair` and type the code into the extension's settings.",
        )
    return pairing


def client_header(environ: WSGIEnvironment) -> None:
    """A header of our own, which makes any page's request a pre-flight."""
    if environ.get("HTTP_X_TRUTHLENS_CLIENT") != "1":
        raise _refusal(
            403, "client_header_missing", "X-TruthLens-Client is missing.", "Send it with the value 1."
        )


def content_type(environ: WSGIEnvironment) -> None:
    if environ["REQUEST_METHOD"] not in {"POST", "PUT"}:
        return
    if _JSON.fullmatch(environ.get("CONTENT_TYPE") or "") is None or "HTTP_CONTENT_ENCODING" in environ:
        raise _refusal(
            415, "not_json", "The body is not declared as JSON.", "Send Content-Type: application/json."
        )


def body(environ: WSGIEnvironment, limit: int) -> None:
    """Read the body under the limit and hand it on from memory."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if int(length) > limit:
        raise too_large(limit)
    content = environ["wsgi.input"].read(limit + 1) if int(length) else b""
    if len(content) > limit:
        raise too_large(limit)
    check_shape(content)
    environ["wsgi.input"] = io.BytesIO(content)
    environ["CONTENT_LENGTH"] = str(len(content))


def too_large(limit: int) -> ServiceError:
    return _refusal(
        413,
        "body_too_large",
        f"The request is larger than {limit // 2**20} MiB.",
        "Select the article's text and analyse the selection instead of the whole page.",
    )


def _refusal(status: int, code: str, message: str, remedy: str) -> ServiceError:
    return ServiceError(code, message, remedy, status=status)
