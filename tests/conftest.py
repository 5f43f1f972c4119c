"""Fixtures that most tests share."""

from __future__ import annotations

import pytest
from fake_encoder import OUTPUTS, BagOfWordsEncoder, telling_head
from truthlens.analyse import Analyser
from truthlens.encode import DIM, LAYERS


@pytest.fixture
def encoder() -> BagOfWordsEncoder:
    return BagOfWordsEncoder()


@pytest.fixture
def analyser(encoder: BagOfWordsEncoder) -> Analyser:
    """An analyser whose only calls of the encoder are those of the test."""
    built = Analyser(
        encoder=encoder,
        phrase=telling_head(OUTPUTS, len(LAYERS) * DIM),
        sentence=telling_head(("loaded",), 2 * len(LAYERS) * DIM),
        thresholds=dict.fromkeys((*OUTPUTS, "sentence"), 0.5),
        digest="telling",
    )
    encoder.calls.clear()
    return built


@pytest.fixture(scope="session")
def real_analyser() -> Analyser:
    """The analyser that readers get. Tests that use it are marked ``model``."""
    from truthlens.settings import Settings

    return Analyser.load(Settings.from_env())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden", action="store_true", help="write golden files anew instead of comparing"
    )
