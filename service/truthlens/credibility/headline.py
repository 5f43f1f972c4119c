"""Whether the text holds what the headline says.

Credibility Coalition (2018): title representativeness, clickbait title. NewsGuard: avoids deceptive
headlines.
"""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.credibility.counting import counted, yes
from truthlens.domain import Evidence, Finding, Meter
from truthlens.ledgers.headline_audit import Check, headline_audit
from truthlens.reading import Reading

FORMULA = (
    "one step each: the text states every figure in it; the text holds every name and quoted word in it; it "
    "drops no qualifier of a figure and no phrase of its own is marked; it is no question"
)


def meter(reading: Reading, findings: Sequence[Finding]) -> Meter:
    span = reading.article.headline
    if span is None:
        return Meter(
            key="headline", title="Headline", grade=None, line="no headline", formula=FORMULA, inputs=()
        )
    checks = headline_audit(reading)
    figures = [check for check in checks if check.element == "figure"]
    unstated = [check for check in figures if check.result in ("missing", "sum")]
    unheld = [c for c in checks if c.element in ("name", "quotation") and c.result == "missing"]
    dropped = [check for check in checks if check.dropped]
    marked = [finding for finding in findings if finding.voice == "headline"]
    question = span.of(reading.article.text).rstrip("”’\"' ").endswith("?")
    steps = [not unstated, not unheld, not dropped and not marked, not question]
    return Meter(
        key="headline",
        title="Headline",
        grade=sum(steps),
        # A figure may be a rounding or a sum of more than two others, which the audit does not see.
        unsure=bool(unstated),
        line=_line(reading, unstated, unheld, dropped, len(marked), question=question),
        formula=FORMULA,
        inputs=(
            ("figures", str(len(figures))),
            ("figures that the text does not state", str(len(unstated))),
            ("names and quoted words that the text does not hold", str(len(unheld))),
            ("figures without the text’s qualifier", str(len(dropped))),
            ("marked phrases", str(len(marked))),
            ("a question", yes(question)),
        ),
        evidence=tuple(Evidence(span=check.span) for check in dict.fromkeys((*unstated, *unheld, *dropped)))
        or (Evidence(span=span),),
    )


def _line(
    reading: Reading,
    unstated: Sequence[Check],
    unheld: Sequence[Check],
    dropped: Sequence[Check],
    marked: int,
    *,
    question: bool,
) -> str:
    text = reading.article.text
    if unstated:
        return f"{_figure(unstated[0].span.of(text))} is not stated in the text"
    if marked:
        return f"{counted(marked, 'marked phrase')} in it"
    if unheld:
        words = unheld[0].span.of(text)
        return f"{words} is not in the text" if len(words.split()) <= 5 else "a quotation is not in the text"
    if dropped:
        return f"it drops “{dropped[0].dropped[0]}” before a figure"
    return "it is a question" if question else "figures and names stand in the text"


def _figure(words: str) -> str:
    """The figure without what it counts: a line has room for ten words."""
    return next((word for word in words.split() if any(c.isdigit() for c in word)), words.partition(" ")[0])
