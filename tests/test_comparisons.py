"""What the service says of saved articles on one event: siblings, coverage, comparisons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from job_queue import code
from service_under_test import FakeAnalyser, Running, ask, client_headers, running
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.domain import Article, Report
from truthlens.events.event_trace import trace
from truthlens.events.feeds import Feeds
from truthlens.net.fetch import Fetched
from truthlens.reading import Reading
from truthlens.server.comparisons import Comparisons
from truthlens.store.library import Library
from truthlens.store.traces import stored

FERRY = "The ferry Aurora struck the north pier at Lindhavn on Tuesday morning in thick fog."
QUAY = Article(
    text=f"Ferry strikes pier\n{FERRY}\nThe captain was not at the wheel when the ferry struck the pier.",
    title="Ferry strikes pier",
    url="https://quay.example/ferry",
    outlet="The Quay",
)
SOUND = Article(
    text=f"Ferry strikes north pier\n{FERRY}\nDivers will look at the pier when the fog has gone.",
    title="Ferry strikes north pier",
    url="https://sound.example/pier",
)
ROOF = Article(
    text="School gets a roof\nCouncillors voted for copper although slate would have been cheaper.",
    title="School gets a roof",
    url="https://quay.example/roof",
)
FEED = """<rss version="2.0"><channel><title>Fjord Wire</title>
<item><title>Ferry strikes pier: the ferry Aurora struck the north pier in thick fog</title><link>https://wire.example/1</link></item>
<item><title>Ferry strikes pier</title><link>https://quay.example/ferry</link></item>
<item><title>School gets a roof</title><link>https://wire.example/2</link></item></channel></rss>"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def save(library: Library, analyser: Analyser) -> Callable[..., str]:
    def saving(name: str, article: Article, *, traced: bool = True) -> str:
        report, reading = analyser.analyse_with_reading(article)
        library.save(
            name,
            dict(wire.result(name, report)),
            request_id=f"asked-{name}",
            versions="v",
            url=article.url,
            title=article.title,
            trace=stored(trace(reading), "bag-of-words") if traced else None,
        )
        return name

    return saving


def comparisons(library: Library, analyser: Analyser, fetch: Any = None) -> Comparisons:
    jobs: Any = SimpleNamespace(analyser=lambda: analyser)
    return Comparisons(library=library, jobs=jobs, feeds=Feeds(library, fetch or nobody))


def nobody(url: str) -> Fetched:
    raise AssertionError(f"asked {url}")


def test_siblings_are_saved_articles_on_the_event(
    library: Library, analyser: Analyser, save: Callable[..., str]
) -> None:
    for name, article in (("quay", QUAY), ("sound", SOUND), ("roof", ROOF)):
        save(name, article)
    found = comparisons(library, analyser).siblings("quay")
    assert [line["id"] for line in found["analyses"]] == ["sound"]
    assert 0 < found["analyses"][0]["closeness"] <= 1
    assert comparisons(library, analyser).siblings("asked-roof")["analyses"] == []


def test_another_version_of_an_article_is_no_sibling(
    library: Library, analyser: Analyser, save: Callable[..., str]
) -> None:
    save("quay", QUAY)
    save("later", Article(text=f"{QUAY.text}\nNobody was hurt.", title=QUAY.title, url=QUAY.url))
    assert comparisons(library, analyser).siblings("quay")["analyses"] == []


def test_an_analysis_that_is_unknown_or_has_no_trace_has_no_siblings(
    library: Library, analyser: Analyser, save: Callable[..., str]
) -> None:
    save("old", QUAY, traced=False)
    asked = comparisons(library, analyser)
    assert code(lambda: asked.siblings("none")) == "unknown_analysis"
    assert code(lambda: asked.siblings("old")) == "not_traced"
    assert code(lambda: asked.coverage("old")) == "not_traced"


def test_a_comparison_reads_each_article_once(
    library: Library, analyser: Analyser, encoder: Any, save: Callable[..., str]
) -> None:
    save("quay", QUAY)
    save("sound", SOUND)
    before = len(encoder.calls)
    found = comparisons(library, analyser).compared(["asked-quay", "sound"])
    assert len(encoder.calls) == before + 2
    assert [article["id"] for article in found["articles"]] == ["asked-quay", "sound"]
    table = next(each for each in found["sections"] if each["key"] == "facts_in_both")["blocks"][0]
    assert table["columns"] == ["The Quay", "sound.example"]
    here, there = table["rows"][0]
    assert (here["evidence"][0]["other"], there["evidence"][0]["other"]) == ("", "sound")
    assert here["evidence"][0]["exact"] == there["evidence"][0]["exact"] == FERRY


def test_a_comparison_wants_saved_articles_each_once(
    library: Library, analyser: Analyser, save: Callable[..., str]
) -> None:
    save("quay", QUAY)
    asked = comparisons(library, analyser)
    assert code(lambda: asked.compared(["quay", "none"])) == "unknown_analysis"
    assert code(lambda: asked.compared(["quay", "asked-quay"])) == "same_article"


def test_coverage_is_what_the_feeds_name_of_the_event(
    library: Library, analyser: Analyser, save: Callable[..., str]
) -> None:
    save("quay", QUAY)
    asked = comparisons(
        library, analyser, lambda url: Fetched(url=url, body=FEED.encode(), kind="text/xml", charset="")
    )
    assert asked.coverage("quay") == {"feeds": 0, "items": [], "unread": []}
    asked.feeds.add("https://wire.example/feed")
    found = asked.coverage("quay")
    assert found["feeds"] == 1
    assert [item["url"] for item in found["items"]] == ["https://wire.example/1"]
    assert found["items"][0]["outlet"] == "Fjord Wire"


def test_without_a_feed_coverage_asks_nobody(
    library: Library, analyser: Analyser, save: Callable[..., str]
) -> None:
    save("quay", QUAY)
    assert comparisons(library, analyser, nobody).coverage("quay")["items"] == []


class WithReadings(FakeAnalyser):
    """The service's stand-in with real readings, by the fake encoder."""

    def __init__(self, analyser: Analyser) -> None:
        super().__init__()
        self._analyser = analyser
        self.versions = dict(analyser.versions)

    def analyse_with_reading(self, article: Article, *, progress: Any, early: Any) -> tuple[Report, Reading]:
        return self._analyser.analyse_with_reading(article, progress=progress, early=early)

    def reading(self, article: Article, *, progress: Any) -> Reading:
        return self._analyser.reading(article, progress=progress)


@pytest.mark.enable_socket
def test_over_the_wire(tmp_path: Path, analyser: Analyser) -> None:
    with running(tmp_path, analyser=WithReadings(analyser)) as run:
        client = run.client()
        ids = [
            client.analyse(
                {"text": article.text.partition("\n")[2], "title": article.title, "url": article.url}
            )["id"]
            for article in (QUAY, SOUND)
        ]
        siblings = client.request("GET", f"/v1/analyses/{ids[0]}/siblings")
        assert [line["url"] for line in siblings["analyses"]] == [SOUND.url]
        assert client.request("GET", f"/v1/analyses/{ids[0]}/coverage")["feeds"] == 0
        compared = client.request("POST", "/v1/comparisons", {"ids": ids})
        token = run.cli_token()
        document = ask(run.port, "GET", "/v1/openapi.json", client_headers(token)).json
        keeps(document, "Comparison", compared)
        keeps(document, "LibraryPage", siblings)
        for body in (b'{"ids":["a"]}', json.dumps({"ids": ["a"] * 6}).encode(), b"{}"):
            assert posted(run, token, body).code == "bad_request"
        assert posted(run, token, b'{"ids":["a","b"]}').code == "unknown_analysis"


@pytest.mark.enable_socket
def test_while_the_model_loads_nothing_is_compared(tmp_path: Path) -> None:
    with running(tmp_path, loading=True) as run:
        assert posted(run, run.cli_token(), b'{"ids":["a","b"]}').code == "model_loading"


def posted(run: Running, token: str, body: bytes) -> Any:
    return ask(run.port, "POST", "/v1/comparisons", client_headers(token), body)


def keeps(document: Any, name: str, value: Any) -> None:
    from jsonschema import Draft202012Validator

    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    Draft202012Validator(schema).validate(value)
