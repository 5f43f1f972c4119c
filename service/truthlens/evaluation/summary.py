"""Do the sentences of a summary say what others found worth saying of the event, beside the article's lead?

Three sets, since none has everything; each article is read with its headline.

- “round-ups”: NeuS (val), every outlet text of four sentences or more against the neutral round-up of its
  event. These texts are cut to 95 words, so the limit of a quarter is set aside, and three sentences are
  chosen, as many as the lead has; fewer where the cut leaves too few that can stand.
- “other outlets”: BASIL, whole articles, chosen in the same way, against the lead of each of the other two
  outlets. Leads resemble one another, so that a lead is hard to beat there. Every second event is measured,
  the others chose the weights.
- “as in a report”: the same articles and references, chosen with the limits that a report has; to be read
  beside the lead of as many words.

The lead is the first three sentences that end as sentences do, here and in the references: datelines,
captions and a headline that the body repeats are none. In BASIL a lead that shares more than `REPRINT` of its
pairs of words with the reference is a reprint of one agency's text, and the pair is left out: 12 of 318, all
of two measured events; none lies between .26 and .30. With them the lead is ahead on “other outlets”, ROUGE-1
by .006 (interval -.004 to .018) and -2 by .011, since any other choice than the lead misses the shared text.

ROUGE is F1 (see `rouge.py`); closeness is the cosine of both texts in the encoder that also chose. Intervals
are over events, since texts on one event share a reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from truthlens.analyse import Analyser
from truthlens.digest.standalone import finished
from truthlens.digest.summary import MOST, SHARE, chosen
from truthlens.domain import Article
from truthlens.encode import Floats
from truthlens.evaluation import basil, neus
from truthlens.evaluation.passes import vectors
from truthlens.evaluation.rouge import rouge_l, rouge_n, tokens
from truthlens.evaluation.row import Row, interval
from truthlens.heads import WORD
from truthlens.segment import segment

LEAD = 3
REPRINT = 0.3  # ROUGE-2
LEADS = ("lead-3", "as many words")

ROUGE: dict[str, Callable[[list[str], list[str]], float]] = {
    "ROUGE-1": lambda text, reference: rouge_n(text, reference, 1),
    "ROUGE-2": lambda text, reference: rouge_n(text, reference, 2),
    "ROUGE-L": rouge_l,
}


@dataclass(frozen=True, slots=True)
class Case:
    """``texts`` are ours, then LEADS. Scores are means over the references, of which there is one or more."""

    event: str
    texts: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How many sentences are chosen at most, and what share of the words."""

    most: int
    share: float


AS_LEAD, AS_REPORT = Limits(LEAD, 1.0), Limits(MOST, SHARE)


def evaluate(data: Path, analyser: Analyser) -> list[Row]:
    """Four rows for each set that is there. Raises ServiceError ``data_missing`` without NeuS."""
    rows = _rows("round-ups", list(round_ups(data, analyser)), analyser, LEADS[0])
    if (data / basil.FOLDER).is_dir():
        outlets = other_outlets(data, analyser)
        for name, limits, rival in (
            ("other outlets", AS_LEAD, LEADS[0]),
            ("as in a report", AS_REPORT, LEADS[1]),
        ):
            rows += _rows(name, outlets[limits], analyser, rival)
    return rows


def round_ups(data: Path, analyser: Analyser) -> Iterator[Case]:
    for number, event in enumerate(neus.events(data, "val")):
        if not event.round_up_body:
            continue
        for title, body in dict.fromkeys(event.articles):
            headline = " ".join(title.removesuffix(".").split())
            article = Article(text=f"{headline}\n{body}", title=headline)
            if len(_sentences(article)) > LEAD:
                cases = _cases(analyser, str(number), article, (event.round_up_body,), (AS_LEAD,))
                yield from cases.values()


def other_outlets(data: Path, analyser: Analyser) -> dict[Limits, list[Case]]:
    """The cases of every second event, as the lead is long and as in a report."""
    found: dict[Limits, list[Case]] = {AS_LEAD: [], AS_REPORT: []}
    events = [
        (key, [a for _, a in group]) for key, group in groupby(basil.articles(data), lambda row: row[0])
    ]
    for event, articles in events[1::2]:
        for article in articles:
            lead = _lead(article)
            others = (_lead(other) for other in articles if other is not article)
            references = tuple(o for o in others if rouge_n(tokens(lead), tokens(o), 2) <= REPRINT)
            for limits, case in _cases(analyser, event, article, references, tuple(found)).items():
                found[limits].append(case)
    return found


def _sentences(article: Article) -> list[str]:
    """The full sentences of the body."""
    found = segment(article)
    return [each.text for each in found if each.span != article.headline and finished(each.text)]


def _lead(article: Article) -> str:
    return " ".join(_sentences(article)[:LEAD])


def _cases(
    analyser: Analyser,
    event: str,
    article: Article,
    references: tuple[str, ...],
    several: Sequence[Limits],
) -> dict[Limits, Case]:
    """The article is read once. None where no sentence can be chosen: then there is no summary to measure."""
    if not references:
        return {}
    reading = analyser.reading(article)
    body = " ".join(_sentences(article))
    words = [match.end() for match in WORD.finditer(body)]
    cases = {}
    for limits in several:
        found = chosen(
            article,
            reading.sentences,
            reading.voices,
            reading.encoded.vectors,
            most=limits.most,
            share=limits.share,
        )
        summary = " ".join(reading.sentences[index].text for index in found)
        if summary:
            cut = words[min(len(WORD.findall(summary)), len(words)) - 1]
            cases[limits] = Case(event, (summary, _lead(article), body[:cut]), references)
    return cases


def _rows(name: str, cases: Sequence[Case], analyser: Analyser, rival: str) -> list[Row]:
    if not cases:
        return []
    tables = {metric: _rouge(cases, score) for metric, score in ROUGE.items()}
    tables["closeness"] = _closeness(cases, lambda part: vectors(lambda chunk: analyser.read(chunk)[0], part))
    return [_row(f"{metric}, {name}", cases, table, rival) for metric, table in tables.items()]


def _row(metric: str, cases: Sequence[Case], table: Floats, rival: str) -> Row:
    """``table`` is (cases, texts)."""
    events: dict[str, list[int]] = {}
    for number, case in enumerate(cases):
        events.setdefault(case.event, []).append(number)
    gains = table[:, 0] - table[:, 1 + LEADS.index(rival)]
    score, low, high = interval([(float(table[rows, 0].sum()), len(rows)) for rows in events.values()])
    gain, least, largest = interval([(float(gains[rows].sum()), len(rows)) for rows in events.values()])
    return Row(
        task="summary",
        metric=metric,
        score=score,
        low=low,
        high=high,
        n=len(table),
        baselines={lead: float(table[:, column].mean()) for column, lead in enumerate(LEADS, 1)},
        note=f"less {rival}: {gain:+.3f} ({least:+.3f} to {largest:+.3f}); {len(events)} events",
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
