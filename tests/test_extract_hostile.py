"""Documents made to hang or break parsers: each ends as a result or a typed error, and the service goes
on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile_documents import DOCUMENTS
from saved_page import PARAGRAPHS, TITLE, page
from truthlens.client import Client
from truthlens.errors import ServiceError
from truthlens.extract.pool import ExtractionPool

TESTS = Path(__file__).resolve().parent
PROMISED = 67
ENDS = {
    "done",
    "no_article",
    "not_html",
    "page_too_large",
    "extraction_failed",
    "extraction_timeout",
    "body_too_large",
    "bad_request",
}
KEPT = ("nested and closed", "plain text", "many metas", "utf-16 big end first", "lying meta", "marks within")
"""Odd as they are, these hold an article that a browser would show."""


class Served:
    """The service in a process of its own, so that its death would be seen."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(TESTS / "extracting_service.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(TESTS)},
            text=True,
        )
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self.client = Client(told["port"], told["token"])
        self._number = 0

    def outcome(self, html: str) -> tuple[str, str]:
        """ "done" and the text that was read, or the code of the refusal and nothing.

        A bound ends what should have ended long before.
        """
        self._number += 1
        try:
            view = self.client.start({"html": html, "url": f"https://x.test/{self._number}"})
            until = time.monotonic() + 120
            while view["state"] in {"queued", "working"}:
                assert time.monotonic() < until, "a page keeps its worker for ever"
                time.sleep(0.02)
                view = self.client.read(view["id"])
        except ServiceError as error:
            return error.code, ""
        if view["state"] == "failed":
            return view["error"]["code"], ""
        return view["state"], view["article"]["text"]

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._process.communicate(timeout=60)
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    given = Served()
    yield given
    given.close()


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractionPool]:
    with ExtractionPool(workers=1) as given:
        yield given


def direct(pool: ExtractionPool, html: str) -> str:
    try:
        pool.extract(html, "https://x.test/a")
    except ServiceError as error:
        return error.code
    return "done"


def test_there_are_as_many_kinds_as_were_promised(record_property: Callable[[str, object], None]) -> None:
    record_property("tried", len(DOCUMENTS))
    assert len(DOCUMENTS) >= PROMISED


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile_document(served: Served, pool: ExtractionPool, name: str) -> None:
    html = DOCUMENTS[name]()
    code = served.outcome(html)[0]
    assert code in ENDS
    if code in {"bad_request", "body_too_large"}:  # a worker never saw it; it comes there by other ways
        assert direct(pool, html) in ENDS
    assert served.outcome(page()) == ("done", "\n".join([TITLE, *PARAGRAPHS]))
    assert served.is_alive()


@pytest.mark.parametrize("name", KEPT)
def test_an_odd_page_that_can_be_read_is_read(served: Served, name: str) -> None:
    assert PARAGRAPHS[2] in served.outcome(DOCUMENTS[name]())[1]


@pytest.mark.parametrize("name", ["external file", "external http", "billion laughs"])
def test_entities_of_a_page_are_not_expanded(pool: ExtractionPool, name: str) -> None:
    text = pool.extract(DOCUMENTS[name](), "").text
    assert "ha" not in text
    assert len(text) < 30
