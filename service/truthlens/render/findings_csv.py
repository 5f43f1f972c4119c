"""The findings of an analysis as a table for spreadsheets, one finding a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

from truthlens.render.terminal import around, place, whose

Json = Mapping[str, Any]
COLUMNS = (
    "indicator", "phrase", "before", "after", "whose words", "speaker", "verb", "strength", "score",
    "paragraph", "why", "plainer", "title", "outlet", "address",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets of one maker do not take the file for UTF-8

_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""First characters by which spreadsheets take a cell for a formula, their wide forms among them (OWASP, "CSV
Injection"). Those that are blanks never stand first here."""


def findings_csv(result: Json) -> str:
    """RFC 4180 with a header. ``result`` is a finished analysis as the service returns it."""
    article = result["article"]
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    about = (article["title"], article["outlet"], article["url"])
    for annotation in result["annotations"]:
        table.writerow(cell(value) for value in (*_finding(annotation, article), *about))
    return BYTE_ORDER_MARK + written.getvalue()


def _finding(annotation: Json, article: Json) -> tuple[str, ...]:
    quote, body = annotation["target"]["selector"][0], annotation["body"]
    before, after = around(quote)
    wording = body["wording"]
    return (
        body["indicator_title"],
        quote["exact"],
        before,
        after,
        whose(body),
        body["speaker"],
        body["verb"],
        body["strength"],
        f"{body['score']:.2f}",
        place(body["paragraph"], article),
        body["message"],
        (wording["plainer"] or "leave it out") if wording else "",
    )


def cell(value: str) -> str:
    """One line, and never a formula: the text of a page is not to be run on the reader's computer."""
    line = " ".join(value.split())
    return f"'{line}" if _FORMULA.match(line) else line
