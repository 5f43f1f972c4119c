"""The credibility summary: five parts of four steps, each with its formula, inputs and places."""

from __future__ import annotations

from collections.abc import Sequence

from truthlens.credibility import PARTS
from truthlens.domain import Block, Finding
from truthlens.reading import Reading
from truthlens.section import Section


def build(reading: Reading, findings: Sequence[Finding]) -> Sequence[Block]:
    return [part(reading, findings) for part in PARTS]


SECTION = Section(key="conclusion", title="Credibility summary", order=10, build=build, placement="strip")
