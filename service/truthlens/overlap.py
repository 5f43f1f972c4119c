"""Which findings survive where spans collide: one mark per place, the most specific claim first."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Finding

SPECIFIC = ("name_calling", "doubt", "vague_sourcing", "exaggeration_minimisation", "loaded_language")
"""The order in which the annotation guide prefers one technique over another for the same phrase; a key that
is not named here comes before the last one, which is the most general."""


def resolve(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the text, none overlapping another.

    Of two that overlap the more specific one stays; among equals the surer, then the earlier.
    """
    kept: list[Finding] = []
    for candidate in sorted(findings, key=_rank):
        if not any(candidate.span.overlaps(other.span) for other in kept):
            kept.append(candidate)
    return tuple(sorted(kept, key=lambda item: (item.span.start, item.span.end)))


def _rank(finding: Finding) -> tuple[float, float, int]:
    order = SPECIFIC.index(finding.indicator) if finding.indicator in SPECIFIC else len(SPECIFIC) - 1.5
    return order, -finding.score, finding.span.start
