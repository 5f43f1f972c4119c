"""Fixtures that most tests share."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from fake_encoder import BagOfWordsEncoder, fake_analyser
from service_under_test import Clock, Running, running
from truthlens.analyse import Analyser


def pytest_configure() -> None:
    """A shell that starts a run in the background switches Ctrl-C off, for it and for all that it starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def fake() -> tuple[BagOfWordsEncoder, Analyser]:
    """Built once: an analyser is only read, but reading the seeds for it takes half a second."""
    encoder = BagOfWordsEncoder()
    return encoder, fake_analyser(encoder=encoder)


@pytest.fixture
def encoder(fake: tuple[BagOfWordsEncoder, Analyser]) -> BagOfWordsEncoder:
    """The encoder of `analyser`; it knows of no calls but those of the test."""
    fake[0].calls.clear()
    return fake[0]


@pytest.fixture
def analyser(encoder: BagOfWordsEncoder, fake: tuple[BagOfWordsEncoder, Analyser]) -> Analyser:
    return fake[1]


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


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden", action="store_true", help="write golden files anew instead of comparing"
    )
