"""How often plain wire copy is marked: sentences of Reuters that BABE's experts found unbiased."""

from __future__ import annotations

import csv
from pathlib import Path

from truthlens.analyse import Analyser
from truthlens.domain import Article, Report
from truthlens.evaluation.row import Row, interval
from truthlens.heads import WORD
from truthlens.training.data_folder import missing


def evaluate(data: Path, analyser: Analyser) -> list[Row]:
    """Marks per 1,000 words, and own-voice marks per 100 own words (a constant of the summary).

    Raises ServiceError ``data_missing``.
    """
    reports = [analyser.analyse(Article(text=text)) for text in _sentences(data)]
    loaded = [
        (1000.0 * sum(mark.indicator == "loaded_language" for mark in report.findings), _words(report))
        for report in reports
    ]
    every = [(1000.0 * len(report.findings), _words(report)) for report in reports]
    own = [
        (100.0 * sum(mark.voice == "own" for mark in report.findings), _words(report, own=True))
        for report in reports
    ]
    metrics = {
        "loaded marks per 1,000 words": loaded,
        "marks per 1,000 words": every,
        "own-voice marks per 100 own words": own,
    }
    rows = []
    for metric, cases in metrics.items():
        score, low, high = interval(cases)
        rows.append(Row(task="plain_reporting", metric=metric, score=score, low=low, high=high, n=len(cases)))
    return rows


def _sentences(data: Path) -> list[str]:
    path = data / "measure" / "babe_sg1" / "final_labels_SG1.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
    except OSError as error:
        raise missing("measure/babe_sg1") from error
    return [
        " ".join(row["text"].split())
        for row in rows
        if row["outlet"] == "reuters" and row["label_bias"] == "Non-biased"
    ]


def _words(report: Report, *, own: bool = False) -> float:
    pieces = [piece for piece in report.voices if piece.voice == "own" or not own]
    return float(sum(len(WORD.findall(piece.span.of(report.article.text))) for piece in pieces))
