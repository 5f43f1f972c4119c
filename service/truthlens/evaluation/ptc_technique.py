"""Which technique is a given span? PTC's subtask TC: the annotators' spans, one of fourteen names for each.

Each technique of the word head gets the middle of its mean and its highest log-probability over the span's
words, and a fixed constant; Repetition is a rule over the whole article. A span that the set lists k times,
with k techniques, gets our k likeliest, as the task allows. Articles are drawn whole for the interval.
Nothing of PTC trained the head; a third of its train articles chose the thirteen constants.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from truthlens.domain import Span
from truthlens.encode import Floats, Ints
from truthlens.evaluation import ptc
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.repetition import is_repeated, stems
from truthlens.evaluation.row import Row, interval

REPETITION, LOADED = "Repetition", "Loaded_Language"
NAMES = {
    "loaded_language": LOADED,
    "name_calling": "Name_Calling,Labeling",
    "exaggeration_minimisation": "Exaggeration,Minimisation",
    "doubt": "Doubt",
    "appeal_to_fear": "Appeal_to_fear-prejudice",
    "flag_waving": "Flag-Waving",
    "causal_oversimplification": "Causal_Oversimplification",
    "appeal_to_authority": "Appeal_to_Authority",
    "slogan": "Slogans",
    "black_and_white": "Black-and-White_Fallacy",
    "whataboutism_straw_man_red_herring": "Whataboutism,Straw_Men,Red_Herring",
    "thought_terminating_cliche": "Thought-terminating_Cliches",
    "bandwagon_guilt_by_association": "Bandwagon,Reductio_ad_hitlerum",
}
"""Outputs of the head as PTC calls them. ``vague_sourcing`` and ``any`` have no counterpart there."""

BIAS: dict[str, float] = {
    "loaded_language": 0.0,
    "name_calling": 1.25,
    "exaggeration_minimisation": 0.0,
    "doubt": 1.25,
    "appeal_to_fear": 0.75,
    "flag_waving": 2.5,
    "causal_oversimplification": 1.0,
    "appeal_to_authority": 1.0,
    "slogan": 1.75,
    "black_and_white": 1.0,
    "whataboutism_straw_man_red_herring": 2.25,
    "thought_terminating_cliche": 1.0,
    "bandwagon_guilt_by_association": 1.0,
}
"""Added to the log-probability: how much commoner a technique is in such spans than among all words of the
news. Chosen on 124 articles of PTC's train part (2,097 spans): micro-F1 .517 with them, .449 without."""

PUBLISHED = {
    "organisers' baseline (Da San Martino et al. 2020), in-domain, test": 0.252,
    "best system (Da San Martino et al. 2020), in-domain, test": 0.637,
}
SMALLEST = 1e-6  # keeps the logarithm of a score of 0 finite


def evaluate(data: Path, reader: Reader) -> list[Row]:
    """Micro-F1, which is accuracy here; ``n`` counts rows of gold. Raises ServiceError ``data_missing``."""
    articles = ptc.articles(data, ptc.TECHNIQUES)
    cases = []
    for article, words in zip(articles, _words(articles, reader), strict=True):
        right, total = _matches(article, words)
        cases.append((float(right), float(total)))
    score, low, high = interval(cases)
    return [
        Row(
            task="ptc_technique",
            metric="micro-F1 over 14 techniques",
            score=score,
            low=low,
            high=high,
            n=int(sum(total for _, total in cases)),
            baselines=_baselines(articles),
            published=PUBLISHED,
            note=f"{ptc.named(articles)}, {len(articles)} articles; n counts labelled spans",
        )
    ]


@dataclass(frozen=True, slots=True)
class _Words:
    """Of one article: where its words start and end, (words,), and the word head's scores of them.

    ``scores`` is (words, outputs); ``outputs`` names the columns.
    """

    starts: Ints
    ends: Ints
    scores: Floats
    outputs: tuple[str, ...]

    def inside(self, span: Span) -> Floats:
        return self.scores[(self.starts < span.end) & (self.ends > span.start)]


def _words(articles: list[ptc.Annotated], reader: Reader) -> list[_Words]:
    sentences = list(ptc.sentences(articles))
    scores = read(reader, [sentence.text for _, sentence in sentences])
    outputs = scores.outputs["phrase"]
    starts: list[list[int]] = [[] for _ in articles]
    ends: list[list[int]] = [[] for _ in articles]
    rows = [[np.zeros((0, len(outputs)), np.float32)] for _ in articles]
    for row, (number, sentence) in enumerate(sentences):
        starts[number] += [sentence.span.start + word.start for word in scores.words[row]]
        ends[number] += [sentence.span.start + word.end for word in scores.words[row]]
        rows[number].append(scores.by_word["phrase"][row])
    return [
        _Words(np.asarray(start, np.int64), np.asarray(end, np.int64), np.concatenate(states), outputs)
        for start, end, states in zip(starts, ends, rows, strict=True)
    ]


def _matches(article: ptc.Annotated, words: _Words) -> tuple[int, int]:
    """How many of the article's labels are met, and how many there are."""
    whole = stems(article.text)
    gold: dict[Span, Counter[str]] = {}
    for span, technique in article.labels:
        gold.setdefault(span, Counter())[technique] += 1
    right = 0
    for span, techniques in gold.items():
        ranked = ranking(words.inside(span), words.outputs)
        if is_repeated(span, article.text, whole):
            ranked.insert(0, REPETITION)
        right += (Counter(ranked[: techniques.total()]) & techniques).total()
    return right, len(article.labels)


def ranking(scores: Floats, outputs: tuple[str, ...]) -> list[str]:
    """PTC's names for the words of one span, (words, outputs), likeliest first.

    A span without a word of ours (a mark of punctuation) goes by the constants alone.
    """
    logs = np.log(np.maximum(scores, SMALLEST))
    middle = (logs.mean(axis=0) + logs.max(axis=0)) / 2 if len(scores) else np.zeros(len(outputs))
    likely = {name: middle[outputs.index(name)] + BIAS[name] for name in NAMES if name in outputs}
    return [NAMES[name] for name in sorted(likely, key=lambda name: -likely[name])]


def _baselines(articles: list[ptc.Annotated]) -> dict[str, float]:
    techniques = Counter(technique for article in articles for _, technique in article.labels)
    rows = max(1, techniques.total())
    common, count = techniques.most_common(1)[0] if techniques else ("", 0)
    return {f"always {LOADED}": techniques[LOADED] / rows, f"majority ({common})": count / rows}
