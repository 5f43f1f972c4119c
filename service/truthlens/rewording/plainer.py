"""The step between indicators and sections: plainer wordings, each checked in a small call of the encoder.

Only candidates are encoded, and nothing where there are none: a neutral article costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from truthlens.domain import Finding, Span
from truthlens.encode import Encoded, Floats
from truthlens.heads import Scores
from truthlens.reading import Reading
from truthlens.rewording.change import GAIN, Candidate, Change, Rewording, acceptable, candidate, keeps
from truthlens.rewording.headline_candidates import candidates
from truthlens.rewording.wording import WORD, fold

Read = Callable[[Sequence[str]], tuple[Encoded, Scores]]

CHECKED = 20
"""Offers beside findings that are checked in one article, those of the surest first; others are withdrawn."""


def plainer(reading: Reading, findings: Sequence[Finding], read: Read) -> tuple[Reading, tuple[Finding, ...]]:
    """The reading with its headline's rewordings, best first, and the findings with the offers that hold."""
    of_headline, of_findings = candidates(reading, findings), _offers(reading, findings)
    texts = list(dict.fromkeys(each.text for each in (*of_headline, *of_findings.values())))
    judged = _judged(read, texts)
    names = _names(reading)
    rewordings = tuple(
        _rewording(reading, each, judged)
        for each in of_headline
        if _holds(reading, each, judged, names, 0, GAIN)
    )
    kept = tuple(
        finding
        if finding.wording is None
        or (
            index in of_findings
            and _holds(reading, of_findings[index], judged, names, finding.sentence, gain=0.0)
        )
        else replace(finding, wording=None)
        for index, finding in enumerate(findings)
    )
    ranked = tuple(sorted(rewordings, key=lambda each: each.loaded - each.fit))
    return reading.with_rewordings(ranked), kept


def _offers(reading: Reading, findings: Sequence[Finding]) -> dict[int, Candidate]:
    """By the finding's place among all: its sentence with the offered wording in it."""
    offered = [index for index, finding in enumerate(findings) if finding.wording is not None]
    offered.sort(key=lambda index: -findings[index].score)
    return {index: _offer(reading, findings[index]) for index in offered[:CHECKED]}


def _offer(reading: Reading, finding: Finding) -> Candidate:
    change = Change(span=finding.span, plainer=finding.wording.plainer if finding.wording else "")
    return candidate(reading.article.text, reading.sentences[finding.sentence].span, [change])


def _judged(read: Read, texts: Sequence[str]) -> Mapping[str, tuple[Floats, float]]:
    """Vector and loadedness of each text."""
    if not texts:
        return {}
    encoded, scores = read(texts)
    loaded = scores.of_sentences("loaded")
    return {text: (encoded.vectors[row], float(loaded[row])) for row, text in enumerate(texts)}


def _holds(
    reading: Reading,
    each: Candidate,
    judged: Mapping[str, tuple[Floats, float]],
    names: Collection[str],
    sentence: int,
    gain: float,
) -> bool:
    vector, loaded = judged[each.text]
    return keeps(each.span.of(reading.article.text), each.text, names) and acceptable(
        each,
        closeness=float(vector @ reading.encoded.vectors[sentence]),
        loaded=loaded,
        was_loaded=_loaded(reading, sentence),
        gain=gain,
    )


def _rewording(reading: Reading, each: Candidate, judged: Mapping[str, tuple[Floats, float]]) -> Rewording:
    vector, loaded = judged[each.text]
    return Rewording(
        text=each.text,
        changes=each.changes,
        closeness=float(vector @ reading.encoded.vectors[0]),
        fit=float(vector @ _middle(reading.encoded.vectors[1:])),
        loaded=loaded,
        was_loaded=_loaded(reading, 0),
    )


def _loaded(reading: Reading, sentence: int) -> float:
    return float(reading.scores.of_sentences("loaded")[sentence])


def _middle(vectors: Floats) -> Floats:
    """(384,), unit length, or zeros: what the text below the headline is about."""
    total = vectors.sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


def _names(reading: Reading) -> frozenset[str]:
    """Words of names in the text below the headline: in Title Case a headline's own capitals say nothing."""
    headline = reading.article.headline or Span(0, 0)
    return frozenset(
        match.group()
        for party in reading.parties
        for span in party.mentions
        if not headline.contains(span)
        for match in WORD.finditer(fold(span.of(reading.article.text)))
    )
