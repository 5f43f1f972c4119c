"""ROUGE (Lin 2004): how much a text shares with a reference, in words, pairs of words and their order.

Words are those of `heads.WORD` in lower case, with ’ written as ': no stemming, and no word is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from truthlens.heads import WORD


def tokens(text: str) -> list[str]:
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


def rouge_n(text: Sequence[str], reference: Sequence[str], n: int) -> float:
    """F1 over runs of ``n`` words, each counted as often as both sides have it; 0 when a side has none."""
    ours, theirs = _runs(text, n), _runs(reference, n)
    return _f1(sum((ours & theirs).values()), ours.total(), theirs.total())


def rouge_l(text: Sequence[str], reference: Sequence[str]) -> float:
    """F1 of the longest common subsequence, both sides taken as one sequence each (not by sentence)."""
    return _f1(_common(text, reference), len(text), len(reference))


def _runs(found: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(found[start : start + n]) for start in range(len(found) - n + 1))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The classic table, a row at a time: len(one) * len(other) steps, for texts of summary length."""
    row = [0] * (len(other) + 1)
    for word in one:
        diagonal = 0
        for column, rival in enumerate(other, 1):
            above = row[column]
            row[column] = diagonal + 1 if word == rival else max(above, row[column - 1])
            diagonal = above
    return row[-1]


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0
