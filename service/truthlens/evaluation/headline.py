"""Is the suggested headline nearer to a neutral one, and less loaded, than the outlet's own?

NeuS, the part "val": the headlines of all three outlets on each event, read with what the set gives of their
articles, against the title of the neutral round-up of that event. Closeness is the cosine to that title,
loadedness the sentence head's chance, lower being better; a headline that is kept counts as it is. The first
baseline is the outlet's headline, the second the first sentence of its text: it is further from the round-up
than the headline and no less loaded, which is why it is never offered in its place. A changed word moves
closeness little either way: it shows that a suggestion still tells of the same event. What may be changed
and what counts as close enough was chosen on the part "train700". Tables of wordings know no irony and no
image that they do not list: most loaded headlines are kept, and the note says how many were changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from truthlens.analyse import Analyser
from truthlens.domain import Article
from truthlens.encode import Floats
from truthlens.evaluation import neus
from truthlens.evaluation.row import Row, interval
from truthlens.segment import segment

PART = "val"
SENTENCES = 11  # of an article, the headline being one: what the set gives is seldom longer


@dataclass(frozen=True, slots=True)
class Case:
    """Closeness to the round-up's title and loadedness, each of headline, first sentence and suggestion."""

    closeness: tuple[float, float, float]
    loaded: tuple[float, float, float]
    changed: bool


def evaluate(data: Path, analyser: Analyser) -> list[Row]:
    """Mean closeness and loadedness over all headlines, and over those that were changed.

    Raises ServiceError ``data_missing``.
    """
    events = neus.events(data, PART)
    neutral = analyser.read([_bare(event.round_up) for event in events])[0].vectors
    cases = [
        case
        for event, vector in zip(events, neutral, strict=True)
        for title, body in event.articles
        if body and (case := _case(analyser, _bare(title), body, vector)) is not None
    ]
    changed = [case for case in cases if case.changed]
    note = f"{len(changed)} of {len(cases)} headlines were changed"
    rows = _means(cases, "", note)
    if changed:
        rows += _means(changed, " where changed", "")
        rows += [
            _row("closer than before where changed", [c.closeness[2] > c.closeness[0] for c in changed]),
            _row("less loaded than before where changed", [c.loaded[2] < c.loaded[0] for c in changed]),
        ]
    return rows


def _case(analyser: Analyser, title: str, body: str, neutral: Floats) -> Case | None:
    whole = Article(text=f"{title}\n{body}", title=title)
    sentences = segment(whole)[:SENTENCES]
    if len(sentences) < 2:
        return None
    article = Article(text=whole.text[: sentences[-1].span.end], title=title)
    reading = analyser.analyse_with_reading(article)[1]
    vectors, loaded = reading.encoded.vectors, reading.scores.of_sentences("loaded")
    near = [float(vectors[index] @ neutral) for index in (0, 1)]
    loads = [float(loaded[index]) for index in (0, 1)]
    if not reading.rewordings:
        return Case((near[0], near[1], near[0]), (loads[0], loads[1], loads[0]), changed=False)
    best = reading.rewordings[0]
    vector = analyser.read([best.text])[0].vectors[0]
    return Case((near[0], near[1], float(vector @ neutral)), (loads[0], loads[1], best.loaded), changed=True)


def _means(cases: Sequence[Case], which: str, note: str) -> list[Row]:
    rows = []
    for metric, values in (
        (f"closeness to a neutral headline{which}", [case.closeness for case in cases]),
        (f"loadedness{which}", [case.loaded for case in cases]),
    ):
        headline, first, _ = (sum(column) / len(cases) for column in zip(*values, strict=True))
        rows.append(
            _row(
                metric,
                [value[2] for value in values],
                baselines={"the outlet's headline": headline, "first sentence": first},
                note=note,
            )
        )
    return rows


def _row(
    metric: str, values: Sequence[float], *, baselines: dict[str, float] | None = None, note: str = ""
) -> Row:
    score, low, high = interval([(float(value), 1.0) for value in values])
    return Row(
        task="headline",
        metric=metric,
        score=score,
        low=low,
        high=high,
        n=len(values),
        baselines=baselines or {},
        note=note,
    )


def _bare(title: str) -> str:
    """Without the full stop that the set put behind every title."""
    return title.removesuffix(".").strip()
