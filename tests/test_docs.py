"""What the documents say of the weights is about the weights that ship."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from truthlens import manifests, weights

DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.mark.parametrize("name", ["evaluation.md", "model-card.md"])
def test_a_measured_page_names_the_weights_that_ship(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    assert weights.load_all().digest[:16] in text, "run `make docs DATA=folder`"


def test_the_card_lists_ten_mistakes() -> None:
    text = (DOCS / "model-card.md").read_text("utf-8")
    assert len(re.findall(r"^\d+\. ", text, re.MULTILINE)) >= 10


def test_the_readme_shows_no_number_that_was_not_measured() -> None:
    measured = (DOCS / "evaluation.md").read_text("utf-8")
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    table = readme.partition("## How good it is")[2].partition("##")[0]
    scores = re.findall(r"^\|[^|]+\|\s*(\d?\.\d+)", table, re.MULTILINE)
    assert len(scores) >= 8
    for score in scores:
        digits = len(score.partition(".")[2])
        shown = {f"{float(value):.{digits}f}" for value in re.findall(r"\d+\.\d{3}", measured)}
        assert f"{float(score):.{digits}f}" in shown, score


def test_the_weights_take_at_most_eight_megabytes() -> None:
    assert sum(path.stat().st_size for path in manifests.FOLDER.iterdir()) < 8 * 2**20
