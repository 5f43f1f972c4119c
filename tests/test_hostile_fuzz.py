"""What fuzzing once broke stays mended, and a few seconds of mutation find nothing new. `make fuzz`
goes on for longer.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from fuzz.seeds import LONGEST, TOKENS, found, seeds, tokens
from fuzz.targets import TARGETS, BrokenError
from trust import tries

SECONDS = tries(2, 10)  # of mutation, for each target
WITNESSED = {"extraction", "report"}
"""Targets that once broke; an empty folder would be replayed without a word."""


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_stays_mended(target: str, record_property: Callable[[str, object], None]) -> None:
    files = found(target)
    assert bool(files) == (target in WITNESSED)
    for path in files:
        TARGETS[target](path.read_bytes())
    record_property("tried", len(files))


@pytest.mark.parametrize("target", TARGETS)
def test_mutation_finds_nothing_new(target: str, record_property: Callable[[str, object], None]) -> None:
    """Without coverage to guide it; a new seed at each run, which a failure names."""
    seed = time.time_ns()
    chance = random.Random(seed)
    corpus = list(seeds(target))
    words = [word.encode() for word in tokens(target)]
    until = time.monotonic() + SECONDS
    tried = 0
    while time.monotonic() < until:
        data = mutated(chance.choice(corpus)[:4000], words, chance)
        try:
            TARGETS[target](data)
        except Exception as error:
            raise AssertionError(f"seed {seed}, input {tried}: {data!r}") from error
        tried += 1
    assert tried
    record_property("tried", tried)


def mutated(data: bytes, words: list[bytes], chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        start, end = sorted(chance.choices(range(len(data) + 1), k=2))
        match chance.randrange(5):
            case 0:
                data = data[:start] + chance.choice(words) * chance.choice([1, 1, 1, 50]) + data[start:]
            case 1:
                data = data[:start] + data[min(end, start + 40) :]
            case 2:
                data = data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
            case 3:
                data = data[:end] + data[start:end] + data[end:]
            case _:
                data = data[end:] + data[:start]
    return data[:LONGEST]


def test_a_broken_promise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The targets can fail: a segmenter that drops a sentence, and voices with a gap."""
    from fuzz import targets

    text = "Jane Roe said no. “We will,” said Tom Okafor. Nobody else spoke.".encode()
    segment, voices = targets.segment, targets.voices
    monkeypatch.setattr(targets, "segment", lambda article: segment(article)[1:])
    with pytest.raises(BrokenError):
        targets.segmentation(text)
    monkeypatch.setattr(targets, "segment", segment)
    monkeypatch.setattr(targets, "voices", lambda *given: voices(*given)[1:])
    with pytest.raises(BrokenError):
        targets.voice(text)


def test_every_target_starts_from_something() -> None:
    assert all(list(seeds(target)) and tokens(target) for target in TARGETS)
    assert all(len({*words}) == len(words) for words in TOKENS.values())
