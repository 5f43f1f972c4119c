"""A request's body as JSON, read so strictly that no input can exhaust or mislead the service."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from truthlens.errors import ServiceError

MAX_DEPTH = 8
MAX_TOKENS = 64  # strings and brackets; our largest request has 11
# Possessive, and the closing mark optional, so that no input makes it go over the same bytes twice.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)


def check_shape(body: bytes) -> None:
    """Refuse nesting and numbers of parts that no request of ours has, in one pass and before any parser.

    Raises ServiceError ``bad_request``.
    """
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(body), start=1):
        first = body[token.start()]
        depth += (first in b"[{") - (first in b"]}")
        if depth > MAX_DEPTH or count > MAX_TOKENS:
            raise bad_request("it has more parts than any request of TruthLens")


def parse(body: bytes) -> dict[str, object]:
    """The JSON object in ``body``. Raises ServiceError ``bad_json``, or ``bad_request`` when it is no object.

    Stricter than `json`: UTF-8 without a byte order mark, no NaN, no key twice. `check_shape` comes before.
    """
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError) as error:  # includes UnicodeDecodeError and numbers too long to read
        raise ServiceError(
            "bad_json",
            "The request is not valid JSON.",
            "Send one JSON object in UTF-8, each key once.",
            status=400,
        ) from error
    if not isinstance(value, dict):
        raise bad_request("it is not a JSON object")
    return value


def bad_request(found: str) -> ServiceError:
    """A well-formed request that has the wrong shape; ``found`` names the field, never its value."""
    return ServiceError(
        "bad_request",
        f"The request cannot be used: {found}.",
        "Compare it with /v1/openapi.json; if the extension sent it, update extension and service.",
        status=422,
    )


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a key stands twice")
    return fields


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
