"""Where is propaganda, span by span? PTC's subtask SI, articles whole, without having seen any of them.

Words from a fixed score on become spans, sentence by sentence. The set counts any of its fourteen techniques,
repetition of harmless words among them, which a word head cannot know. Articles are drawn whole for the
interval. Nothing of PTC trained the head; a third of its train articles chose the two thresholds. The
published systems all trained on its other articles.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from truthlens.domain import Span
from truthlens.evaluation import lexicon, ptc
from truthlens.evaluation.bootstrap import measured
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.row import Row
from truthlens.evaluation.runs import runs
from truthlens.evaluation.span_overlap import Counts, counts, f1
from truthlens.evaluation.word_scores import marked_words

FLOOR = 0.35
"""A word with this score opens a span. Not the product's threshold: F1 wants recall, a reader few marks.
Chosen with `runs.GROW` on 124 articles of PTC's train part: F1 .408, .399 at .25, .402 at .4."""

PUBLISHED = {
    "logistic regression (Da San Martino et al. 2020), in-domain, test": 0.377,
    "best system (Da San Martino et al. 2020), in-domain, test": 0.517,
    "random spans (Da San Martino et al. 2020), test": 0.003,
}


def evaluate(data: Path, reader: Reader) -> list[Row]:
    """One row; ``n`` counts articles. Raises ServiceError ``data_missing``."""
    articles = ptc.articles(data, ptc.SPANS)
    gold = [[span for span, _ in article.labels] for article in articles]
    sentences = list(ptc.sentences(articles))
    texts = [sentence.text for _, sentence in sentences]
    scores = read(reader, texts)
    words = lexicon.load(data)
    loudness = marked_words(scores)
    every, ours, strong = (_empty(articles) for _ in range(3))
    for row, (number, sentence) in enumerate(sentences):
        spans, start = scores.words[row], sentence.span.start
        every[number].append(sentence.span)
        ours[number] += [_moved(spans, pair, start) for pair in runs(loudness[row], FLOOR)]
        if words:
            strengths = words.words(sentence.text, spans)
            strong[number] += [_moved(spans, pair, start) for pair in runs(strengths, lexicon.FLOOR)]
    baselines = {"every sentence": _total(counts(every, gold))}
    if words:
        baselines["lexicon"] = _total(counts(strong, gold))
    table = counts(ours, gold)
    score, low, high = measured(lambda weights: f1(table, weights), len(articles))
    right, predicted, found, true = table.sum(axis=0)
    return [
        Row(
            task="ptc_spans",
            metric="span F1 of SemEval-2020 task 11 SI",
            score=score,
            low=low,
            high=high,
            n=len(articles),
            baselines=baselines,
            published=PUBLISHED,
            note=f"{ptc.named(articles)}, {true:.0f} spans; precision {right / max(predicted, 1):.3f}, "
            f"recall {found / max(true, 1):.3f}",
        )
    ]


def _empty(articles: list[ptc.Annotated]) -> list[list[Span]]:
    return [[] for _ in articles]


def _moved(words: tuple[Span, ...], run: tuple[int, int], start: int) -> Span:
    first, last = run
    return Span(start + words[first].start, start + words[last - 1].end)


def _total(table: Counts) -> float:
    return f1(table, np.ones(len(table)))
