"""Training examples about another group than the one they name, with the labels of the original."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from truthlens.heads import words
from truthlens.training.swaps import Swaps
from truthlens.training.task import Example


def twins(examples: Iterable[Example], swaps: Swaps) -> list[Example]:
    """One twin for each example that names a group; the others have none."""
    found = []
    for example in examples:
        own = words(example.text)
        swapped = swaps.twin(example.text, [(word, str(number)) for number, word in enumerate(own)])
        if swapped is None:
            continue
        text, moved = swapped
        if example.targets.ndim == 1:
            found.append(Example(text, example.targets, example.mask))
            continue
        # A form of two words in the place of one: both take the label of the word they stand for.
        places = [
            next((int(name) for span, name in moved if span.overlaps(word)), None) for word in words(text)
        ]
        if None in places:
            continue
        chosen = np.asarray(places, np.int64)
        found.append(Example(text, example.targets[chosen], example.mask[chosen]))
    return found
