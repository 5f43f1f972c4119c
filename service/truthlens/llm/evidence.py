"""What a language model may see of an article, and what its answer is held against."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import msgspec

from truthlens.domain import Report, Sentence, Statement
from truthlens.voices.voice import stretches_in

SENTENCES = 12
"""A statement that rests on more sentences counts or sums up, and is not reworded."""

CHARACTERS = 6000
"""Of a statement and its sentences together: a page may call a megabyte one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """``evidence`` are the sentences and the statement itself; ``context`` says of quoted ones who spoke."""

    question: str
    evidence: tuple[str, ...]
    context: tuple[str, ...]


def grounds(report: Report, statement: Statement) -> Grounds | None:
    """None when the statement cannot be reworded: it rests on another article, or on too many places."""
    if any(item.other for item in statement.evidence):
        return None
    starts = [sentence.span.start for sentence in report.sentences]
    touched: dict[int, Sentence] = {}
    for item in statement.evidence:
        position = max(0, bisect_right(starts, item.span.start) - 1)
        while position < len(starts) and starts[position] < max(item.span.end, item.span.start + 1):
            touched[position] = report.sentences[position]
            position += 1
        if len(touched) > SENTENCES:
            return None
    found = [sentence for _, sentence in sorted(touched.items())]
    if not found or len(statement.text) + sum(len(sentence.text) for sentence in found) > CHARACTERS:
        return None
    texts = [sentence.text for sentence in found]
    spoken = [_spoken(report, sentence) for sentence in found]
    question = msgspec.json.encode({"evidence": spoken, "statement": statement.text}).decode()
    return Grounds(
        question=question,
        evidence=(*dict.fromkeys((*texts, *spoken, statement.text)),),
        context=(*dict.fromkeys((*spoken, statement.text)),),
    )


def _spoken(report: Report, sentence: Sentence) -> str:
    """The sentence, with its speaker when it is all a quotation and another sentence names them."""
    pieces = stretches_in(report.voices, sentence.span)
    if not pieces or any(piece.voice != "quote" for piece in pieces) or not pieces[0].speaker:
        return sentence.text
    words = sentence.text.strip("“”\"'‘’ ").rstrip(".")
    return f"“{words},” {pieces[0].speaker} {pieces[0].verb or 'said'}."
