"""Which words of a sentence became which others, as places in both. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from truthlens.domain import Sentence, Span

CONTEXT = 3  # words shown on either side of a change
NEAR = 2  # changes with no more words between them are shown as one
PAIRS_CEILING = 250_000
"""Products of word counts beyond which two sentences count as changed throughout: difflib is quadratic."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[’'‑-]\w+)*|[^\w\s]")
_STRAIGHT = str.maketrans("‘’‚“”„", "'''\"\"\"")
_MARKS = frozenset("'\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Places in the two articles: what changed (either may be empty), and that with a few words round it."""

    before: Span
    now: Span
    shown_before: Span
    shown_now: Span


def tokens(text: str) -> list[re.Match[str]]:
    """Words, numbers and single marks, in order."""
    return list(_TOKEN.finditer(text))


def plain(text: str) -> str:
    """The text with one kind of quotation mark and of white space: by this, two spellings are compared."""
    return " ".join(text.translate(_STRAIGHT).split())


def changes(before: Sentence, now: Sentence) -> tuple[Change, ...]:
    """In order. Marks other than quotation marks do not count as wording."""
    ours, theirs = tokens(before.text), tokens(now.text)
    found = []
    for first, last, new_first, new_last in _merged(ours, theirs):
        changed = [plain(each.group()) for each in (*ours[first:last], *theirs[new_first:new_last])]
        if not any(word[0].isalnum() or word in _MARKS for word in changed):
            continue
        found.append(
            Change(
                before=_place(before, ours, first, last),
                now=_place(now, theirs, new_first, new_last),
                shown_before=_place(before, ours, _opening(ours, first), last + CONTEXT),
                shown_now=_place(now, theirs, _opening(theirs, new_first), new_last + CONTEXT),
            )
        )
    return tuple(found)


def _merged(
    ours: Sequence[re.Match[str]], theirs: Sequence[re.Match[str]]
) -> list[tuple[int, int, int, int]]:
    if len(ours) * len(theirs) > PAIRS_CEILING:
        return [(0, len(ours), 0, len(theirs))]
    old, new = ([plain(each.group()) for each in side] for side in (ours, theirs))
    merged: list[tuple[int, int, int, int]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        if merged and first - merged[-1][1] <= NEAR:
            merged[-1] = (merged[-1][0], last, merged[-1][2], new_last)
        else:
            merged.append((first, last, new_first, new_last))
    return merged


def _opening(found: Sequence[re.Match[str]], first: int) -> int:
    """Where the context before a change begins: with a word, not with a comma."""
    start = max(0, first - CONTEXT)
    while start < first and not found[start].group()[0].isalnum():
        start += 1
    return start


def _place(sentence: Sentence, found: Sequence[re.Match[str]], first: int, last: int) -> Span:
    """From the start of one token to the end of that before ``last``; empty when there is none between."""
    last = min(last, len(found))
    start = found[first].start() if first < len(found) else len(sentence.text)
    end = found[last - 1].end() if last > first else start
    return Span(sentence.span.start + start, sentence.span.start + end)
