"""Marks before the report is done: those of a long article's beginning first, and the same as in the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fake_encoder import BagOfWordsEncoder
from job_queue import Bench
from truthlens.analyse import LEAD, STAGED, Analyser
from truthlens.domain import Article, Finding, Report, Sentence
from truthlens.reading import Reading

LOADED = "The shameful council met on Tuesday. "
PLAIN = "The council met on Tuesday again. "


def told(analyser: Analyser, text: str) -> tuple[Report, list[tuple[int, list[Finding]]]]:
    """The report, and what was given early: how many sentences, and what was found in them."""
    given: list[tuple[int, list[Finding]]] = []

    def early(sentences: Sequence[Sentence], findings: Sequence[Finding]) -> None:
        given.append((len(sentences), list(findings)))

    return analyser.analyse_with_reading(Article(text=text), early=early)[0], given


def test_a_short_article_is_told_whole_before_its_report(analyser: Analyser) -> None:
    report, given = told(analyser, (LOADED + PLAIN) * (STAGED // 2 - 1))
    assert [count for count, _ in given] == [STAGED - 2]
    assert [finding.span for finding in given[0][1]] == [finding.span for finding in report.findings]
    assert report.findings


def test_of_a_long_article_the_first_sentences_come_first(
    analyser: Analyser, encoder: BagOfWordsEncoder
) -> None:
    report, given = told(analyser, (LOADED + PLAIN) * STAGED)
    assert [count for count, _ in given] == [LEAD, 2 * STAGED]
    assert [len(call) for call in encoder.calls[:2]] == [LEAD, 2 * STAGED - LEAD]
    first, whole = (found for _, found in given)
    assert first == whole[: len(first)]
    assert len(first) == LEAD // 2
    assert [finding.span for finding in whole] == [finding.span for finding in report.findings]


def test_the_report_is_the_same_whoever_watches(analyser: Analyser) -> None:
    text = (LOADED + PLAIN) * STAGED
    watched, _ = told(analyser, text)
    alone = analyser.analyse(Article(text=text))
    assert (watched.findings, watched.sections) == (alone.findings, alone.sections)


def test_whoever_asks_meanwhile_gets_them_and_nobody_afterwards(tmp_path: Path, analyser: Analyser) -> None:
    bench = Bench(tmp_path)

    class Watched:
        """Stops before the report until somebody has looked."""

        versions = analyser.versions

        def analyse_with_reading(
            self, article: Article, *, progress: Callable[[str, float], None], early: Callable[..., None]
        ) -> tuple[Report, Reading]:
            made = analyser.analyse_with_reading(article, progress=progress, early=early)
            bench.analyser.entered.set()
            assert bench.analyser.gate.wait(20)
            return made

        def reading(self, article: Article, *, progress: Callable[[str, float], None]) -> Reading:
            return analyser.reading(article, progress=progress)

    bench.analyser.gate.clear()
    bench.jobs.model_ready(Watched())
    job = bench.submit(LOADED * 4)
    assert job["annotations"] == []
    assert bench.analyser.entered.wait(20)
    found = bench.jobs.view(job["id"])["annotations"]
    assert isinstance(found, list)
    assert [annotation["body"]["sentence"] for annotation in found] == [0, 1, 2, 3]
    assert found[0]["target"]["selector"][0]["exact"] == "shameful"
    bench.analyser.gate.set()
    assert "annotations" not in bench.finished(job)  # this queue renders nothing but the text
    bench.close()
