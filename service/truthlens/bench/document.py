"""The page docs/performance.md, made from the figures of one run: `truthlens bench --docs DIR`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from truthlens.bench.figure import Figure, Run
from truthlens.bench.suite import TITLES

COLUMNS = ("what", "measured", "against", "aim", "reached", "note")

HEAD = """\
# How fast TruthLens is

Written by `make bench` from `docs/performance.json` (TruthLens {version}, {date}). Measure again instead of
editing.

Measured on: {machine}; {packages}.

Ratios are of things done in turn in one process, so that they mean about the same on any machine; figures in
seconds, milliseconds and MiB are this machine’s. Each is the median of several rounds after one that does not
count. “Reached” compares a figure with the aim that was set before it was measured.
"""

ABOUT: Mapping[str, str] = {
    "whole": "The demo article, HTML in and JSON of the report out, everything warm. “Bucketed” is a plain "
    "forward pass of the model in batches of six sentences of like length, with the states of all "
    "layers; in bfloat16 where the product itself computes in it, and in float32, which is what a "
    "library does unless told otherwise.",
    "stages": "The same analysis, by the clock that the service shows as `timings_ms`. “rewording” is a "
    "second, small call of the encoder: plainer wordings that are offered are read before they are "
    "shown.",
    "growth": "Text in, JSON out. Articles are made of the demo articles’ paragraphs, with other names each "
    "time round, so that a longer one has more parties.",
    "start": "`truthlens --help` and `doctor` load neither torch nor the model. The service answers at once "
    "and loads the model beside.",
    "served": "A real service in a process of its own, asked over HTTP as clients ask.",
    "click": "Real Chromium with the extension, the real service, a page from a local server; from the press "
    "of the toolbar button to the first painted mark.",
    "corpus": "`truthlens batch` over two thousand articles made of the demo articles, and over pages of the "
    "extraction benchmark where it is present; all processes are killed three times on the way. Ten million "
    "articles of CC-NEWS are worked out and not run: two pages in five are English and articles, the others "
    "are parsed and then refused; articles are as long as the demo articles; storage and traffic cost "
    "nothing.",
    "precision": "bfloat16 is used where the processor has instructions for it.",
    "profile": "The largest places of one analysis, each without what it calls. What stands at the top is "
    "the encoder’s arithmetic, which no change of ours makes cheaper; the aims above that are missed "
    "are missed by what stands below it.",
}


def document(run: Run, before: Run | None = None) -> str:
    """A whole Markdown page. ``before`` are figures of an earlier version, shown beside these."""
    packages = ", ".join(f"{name} {version}" for name, version in run.versions.items() if name != "truthlens")
    parts = [
        HEAD.format(version=run.versions["truthlens"], date=run.date, machine=run.machine, packages=packages),
        _missed(run.rows),
    ]
    for key, title in TITLES.items():
        rows = [row for row in run.rows if row.measure == key]
        if rows:
            parts += [f"## {title}\n\n{ABOUT[key]}\n", _table(rows)]
    if before is not None:
        parts.append(_change(before, run))
    return "\n".join(parts).rstrip() + "\n"


def cells(row: Figure) -> tuple[str, ...]:
    """One row of a table, by COLUMNS."""
    reached = {None: "", True: "yes", False: "no"}[row.reached]
    aim = "" if row.aim is None else f"≤ {_number(row.aim)} {row.unit}"
    return (row.name, f"{_number(row.value)} {row.unit}", row.of, aim, reached, row.note)


def _number(value: float) -> str:
    if value == int(value) and abs(value) >= 1:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"


def _missed(rows: Sequence[Figure]) -> str:
    aimed = [row for row in rows if row.aim is not None]
    missed = [row for row in aimed if not row.reached]
    if not missed:
        return f"All {len(aimed)} aims are reached.\n"
    lines = [f"Of {len(aimed)} aims {len(aimed) - len(missed)} are reached. Missed are:\n"]
    for row in missed:
        name, value, of, aim, *_ = cells(row)
        lines.append(f"- {name}{f', against {of}' if of else ''}: {value}, aim {aim}")
    return "\n".join(lines) + "\n"


def _change(before: Run, after: Run) -> str:
    now = {_told_of(row): row for row in after.rows}
    both = [
        (row, now[_told_of(row)]) for row in before.rows if _told_of(row) in now and row.measure != "profile"
    ]
    head = (
        f"## Before and after\n\nBefore: TruthLens as it was when it was first profiled ({before.date}, "
        f"{before.machine}). Shares of a stage are of the whole of their own time.\n\n"
    )
    return head + _lines(
        ("what", "against", "before", "after"),
        ((a.name, a.of, _with_note(a), _with_note(b)) for a, b in both),
    )


def _told_of(row: Figure) -> tuple[str, ...]:
    """What two runs have in common where they measured the same."""
    return row.measure, row.name, row.of, row.unit


def _with_note(row: Figure) -> str:
    shown = f"{_number(row.value)} {row.unit}"
    return f"{shown} ({row.note})" if row.measure == "stages" else shown


def _table(rows: Sequence[Figure]) -> str:
    used = [index for index in range(len(COLUMNS)) if any(cells(row)[index] for row in rows)]
    return _lines([COLUMNS[index] for index in used], ([cells(row)[index] for index in used] for row in rows))


def _lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
