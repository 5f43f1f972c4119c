"""How loaded a word is, in one number: the one place that says how the word head's outputs are mixed."""

from __future__ import annotations

from truthlens.encode import Floats
from truthlens.heads import Scores, loud


def loaded_words(scores: Scores) -> tuple[Floats, ...]:
    """Per sentence (words,), 0..1: the chance that the word is loaded, a name-calling or an exaggeration.

    Of the given rows of BABE this mix ranks the words better than the output for any technique at all
    (average precision .445 against .432, heads on the unadapted encoder).
    """
    return tuple(loud(scores.outputs["phrase"], rows) for rows in scores.by_word["phrase"])


def marked_words(scores: Scores) -> tuple[Floats, ...]:
    """Per sentence (words,), 0..1: the chance that an annotator would mark the word for any technique."""
    return scores.of_words("phrase", "any")
