"""What a word costs in a short article and in a very long one."""

from __future__ import annotations

import json

from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.bench.articles import article
from truthlens.bench.figure import Figure
from truthlens.bench.rounds import Action, Effort, medians
from truthlens.heads import WORD
from truthlens.settings import Settings

BASE = 1000  # words, the length of a long news report
CEILING = 1.2


def measure(settings: Settings, effort: Effort) -> list[Figure]:
    """Text in, report out: time per word at each length against that of the article nearest to BASE words."""
    analyser = Analyser.load(settings)
    articles = {words: article(words) for words in effort.words}
    counted = {words: len(WORD.findall(each.text)) for words, each in articles.items()}

    def of(words: int) -> Action:
        return lambda: json.dumps(wire.result("bench", analyser.analyse(articles[words])))

    taken = medians({str(words): of(words) for words in articles}, effort.long_rounds)
    per_word = {words: taken[str(words)] / counted[words] for words in articles}
    base = min(articles, key=lambda words: abs(words - BASE))
    return [
        Figure(
            measure="growth",
            name=f"{counted[words]:,} words",
            value=round(per_word[words] / per_word[base], 2),
            unit="×",
            of=f"the time per word of {counted[base]:,} words",
            aim=CEILING if words == max(articles) else None,
            note=f"{taken[str(words)]:.2f} s, {per_word[words] * 1e6:.0f} µs a word",
        )
        for words in articles
    ]
