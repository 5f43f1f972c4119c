"""How each accused party answers, and whether the outlet takes the answer back in the same breath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from truthlens.domain import Finding, Sentence, Span, Voiced
from truthlens.ledgers.accusations import Accusation, Accused, accusations
from truthlens.ledgers.firmness import rung
from truthlens.ledgers.ledger import same, sentence_at
from truthlens.ledgers.reply_cues import ASKED, CLAUSE_END, DECLINES, DENIES, PRONOUN, TOGETHER, UNDERCUTS
from truthlens.reading import Reading, once

Kind = Literal["quoted", "denied", "paraphrased", "declined", "asked", "absent"]
KINDS: tuple[Kind, ...] = ("quoted", "denied", "paraphrased", "declined", "asked", "absent")
"""From the fullest hearing down. A denial answers the charge; a paraphrase may be of anything."""

_TOLD: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("denied", DENIES),
    ("declined", DECLINES),
    ("asked", ASKED),
)
_TITLES = frozenset("president minister prime foreign defence defense the mr mrs ms dr sir spokesman".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``words`` is what stands for the answer (a quotation or a clause) and ``sentence`` where; None when
    nothing does. ``shared`` names the accused who answer in the same words. ``undercut`` are the outlet's own
    words in that sentence which hold against the answer.
    """

    accused: Accused
    charges: tuple[Accusation, ...]
    kind: Kind
    words: Span | None = None
    sentence: Sentence | None = None
    shared: tuple[str, ...] = ()
    undercut: tuple[Span, ...] = ()


def answers(reading: Reading, findings: Sequence[Finding]) -> tuple[Answer, ...]:
    """One for each accused party, in the order of the accusations."""
    return tuple(
        replace(each, undercut=_undercut(reading, findings, each.sentence, each.words))
        if each.sentence is not None and each.words is not None
        else each
        for each in _answers(reading)
    )


@once
def _answers(reading: Reading) -> tuple[Answer, ...]:
    """The same before it is known what the outlet holds against them: four sections ask."""
    charges: dict[str, list[Accusation]] = {}
    for accusation in accusations(reading):
        charges.setdefault(accusation.accused.name, []).append(accusation)
    accused = [group[0].accused for group in charges.values()]
    if not accused:
        return ()
    forms = {one.name: _forms(reading, one) for one in accused}
    told = list(_told(reading))
    found = []
    for one, group in zip(accused, charges.values(), strict=True):
        answer = Answer(accused=one, charges=tuple(group), kind="absent")
        places = [
            *_spoken(reading, one, forms),
            *((kind, words) for kind, words, verb in told if _is_subject(reading, verb, one, forms)),
        ]
        if places:
            kind, words = min(places, key=lambda pair: (KINDS.index(pair[0]), pair[1].start))
            answer = replace(answer, kind=kind, words=words, sentence=sentence_at(reading, words))
        found.append(answer)
    return tuple(replace(answer, shared=_sharing(answer, found)) for answer in found)


def _sharing(answer: Answer, found: Sequence[Answer]) -> tuple[str, ...]:
    if answer.words is None:
        return ()
    return tuple(o.accused.name for o in found if o is not answer and o.words == answer.words)


def _forms(reading: Reading, one: Accused) -> frozenset[str]:
    """All that the article calls it by."""
    if one.party is not None:
        return frozenset({one.name, *(span.of(reading.article.text) for span in one.party.mentions)})
    surname = one.name.rsplit(" ", 1)[-1]
    return frozenset({one.name, surname} if surname[:1].isupper() else {one.name})


def _spoken(reading: Reading, one: Accused, forms: dict[str, frozenset[str]]) -> Iterator[tuple[Kind, Span]]:
    """What the article gives as the party's own words or their gist."""
    leads = {p.name for p in reading.parties if one.party and p.leads and p.leads == one.party.country}
    known: dict[tuple[str, bool], bool] = {}
    for piece in reading.voices:
        if piece.voice not in ("quote", "attributed"):
            continue
        denies = rung(piece.verb) == "denied"
        speaker = (piece.speaker, denies)
        if speaker not in known:
            known[speaker] = _speaks(piece, one, forms, leads)
        if known[speaker]:
            yield "quoted" if piece.voice == "quote" else "denied" if denies else "paraphrased", piece.span


def _speaks(piece: Voiced, one: Accused, forms: dict[str, frozenset[str]], leads: set[str]) -> bool:
    if TOGETHER.fullmatch(piece.speaker):
        return len(forms) > 1
    if piece.speaker and (
        same(piece.speaker, one.name) or any(_is(piece.speaker, f) for f in forms[one.name])
    ):
        return True
    # A state's own president answers for it by a denial; else he speaks of many things.
    return rung(piece.verb) == "denied" and any(_is(piece.speaker, name) for name in leads)


def _is(speaker: str, name: str) -> bool:
    """The name as whole words, with no other name beside: "US" is not in "US Steel"."""
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", speaker)
    if match is None:
        return False
    beside = re.findall(r"\w+", f"{speaker[: match.start()]} {speaker[match.end() :]}")
    return " " in name or all(word[:1].islower() or word.lower() in _TITLES for word in beside)


def _told(reading: Reading) -> Iterator[tuple[Kind, Span, Span]]:
    """Answers that the outlet reports in a clause of its own, by whomever: "denied the charge", "did not
    respond". With each the clause from its verb on, and the verb.
    """
    headline = reading.article.headline
    for sentence in reading.sentences:
        if headline is not None and headline.contains(sentence.span):
            continue
        start = sentence.span.start
        for kind, pattern in _TOLD:
            match = pattern.search(sentence.text)
            verb = Span(start + match.start(), start + match.end()) if match else None
            if match and verb and reading.voice_of(verb).voice == "own":
                end = CLAUSE_END.search(sentence.text, match.end())
                yield kind, Span(verb.start, start + (end.start() if end else len(sentence.text))), verb


def _is_subject(reading: Reading, verb: Span, one: Accused, forms: dict[str, frozenset[str]]) -> bool:
    """Whether the party stands before the verb in its clause, by name or as a pronoun for it."""
    sentence = sentence_at(reading, verb)
    end = verb.start - sentence.span.start
    start = max((match.end() for match in CLAUSE_END.finditer(sentence.text, 0, end)), default=0)
    subject = sentence.text[start:end].strip()
    if _last_named(subject, {one.name: forms[one.name]}):
        return True
    if TOGETHER.match(subject):
        return len(forms) > 1
    if not PRONOUN.match(subject):
        return False
    before = reading.sentences[max(0, sentence.index - 1)].span.start
    return _last_named(reading.article.text[before : sentence.span.start + start], forms) == one.name


def _last_named(text: str, forms: dict[str, frozenset[str]]) -> str:
    """Which of the accused is named last in the text; "" for none."""
    found = [
        (match.start(), name)
        for name, each in forms.items()
        for form in each
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)
    ]
    return max(found, default=(0, ""))[1]


def _undercut(
    reading: Reading, findings: Sequence[Finding], sentence: Sentence, words: Span
) -> tuple[Span, ...]:
    """The outlet's words against the answer, in the sentence that gives it."""
    start = sentence.span.start
    phrases = [Span(start + m.start(), start + m.end()) for m in UNDERCUTS.finditer(sentence.text)]
    marks = [finding.span for finding in findings if sentence.span.contains(finding.span)]
    # "despite overwhelming evidence" holds the marked "overwhelming": said once.
    marks = [mark for mark in marks if not any(mark.overlaps(phrase) for phrase in phrases)]
    found = [s for s in (*phrases, *marks) if reading.voice_of(s).voice == "own" and not s.overlaps(words)]
    return tuple(sorted(found, key=lambda span: span.start))


def clause(text: str, answer: Answer) -> str:
    """The answer's sentence without the words against it, when they stand at one of its ends."""
    if answer.sentence is None:
        return ""
    start, end = answer.sentence.span.start, answer.sentence.span.end
    for span in answer.undercut:
        if answer.words and span.start >= answer.words.end:
            end = min(end, span.start)
        elif answer.words and span.end <= answer.words.start:
            start = max(start, span.end)
    return " ".join(text[start:end].split()).strip(' ,.;–—“”"')
