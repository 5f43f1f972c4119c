"""The credibility summary: five parts of four steps, each with its formula, inputs and places.

The parts follow published vocabularies: sourcing, headline and transparency are content indicators of the
Credibility Coalition (2018), balance and corrections stand in the Trust Project's eight indicators and in
JTI's CEN CWA 17493:2019. Each step is one question answered by counting, so a reader can count again.
"""

from __future__ import annotations

from collections.abc import Sequence

from truthlens import reporting
from truthlens.domain import Block, Evidence, Finding, Meter, Span
from truthlens.figures import figures, values
from truthlens.heads import words
from truthlens.ledger import Source, carried, sources
from truthlens.reading import Reading
from truthlens.section import Section

PLAIN = 0.5
"""Own-voice marks per 100 own words of plain reporting: 138 Reuters sentences that BABE's experts found
unbiased, 95% interval .30 to .75 (`truthlens evaluate plain_reporting`). Sentences of three partisan
outlets that they found biased have 2.8 to 3.0, so the lowest step begins a little below.
"""

FEW = 3  # sentences with a source: below it, sourcing and balance rest on too little to be sure


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    found, total = sources(reading), carried(reading)
    return [
        _sourcing(reading, found, total),
        _balance(reading, findings, found, total),
        _language(reading, findings),
        _headline(reading, findings),
        _transparency(reading),
    ]


def _sourcing(reading: Reading, found: Sequence[Source], total: int) -> Meter:
    known = [source for source in found if source.kind != "unnamed"]
    biggest = _biggest(found)
    share = biggest / total if total else 0.0
    steps = [bool(known), len(known) >= 3, bool(found) and share <= 0.5, bool(reading.article.links)]
    if not found:
        line = "nobody is quoted or reported by name"
    elif share > 0.5:
        line = f"{_count(len(known), 'named source')}; one carries {share:.0%}"
    else:
        line = f"{_count(len(known), 'named source')}; none carries more than half"
    return Meter(
        key="sourcing",
        title="Sourcing",
        grade=sum(steps),
        unsure=0 < total < FEW,
        line=line,
        formula="one step each: a named person or document; three of them; no source carries more than half "
        "of the sourced sentences; a link in the text",
        inputs=(
            ("named people, bodies and documents", str(len(known))),
            ("sources without a name", str(len(found) - len(known))),
            ("sentences that rest on a source", str(total)),
            ("of these on the source used most", str(biggest)),
            ("links in the text", str(len(reading.article.links))),
        ),
        evidence=tuple(Evidence(span=source.places[0], note=source.name) for source in found),
    )


def _balance(reading: Reading, findings: Sequence[Finding], found: Sequence[Source], total: int) -> Meter:
    charges, replies = _with_words(reading, reporting.ACCUSATIONS), _with_words(reading, reporting.REPLIES)
    undercut = [
        finding.span
        for finding in findings
        if finding.voice == "own" and any(reply.contains(finding.span) for reply in replies)
    ]
    biggest = _biggest(found)
    answered = bool(replies) or not charges
    steps = [len(found) >= 2, bool(total) and biggest / total <= 2 / 3, answered, answered and not undercut]
    voices = _count(len(found), "voice")
    if not total:
        line = "nobody but the outlet speaks"
    elif undercut:
        line = f"{voices}; {_count(len(replies), 'reply', 'replies')}, worded against"
    elif replies:
        line = f"{voices}; {_count(len(replies), 'reply', 'replies')}"
    elif charges:
        line = f"{voices}; an accusation, no reply found"
    else:
        line = f"{voices}; nothing that calls for a reply"
    return Meter(
        key="balance",
        title="Balance",
        grade=sum(steps) if total else None,
        # Accusations and replies are found by their words: who is accused and who answers is not compared.
        unsure=bool(charges),
        line=line,
        formula="one step each: two or more speak; none has more than two thirds of the sourced sentences; "
        "somebody replies, denies or defends, or nobody is accused; no loaded wording of the outlet in the "
        "sentence that says so",
        inputs=(
            ("who speaks", str(len(found))),
            ("sentences that rest on a source", str(total)),
            ("of these on the source used most", str(biggest)),
            ("sentences that accuse", str(len(charges))),
            ("sentences with a reply or denial", str(len(replies))),
            ("of these with loaded wording of the outlet", str(len(undercut))),
        ),
        evidence=tuple(Evidence(span=span) for span in (*replies, *(charges if not replies else ()))),
    )


def _language(reading: Reading, findings: Sequence[Finding]) -> Meter:
    own = [finding for finding in findings if finding.voice in ("own", "headline")]
    others = len(findings) - len(own)
    count = sum(
        reading.word_count(piece.span) for piece in reading.voices if piece.voice in ("own", "headline")
    )
    rate = 100 * len(own) / count if count else 0.0
    grade = sum(rate <= PLAIN * factor for factor in (1.5, 3, 4.5)) + 1
    line = f"{_count(len(own), 'marked phrase')} of its own, {others} of others"
    return Meter(
        key="language",
        title="Language",
        grade=grade if count else None,
        unsure=0 < count < 150,
        line=line if findings else "no marked phrase",
        formula=f"marks in the outlet’s own words per 100 of them, against {PLAIN:g} in plain wire reports: "
        "four steps up to 1.5 times that, three up to 3 times, two up to 4.5 times, else one",
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


def _headline(reading: Reading, findings: Sequence[Finding]) -> Meter:
    span = reading.article.headline
    formula = (
        "one step each: every figure in it stands in the text; every name in it stands in the text; "
        "no marked phrase of its own; it is no question"
    )
    if span is None:
        return Meter(
            key="headline", title="Headline", grade=None, line="no headline", formula=formula, inputs=()
        )
    headline, body = span.of(reading.article.text), reading.article.text[span.end :]
    stated = values(body)
    missing = [figure for figure in figures(headline) if figure.value not in stated]
    names = [name for name in _names(headline) if name.of(headline).lower() not in body.lower()]
    marked = [finding for finding in findings if finding.voice == "headline"]
    steps = [not missing, not names, not marked, not headline.rstrip("”’\"' ").endswith("?")]
    if missing:
        line = f"{missing[0].span.of(headline)} is not stated in the text"
    elif marked:
        line = f"{_count(len(marked), 'marked phrase')} in it"
    elif names:
        line = f"{names[0].of(headline)} does not occur in the text"
    elif not steps[3]:
        line = "it is a question"
    else:
        line = "figures and names stand in the text"
    return Meter(
        key="headline",
        title="Headline",
        grade=sum(steps),
        # A figure may be a sum or a rounding of what the text states, which counting does not see.
        unsure=bool(missing),
        line=line,
        formula=formula,
        inputs=(
            ("figures", str(len(figures(headline)))),
            ("figures that the text does not state", str(len(missing))),
            ("names that the text does not hold", str(len(names))),
            ("marked phrases", str(len(marked))),
        ),
        evidence=tuple(
            Evidence(span=Span(span.start + place.start, span.start + place.end))
            for place in (*(figure.span for figure in missing), *names)
        )
        or (Evidence(span=span),),
    )


def _transparency(reading: Reading) -> Meter:
    article = reading.article
    parts = {
        "byline": bool(article.byline),
        "date": bool(article.published),
        "date of a change": bool(article.modified),
        "links": bool(article.links),
    }
    present = [name for name, there in parts.items() if there]
    absent = [name for name, there in parts.items() if not there]
    judged = article.extracted_by != "text"
    if not judged:
        line = "handed in as text; no page to look at"
    elif absent:
        line = f"{' and '.join(present) or 'nothing'}; no {' or '.join(absent)}"
    else:
        line = "byline, dates and links"
    return Meter(
        key="transparency",
        title="Transparency",
        grade=len(present) if judged else None,
        line=line,
        formula="one step each: a byline, a date, a date of change, a link in the text",
        inputs=tuple((name, "yes" if there else "no") for name, there in parts.items()),
    )


def _biggest(found: Sequence[Source]) -> int:
    """Sentences that the source used most carries."""
    return max((source.sentences for source in found), default=0)


def _with_words(reading: Reading, wanted: frozenset[str]) -> list[Span]:
    """Sentences of the text that hold one of the words."""
    return [
        sentence.span
        for sentence in reading.sentences
        if sentence.span != reading.article.headline
        and any(span.of(sentence.text).lower() in wanted for span in reading.scores.words[sentence.index])
    ]


def _names(headline: str) -> list[Span]:
    """Capitalised words of a headline that is not set in title case; there, capitals say nothing."""
    found = [span for span in words(headline) if span.start]
    capitals = [span for span in found if headline[span.start].isupper()]
    return capitals if len(capitals) <= len(found) / 2 else []


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


SECTION = Section(key="conclusion", title="Credibility summary", order=10, build=build, placement="strip")
