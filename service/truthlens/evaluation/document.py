"""The page of documentation that is generated from measured rows: `truthlens evaluate --format md`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from truthlens import __version__
from truthlens.evaluation.row import ROUNDS, Row
from truthlens.evaluation.table import COLUMNS, cells
from truthlens.weights import load_all

INTRODUCTION = """\
# How good TruthLens is

Written by `truthlens evaluate --data DIR --format md` (version {version}, weights {weights}). Measure again
instead of editing.

What is measured is what ships: the encoder, the heads and the thresholds of the installed package, on texts
that people outside this project annotated, wherever such texts exist. These rules hold for every number:

- No set under `measure/` trains anything that ships. Where a task measures on another part of a set that does
  train a head, that part is held out, and the task says so.
- Thresholds and constants are fixed before a task runs; no task fits anything to the rows that it measures.
  Some were chosen earlier on rows that were at hand then: the note says so where it is known.
- “95%” is a bootstrap interval over the n cases ({rounds:,} draws): sentences, articles, or what the note
  says. It covers the choice of cases, not the choices made in training.
- Baselines are measured on the same rows. “lexicon” calls a word loaded when a public word list (VADER, else
  AFINN) puts it far from neutral; it knows no context.
- Published figures are other people's, on the set that their name gives; “in-domain” means that the system
  was trained on other rows of the same set, as TruthLens was not. They are marks to compare with, not rivals
  on the same rows.
"""


def document(rows: Sequence[Row]) -> str:
    """A whole Markdown page: how to read it, one table for all rows, and a paragraph for each task."""
    parts = [
        INTRODUCTION.format(version=__version__, weights=load_all().digest[:16], rounds=ROUNDS),
        "## All numbers\n",
        _table(rows),
    ]
    parts.append("## The tasks\n")
    parts += [_task(name) for name in dict.fromkeys(row.task for row in rows)]
    return "\n".join(parts).rstrip() + "\n"


def _table(rows: Sequence[Row]) -> str:
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells(row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _task(name: str) -> str:
    """A task is called as its module is, and the module's docstring is its description."""
    text = (import_module(f"truthlens.evaluation.{name}").__doc__ or "").strip()
    return f"### {name}\n\n{text.replace('``', '`')}\n"
