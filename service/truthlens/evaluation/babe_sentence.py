"""Is a sentence loaded, as BABE's experts saw it? The head ``loaded`` at its shipped threshold.

Sentences on which the experts did not agree are left out. Nothing of BABE trained the head, and the threshold
comes from rows of our own; how much the sentence counts beside its loudest word (0.4) was chosen on the 1,546
agreed rows of the first release.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np

from truthlens.evaluation import babe, lexicon, two_classes
from truthlens.evaluation.passes import Reader, read
from truthlens.evaluation.row import Row
from truthlens.training.data_folder import missing

PUBLISHED = {
    "RoBERTa on Anno-Lexical (Horych et al. 2025), trained elsewhere, original labels, macro-F1": 0.769,
    "BERT + distant supervision (Spinde et al. 2021), in-domain, weighted F1": 0.804,
    "DistilBERT (Spinde et al. 2021), in-domain, weighted F1": 0.777,
}


def evaluate(data: Path, reader: Reader) -> list[Row]:
    """Macro-F1 and AUC, bootstrap over sentences. Raises ServiceError ``data_missing``."""
    rows = [row for row in babe.sentences(data) if row.biased is not None]
    if not rows:
        raise missing(babe.FOLDER)
    texts = [row.text for row in rows]
    scores = read(reader, texts)
    words = lexicon.load(data)
    files = Counter(row.file for row in rows)
    return two_classes.rows(
        "babe_sentence",
        scores.of_sentences("loaded", "loaded"),
        np.asarray([bool(row.biased) for row in rows]),
        floor=reader.thresholds["loaded"]["loaded"],
        lexical=words.sentences(texts, scores.words) if words else None,
        published=PUBLISHED,
        note=", ".join(f"{count} sentences of {name}" for name, count in files.items()),
    )
