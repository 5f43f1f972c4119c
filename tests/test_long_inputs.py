"""Nothing is cut in silence: long articles, long sentences, lists, small letters, other scripts."""

from __future__ import annotations

import numpy as np
import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article, Report

pytestmark = pytest.mark.model
PLAIN = "The committee met on Tuesday in room {number} and approved the minutes of its last meeting. "
LOUD = "The disastrous plan was slammed by furious residents."


def marked(report: Report) -> list[str]:
    return [finding.span.of(report.article.text) for finding in report.findings]


def test_an_article_of_ten_thousand_words_is_read_to_its_end(real_analyser: Analyser) -> None:
    text = "\n".join(PLAIN.format(number=number) for number in range(700)) + "\n" + LOUD
    report = real_analyser.analyse(Article(text=text))
    assert len(text.split()) > 10_000
    assert {finding.sentence for finding in report.findings} == {len(report.sentences) - 1}
    assert "disastrous" in " ".join(marked(report))


def test_a_sentence_of_two_thousand_words_is_read_to_its_end(real_analyser: Analyser) -> None:
    text = "The board, " + "which met in May, " * 500 + "approved a disastrous and shameful plan"
    report = real_analyser.analyse(Article(text=text))
    assert report.sentences[-1].span.end == len(text)
    encoded, scores = real_analyser.read([text])
    assert encoded.token_spans[0][-1][1] == len(text)
    assert len(scores.words[0]) == len(scores.by_word["phrase"][0]) > 2000
    assert scores.of_words("phrase", "loaded_language")[0][-8:].max() > 0.3


def test_small_letters_and_capitals_are_read_alike(real_analyser: Analyser) -> None:
    _, scores = real_analyser.read([LOUD, LOUD.lower(), LOUD.upper()])
    one, lower, upper = scores.of_words("phrase", "loaded_language")
    assert np.abs(one - lower).max() < 1e-5
    assert np.abs(one - upper).max() < 1e-5


@pytest.mark.parametrize(
    "text",
    [
        "• one item\n• another item\n• a third",
        "2019 | 14 | 3.5\n2020 | 15 | 3.9",
        "市议会周二通过了预算。",
        "Совет принял бюджет во вторник.",
        "وافق المجلس على الميزانية.",
        "😀😀😀",
        "…",
        "",
    ],
)
def test_lists_tables_and_other_scripts_do_no_harm(text: str, real_analyser: Analyser) -> None:
    report = real_analyser.analyse(Article(text=text))
    assert report.problems == ()
    for finding in report.findings:
        assert finding.span.of(text).strip()
