"""Analysers that worker processes of a batch make for themselves, by name, and articles to read."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path

from fake_encoder import BagOfWordsEncoder, fake_bank, fake_heads, fake_thresholds
from truthlens.analyse import Analyser
from truthlens.domain import Article, Report
from truthlens.reading import Reading

FAKE = "batch_fakes:fake"
FRAGILE = "batch_fakes:fragile"
OTHER = "batch_fakes:other"
CRASH = "The crash of the reading machine"
"""Whoever reads this headline dies, as often as `CRASHES` says."""


def article(number: int) -> str:
    """Some eighty words of plain news, different for every number."""
    return (
        f"The council of ward {number} met on Monday to vote on its budget of "
        f"{number + 100} million crowns.\n"
        f"“It was a shameful day for ward {number},” said Ann Holm, the mayor, who had asked for more.\n"
        "The plan closes at least 3 of the town's libraries and moves their books to the main hall. "
        "According to the treasurer, the money will be spent on roads and on the bridge near the harbour.\n"
        "A second vote is planned for the spring, when the new members of the council take their seats. "
        "Nobody of the opposition was in the room when the hands were counted and the meeting closed."
    )


def jsonl(path: Path, count: int, *, more: Mapping[int, str] = {}) -> Path:
    """A file of ``count`` lines; ``more`` are lines that stand in place of an article."""
    lines = [
        more.get(number)
        or json.dumps({"id": f"n{number}", "title": f"Ward {number} votes", "text": article(number)})
        for number in range(count)
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def fake() -> Analyser:
    return Analyser(
        encoder=BagOfWordsEncoder(),
        heads=fake_heads(),
        thresholds=fake_thresholds(),
        digest="telling",
        bank=fake_bank(),
    )


def other() -> Analyser:
    analyser = fake()
    analyser.versions["heads"] = "others"
    return analyser


class Fragile:
    """Dies in the hands of some articles: always, or until a file says that it happened once."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self.versions = analyser.versions

    def analyse_with_reading(self, article: Article) -> tuple[Report, Reading]:
        if article.title.startswith(CRASH) and self._dies(article.title.removeprefix(CRASH).strip()):
            os.kill(os.getpid(), signal.SIGKILL)
        return self._analyser.analyse_with_reading(article)

    def _dies(self, once: str) -> bool:
        if not once:
            return True
        try:
            Path(once).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def fragile() -> Fragile:
    return Fragile(fake())
