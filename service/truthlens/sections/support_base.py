"""The values that the wording appeals to, by whose words; and what research says on it."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.digest.values import WORDS, appeals
from truthlens.digest.voiced_bars import bar
from truthlens.domain import Bars, Block, Finding, Note, Nothing
from truthlens.reading import Reading
from truthlens.section import Section

RESEARCH = (
    "In US samples, liberals on average weigh care and fairness more; conservatives weigh care, fairness, "
    "loyalty, authority and sanctity more alike (Graham, Haidt & Nosek 2009, J. Pers. Soc. Psychol. 96(5)). "
    "It tells nothing of any one reader."
)


def build(reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    found = list(appeals(reading))
    if not found:
        return [Nothing(text="no value vocabulary found")]
    groups = {value: [each for each in found if each.value == value] for value in WORDS}
    bars = tuple(
        bar(value, [(each.span, each.voiced.voice) for each in group])
        for value, group in sorted(groups.items(), key=lambda item: -len(item[1]))
        if group
    )
    return [Bars(unit="words that appeal to a value", bars=bars), Note(text=RESEARCH)]


SECTION = Section(key="support_base", title="Support base", order=75, build=build)
