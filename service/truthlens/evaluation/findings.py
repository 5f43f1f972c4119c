"""How many marks an annotator would have made too: on the development part of the project's own labels.

A mark is right when it touches an annotated span, of any technique. The labels were made by language-model
annotators who worked from one written guide; these rows trained no weight and set no threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.evaluation import lexicon
from truthlens.evaluation.row import Row, interval
from truthlens.heads import words
from truthlens.training.data import NewsRow, news


def evaluate(data: Path, analyser: Analyser) -> list[Row]:
    """Share of marks that touch an annotated span, of any technique. Raises ServiceError ``data_missing``."""
    rows = news(data, "dev")
    cases = []
    for row in rows:
        text = row.text.replace("\n", " ")
        found = analyser.analyse(Article(text=text)).findings
        right = sum(any(mark.span.overlaps(span) for span, _ in row.spans) for mark in found)
        cases.append((float(right), float(len(found))))
    score, low, high = interval(cases)
    return [
        Row(
            task="findings",
            metric="share of marks that touch an annotated span",
            score=score,
            low=low,
            high=high,
            n=int(sum(total for _, total in cases)),
            baselines={
                "every sentence a mark": sum(bool(row.spans) for row in rows) / max(1, len(rows)),
                **_lexicon(data, rows),
            },
            note=f"{len(cases)} sentences of news_spans dev, which set no threshold",
        )
    ]


def _lexicon(data: Path, rows: Sequence[NewsRow]) -> dict[str, float]:
    """Each strong word a mark."""
    listed = lexicon.load(data)
    if listed is None:
        return {}
    marks = [
        any(word.overlaps(span) for span, _ in row.spans)
        for row in rows
        for word, strength in zip(words(row.text), listed.words(row.text, words(row.text)), strict=True)
        if strength >= lexicon.FLOOR
    ]
    return {"lexicon": sum(marks) / max(1, len(marks))}
