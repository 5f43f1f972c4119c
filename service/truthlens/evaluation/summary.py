"""Do the sentences of a summary say what others found worth saying of the event, beside the article's own
lead?

Two sets, since none has everything. “Round-ups”: NeuS (val), the neutral round-up of an event against the
longest outlet text on it. These are excerpts of at most 95 words, too short for a summary in a report:
two sentences are chosen of four or more, without the limit of a quarter. “Other outlets”: BASIL, whole
articles summarised as in a report, against the first three sentences of each of the other two outlets'
articles; leads resemble one another, so that a lead is hard to beat there. Every second event is
measured, the others chose the weights.

ROUGE is F1 (see `rouge.py`); closeness is the cosine of both texts in the encoder that also chose.
Baselines are the first three sentences, as many first sentences as were chosen, and as many first words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.encode import Floats
from truthlens.evaluation import neus
from truthlens.evaluation.passes import vectors
from truthlens.evaluation.rouge import rouge_l, rouge_n, tokens
from truthlens.evaluation.row import Row, interval
from truthlens.heads import WORD
from truthlens.segment import segment
from truthlens.summary import MOST, SHARE, chosen

BASIL = "measure/basil/articles"
EXCERPT_FLOOR, EXCERPT_CHOSEN = (
    4,
    2,
)  # sentences of a NeuS text: at least so many, of which so many are chosen
LEAD = 3
OURS, LEADS = "summary", ("lead-3", "as many sentences", "as many words")

ROUGE: dict[str, Callable[[list[str], list[str]], float]] = {
    "ROUGE-1": lambda text, reference: rouge_n(text, reference, 1),
    "ROUGE-2": lambda text, reference: rouge_n(text, reference, 2),
    "ROUGE-L": rouge_l,
}


@dataclass(frozen=True, slots=True)
class Case:
    """``texts`` are OURS, then LEADS. Scores are means over the references."""

    texts: tuple[str, ...]
    references: tuple[str, ...]


def evaluate(data: Path, analyser: Analyser) -> list[Row]:
    """Four rows for each set that is there. Raises ServiceError ``data_missing`` without NeuS."""
    rows = _rows("round-ups", list(round_ups(data, analyser)), analyser)
    return rows + _rows("other outlets", list(other_outlets(data, analyser)), analyser)


def round_ups(data: Path, analyser: Analyser) -> Iterator[Case]:
    for event in neus.events(data, "val"):
        article = Article(text=max((body for _, body in event.articles), key=len))
        if event.round_up_body and len(segment(article)) >= EXCERPT_FLOOR:
            yield from _case(analyser, article, (event.round_up_body,), EXCERPT_CHOSEN, 1.0)


def other_outlets(data: Path, analyser: Analyser) -> Iterator[Case]:
    files = sorted((data / BASIL).glob("*.json"))
    events = [list(group) for _, group in groupby(files, key=lambda path: path.stem.rpartition("_")[0])]
    for event in events[1::2]:
        articles = [_article(path) for path in event]
        for article in articles:
            leads = tuple(" ".join(_body(other)[:LEAD]) for other in articles if other is not article)
            yield from _case(analyser, article, leads, MOST, SHARE)


def _article(path: Path) -> Article:
    row = json.loads(path.read_text("utf-8"))
    lines = [row["title"], *(" ".join(paragraph) for paragraph in row["body-paragraphs"])]
    title, *body = (" ".join(line.split()) for line in lines)
    return Article(text="\n".join([title, *filter(None, body)]), title=title)


def _body(article: Article) -> list[str]:
    return [sentence.text for sentence in segment(article) if sentence.span != article.headline]


def _case(
    analyser: Analyser, article: Article, references: tuple[str, ...], most: int, share: float
) -> Iterator[Case]:
    """One case, or none where no sentence can be chosen: then there is no summary to measure."""
    reading = analyser.reading(article)
    found = chosen(
        article, reading.sentences, reading.voices, reading.encoded.vectors, most=most, share=share
    )
    if not found or not references:
        return
    summary = " ".join(reading.sentences[index].text for index in found)
    body = _body(article)
    lead = " ".join(body)
    words = [match.end() for match in WORD.finditer(lead)]
    cut = words[min(len(WORD.findall(summary)), len(words)) - 1]
    yield Case((summary, " ".join(body[:LEAD]), " ".join(body[: len(found)]), lead[:cut]), references)


def _rows(name: str, cases: Sequence[Case], analyser: Analyser) -> list[Row]:
    if not cases:
        return []
    tables = {metric: _rouge(cases, score) for metric, score in ROUGE.items()}
    tables["closeness"] = _closeness(cases, lambda part: vectors(lambda chunk: analyser.read(chunk)[0], part))
    return [_row(f"{metric}, {name}", table) for metric, table in tables.items()]


def _row(metric: str, table: Floats) -> Row:
    """``table`` is (cases, texts)."""
    score, low, high = interval([(float(value), 1.0) for value in table[:, 0]])
    gains = [(float(row[0] - row[-1]), 1.0) for row in table]
    gain, least, largest = interval(gains)
    return Row(
        task="summary",
        metric=metric,
        score=score,
        low=low,
        high=high,
        n=len(table),
        baselines={lead: float(table[:, column].mean()) for column, lead in enumerate(LEADS, 1)},
        note=f"less {LEADS[-1]}: {gain:+.3f} ({least:+.3f} to {largest:+.3f})",
    )


def _rouge(cases: Sequence[Case], score: Callable[[list[str], list[str]], float]) -> Floats:
    rows = []
    for case in cases:
        references = [tokens(reference) for reference in case.references]
        rows.append([np.mean([score(tokens(text), each) for each in references]) for text in case.texts])
    return np.asarray(rows, np.float32)


def _closeness(cases: Sequence[Case], encode: Callable[[Sequence[str]], Floats]) -> Floats:
    texts = encode([text for case in cases for text in case.texts])
    references = encode([reference for case in cases for reference in case.references])
    rows, first = [], 0
    for number, case in enumerate(cases):
        mine = texts[number * len(case.texts) : (number + 1) * len(case.texts)]
        theirs = references[first : first + len(case.references)]
        first += len(case.references)
        rows.append((mine @ theirs.T).mean(axis=1))
    return np.asarray(rows, np.float32)
