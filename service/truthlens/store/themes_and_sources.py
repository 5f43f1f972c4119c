"""Themes and sources of what is saved, taken out of the stored reports: what plots of reading are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from truthlens.store.library import Library

NEWEST = 1000
"""Analyses that are looked at: as many as the library's page draws. A report has about 0.1 MB."""

_THEMES, _SUMMARY = "intended_impact", "conclusion"
_UNIT = "sentences by theme"  # of the one chart of that section that counts themes
_NAMED, _UNNAMED = "named people, bodies and documents", "sources without a name"

Json = dict[str, Any]


class _Section(msgspec.Struct):
    key: str
    blocks: msgspec.Raw


class _Told(msgspec.Struct):
    counts: dict[str, Any] = {}
    sections: list[_Section] = []


class _Result(msgspec.Struct):
    report: _Told


class _Block(msgspec.Struct):
    kind: str = ""
    key: str = ""
    unit: str = ""
    bars: list[Any] = []
    inputs: list[tuple[str, str]] = []


def themes_and_sources(library: Library) -> Json:
    """Of the newest analyses, the newest first: ``sentences`` of each, its ``themes`` with their sentences
    (``own``: in the outlet's words or its headline), and how many sources are ``named`` and ``unnamed``, None
    where the report does not say.
    """
    found = []
    with library.reading() as connection:
        total = connection.execute("SELECT count(*) FROM analyses").fetchone()[0]
        ids = [
            row[0]
            for row in connection.execute(
                "SELECT analysis_id FROM entries ORDER BY number DESC LIMIT ?", (NEWEST,)
            )
        ]
    for each in ids:
        # One at a time: others may want the library meanwhile.
        with library.reading() as connection:
            row = connection.execute("SELECT result FROM analyses WHERE id = ?", (each,)).fetchone()
        if row is not None:
            found.append({"id": each, **figures_of(row[0])})
    return {"figures": found, "total": total}


def figures_of(result: bytes) -> Json:
    """The same of one stored result, without its id."""
    try:
        told = msgspec.json.decode(result, type=_Result).report
        blocks = {
            section.key: msgspec.json.decode(section.blocks, type=list[_Block])
            for section in told.sections
            if section.key in (_THEMES, _SUMMARY)
        }
    except msgspec.ValidationError:  # of a version whose reports had another shape
        return {"sentences": 0, "themes": [], "named": None, "unnamed": None}
    inputs = dict(pair for found in blocks.values() for block in found for pair in block.inputs)
    sentences = told.counts.get("sentences", 0)
    return {
        "sentences": sentences if isinstance(sentences, int) else 0,
        "themes": [
            _theme(bar)
            for block in blocks.get(_THEMES, ())
            if block.kind == "bars" and block.unit == _UNIT
            for bar in block.bars
        ],
        "named": _number(inputs, _NAMED),
        "unnamed": _number(inputs, _UNNAMED),
    }


def _theme(bar: Mapping[str, Any]) -> Json:
    amounts: dict[str, int] = dict(bar["amounts"])
    return {
        "label": bar["label"],
        "own": amounts.get("own", 0) + amounts.get("headline", 0),
        "all": sum(amounts.values()),
    }


def _number(inputs: Mapping[str, str], name: str) -> int | None:
    value = inputs.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else None
