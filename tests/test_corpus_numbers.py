"""Numbers of a corpus report: counted as a plain loop counts them, with intervals that keep their word."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from corpus_run import Rows, made_up, written
from truthlens.batch.tables import SCHEMA
from truthlens.corpus.counts import AT, COLUMNS
from truthlens.corpus.estimates import BLOCKS, estimates, wilson
from truthlens.corpus.gather import gather, site
from truthlens.corpus.measures import MEASURES
from truthlens.corpus.periods import between, day_of, length, period
from truthlens.corpus.points import points
from truthlens.digest.impact import FRAMES
from truthlens.errors import ServiceError

pytest.importorskip("pyarrow")
OUTLETS = ("Coast Daily", "Hill Post", "Rare Gazette")


def corpus(count: int, seed: int = 1) -> list[Rows]:
    draw = Random(seed)
    return [
        made_up(
            draw,
            number,
            OUTLETS[2] if number % 40 == 7 else OUTLETS[number % 2],
            f"2025-{1 + number % 10:02d}-11",
        )
        for number in range(count)
    ]


def by_hand(article: Rows) -> dict[str, float]:
    """All columns of `counts.COLUMNS` for one article, in a plain loop."""
    (about,) = article["articles"]
    found: defaultdict[str, float] = defaultdict(float, articles=1)
    for name in ("own_words", "quote_words", "attributed_words"):
        found[name] = about[name]
        found["text_words"] += about[name]
    for each in article["sentences"]:
        if each["voice"] == "headline":
            found["headlines"] = 1
            found["headline_loaded"] = max(found["headline_loaded"], float(each["is_loaded"]))
            found["clickbait"] = max(found["clickbait"], each["clickbait"])
            continue
        whose = "own" if each["voice"] == "own" else "said"
        found["sentences"] += 1
        found[f"{whose}_sentences"] += 1
        found[f"{whose}_loaded"] += each["is_loaded"]
        for frame in each["frames"]:
            found[f"frame_{frame}"] += 1
    found["own_marks"] = sum(each["voice"] == "own" for each in article["findings"])
    found["sources"] = len(article["sources"])
    found["sources_unnamed"] = sum(each["kind"] == "unnamed" for each in article["sources"])
    found["sources_official"] = sum(each["role"] == "official" for each in article["sources"])
    found["without_named"] = all(each["kind"] == "unnamed" for each in article["sources"])
    missing = [each["result"] == "missing" for each in about["headline_checks"]]
    found["checks"], found["checks_missing"] = len(missing), sum(missing)
    found["headline_checked"], found["headline_missing"] = bool(missing), any(missing)
    return found


def test_counts_are_those_of_a_plain_loop(tmp_path: Path) -> None:
    articles = corpus(60)
    found = gather(written(tmp_path / "run", [articles[:25], [], articles[25:]]), "outlet")
    expected = np.array([[by_hand(each)[name] for name in COLUMNS] for each in articles])
    assert found.counts == pytest.approx(expected, rel=1e-6)
    assert {
        name for name in COLUMNS if not expected[:, AT[name]].any()
    } == set()  # nothing is compared with nought
    assert set(found.outlets) == set(OUTLETS)
    assert found.length == "month"


def test_every_measure_is_a_count_over_its_cases(tmp_path: Path) -> None:
    articles = corpus(60)
    numbers = points(gather(written(tmp_path / "run", [articles]), "outlet"), least=20)
    for outlet in ("", *OUTLETS[:2]):
        mine = [by_hand(each) for each in articles if outlet in ("", each["articles"][0]["outlet"])]
        for key, measure in MEASURES.items():
            found = numbers.get(key, outlet=outlet)
            assert found is not None
            count, cases = (sum(each[name] for each in mine) for name in (measure.count, measure.cases))
            scale = {"%": 100, "per 1,000 words": 1000, "per article": 1}[measure.unit]
            assert found.value == pytest.approx(scale * count / cases, rel=1e-5)
            assert found.articles == len(mine)
            assert found.how == ("wilson" if measure.each else "bootstrap")
            assert found.low is not None
            assert found.high is not None
            assert found.low <= found.value <= found.high
    assert {key for key in MEASURES if key.startswith("frame_")} == {f"frame_{key}" for key in FRAMES}


def test_what_rests_on_few_articles_is_hidden_and_still_counts(tmp_path: Path) -> None:
    numbers = points(gather(written(tmp_path / "run", [corpus(60)]), "outlet"), least=20)
    assert set(numbers.outlets) == set(OUTLETS[:2])
    assert numbers.hidden == 1
    assert numbers.get("loaded_own", outlet=OUTLETS[2]) is None
    assert numbers.get("loaded_own", period="2025-01") is None  # six articles
    assert numbers.of["", ""]["loaded_own"].articles == 60
    assert all(each["loaded_own"].articles >= 20 for each in numbers.of.values())
    more = points(gather(tmp_path / "run", "outlet"), least=3)
    assert more.periods == tuple(f"2025-{month:02d}" for month in range(1, 11))
    assert more.get("loaded_own", outlet=OUTLETS[0], period="2025-01") is not None


def test_one_address_counts_once(tmp_path: Path) -> None:
    articles = corpus(30)
    articles[7]["articles"][0]["canonical_url"] = articles[3]["articles"][0]["url"]
    articles[9]["articles"][0]["url"] = articles[10]["articles"][0]["url"] = (
        ""  # texts have none: all are kept
    )
    found = gather(written(tmp_path / "run", [articles[:10], articles[10:]]), "outlet")
    assert (len(found.counts), found.again) == (29, 1)


def test_a_part_that_is_not_finished_is_not_read(tmp_path: Path) -> None:
    articles = corpus(30)
    found = gather(written(tmp_path / "run", [articles[:20], articles[20:]], unfinished=1), "outlet")
    assert len(found.counts) == 20
    assert found.run.state == "interrupted"


def test_outlets_by_the_host_of_their_address(tmp_path: Path) -> None:
    articles = corpus(8)
    articles[0]["articles"][0]["url"] = "https://news.hill.test/a"
    articles[1]["articles"][0]["url"] = "http://[broken"
    articles[2]["articles"][0]["outlet"] = "  "
    run = written(tmp_path / "run", [articles])
    assert list(gather(run, "site").outlets[:3]) == ["news.hill.test", "unknown", "paper.test"]
    assert gather(run, "outlet").outlets[2] == "paper.test"
    assert site("https://WWW.Paper.test:8080/x") == "paper.test"


def test_folders_of_something_else_are_refused(tmp_path: Path) -> None:
    for folder, code in ((tmp_path / "none", "no_corpus"), (tmp_path, "no_corpus")):
        with pytest.raises(ServiceError) as caught:
            gather(folder, "outlet")
        assert caught.value.code == code
    run = written(tmp_path / "run", [corpus(4)])
    place = run / "manifest.json"
    place.write_text(place.read_text().replace(f'"schema": {SCHEMA}', f'"schema": {SCHEMA + 1}'))
    with pytest.raises(ServiceError, match="schema 2"):
        gather(run, "outlet")
    with pytest.raises(ServiceError, match="no article"):
        gather(written(tmp_path / "empty", [[]]), "outlet")


@pytest.mark.parametrize(
    ("count", "cases", "low", "high"),
    # Newcombe (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_as_published(count: int, cases: int, low: float, high: float) -> None:
    assert wilson(count, cases) == pytest.approx((low, high), abs=5e-5)


def counts(own: np.ndarray, loaded: np.ndarray) -> np.ndarray:
    found = np.zeros((len(own), len(COLUMNS)))
    found[:, AT["articles"]], found[:, AT["own_sentences"]], found[:, AT["own_loaded"]] = 1, own, loaded
    return found


def drawn(draw: np.random.Generator, articles: int) -> np.ndarray:
    """Sentences of one article are alike: each has a share of loaded ones of its own, 0.2 in the mean."""
    own = draw.integers(5, 40, articles)
    return counts(own, draw.binomial(own, draw.beta(1, 4, articles)))


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    draw, held, tried = np.random.default_rng(5), 0, 150
    for _ in range(tried):
        (found,) = estimates(drawn(draw, 60), [MEASURES["loaded_own"]])
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 20 <= found.high
    # A percentile bootstrap of 60 skewed articles falls a little short of 95%.
    assert 0.90 <= held / tried <= 0.98


def test_blocks_give_the_interval_that_articles_give() -> None:
    many = drawn(np.random.default_rng(6), 20 * BLOCKS)
    (found,) = estimates(many, [MEASURES["loaded_own"]])
    own, loaded = many[:, AT["own_sentences"]], many[:, AT["own_loaded"]]
    ratio = loaded.sum() / own.sum()
    # The same by the formula for a ratio of means, which is exact for so many.
    error = np.std(loaded - ratio * own) / np.sqrt(len(many)) / own.mean()
    assert found.value == pytest.approx(100 * ratio)
    assert found.high is not None
    assert found.low is not None
    assert found.high - found.low == pytest.approx(2 * 1.96 * 100 * error, rel=0.1)
    assert estimates(many, [MEASURES["loaded_own"]]) == (found,)


def test_without_variation_there_is_no_interval() -> None:
    (none,) = estimates(counts(np.full(30, 10), np.zeros(30)), [MEASURES["loaded_own"]])
    assert (none.value, none.low, none.high, none.how) == (0, None, None, "")
    (nothing,) = estimates(counts(np.zeros(30), np.zeros(30)), [MEASURES["loaded_own"]])
    assert (nothing.value, nothing.articles) == (None, 30)


@pytest.mark.parametrize(
    ("published", "captured", "day"),
    [
        ("2025-06-11T21:48:00-05:00", "2026-01-01", date(2025, 6, 11)),
        ("11 June 2025", "2025-06-12T00:00:00Z", date(2025, 6, 12)),
        ("2025-13-40", "", None),
        ("", "", None),
    ],
)
def test_the_day_of_an_article(published: str, captured: str, day: date | None) -> None:
    assert day_of(published, captured) == day


def test_weeks_for_a_short_span_and_months_for_a_long_one() -> None:
    spring = [date(2025, 3, 1 + n % 28) for n in range(300)]
    assert length(spring) == "week"
    assert (
        length([*spring, date(1970, 1, 1), date(2099, 1, 1)]) == "week"
    )  # a wrong date or two decide nothing
    assert length([date(2025, 1 + n % 12, 1) for n in range(60)]) == "month"
    assert length([]) == "month"
    assert period(date(2025, 3, 2), "week") == "2025-02-24"
    assert between(["2024-12-30", "2025-01-13"], "week") == ("2024-12-30", "2025-01-06", "2025-01-13")
    assert between(["2025-02", "2024-11"], "month") == ("2024-11", "2024-12", "2025-01", "2025-02")
    assert between([], "month") == ()
