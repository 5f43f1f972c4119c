"""Searching what is kept: by words, outlet and day, by nearness, and without full-text search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from truthlens.errors import ServiceError
from truthlens.events.event_trace import EventTrace
from truthlens.store import search_index
from truthlens.store.library import Library
from truthlens.store.library_search import Meaning, Query, search
from truthlens.store.traces import kept_traces, stored

STORIES = {
    "a": ("Ferries stop", "The Tideway", "2025-03-04", "The harbour board suspended every ferry on Tuesday."),
    "b": (
        "Strikes loom",
        "The Tideway",
        "2025-03-09",
        "Ferry crews said they would strike in 100% of ports.",
    ),
    "c": ("Bakers cheer", "Morning Ledger", "", "A new café opened; its bread_rolls sold out by nine."),
}


def direction(*amounts: float) -> np.ndarray:
    vector = np.zeros(384, np.float32)
    vector[: len(amounts)] = amounts
    return vector / np.linalg.norm(vector)


VECTORS = {"a": direction(1, 0), "b": direction(1, 0.2), "c": direction(0, 1)}


@pytest.fixture(params=[True, False], ids=["fts5", "like"])
def library(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    """Three stories, saved by builds of SQLite with and without full-text search."""
    monkeypatch.setattr(search_index, "built_in", lambda _: request.param)
    opened = Library.open(tmp_path)
    for name, (title, outlet, published, text) in STORIES.items():
        save(opened, name, title=title, outlet=outlet, published=published, text=text)
    yield opened
    opened.close()


def save(library: Library, name: str, *, model: str = "m", **fields: str) -> None:
    title = fields.get("title", name)
    url = fields.pop("url", f"https://news.example/{name}")
    article = {**fields, "text": f"{title}\n{fields.get('text', '')}"}
    trace = EventTrace(vector=VECTORS.get(name, direction(1)), names=frozenset({"x", "y"}), published="")
    library.save(
        name,
        {"article": article},
        request_id=f"r{name}",
        versions="v",
        url=url,
        title=title,
        trace=stored(trace, model) if model else None,
    )


def found(library: Library, **asked: str | int) -> list[str]:
    return [hit.saved.id for hit in search(library, Query(**asked)).hits]  # type: ignore[arg-type]


def test_without_a_question_everything_is_listed_the_newest_first(library: Library) -> None:
    page = search(library, Query())
    assert [hit.saved.id for hit in page.hits] == ["c", "b", "a"]
    assert (page.total, page.notice) == (3, "")
    assert {(hit.excerpt, hit.closeness) for hit in page.hits} == {("", None)}


def test_pages_follow_one_another(library: Library) -> None:
    assert found(library, limit=2) == ["c", "b"]
    assert found(library, limit=2, offset=2) == ["a"]
    assert search(library, Query(limit=2, offset=9)).total == 3


def test_all_words_must_occur_in_title_outlet_or_text(library: Library) -> None:
    assert sorted(found(library, query="ferry")) == ["a", "b"]
    assert found(library, query="ferry tuesday") == ["a"]
    assert found(library, query="TIDEWAY ports") == ["b"]
    assert found(library, query="zeppelin") == []


def test_words_in_quotation_marks_stand_together(library: Library) -> None:
    assert found(library, query='"harbour board"') == ["a"]
    assert found(library, query="“board harbour”") == []


@pytest.mark.parametrize(
    "query",
    ["*", '"', '""', "()", "-", "AND", "ferry OR", "NEAR(ferry", "title:ferry^", "%", "_", "\\", "'--", "…"],
)
def test_signs_of_query_languages_are_no_commands(library: Library, query: str) -> None:
    assert set(found(library, query=query)) <= {"a", "b"}
    assert found(library, query="br%rolls") == found(library, query="por_s") == []


def test_an_excerpt_stands_round_the_words(library: Library) -> None:
    excerpt = search(library, Query(query="suspended")).hits[0].excerpt
    assert "suspended every ferry" in excerpt
    assert "\n" not in excerpt


def test_a_build_without_full_text_search_says_so(library: Library) -> None:
    with library.reading() as connection:
        complete = search_index.current(connection)
    notice = search(library, Query(query="ferry")).notice
    assert notice == ("" if complete else search_index.NOTICE)
    # With it, endings and accents do not matter.
    assert found(library, query="suspends cafe") == []
    assert found(library, query="suspends") == (["a"] if complete else [])
    assert found(library, query="cafe") == (["c"] if complete else [])


def test_outlet_and_days_narrow_a_list(library: Library) -> None:
    assert found(library, outlet="the tideway") == ["b", "a"]
    assert found(library, outlet="Tideway") == []
    assert found(library, after="2025-03-04", before="2025-03-09") == ["a"]
    assert found(library, before="2025-03-10") == ["b", "a"]
    assert found(library, after="2025-03-10") == [
        "c"
    ]  # without a date of its own, it counts from when it was saved
    assert found(library, query="ferry", after="2025-03-05") == ["b"]


def test_near_stories_come_nearest_first_and_a_story_is_not_near_itself(library: Library) -> None:
    hits = search(library, Query(like="ra")).hits
    assert [hit.saved.id for hit in hits] == ["b", "c"]
    assert [hit.closeness for hit in hits] == [pytest.approx(0.981, abs=0.001), 0.0]
    assert found(library, like="a", query="bread") in (["c"], [])
    assert found(library, like="a", outlet="The Tideway") == ["b"]


def test_other_versions_of_the_article_are_not_near_it(library: Library) -> None:
    save(library, "a2", url="https://news.example/a", title="Ferries stop again")
    assert found(library, like="a") == ["b", "c"]


def test_a_meaning_is_compared_like_a_story(library: Library) -> None:
    page = search(library, Query(), meaning=Meaning(model="m", vector=direction(0.1, 1)))
    assert [hit.saved.id for hit in page.hits] == ["c", "b", "a"]


def test_what_another_model_read_is_left_out_and_counted(library: Library) -> None:
    save(library, "d", model="other", title="Other")
    save(library, "e", model="", title="Untraced")
    page = search(library, Query(like="a"))
    assert [hit.saved.id for hit in page.hits] == ["b", "c"]
    assert page.notice.startswith("2 saved analyses were made by an earlier version")
    for name, code in (("e", "not_traced"), ("zzz", "unknown_analysis")):
        with pytest.raises(ServiceError) as caught:
            search(library, Query(like=name))
        assert caught.value.code == code


def test_a_trace_comes_back_as_it_was_kept(library: Library) -> None:
    traces = kept_traces(library, "m")
    assert set(traces) == set(STORIES)
    assert traces["b"].names == {"x", "y"}
    assert traces["b"].vector == pytest.approx(VECTORS["b"], abs=1e-3)
    assert np.linalg.norm(traces["b"].vector) == pytest.approx(1.0, abs=1e-6)
    assert set(kept_traces(library, "m", ["a", "unknown"])) == {"a"}
    assert kept_traces(library, "other") == {}
