"""Where other reports of the event are compared: what one article alone can say of that."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.domain import Block, Finding, Nothing
from truthlens.reading import Reading
from truthlens.section import Section


def build(_reading: Reading, _findings: Sequence[Finding]) -> Sequence[Block]:
    # The library is not asked here: the same article must give the same report. See `comparison.compare`.
    return [Nothing(text="no other article on this event was compared; save one and press Compare")]


SECTION = Section(key="comparison", title="Comparison with other reports", order=55, build=build)
