"""Reads BABE, sentences that experts called biased or not. Every file in the folder that has the columns."""

from __future__ import annotations

import ast
import csv
from dataclasses import dataclass
from pathlib import Path

from truthlens.training.data_folder import missing

FOLDER = "measure/babe_sg1"
LABELS = {"biased": True, "1": True, "non-biased": False, "0": False}
"""As the csv files write them, and as the set's later edition does (column ``label``)."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence, its white space made single spaces.

    ``biased`` is None where the experts did not agree; ``words`` are the phrases that they marked, None in a
    file without that column; ``outlet`` is in lower case.
    """

    text: str
    biased: bool | None
    words: tuple[str, ...] | None
    outlet: str
    file: str


def sentences(data: Path) -> list[Judged]:
    """Files in order of name. A sentence of an earlier file is not taken again: SG2 holds SG1's sentences.

    Raises ServiceError ``data_missing`` when no file has a row.
    """
    rows: list[Judged] = []
    known: set[str] = set()
    for path in sorted((data / FOLDER).glob("*.csv")):
        found = [row for row in _file(path) if row.text not in known]
        known.update(row.text for row in found)
        rows.extend(found)
    if not rows:
        raise missing(FOLDER)
    return rows


def _file(path: Path) -> list[Judged]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        file.seek(0)
        delimiter = max(";,\t", key=header.count)
        rows = list(csv.DictReader(file, delimiter=delimiter))
    columns = rows[0].keys() if rows else set()
    label = "label_bias" if "label_bias" in columns else "label"
    if not {"text", label} <= columns:
        return []
    return [
        Judged(
            " ".join(row["text"].split()),
            LABELS.get((row[label] or "").strip().lower()),
            _phrases(row["biased_words"] or "") if "biased_words" in columns else None,
            (row.get("outlet") or "").strip().lower(),
            path.name,
        )
        for row in rows
        if row["text"] and row["text"].strip()
    ]


def _phrases(cell: str) -> tuple[str, ...]:
    """From a Python list in a cell, else from phrases parted by commas."""
    try:
        values = ast.literal_eval(cell.strip() or "[]")
    except (SyntaxError, ValueError):
        values = cell.strip("[] ").split(",")
    phrases = (" ".join(str(value).split()) for value in (values if isinstance(values, list) else [values]))
    return tuple(phrase for phrase in phrases if phrase)
