"""What the article itself says is to come: who says so, in which words, and how firmly."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Bars, Block, Finding, Listing, Note, Nothing, Statement
from truthlens.forecasts import Firmness, Forecast, forecasts
from truthlens.reading import Reading
from truthlens.section import Section
from truthlens.spoken_by import in_marks, places, speaker
from truthlens.voiced_bars import bar

FIRMNESS: dict[Firmness, str] = {
    "will": "will",
    "planned": "planned",
    "promised": "promised or threatened",
    "expected": "expected or likely",
    "would": "would",
    "possible": "may or could",
}
SHOWN = 6  # statements spelled out, the surest of them; the bars open the others
CHARTED = 3  # outlooks from which a chart says more than the list


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found = list(forecasts(reading))
    if not found:
        return [Nothing(text="the article says nothing of what is to come")]
    surest = sorted(found, key=lambda each: (-each.score, each.sentence))[:SHOWN]
    listed = [_statement(reading, each) for each in sorted(surest, key=lambda each: each.sentence)]
    blocks: list[Block] = []
    if len(found) >= CHARTED:
        blocks.append(_bars(reading, found))
    blocks.append(Listing(statements=tuple(listed)))
    if len(found) > SHOWN:
        blocks.append(Note(text=f"The bars open {len(found) - SHOWN} more."))
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
    words = in_marks(each.shown.of(reading.article.text))
    return Statement(
        text=f"{speaker(each.voiced)}: {words}",
        evidence=places(reading, each.voiced, reading.sentences[each.sentence].span),
    )


SECTION = Section(key="broader_implications", title="Broader implications", order=60, build=build)
