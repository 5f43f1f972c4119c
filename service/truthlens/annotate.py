"""Finding → W3C Web Annotation (https://www.w3.org/TR/annotation-model/), and evidence → selectors.

TextPositionSelector counts code points, as the W3C model says; UTF-16 positions stand beside it by name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from truthlens.domain import Article, Evidence, Finding, Sentence, Span
from truthlens.indicator import Indicator
from truthlens.offsets import Offsets

CONTEXT = 32  # characters on either side; what the annotation clients of the field use, enough for duplicates
STRENGTHS = ((0.75, "strong"), (0.55, "clear"), (0.0, "slight"))
"""Words for a calibrated score: three in four, more often than not, less."""

Json = dict[str, object]


class Annotator:
    """Renders places in one article. Knows nothing of HTTP."""

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self._article = article
        self._sentences = sentences
        self._offsets = Offsets(article.text)

    def annotation(self, finding: Finding, *, identifier: str, indicators: Mapping[str, Indicator]) -> Json:
        """One annotation, whole. ``identifier`` is its URN."""
        span, indicator = finding.span, indicators[finding.indicator]
        wording = finding.wording
        return {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": identifier,
            "type": "Annotation",
            "motivation": "assessing",
            "target": {
                "source": self._article.url,
                "selector": [
                    {"type": "TextQuoteSelector", **self._quote(span)},
                    {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                ],
            },
            "body": {
                "type": "Dataset",
                "indicator": indicator.key,
                "indicator_title": indicator.title,
                "colour": indicator.colour,
                "voice": finding.voice,
                "speaker": finding.speaker,
                "verb": finding.verb,
                "score": finding.score,
                "strength": strength(finding.score),
                "message": finding.message,
                "paragraph": self._paragraph(span),
                "sentence": finding.sentence,
                **self._utf16(span),
                "wording": {"plainer": wording.plainer, "lost": wording.lost} if wording else None,
                "similar": [{"phrase": seed.phrase, "closeness": seed.closeness} for seed in finding.similar],
            },
        }

    def evidence(self, evidence: Evidence) -> Json:
        """A place that a statement of the report opens."""
        span = evidence.span
        return {
            **self._quote(span),
            "start": span.start,
            "end": span.end,
            **self._utf16(span),
            "paragraph": self._paragraph(span),
            "note": evidence.note,
            "other": evidence.other,
        }

    def _quote(self, span: Span) -> Json:
        text = self._article.text
        return {
            "exact": span.of(text),
            "prefix": text[max(0, span.start - CONTEXT) : span.start],
            "suffix": text[span.end : span.end + CONTEXT],
        }

    def _utf16(self, span: Span) -> Json:
        return {
            "utf16_start": self._offsets.utf16(span.start),
            "utf16_end": self._offsets.utf16(span.end),
        }

    def _paragraph(self, span: Span) -> int:
        if not self._sentences:
            return 0
        found = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.span.end)
        return self._sentences[min(found, len(self._sentences) - 1)].paragraph


class Places:
    """Renders evidence, each place by the annotator of its article: ``others`` by the id of an analysis."""

    def __init__(self, own: Annotator, others: Mapping[str, Annotator] | None = None) -> None:
        self._own = own
        self._others = others or {}

    def evidence(self, evidence: Evidence) -> Json:
        """Raises KeyError when the place is in an article that ``others`` does not hold."""
        return (self._others[evidence.other] if evidence.other else self._own).evidence(evidence)


def strength(score: float) -> str:
    """The word that stands for a score."""
    return next(word for floor, word in STRENGTHS if score >= floor)
