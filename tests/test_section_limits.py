"""Every report says what was not checked."""

from __future__ import annotations

import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Note


@pytest.mark.parametrize(("extracted_by", "notes"), [("text", 3), ("trafilatura", 2)])
def test_limits(analyser: Analyser, extracted_by: str, notes: int) -> None:
    report = analyser.analyse(Article(text="It rained.", extracted_by=extracted_by))
    blocks = {section.key: section.blocks for section in report.sections}["limits"]
    assert len(blocks) == notes
    assert isinstance(blocks[0], Note)
    assert blocks[0].text.startswith("Not checked: whether the facts hold")
