"""How well article text is found: F1 over 4-word shingles on saved pages, as the Zyte benchmark counts."""

from __future__ import annotations

import gzip
import json
import logging
import random
import re
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from truthlens.errors import ServiceError
from truthlens.evaluation.row import ROUNDS, SEED, Row
from truthlens.training.data_folder import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

SHINGLE = 4
PUBLISHED = {
    "best commercial, 181 pages": 0.970,
    "trafilatura, 181 pages": 0.958,
    "newspaper4k, 181 pages": 0.949,
    "Readability.js, 181 pages": 0.947,
    "readability-lxml, 181 pages": 0.922,
}
"""On the benchmark's full set; this project has 88 of the 181 pages."""
_TOKEN = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]*>")

Counts = tuple[float, float, float]
"""Of one page: shingles rightly found, wrongly found, missed, as shares of their sum."""
Extractor = Callable[[str, str], str]
"""HTML and address to the article's body."""


def evaluate(data: Path) -> list[Row]:
    """One row for the whole cascade, with trafilatura and readability on the same pages as baselines.

    Raises ServiceError ``data_missing``.
    """
    pages = _pages(data)
    with _silence():
        counts = [matches(body, _ours(html, url)) for html, url, body in pages]
        baselines = {
            "trafilatura, default settings": _trafilatura_alone,
            "readability-lxml": _readability_alone,
        }
        alone = {
            name: f1([matches(body, extractor(html, url)) for html, url, body in pages])
            for name, extractor in baselines.items()
        }
    low, high = interval(counts)
    return [
        Row(
            task="extraction",
            metric="f1_4gram",
            score=f1(counts),
            low=low,
            high=high,
            n=len(pages),
            baselines=alone,
            published=PUBLISHED,
            note="body without headline; the rules and thresholds of the cascade were chosen on these pages",
        )
    ]


def matches(true: str, found: str) -> Counts:
    """How the shingles of a text found compare with those of the true one."""
    expected, given = _shingles(true), _shingles(found)
    right = (expected & given).total()
    wrong, missed = (given - expected).total(), (expected - given).total()
    total = right + wrong + missed or 1
    return right / total, wrong / total, missed / total


def f1(counts: list[Counts]) -> float:
    """Of the mean precision and mean recall over pages, which is not the mean of the pages' F1."""
    precision = mean([right / (right + wrong) for right, wrong, _ in counts if right + wrong > 0] or [0.0])
    recall = mean([right / (right + missed) for right, _, missed in counts if right + missed > 0] or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(counts: list[Counts]) -> tuple[float, float]:
    """The bootstrap 95% interval of `f1` over pages."""
    draw = random.Random(SEED)  # noqa: S311 - resampling, not secrets
    scores = sorted(f1(draw.choices(counts, k=len(counts))) for _ in range(ROUNDS))
    return scores[int(0.025 * ROUNDS)], scores[int(0.975 * ROUNDS) - 1]


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words)


def _ours(html: str, url: str) -> str:
    from truthlens.extract.article import extract

    try:
        article = extract(html, url)
    except ServiceError:
        return ""
    return article.text[len(article.headline) :] if article.headline else article.text


def _trafilatura_alone(html: str, url: str) -> str:
    import trafilatura

    return trafilatura.extract(html, url=url) or ""


def _readability_alone(html: str, _url: str) -> str:
    from readability import Document
    from readability.readability import Unparseable

    try:
        # Tags become spaces only where words would run together; \w+ does not mind more of them.
        return unescape(_TAG.sub(" ", Document(html).summary(html_partial=True)))
    except Unparseable:
        return ""


def _pages(data: Path) -> list[tuple[str, str, str]]:
    folder = data / "measure" / "extraction"
    try:
        truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
        return [
            (
                gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace"),
                str(entry["url"]),
                str(entry["articleBody"]),
            )
            for key, entry in truth.items()
        ]
    except OSError as error:
        raise missing("measure/extraction") from error


@contextmanager
def _silence() -> Iterator[None]:
    """Both libraries log what they stumble over, page by page."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
