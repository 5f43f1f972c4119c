"""Whether a sentence of a report says only what its evidence holds. Pure: what needs a model is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from truthlens.domain import Article
from truthlens.segment import segment
from truthlens.verify.actors import of_acts, of_negation
from truthlens.verify.additions import of_intent, of_words
from truthlens.verify.dates import known, of_dates
from truthlens.verify.names import of_names
from truthlens.verify.numbers import of_numbers
from truthlens.verify.objection import Kind, Objection
from truthlens.verify.quoted_words import of_quotations, outside
from truthlens.verify.speech import of_speech, source

__all__ = ["Kind", "Objection", "unsupported"]

Loadedness = Callable[[Sequence[str]], Sequence[float]]
"""How loaded each text reads, 0..1."""

Closeness = Callable[[str, Sequence[str]], float]
"""How near a text is to the nearest of its evidence, -1..1."""

MORE_LOADED = 0.1
"""By how much a text may read as more loaded than its source. On the 20 pairs of `tests/rewordings.py` 19
plain rewordings stay below it, and 2 bolder ones."""


def unsupported(
    text: str,
    evidence: Sequence[str],
    *,
    context: Sequence[str] = (),
    published: str = "",
    strict: bool = False,
    loadedness: Loadedness | None = None,
    closeness: Closeness | None = None,
    bar: float = 0.0,
) -> tuple[Objection, ...]:
    """What ``text`` says that ``evidence`` does not hold; () when nothing is found.

    Numbers, names and quotations must occur in ``evidence``; qualifiers, speakers and hedges are read in
    ``context``, the whole sentences that the evidence lies in (by default the evidence). ``published`` (ISO
    8601) lets "last year" be told as its number. ``strict`` is for wording that is not ours: whatever is
    doubtful counts against it. ``closeness`` below ``bar`` is an objection.
    """
    around = context or evidence
    found: list[Objection] = []
    for sentence in sentences(text):
        found += _in_words(sentence, evidence, around, published, strict)
        nearest = source(outside(sentence), around).text or (around[0] if around else "")
        if loadedness is not None and nearest:
            mine, theirs = loadedness([sentence, nearest])
            if mine > theirs + MORE_LOADED:
                found.append(Objection("loaded", f"{mine:.2f} for {theirs:.2f}"))
        if closeness is not None:
            near = closeness(sentence, evidence)
            if near < bar:
                found.append(Objection("distance", f"{near:.2f} below {bar:.2f}"))
    return tuple(found)


def sentences(text: str) -> Iterator[str]:
    return (sentence.text for sentence in segment(Article(text=text)))


def _in_words(
    sentence: str, evidence: Sequence[str], context: Sequence[str], published: str, strict: bool
) -> Iterator[Objection]:
    allowed = known(evidence, published)
    yield from of_numbers(sentence, evidence, context, allowed.days)
    yield from of_dates(sentence, allowed)
    yield from of_names(sentence, evidence, strict=strict)
    yield from of_quotations(sentence, evidence, strict=strict)
    yield from of_speech(sentence, context, strict=strict)
    yield from of_acts(sentence, context)
    nearest = source(outside(sentence), context)
    yield from of_negation(sentence, nearest, strict=strict)
    yield from of_intent(sentence, evidence)
    if strict:
        yield from of_words(sentence, evidence, nearest)
