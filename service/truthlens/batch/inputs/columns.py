"""Which column of a table means what, and a row of it as a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from truthlens.batch.record import Record, Refusal
from truthlens.extract.prescan import BYTES_CEILING, page_too_large

NAMES: dict[str, tuple[str, ...]] = {
    "html": ("html", "raw_html", "page"),
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "url": ("url", "link", "source_url"),
    "outlet": ("outlet", "source", "publisher", "site", "domain", "source_domain"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "published_at", "date", "date_publish", "publish_date"),
    "name": ("id", "_id", "name"),
}
"""Names by which data sets call these columns, the first that is there counting. Those of Hugging Face's
cc_news and of news-please are among them."""

Columns = Mapping[str, str]
"""What the user says instead: from a key of `NAMES` to the name of a column."""


def chosen(present: Iterable[str], columns: Columns) -> dict[str, str]:
    """From each key of `NAMES` to the column that holds it, for those that are there."""
    there = set(present)
    wanted = {key: (columns[key],) if key in columns else names for key, names in NAMES.items()}
    found = {key: next((name for name in names if name in there), None) for key, names in wanted.items()}
    return {key: name for key, name in found.items() if name is not None}


def record_of(row: Mapping[str, object], columns: Columns) -> Record:
    """One row as a record; with a refusal when it holds neither page nor text, or something else there."""
    fields: dict[str, str] = {}
    for key, column in chosen(row, columns).items():
        value = _text(row[column])
        if value is None:
            return bad(f"The column {key} holds no text.")
        fields[key] = value
    record = Record(**fields)  # type: ignore[arg-type]  # the keys are fields that hold text
    if len(record.html) + len(record.text) > BYTES_CEILING:
        return record.refused(Refusal.of("read", page_too_large("The record has more than 8 MiB.")))
    if not record.html.strip() and not record.text.strip():
        return record.refused(
            Refusal(stage="read", code="empty_record", message="The record has neither a page nor a text.")
        )
    return record


def bad(message: str) -> Record:
    return Record(refusal=Refusal(stage="read", code="bad_record", message=message))


def _text(value: object) -> str | None:
    """None for what is no text, date, number or list of texts."""
    match value:
        case None | str():
            return value or ""
        case bytes():
            return value.decode("utf-8", "replace")
        case date():
            return value.isoformat()
        case int() | float():
            return str(value)
        case list() if all(isinstance(item, str) for item in value):
            return ", ".join(value)
    return None
