"""What the article itself says is to come: who says so, in which words, and how firmly."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.digest.excerpt import with_gaps
from truthlens.digest.forecasts import SHOWN, Firmness, Forecast, forecasts, spelled_out
from truthlens.digest.spoken_by import places, told
from truthlens.digest.voiced_bars import bar
from truthlens.domain import Bars, Block, Finding, Listing, Nothing, Span, Statement
from truthlens.reading import Reading
from truthlens.section import Section

FIRMNESS: dict[Firmness, str] = {
    "will": "will",
    "planned": "planned",
    "promised": "promised or threatened",
    "expected": "expected or likely",
    "would": "would",
    "possible": "may or could",
}


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found = forecasts(reading)
    if not found:
        return [Nothing(text="no sentence that looks ahead was found")]
    listed = [_statement(reading, each) for each in spelled_out(found)]
    blocks: list[Block] = []
    if len(found) > SHOWN:
        blocks.append(_bars(reading, found))
    blocks.append(Listing(statements=tuple(listed)))
    return blocks


def _bars(reading: Reading, found: Sequence[Forecast]) -> Bars:
    bars = []
    for firmness, label in FIRMNESS.items():
        chosen = [each for each in found if each.firmness == firmness]
        if chosen:
            spans = [(reading.sentences[each.sentence].span, each.voiced.voice) for each in chosen]
            bars.append(bar(label, spans))
    return Bars(unit="sentences that look ahead", bars=tuple(bars))


def _statement(reading: Reading, each: Forecast) -> Statement:
    sentence = reading.sentences[each.sentence]
    start = sentence.span.start
    words = with_gaps(sentence.text, Span(each.shown.start - start, each.shown.end - start))
    return Statement(text=told(each.voiced, words), evidence=places(reading, each.voiced, sentence.span))


SECTION = Section(key="broader_implications", title="Broader implications", order=60, build=build)
