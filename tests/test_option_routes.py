"""What the options ask of the service: feeds, the language model, and figures of what was read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from llm_server import LlmServer
from planted import planted
from service_under_test import Running, ask, client_headers, reader, until
from truthlens import __version__, wire
from truthlens.analyse import Analyser
from truthlens.annotate import Annotator, Places
from truthlens.digest.impact import FRAMES
from truthlens.domain import Article
from truthlens.events.feeds import MOST, Feeds
from truthlens.extract.article import extract
from truthlens.net.fetch import Fetched
from truthlens.sections.intended_impact import SECTION
from truthlens.seeds import articles_dir
from truthlens.server.admit import admit
from truthlens.server.app import parts
from truthlens.store.themes_and_sources import figures_of, themes_and_sources
from truthlens.wire import blocks as to_json

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wexcombe Commons</title>
<item><title>Council votes</title><link>https://commons.example/1</link></item></channel></rss>"""


@pytest.fixture
def asked(run: Running, token: str) -> Any:
    def call(method: str, path: str, body: object = None) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        return ask(run.port, method, path, client_headers(token), sent)

    return call


@pytest.fixture
def feeds(run: Running, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that are asked, of which each answers with the same feed."""
    addresses: list[str] = []

    def fetch(url: str) -> Fetched:
        addresses.append(url)
        return Fetched(url=url, kind="application/rss+xml", charset="", body=FEED)

    comparisons = parts(run.service.app).comparisons
    monkeypatch.setattr(comparisons, "feeds", Feeds(run.service.library, fetch))
    return addresses


def test_feeds_are_added_listed_and_removed(asked: Any, feeds: list[str]) -> None:
    assert asked("GET", "/v1/feeds").json == {"feeds": [], "most": MOST}
    url = "https://commons.example/feed?topic=council&x=1"
    added = asked("POST", "/v1/feeds", {"url": url}).json["feeds"]
    assert [(feed["url"], feed["title"]) for feed in added] == [(url, "Wexcombe Commons")]
    assert feeds == [url]
    assert asked("GET", "/v1/feeds").json["feeds"] == added
    assert feeds == [url], "a list asks nobody"
    assert asked("POST", "/v1/feeds/remove", {"url": url}).json["feeds"] == []
    gone = asked("POST", "/v1/feeds/remove", {"url": url})
    assert (gone.status, gone.code) == (404, "unknown_feed")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8765/feed", "http://[::1]/", "http://10.0.0.8/rss", "file:///etc/passwd", "feed"],
)
def test_a_feed_must_stand_on_the_public_web(asked: Any, url: str) -> None:
    refused = asked("POST", "/v1/feeds", {"url": url})
    assert refused.status in {403, 422}
    assert refused.code in {"address_refused", "bad_url"}
    assert asked("GET", "/v1/feeds").json["feeds"] == []


@pytest.mark.parametrize("body", [{}, {"url": ""}, {"url": 1}, {"url": "x" * 3000}, {"url": "a", "more": 1}])
def test_feeds_of_another_shape_are_refused(asked: Any, body: object) -> None:
    assert asked("POST", "/v1/feeds", body).code == "bad_request"


def test_a_language_model_is_chosen_and_left_out(run: Running, asked: Any) -> None:
    nobody = {"url": "", "model": "", "chosen_in": "", "reachable": None}
    assert asked("GET", "/v1/language-model").json == nobody
    with LlmServer(lambda _statement, _evidence: "") as there:
        wanted = {"url": there.url, "model": "small"}
        chosen = asked("PUT", "/v1/language-model", wanted).json
        assert chosen == {**wanted, "chosen_in": "options", "reachable": True}
    assert asked("GET", "/v1/language-model").json["reachable"] is False
    assert asked("PUT", "/v1/language-model", {"url": "", "model": ""}).json == nobody


def test_the_choice_decides_what_analyses_with(run: Running, asked: Any) -> None:
    choice = parts(run.service.app).language_model
    choice.fit(reader())
    plain = dict(run.service.jobs.analyser().versions)
    assert "language_model" not in plain
    asked("PUT", "/v1/language-model", {"url": "http://127.0.0.1:9/v1", "model": "small"})
    assert "small" in run.service.jobs.analyser().versions["language_model"]
    choice.fit(reader())  # as after a start
    assert "language_model" in run.service.jobs.analyser().versions
    asked("PUT", "/v1/language-model", {"url": "", "model": ""})
    assert run.service.jobs.analyser().versions == plain


@pytest.mark.parametrize(
    ("url", "model"),
    [
        ("https://api.example/v1", "m"),
        ("http://192.168.0.2:11434/v1", "m"),
        ("http://127.0.0.1.evil.example/", "m"),
        ("http://user@127.0.0.1/", "m"),
        ("http://127.0.0.1:11434/v1", " "),
    ],
)
def test_a_language_model_elsewhere_is_refused(asked: Any, url: str, model: str) -> None:
    refused = asked("PUT", "/v1/language-model", {"url": url, "model": model})
    assert (refused.status, refused.code) == (422, "bad_settings")
    assert asked("GET", "/v1/language-model").json["chosen_in"] == ""


def test_sources_are_those_of_the_report(analyser: Analyser) -> None:
    page = (articles_dir() / "police-budget.html").read_text("utf-8")
    report = analyser.analyse(admit(extract(page, "http://a.test/")))
    result = json.loads(json.dumps(wire.result("a", report)))
    found = figures_of(json.dumps(result).encode())
    sections = {section["key"]: section["blocks"] for section in result["report"]["sections"]}
    sourcing = dict(next(block for block in sections["conclusion"] if block["key"] == "sourcing")["inputs"])
    assert found["named"] == int(sourcing["named people, bodies and documents"]) > 0
    assert found["unnamed"] == int(sourcing["sources without a name"])
    assert found["sentences"] == len(report.sentences)


def test_themes_are_those_of_the_report(analyser: Analyser) -> None:
    text = "The toll rose. It fell. “It rose again,” Ann Mali said. Nobody paid."
    read = planted(analyser.reading(Article(text=text)), "frame", "econ", {0: 0.9, 1: 0.9, 2: 0.9})
    places = Places(Annotator(read.article, read.sentences))
    section = {
        "key": SECTION.key,
        "blocks": to_json(SECTION.build(read, ()), places),
    }
    found = figures_of(json.dumps({"report": {"sections": [section]}}).encode())
    assert found["themes"] == [{"label": FRAMES["econ"], "own": 2, "all": 3}]


def test_a_report_of_another_shape_has_no_figures() -> None:
    nothing = {"sentences": 0, "themes": [], "named": None, "unnamed": None}
    assert figures_of(b'{"report": {"sections": 3}}') == nothing
    assert figures_of(b'{"report": {"counts": {"sentences": "many"}}}') == nothing
    odd = b'{"report": {"sections": [{"key": "conclusion", "blocks": [{"inputs": [["links", "x"]]}]}]}}'
    assert figures_of(odd) == nothing


def test_figures_of_what_is_saved(run: Running, asked: Any) -> None:
    for number in range(3):
        started = asked("POST", "/v1/analyses", {"text": f"Article {number}."}).json
        until(lambda target=started["id"]: asked("GET", f"/v1/analyses/{target}").json["state"] == "done")
    page = asked("GET", "/v1/library/figures").json
    assert page["total"] == 3
    listed = [line["id"] for line in asked("GET", "/v1/library").json["analyses"]]
    assert [figures["id"] for figures in page["figures"]] == listed
    assert page == themes_and_sources(run.service.library)


def test_versions_are_those_of_the_analyser(run: Running, asked: Any) -> None:
    said = asked("GET", "/v1/versions").json
    assert said["truthlens"] == __version__
    assert said["parts"] == run.service.jobs.analyser().versions
