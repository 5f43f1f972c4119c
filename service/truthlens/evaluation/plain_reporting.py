"""How often plain wire copy is marked: sentences of Reuters that BABE's experts found unbiased.

Lower is better for marks of any kind. The share of own-voice marks is a constant of the summary.
"""

from __future__ import annotations

from pathlib import Path

from truthlens.analyse import Analyser
from truthlens.domain import Article, Report
from truthlens.evaluation import babe, lexicon
from truthlens.evaluation.row import Row, interval
from truthlens.heads import WORD, words
from truthlens.training.data_folder import missing

OUTLET = "reuters"


def evaluate(data: Path, analyser: Analyser) -> list[Row]:
    """Marks per 1,000 words, and own-voice marks per 100 own words.

    Raises ServiceError ``data_missing``.
    """
    texts = [row.text for row in babe.sentences(data) if row.outlet == OUTLET and row.biased is False]
    if not texts:
        raise missing(babe.FOLDER)
    reports = [analyser.analyse(Article(text=text)) for text in texts]
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
    baselines = {"marks per 1,000 words": _lexicon(data, texts)}
    rows = []
    for metric, cases in metrics.items():
        score, low, high = interval(cases)
        rows.append(
            Row(
                task="plain_reporting",
                metric=metric,
                score=score,
                low=low,
                high=high,
                n=len(cases),
                baselines=baselines.get(metric, {}),
            )
        )
    return rows


def _lexicon(data: Path, texts: list[str]) -> dict[str, float]:
    listed = lexicon.load(data)
    if listed is None:
        return {}
    strengths = [listed.words(text, words(text)) for text in texts]
    strong = sum(int((each >= lexicon.FLOOR).sum()) for each in strengths)
    return {"lexicon": 1000.0 * strong / max(1, sum(len(each) for each in strengths))}


def _words(report: Report, *, own: bool = False) -> float:
    pieces = [piece for piece in report.voices if piece.voice == "own" or not own]
    return float(sum(len(WORD.findall(piece.span.of(report.article.text))) for piece in pieces))
