"""PTC's technique Repetition, which no single sentence can show: a short span that its article repeats."""

from __future__ import annotations

import re

from truthlens.domain import Span
from truthlens.heads import words

LONGEST = 3  # words; longer spans that recur are mostly slogans
OFTEN = 3  # times in the whole article, the span itself among them
_ENDING = re.compile(r"(?:['’]s|(?<=[a-z]{3})(?:ies|es|s|ed|ing|y))$")


def stems(text: str) -> list[str]:
    """Words in lower case without the commonest endings: crude, but the same for both sides."""
    return [_ENDING.sub("", span.of(text).lower()) for span in words(text)]


def is_repeated(span: Span, text: str, article: list[str]) -> bool:
    """``article`` are the `stems` of the whole ``text``: passed in, since they serve all of its spans."""
    wanted = stems(span.of(text))
    length = len(wanted)
    if not 1 <= length <= LONGEST:
        return False
    times = sum(article[index : index + length] == wanted for index in range(len(article) - length + 1))
    return times >= OFTEN
