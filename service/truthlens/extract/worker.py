"""The worker process: pages come in on its standard input, articles go out on its standard output.

Started as `python -m truthlens.extract.worker module:function`; it ends when its input does.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any, BinaryIO

from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.extract import limits
from truthlens.extract.frames import REPLY_BYTES, REQUEST_BYTES, encoded, receive, send
from truthlens.extract.prescan import page_too_large

Work = Callable[[str, str], Article]
ENVELOPE_BYTES = 1024  # what stands round the article in a reply


def main(name: str) -> None:
    # Nothing a page makes a library print may reach the reply channel or a log.
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    logging.disable(logging.CRITICAL)
    module, _, function = name.partition(":")
    work: Work = getattr(import_module(module), function)
    limits.limit()
    send(replies, {"ready": True})
    serve(work, requests, replies)


def serve(work: Work, requests: BinaryIO, replies: BinaryIO) -> None:
    while True:
        try:
            request = receive(requests, REQUEST_BYTES)
        except EOFError:
            return
        limits.renew_cpu()
        reply = answer(work, request)
        reply["memory_megabytes"] = limits.memory_megabytes()
        send(replies, reply)


def answer(work: Work, request: dict[str, Any]) -> dict[str, Any]:
    """{"article": fields} or {"error": fields}; "worn" says that this process should not go on."""
    try:
        fields = asdict(work(request["html"], request["url"]))
        if len(encoded(fields)) > REPLY_BYTES - ENVELOPE_BYTES:
            return {"error": _fields(page_too_large("The article is too large to analyse."))}
    except ServiceError as error:
        return {"error": _fields(error)}
    except MemoryError:
        return {"error": _fields(page_too_large("The page needs too much memory to read.")), "worn": True}
    except Exception:  # noqa: BLE001 - whatever a page provokes becomes one typed error
        return {"error": _fields(extraction_failed()), "worn": True}
    return {"article": fields}


def extraction_failed() -> ServiceError:
    return ServiceError(
        "extraction_failed",
        "The page could not be read.",
        "Hand in the article's text instead of the page.",
        status=422,
    )


def _fields(error: ServiceError) -> dict[str, Any]:
    return {"code": error.code, "message": error.message, "remedy": error.remedy, "status": error.status}


if __name__ == "__main__":
    main(sys.argv[1])
