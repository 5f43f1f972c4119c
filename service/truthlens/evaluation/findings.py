"""How many marks an annotator would have made too: on the development part of the project's own labels."""

from __future__ import annotations

from pathlib import Path

from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.evaluation.row import Row, interval
from truthlens.training.data import marked


def evaluate(data: Path, analyser: Analyser) -> list[Row]:
    """Share of marks that touch an annotated span, of any technique. Raises ServiceError ``data_missing``."""
    cases = []
    for row in marked(data, "dev"):
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
            note=f"{len(cases)} sentences of news_spans dev, which also chose the thresholds",
        )
    ]
