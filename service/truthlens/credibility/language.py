"""How loaded the outlet's own words are, against plain wire reporting.

Credibility Coalition (2018): tone, that is exaggerated and emotionally charged wording.
"""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.baseline import PLAIN
from truthlens.credibility.counting import counted
from truthlens.domain import Evidence, Finding, Meter
from truthlens.reading import Reading

STEPS = (1.5, 3, 4.5)
"""Times `PLAIN` up to which there are four, three and two steps. Sentences that experts found biased have 2.8
to 3.0 marks per 100 words, so the lowest step begins a little below."""

FORMULA = (
    f"marks in the outlet’s own words per 100 of them, against {PLAIN:g} in plain wire reports: four steps "
    f"up to {STEPS[0]:g} times that, three up to {STEPS[1]:g} times, two up to {STEPS[2]:g} times, else one"
)
FEW = 150  # own words, below which one mark more or less moves the grade


def meter(reading: Reading, findings: Sequence[Finding]) -> Meter:
    own = [finding for finding in findings if finding.voice in ("own", "headline")]
    others = len(findings) - len(own)
    count = sum(
        reading.word_count(piece.span) for piece in reading.voices if piece.voice in ("own", "headline")
    )
    rate = 100 * len(own) / count if count else 0.0
    grade = sum(rate <= PLAIN * factor for factor in STEPS) + 1
    line = f"{counted(len(own), 'marked phrase')} of its own, {others} of others"
    return Meter(
        key="language",
        title="Language",
        grade=grade if count else None,
        unsure=0 < count < FEW,
        line=line if findings else "no marked phrase",
        formula=FORMULA,
        inputs=(
            ("marks in the outlet’s own words", str(len(own))),
            ("words of its own", str(count)),
            ("marks per 100 words", f"{rate:.2f}"),
            ("marks in quoted and reported words", str(others)),
            ("sentences of its own that read as loaded as a whole", _loaded_sentences(reading)),
        ),
        evidence=tuple(Evidence(span=finding.span, note=finding.message) for finding in own),
    )


def _loaded_sentences(reading: Reading) -> str:
    """By the sentence head, which judges a sentence without pointing at words. It decides no step."""
    own = [
        sentence.index
        for sentence in reading.sentences
        if any(piece.voice == "own" for piece in reading.voices_in(sentence.span))
    ]
    scores, floor = reading.scores.of_sentences("loaded"), reading.thresholds["loaded"]["loaded"]
    loaded = sum(scores[index] >= floor for index in own)
    return f"{loaded} of {len(own)}"
