"""What the wording invites, never what its author wants: feelings and frames, by whose words."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.digest.excerpt import excerpt, with_gaps
from truthlens.digest.impact import FRAMES, Invited, emotions, frames
from truthlens.digest.spoken_by import in_marks, places
from truthlens.digest.voiced_bars import bar
from truthlens.domain import Bars, Block, Finding, Listing, Note, Nothing, Span, Statement, Voice
from truthlens.reading import Reading
from truthlens.section import Section

NAMED = 3  # feelings whose strongest sentence is spelled out
CHARTED = 4  # sentences from which a chart says more than the list
WORDS = 24  # of a sentence shown
SHOWN = 4  # frames; the others have few sentences
LEAST, LEAST_SHARE = 2, 0.1  # sentences of a frame: fewer may well be misread
WHOSE: dict[Voice, str] = {
    "own": "in the outlet’s own words",
    "headline": "in the headline",
    "quote": "in a quotation",
    "attributed": "in reported speech",
}
UNSURE = "Read by a small model, right for six in ten."


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    felt, framed = emotions(reading), _framed(reading)
    blocks: list[Block] = []
    if felt:
        if len(felt) >= CHARTED:
            blocks.append(_bars(reading, _by_output(felt), {}, "sentences that invite a feeling"))
        blocks += [_strongest(reading, findings, felt), Note(text=UNSURE)]
    else:
        blocks.append(Nothing(text="no emotive wording found"))
    if framed:
        blocks.append(_bars(reading, framed, FRAMES, "sentences by theme"))
    return blocks


def _framed(reading: Reading) -> dict[str, list[Invited]]:
    least = max(LEAST, LEAST_SHARE * len(reading.sentences))
    found = {name: each for name, each in _by_output(frames(reading)).items() if len(each) >= least}
    return dict(list(found.items())[:SHOWN])


def _by_output(found: Sequence[Invited]) -> dict[str, list[Invited]]:
    """Most sentences first, then as they come."""
    groups: dict[str, list[Invited]] = {}
    for each in found:
        groups.setdefault(each.output, []).append(each)
    return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def _bars(reading: Reading, groups: dict[str, list[Invited]], titles: dict[str, str], unit: str) -> Bars:
    bars = tuple(
        bar(titles.get(name, name), [(each.sentence.span, each.voice) for each in found])
        for name, found in groups.items()
    )
    return Bars(unit=unit, bars=bars, whole=len(reading.sentences))


def _strongest(reading: Reading, findings: Sequence[Finding], felt: Sequence[Invited]) -> Listing:
    """Per feeling its strongest sentence, the surest feelings first."""
    best = [max(group, key=lambda each: each.score) for group in _by_output(felt).values()]
    best.sort(key=lambda each: (-each.score, each.sentence.index))
    return Listing(statements=tuple(_statement(reading, findings, each) for each in best[:NAMED]))


def _statement(reading: Reading, findings: Sequence[Finding], each: Invited) -> Statement:
    sentence = each.sentence
    marked = [f for f in findings if f.sentence == sentence.index]
    start = sentence.span.start
    first = max(marked, key=lambda f: f.score).span if marked else Span(start, start)
    place = Span(first.start - start, first.end - start)
    words = with_gaps(sentence.text, excerpt(sentence.text, place, WORDS))
    piece = reading.voice_of(sentence.span)
    return Statement(
        text=f"{each.output.capitalize()}, {WHOSE[each.voice]}: {in_marks(words)}",
        evidence=places(reading, piece, sentence.span)[:1],
    )


SECTION = Section(key="intended_impact", title="Intended impact on public perception", order=40, build=build)
