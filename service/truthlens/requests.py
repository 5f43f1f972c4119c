"""What clients may ask for: the two request bodies and every rule their fields must keep."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from truthlens import __version__
from truthlens.errors import ServiceError
from truthlens.json_body import bad_request, parse

URL_LENGTH = 2048
TITLE_LENGTH = 2000
TEXT_LENGTH = 1_000_000  # code points, about twenty times the longest newspaper article
NAME_LENGTH = 64
CODE_LENGTH = 16

_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_IN_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f\\]+", re.IGNORECASE)


class AnalysisRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article to analyse: a page (``html`` with its ``url``), a ``url`` to fetch, or plain ``text``."""

    url: Annotated[str, msgspec.Meta(max_length=URL_LENGTH)] = ""
    html: str | None = None
    text: Annotated[str, msgspec.Meta(max_length=TEXT_LENGTH)] | None = None
    title: Annotated[str, msgspec.Meta(max_length=TITLE_LENGTH)] = ""

    @property
    def mode(self) -> Literal["html", "url", "text"]:
        if self.text is not None:
            return "text"
        return "url" if self.html is None else "html"

    @property
    def id(self) -> str:
        """The same for the same request: 32 hexadecimal digits."""
        # JSON, so that no two requests run together; the version, so that an upgrade asks anew.
        content = msgspec.json.encode((__version__, self.url, self.html, self.text, self.title))
        return hashlib.sha256(content).hexdigest()[:32]


class PairRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pairing code as the reader typed it, and how to call the browser in the list of pairings."""

    code: Annotated[str, msgspec.Meta(max_length=CODE_LENGTH)]
    name: Annotated[str, msgspec.Meta(max_length=NAME_LENGTH)] = ""


_Request = TypeVar("_Request", AnalysisRequest, PairRequest)


def analysis_request(body: bytes) -> AnalysisRequest:
    """Read a body. Raises ServiceError ``bad_json``, ``bad_request`` or ``bad_url``."""
    request = _read(body, AnalysisRequest)
    if request.html is not None and request.text is not None:
        raise bad_request("html and text are both given, expected one of them")
    if request.mode == "url" and not request.url:
        raise bad_request("url, html and text are all missing, expected one of them")
    if request.mode == "html" and not request.url:
        raise bad_request("url is missing, which html needs")
    if request.mode != "text" and request.title:
        raise bad_request("title is given without text, the only one it belongs to")
    if len(request.title.splitlines()) > 1:
        raise bad_request("title has more than one line")
    if request.url and _IN_URL.fullmatch(request.url) is None:
        raise ServiceError(
            "bad_url",
            "The address is not one of a web page.",
            "Give an address that begins with http:// or https:// and has no spaces in it.",
            status=422,
        )
    return request


def pair_request(body: bytes) -> PairRequest:
    """Read a body. Raises ServiceError ``bad_json`` or ``bad_request``."""
    request = _read(body, PairRequest)
    if not request.name.isprintable():  # it is shown in a terminal
        raise bad_request("name holds characters that cannot be shown")
    return request


def _read(body: bytes, kind: type[_Request]) -> _Request:
    fields: dict[str, Any] = parse(body)
    if unknown := fields.keys() - {field.name for field in msgspec.structs.fields(kind)}:
        raise bad_request(f"it has {len(unknown)} unknown fields, known are {_names(kind)}")
    for name, value in fields.items():
        if isinstance(value, str) and _UNSENDABLE.search(value):
            raise bad_request(f"{name} holds a NUL or half of a surrogate pair")
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:  # its text names types and fields, no values
        raise bad_request(str(error).replace("`", "").replace("$.", "")) from error


def _names(kind: type[msgspec.Struct]) -> str:
    return ", ".join(field.name for field in msgspec.structs.fields(kind))
