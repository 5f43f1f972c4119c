"""Does a sentence express its author's own view? CheckThat! subjectivity in English, as SUBJ or OBJ.

The product has no head of that name: the score joins the heads ``mode`` and ``loaded`` with a fixed weight.
Every ``*_en.tsv`` in the folder is measured, all together. Nothing of the set trained a head.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from truthlens.encode import Floats
from truthlens.evaluation import lexicon, two_classes
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.row import Row
from truthlens.heads import Scores, chances, log_odds
from truthlens.training.data_folder import missing

FOLDER = "measure/subj"
LABELS = {"SUBJ": True, "OBJ": False}
LOADED = 1.5
"""How much the log-odds of `loaded` count beside those of being no report of a fact. Like FLOOR
chosen on 1,292 given rows of this set: macro-F1 .754 with it, .737 with 0.5."""

FLOOR = 0.85
"""Subjective from here on. It lies high because its two witnesses are not independent."""

PUBLISHED = {
    "organisers' MiniLM-L12 + logistic regression, in-domain, dev-test macro-F1": 0.63,
    "best system, in-domain, macro-F1": 0.744,
}


def subjective(scores: Scores) -> Floats:
    """(sentences,), 0..1: no report of a fact, and loaded, as log-odds added up."""
    odds = log_odds(1.0 - scores.of_sentences("mode", "fact")) + LOADED * log_odds(
        scores.of_sentences("loaded")
    )
    return chances(odds)


def evaluate(data: Path, reader: Reader) -> list[Row]:
    """Macro-F1 and AUC, bootstrap over sentences. Raises ServiceError ``data_missing``."""
    files = {path.name: _file(path) for path in sorted((data / FOLDER).glob("*_en.tsv"))}
    pairs = [pair for rows in files.values() for pair in rows]
    if not pairs:
        raise missing(FOLDER)
    texts = [text for text, _ in pairs]
    scores = read(reader, texts)
    words = lexicon.load(data)
    return two_classes.rows(
        "subjectivity",
        subjective(scores),
        np.asarray([label for _, label in pairs]),
        floor=FLOOR,
        lexical=words.sentences(texts, scores.words) if words else None,
        published=PUBLISHED,
        note=", ".join(f"{len(rows)} sentences of {name}" for name, rows in files.items() if rows)
        + "; train_en (830) and dev_en (462) chose weight and threshold",
    )


def _file(path: Path) -> list[tuple[str, bool]]:
    """Sentences with a label. Quotation marks are the newspaper's, not the format's."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        pairs = [(row.get("sentence") or "", LABELS.get((row.get("label") or "").strip())) for row in rows]
    return [(text.strip(), label) for text, label in pairs if text.strip() and label is not None]
