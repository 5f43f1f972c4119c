"""The model card: what the weights are, what they learned from, how good they are and where they fail.

Generated from the manifests and from measured rows; only the list of mistakes is written by hand, by reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from truthlens import weights
from truthlens.evaluation.row import Row
from truthlens.evaluation.table import cells
from truthlens.manifests import ADAPTER, BLEND, FOLDER, HEADS, manifest
from truthlens.model_file import LAYERS, MODEL_SHA256

DATA = {
    "news_spans": (
        "this project's own labels on 8,179 sentences of real news (texts of Anno-Lexical): wording spans "
        "with their technique, mode, emotion, frames, check-worthiness. **The labels were made by "
        "language-model annotators working independently from one written guide.** On 56 sentences that all "
        "eight of them labelled, Fleiss' kappa was .83 for mode, check-worthiness and first frame, .76 for "
        "whether there is any span, .65 for emotion; the pairwise character F1 of spans was .69 (.59–.80)",
        "labels: the project's; texts: MIT",
    ),
    "anno_lexical": (
        "48,330 sentences called loaded or not by a majority of three language models (Horych et al. 2025)",
        "MIT",
    ),
    "goemotions": (
        "comments with the emotion of their writer (Demszky et al. 2020); 400 an emotion",
        "Apache-2.0",
    ),
    "stop_clickbait": ("headlines, clickbait or not (Chakraborty et al. 2016); a quarter of them", "MIT"),
    "entities": (
        "newswire with tagged names, Groningen Meaning Bank (Bos et al. 2017)",
        "public-domain texts",
    ),
    "seeds": ("sentences of this repository: `seeds/phrases/`", "MIT"),
}
"""Folder of train/ → what it holds, and its terms."""

INTRODUCTION = """\
# Model card

Written by `truthlens evaluate --data DIR --docs docs`. Measure again instead of editing.

**What it is.** all-MiniLM-L6-v2 (22 million parameters, Apache-2.0; sha256 `{encoder}…`, not part of this
repository) with a low-rank adapter of rank {rank} on its upper four layers, and small heads that read hidden
states {layers} of the same pass. Adapter, heads and the vectors of the seed phrases take {size:.1f} MB; their
common digest is {weights}.

**What it is for.** Pointing a reader of English news to wording that a copy editor might question, and saying
what kind of wording it is. Scores are probabilities that an annotator would say the same.

**What it is not for.** It does not know what is true, what an author meant, or which side is right. It must
not be used to rate people or outlets, to filter or to moderate. Its marks are suggestions to look twice.

**Making it again.** `truthlens train --data DIR` makes all of it from nothing. On two cores of an AMD EPYC
without AVX-512 that took 50 minutes and 3.8 GB of memory, beside other work; on one NVIDIA H200 with sixteen
cores 2 minutes 51 seconds. Measured by all tasks of [evaluation.md](evaluation.md), the weights made on the
two cores gave the same scores as those that ship to within .003, but for two shares of few cases, in which
one case of 68 and one of 84 came out otherwise; those made on the H200 to within .008.
"""


def card(rows: Sequence[Row], mistakes: str) -> str:
    """The whole page. ``mistakes`` is Markdown: what a reader of many marks found wrong with them."""
    manifests = {name: manifest(name) for name in (ADAPTER, *HEADS, BLEND)}
    adapter = manifests[ADAPTER]
    size = sum(path.stat().st_size for path in FOLDER.glob("*.safetensors")) / 2**20
    parts = [
        INTRODUCTION.format(
            encoder=MODEL_SHA256[:12],
            rank=adapter["rank"],
            layers=", ".join(map(str, LAYERS[:-1])) + f" and {LAYERS[-1]}",
            size=size,
            weights=weights.load_all().digest[:16],
        ),
        "## What it learned from\n",
        "\n".join(_data(manifests)) + "\n",
        "No benchmark that it is measured on trained any of it.\n",
        "## The heads\n",
        "Measured on rows that trained nothing; thresholds were chosen on other rows. The last two columns "
        "say what the threshold gives here. An output with few positive rows is rare, its figures rough.\n",
        "\n".join(_heads(manifests)) + "\n",
        "## How good it is\n",
        "The whole table, with intervals, baselines and what each task asks, stands in "
        "[evaluation.md](evaluation.md). In short:\n",
        "\n".join(_short(rows)) + "\n",
        mistakes.strip() + "\n",
    ]
    return "\n".join(parts)


def _data(manifests: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    used: dict[str, list[str]] = {}
    for name, about in manifests.items():
        for folder in about.get("data", {}):
            used.setdefault(folder, []).append(name)
    yield "| data | what it is | terms | teaches |"
    yield "|---|---|---|---|"
    for folder, names in used.items():
        what, terms = DATA[folder]
        yield f"| {folder} | {what} | {terms} | {', '.join(names)} |"


def _heads(manifests: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    columns = ("output", "positive rows", "average precision", "calibration error", "threshold")
    yield f"| {' | '.join(columns)} | precision | recall |"
    yield "|---|---|---|---|---|---|---|"
    for name in (*HEADS, BLEND):
        scores = manifests[name]["scores"]
        yield f"| **{name}** on {scores['on']} | | | | | | |"
        for output, found in scores.items():
            if output == "on":
                continue
            shown = found["shown"]
            yield (
                f"| {output} | {found['positives']:,} | {found['average_precision']:.3f} "
                f"| {found['calibration_error']:.3f} | {shown['score']:.3f} "
                f"| {shown['precision']:.2f} of {shown['n']:,} | {shown['recall']:.2f} |"
            )


def _short(rows: Sequence[Row]) -> Iterator[str]:
    yield "| task | metric | score | 95% | n |"
    yield "|---|---|---|---|---|"
    for row in rows:
        yield "| " + " | ".join(cells(row)[:5]) + " |"
