"""Web archives as CC-NEWS has them: every answer of status 200 that holds a page. Read with warcio, which is
pure Python, kept by Webrecorder, and reads some hundred pages in the time that one is analysed.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

from truthlens.batch.inputs.columns import Columns
from truthlens.batch.record import Record, Refusal
from truthlens.extract.decode import decode
from truthlens.extract.prescan import BYTES_CEILING, page_too_large

PAGES = frozenset({"text/html", "application/xhtml+xml"})
CUT = Refusal(stage="read", code="cut_off", message="The archive ends within this page.")


def read(path: Path, _columns: Columns) -> Iterator[tuple[int, Record]]:
    """Anything that is not the answer of a page is passed over without a record."""
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as raw:
        for entry in ArchiveIterator(raw):
            kind = _content_type(entry)
            if kind is not None and kind.get_content_type() in PAGES:
                yield raw.tell(), _record(entry, str(kind.get_content_charset("")))


def _content_type(entry: Any) -> Message | None:
    if entry.rec_type != "response" or entry.http_headers is None:
        return None
    if entry.http_headers.get_statuscode() != "200":
        return None
    told = Message()
    told["Content-Type"] = entry.http_headers.get_header("Content-Type", "")
    return told


def _record(entry: Any, charset: str) -> Record:
    record = Record(
        name=entry.rec_headers.get_header("WARC-Record-ID", ""),
        url=entry.rec_headers.get_header("WARC-Target-URI", ""),
        captured=entry.rec_headers.get_header("WARC-Date", ""),
    )
    stream = entry.content_stream()
    pieces, size = [], 0
    while size <= BYTES_CEILING and (piece := stream.read(BYTES_CEILING + 1 - size)):
        pieces.append(piece)
        size += len(piece)
    if size > BYTES_CEILING:
        return record.refused(Refusal.of("read", page_too_large("The page has more than 8 MiB of HTML.")))
    # What the record's header promises and the file no longer has: warcio itself ends without a word.
    if getattr(entry.raw_stream, "limit", 0):
        return record.refused(CUT)
    return Record(
        name=record.name, url=record.url, captured=record.captured, html=decode(b"".join(pieces), charset)
    )
