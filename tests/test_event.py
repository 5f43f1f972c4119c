"""Whether two articles tell of one event: what they are about, whom they name, and when."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.encode import Floats
from truthlens.events.event import APART, GRACE, NAMES, SAME, SPREAD, closeness, days_apart, shared_names
from truthlens.events.event_trace import LEAD, EventTrace, trace
from truthlens.model_file import DIM

LINES = [f"The harbour board heard report number {number} about the quay." for number in range(20)]


def vector(*values: float) -> Floats:
    row = np.zeros(DIM, np.float32)
    row[: len(values)] = values
    return row / np.linalg.norm(row)


def known(*names: str, published: str = "", at: Floats | None = None) -> EventTrace:
    return EventTrace(vector=vector(1.0) if at is None else at, names=frozenset(names), published=published)


def article(lines: list[str], title: str = "Quay to close", published: str = "") -> Article:
    return Article(text="\n".join([title, *lines]), title=title, published=published)


def test_the_nearer_the_vectors_the_higher_the_score() -> None:
    one = known()
    scores = [closeness(one, known(at=at)) for at in (vector(0, 1), vector(1, 1), vector(1))]
    assert scores == sorted(scores)
    assert scores[-1] > SAME > scores[0]


def test_shared_names_raise_it_and_it_stays_within_its_bounds() -> None:
    names = [f"person {letter * 4}" for letter in "abcdefghijklmnopq"]
    alone = closeness(known(), known())
    assert closeness(known(*names), known(*names)) > alone
    assert closeness(known(*names), known(*names)) <= 1.0
    assert closeness(known(at=vector(1)), known(at=vector(-1))) == 0.0
    assert alone == pytest.approx(1 / (1 + NAMES))


def test_a_name_is_shared_whether_it_comes_whole_or_short() -> None:
    assert shared_names({"lena dvor"}, {"dvor"}) == shared_names({"dvor"}, {"lena dvor"}) > 0
    assert shared_names({"lena dvor"}, {"holm"}) == 0
    assert shared_names(set(), {"holm"}) == 0


def test_days_apart_lower_it_only_beyond_the_grace() -> None:
    first = known(published="2031-05-01")
    near, late, later = (known(published=f"2031-05-{day:02}") for day in (1 + GRACE, 2 + GRACE + SPREAD, 28))
    assert closeness(first, near) == closeness(first, first)
    assert closeness(first, near) - closeness(first, late) == pytest.approx(APART / (1 + NAMES), abs=1e-6)
    assert closeness(first, late) == closeness(first, later)


@pytest.mark.parametrize("other", ["", "soon", "2031-13-01"])
def test_an_unknown_date_says_nothing(other: str) -> None:
    assert days_apart("2031-05-01", other) == 0
    assert closeness(known(published="2031-05-01"), known(published=other)) == closeness(known(), known())


def test_a_time_of_day_does_not_matter() -> None:
    assert days_apart("2031-05-01T23:00:00Z", "2031-05-02T01:00:00+02:00") == 1


def test_a_trace_reads_the_lead_alone(analyser: Analyser) -> None:
    whole = trace(analyser.reading(article(LINES)))
    changed = [*LINES[:LEAD], *("Something quite different was said." for _ in LINES[LEAD:])]
    assert np.allclose(whole.vector, trace(analyser.reading(article(changed))).vector)
    changed = ["Something quite different was said.", *LINES[1:]]
    assert not np.allclose(whole.vector, trace(analyser.reading(article(changed))).vector)


def test_a_trace_is_a_unit_vector_and_a_day(analyser: Analyser) -> None:
    found = trace(analyser.reading(article(LINES, published="2031-05-01T08:30:00+01:00")))
    assert np.linalg.norm(found.vector) == pytest.approx(1.0, abs=1e-5)
    assert found.published == "2031-05-01"
    assert not found.vector.flags.writeable
    assert trace(analyser.reading(article(LINES, published="May 1"))).published == ""


def test_an_article_without_text_is_near_nothing(analyser: Analyser) -> None:
    empty = trace(analyser.reading(Article(text="")))
    assert not empty.vector.any()
    assert closeness(empty, replace(empty, vector=vector(1))) == 0.0
