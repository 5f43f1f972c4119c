"""The headline in plainer words where its wording is loaded, each change with its reason; else kept."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Evidence, Finding, Listing, Nothing, Quote, Span, Statement, Text
from truthlens.reading import Reading
from truthlens.rewording.change import Change, Rewording
from truthlens.section import Section


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    span = reading.article.headline
    if span is None:
        return [Nothing(text="the article came without a headline")]
    if not reading.rewordings:
        headline = Quote(text=span.of(reading.article.text), evidence=(Evidence(span=span),))
        return [headline, Nothing(text=_why_kept(reading, findings, span))]
    best = reading.rewordings[0]
    rows = tuple(_row(reading, span, change) for change in best.changes)
    return [
        Text(statement=Statement(text=best.text, evidence=_places(span, best))),
        Listing(statements=(*rows, *_other(reading.rewordings, span))),
    ]


def _places(headline: Span, rewording: Rewording) -> tuple[Evidence, ...]:
    """The headline, and where the text states what was put back."""
    sources = dict.fromkeys(change.source for change in rewording.changes if change.source is not None)
    return (Evidence(span=headline), *(Evidence(span=source) for source in sources))


def _row(reading: Reading, headline: Span, change: Change) -> Statement:
    """What was changed and why: “slams” → criticises: loses the force of the attack."""
    text = reading.article.text
    if change.source is not None:
        return Statement(
            text=f"{change.figure} → {change.plainer.lower()} {change.figure}: the text says it so",
            evidence=(Evidence(span=headline), Evidence(span=change.source)),
        )
    phrase = change.span.of(text)
    made = f"→ {change.plainer}" if change.plainer else "left out"
    return Statement(
        text=f"“{phrase}” {made}: loses {change.lost}",
        evidence=(Evidence(span=change.span, note=change.lost),),
    )


def _other(rewordings: Sequence[Rewording], headline: Span) -> tuple[Statement, ...]:
    """The next best, where it keeps more of the wording."""
    fewer = [each for each in rewordings[1:] if len(each.changes) < len(rewordings[0].changes)]
    return tuple(
        Statement(text=f"with fewer changes: {each.text}", evidence=_places(headline, each))
        for each in fewer[:1]
    )


def _why_kept(reading: Reading, findings: Sequence[Finding], headline: Span) -> str:
    marked = [finding for finding in findings if headline.contains(finding.span)]
    if any(finding.voice == "headline" for finding in marked):
        return "kept: no plainer wording was found that says the same"
    if marked:
        return "kept: what is marked in it stands in quotation marks"
    loaded = reading.scores.of_sentences("loaded")[:1]  # none for a headline of blanks
    if (loaded >= reading.thresholds["loaded"]["loaded"]).any():
        return "kept: it reads as loaded as a whole, but no plainer wording was found"
    return "kept: its wording is plain"


SECTION = Section(key="suggested_headline", title="Suggested headline", order=20, build=build)
