"""Fixtures that most tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_encoder import OUTPUTS, BagOfWordsEncoder, telling_head
from service_under_test import Running, running
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


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service with a fake analyser behind a real socket, one for each file of tests."""
    with running(tmp_path_factory.mktemp("data")) as service:
        yield service


@pytest.fixture(scope="module")
def token(run: Running) -> str:
    return run.cli_token()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden", action="store_true", help="write golden files anew instead of comparing"
    )
