"""The whole way of the demo article, page in and report out, against encoders alone over its sentences."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np

from truthlens import weights, wire
from truthlens.analyse import Analyser
from truthlens.bench.articles import ADDRESS, page
from truthlens.bench.figure import Figure
from truthlens.bench.library import layers_of, library_model, pass_over, random_ids, roberta
from truthlens.bench.rounds import Action, Effort, medians
from truthlens.encode import MiniLM
from truthlens.extract.article import extract
from truthlens.precision import choose
from truthlens.segment import segment
from truthlens.settings import Settings

TIMES_ENCODER, TIMES_ROBERTA = 1.25, 1 / 6


def measure(settings: Settings, effort: Effort) -> list[Figure]:
    """All in one process, in turn; ratios of medians."""
    analyser, arithmetic = Analyser.load(settings), choose(settings.precision)
    whole = analysis(analyser)
    texts = [sentence.text for sentence in segment(extract(page(), ADDRESS))]
    own = MiniLM.load(settings.model_dir, weights.load_all().adapter, settings.precision)
    library = library_model(settings)

    def ids() -> list[list[int]]:
        return [found.ids for found in own.tokenizer.encode_batch(texts)]

    length = [len(row) for row in ids()]
    taken = medians(
        {
            "whole": whole,
            "own": lambda: own.encode(texts),
            "plain": pass_over(layers_of(library, arithmetic), ids),
            "exact": pass_over(layers_of(library, "float32"), ids),
            "library": lambda: library.encode(texts, show_progress_bar=False),
            "roberta": pass_over(roberta(arithmetic), lambda: random_ids(length)),
            "roberta exact": pass_over(roberta("float32"), lambda: random_ids(length)),
        },
        effort.rounds,
    )
    tokens = sum(length) - 2 * len(length)
    size = f"{len(texts)} sentences, {tokens} tokens; {taken['whole'] * 1000:.0f} ms against "

    def ratio(name: str, part: str, other: str, of: str, aim: float | None = None, note: str = "") -> Figure:
        return Figure(
            measure="whole",
            name=name,
            value=round(taken[part] / taken[other], 3),
            unit="×",
            of=of,
            aim=aim,
            note=f"{size if part == 'whole' else ''}{taken[other] * 1000:.0f} ms{note}",
        )

    bucketed = "a bucketed pass of the encoder over the same sentences"
    larger = "RoBERTa-base over the same sentences, bucketed likewise"
    random = "; weights and token ids are random, only their number is the article’s"
    rows = [
        ratio("whole analysis", "whole", "plain", f"{bucketed}, {arithmetic}", TIMES_ENCODER),
        ratio("whole analysis", "whole", "exact", f"{bucketed}, float32", TIMES_ENCODER),
        ratio("whole analysis", "whole", "own", "the encoder’s part of it"),
        ratio("whole analysis", "whole", "library", "SentenceTransformer.encode"),
        ratio("whole analysis", "whole", "roberta", f"{larger}, {arithmetic}", TIMES_ROBERTA, random),
        ratio("whole analysis", "whole", "roberta exact", f"{larger}, float32", TIMES_ROBERTA, random),
        ratio("the encoder’s part", "own", "plain", f"{bucketed}, {arithmetic}"),
        ratio("the encoder’s part", "own", "library", "SentenceTransformer.encode"),
    ]
    # Where the product computes in float32 itself, two pairs of rows are one.
    return list({(row.name, row.of): row for row in rows}.values())


def analysis(analyser: Analyser) -> Action:
    """From the demo page's HTML to the JSON of its report, in this process. (The service extracts in a
    process of its own, which adds some milliseconds of talk.)
    """
    html = page()
    return lambda: json.dumps(wire.result("bench", analyser.analyse(extract(html, ADDRESS))))


def precision(settings: Settings, effort: Effort) -> list[Figure]:
    """How far bfloat16 moves scores, and what it gains here."""
    texts = [sentence.text for sentence in segment(extract(page(), ADDRESS))]
    exact = Analyser.load(replace(settings, precision="float32"))
    rough = Analyser.load(replace(settings, precision="bfloat16"))
    one, other = exact.read(texts)[1], rough.read(texts)[1]
    words = np.abs(np.concatenate(one.by_word["phrase"]) - np.concatenate(other.by_word["phrase"]))
    whole = np.abs(one.by_sentence["loaded"] - other.by_sentence["loaded"])
    taken = medians(
        {"exact": lambda: exact.read(texts), "rough": lambda: rough.read(texts)}, effort.long_rounds
    )

    def row(name: str, value: float, unit: str) -> Figure:
        return Figure(
            measure="precision", name=f"bfloat16: {name}", value=round(value, 6), unit=unit, of="float32"
        )

    return [
        row("time of the pass and all heads", taken["rough"] / taken["exact"], "×"),
        row("word scores move at most", float(words.max()), "of 1"),
        row("word scores move on average", float(words.mean()), "of 1"),
        row("sentence scores move at most", float(whole.max()), "of 1"),
    ]
