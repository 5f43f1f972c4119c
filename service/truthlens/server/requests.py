"""What clients may ask for: request bodies, the query of a search, and every rule their fields must keep."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from truthlens import __version__
from truthlens.errors import ServiceError
from truthlens.render.exports import Form
from truthlens.server.json_body import bad_request, parse
from truthlens.store.library_search import LIMIT, Query
from truthlens.store.preferences import DAYS_CEILING, Preferences

URL_LENGTH = 2048
TITLE_LENGTH = 2000
TEXT_LENGTH = 1_000_000  # code points, about twenty times the longest newspaper article
NAME_LENGTH = 64
CODE_LENGTH = 16
QUERY_LENGTH = 200
COMPARED_CEILING = 5  # articles in one comparison, which are read anew
LIMIT_CEILING = 200  # entries in one page of the library

_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_IN_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f\\]+", re.IGNORECASE)


class AnalysisRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article to analyse: a page (``html`` with its ``url``), a ``url`` to fetch, or plain ``text``.

    Without ``keep``, as for a private window, nothing of it is written anywhere.
    """

    url: Annotated[str, msgspec.Meta(max_length=URL_LENGTH)] = ""
    html: str | None = None
    text: Annotated[str, msgspec.Meta(max_length=TEXT_LENGTH)] | None = None
    title: Annotated[str, msgspec.Meta(max_length=TITLE_LENGTH)] = ""
    keep: bool = True

    @property
    def mode(self) -> Literal["html", "url", "text"]:
        if self.text is not None:
            return "text"
        return "url" if self.html is None else "html"

    @property
    def id(self) -> str:
        """The same for the same request: 32 hexadecimal digits."""
        # JSON, so that no two requests run together; the version, so that an upgrade asks anew.
        # What is not to be kept has an id of its own, lest it be joined by a request that expects it to be.
        kept = () if self.keep else (False,)
        content = msgspec.json.encode((__version__, self.url, self.html, self.text, self.title, *kept))
        return hashlib.sha256(content).hexdigest()[:32]


class PairRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pairing code as the reader typed it, and how to call the browser in the list of pairings."""

    code: Annotated[str, msgspec.Meta(max_length=CODE_LENGTH)]
    name: Annotated[str, msgspec.Meta(max_length=NAME_LENGTH)] = ""


class PreferencesRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether finished analyses are saved, and after how many days a saved one is deleted (null: never)."""

    keeping: bool
    retention_days: Annotated[int, msgspec.Meta(ge=1, le=DAYS_CEILING)] | None


_Short = Annotated[str, msgspec.Meta(max_length=QUERY_LENGTH)]
_Day = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class ComparisonRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Saved analyses to compare, by their ids or their requests'; the first is the article at hand."""

    ids: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=1, max_length=64)]],
        msgspec.Meta(min_length=2, max_length=COMPARED_CEILING),
    ]


class LibraryQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which saved analyses to list: see `library_search.Query`."""

    query: _Short = ""
    outlet: _Short = ""
    after: _Day = ""
    before: _Day = ""
    like: Annotated[str, msgspec.Meta(max_length=64)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=LIMIT_CEILING)] = LIMIT
    offset: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0


class ExportQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As what kind of file an analysis is wanted."""

    format: Form = "json"


_Request = TypeVar("_Request", bound=msgspec.Struct)


def analysis_request(body: bytes) -> AnalysisRequest:
    """Read a body. Raises ServiceError ``bad_json``, ``bad_request`` or ``bad_url``."""
    request = request_of(body, AnalysisRequest)
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
    request = request_of(body, PairRequest)
    if not request.name.isprintable():  # it is shown in a terminal
        raise bad_request("name holds characters that cannot be shown")
    return request


def comparison_request(body: bytes) -> ComparisonRequest:
    """Read a body. Raises ServiceError ``bad_json`` or ``bad_request``."""
    return request_of(body, ComparisonRequest)


def preferences_request(body: bytes) -> Preferences:
    """Read a body. Raises ServiceError ``bad_json`` or ``bad_request``."""
    request = request_of(body, PreferencesRequest)
    return Preferences(keeping=request.keeping, retention_days=request.retention_days)


def library_query(values: Mapping[str, Sequence[str]]) -> Query:
    """Read the query of an address, each name with all of its values. Raises ServiceError ``bad_request``."""
    query = _asked(values, LibraryQuery)
    for name in ("after", "before"):
        try:
            date.fromisoformat(getattr(query, name) or "2000-01-01")
        except ValueError as error:
            raise bad_request(f"{name} is no day of the calendar") from error
    return Query(**msgspec.structs.asdict(query))


def export_form(values: Mapping[str, Sequence[str]]) -> Form:
    """Read the query of an address, as `library_query`. Raises ServiceError ``bad_request``."""
    return _asked(values, ExportQuery).format


def _asked(values: Mapping[str, Sequence[str]], kind: type[_Request]) -> _Request:
    if repeated := sum(len(each) > 1 for each in values.values()):
        raise bad_request(f"{repeated} parts of its query stand twice")
    return _checked({name: each[0] for name, each in values.items()}, kind, strict=False)


def request_of(body: bytes, kind: type[_Request]) -> _Request:
    """A body as a request of the kind. Raises ServiceError ``bad_json`` or ``bad_request``."""
    return _checked(parse(body), kind)


def _checked(fields: Mapping[str, Any], kind: type[_Request], *, strict: bool = True) -> _Request:
    if unknown := fields.keys() - {*kind.__struct_fields__}:
        known = ", ".join(kind.__struct_fields__)
        raise bad_request(f"it has {len(unknown)} unknown fields, known are {known}")
    for name, value in fields.items():
        if isinstance(value, str) and _UNSENDABLE.search(value):
            raise bad_request(f"{name} holds a NUL or half of a surrogate pair")
    try:
        return msgspec.convert(fields, kind, strict=strict)
    except msgspec.ValidationError as error:  # its text names types and fields, no values
        raise bad_request(str(error).replace("`", "").replace("$.", "")) from error
