"""Run as a program: looks for a regular expression of ours whose cost grows faster than its input.

Every pattern that a module of the service holds, and every one that is written inside a function, is run over
texts made to hurt it: each of its repeated parts, over and over, after what leads there and before what it
cannot match. A timer of the system bounds the processor time of one run, far above what a linear pattern
needs and far below what a quadratic one does.

Reads a JSON object: "uses" (methods that are called, by a pattern's bare name), "inline" (pattern and method,
by place), "bounds" (characters that some patterns see at most, by name). Prints one: "patterns" holds all
names, "slow" those that were stopped, each with the beginning of the text that did it.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
import re
import signal
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import truthlens

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import sre_parse  # the parser that `re` uses; under `re._parser` it has no promise to stay at all

CHARACTERS = 40_000  # of a text; a linear pattern takes some milliseconds, a quadratic one seconds
SECONDS = 0.8  # of processor time
LEFT_OUT = (
    "training",
    "evaluation",
    "bench",
    "__main__",
    "worker",
)  # see no text of a stranger, or run at import
SAMPLES = "aAß0 \n\u00a0.,:;'’\"“-–/&<([{_"
UNBOUNDED = 50  # repeats from here on count as without end


class TooLongError(Exception):
    """The timer rang."""


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every pattern that a module holds, alone or within something, by module and name."""
    for found in pkgutil.walk_packages(truthlens.__path__, "truthlens."):
        if any(part in LEFT_OUT for part in found.name.split(".")):
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            for pattern in held(value, 3):
                yield f"{found.name}.{name}", pattern


def held(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for each in [*value, *value.values()]:
            yield from held(each, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from held(each, depth - 1)
    elif depth and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from held(getattr(value, field.name), depth - 1)


def sample(parsed: Any) -> str:
    """A short text that this part of a pattern matches, look-arounds left aside."""
    return "".join(piece(str(kind), value) for kind, value in parsed)


def piece(kind: str, value: Any) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL" | "ANY" | "IN":
            return next(iter(members(kind, value)), "a")
        case "BRANCH":
            return sample(value[1][0])
        case "SUBPATTERN":
            return sample(value[3])
        case "ATOMIC_GROUP":
            return sample(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return sample(value[2]) * max(value[0], 1 if value[1] else 0)
    return ""


def members(kind: str, value: Any) -> list[str]:
    """Characters of `SAMPLES`, and those the class names, that it takes."""
    if kind == "ANY":
        return list(SAMPLES)
    if kind == "NOT_LITERAL":
        return [letter for letter in SAMPLES if ord(letter) != value]
    negated = str(value[0][0]) == "NEGATE"
    named = [
        chr(what if str(is_) == "LITERAL" else what[0])
        for is_, what in value
        if str(is_) in {"LITERAL", "RANGE"}
    ]
    takes = [
        letter for letter in [*SAMPLES, *([] if negated else named)] if in_class(letter, value) != negated
    ]
    return list(dict.fromkeys(takes))


def in_class(letter: str, value: Any) -> bool:
    tests = {
        "DIGIT": r"\d",
        "SPACE": r"\s",
        "WORD": r"\w",
        "NOT_DIGIT": r"\D",
        "NOT_SPACE": r"\S",
        "NOT_WORD": r"\W",
    }
    for kind, what in value:
        match str(kind):
            case "LITERAL" if ord(letter) == what:
                return True
            case "RANGE" if what[0] <= ord(letter) <= what[1]:
                return True
            case "CATEGORY" if re.match(
                tests[str(what).removeprefix("CATEGORY_").removeprefix("UNI_")], letter
            ):
                return True
    return False


def attacks(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What leads to each repeated part of a pattern, and the part; of a class, each of its characters."""
    for kind, value in parsed:
        match str(kind):
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                if value[1] >= UNBOUNDED:
                    yield before, sample(value[2])
                    if len(value[2]) == 1 and str(value[2][0][0]) in {"IN", "ANY", "NOT_LITERAL"}:
                        for letter in members(str(value[2][0][0]), value[2][0][1]):
                            yield before, letter
                yield from attacks(value[2], before)
            case "BRANCH":
                for branch in value[1]:
                    yield from attacks(branch, before)
            case "SUBPATTERN":
                yield from attacks(value[3], before)
            case "ATOMIC_GROUP":
                yield from attacks(value, before)
            case "ASSERT" | "ASSERT_NOT":
                yield from attacks(value[1], before)
        before += piece(str(kind), value)


def texts(pattern: re.Pattern[Any], characters: int) -> Iterator[str]:
    made: set[str] = set()
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = sre_parse.parse(
        source, pattern.flags & ~re.LOCALE & ~(re.UNICODE if isinstance(pattern.pattern, bytes) else 0)
    )
    pumps = dict.fromkeys(attacks(parsed))
    for before, pump in pumps:
        for once in {pump, f"{before}{pump}"} - {""}:
            made.add(f"{before}{once * (characters // len(once))}"[:characters] + "\x00")
    yield from made


def ring(_number: int, _frame: object) -> None:
    raise TooLongError


def is_slow(pattern: re.Pattern[Any], text: str, *, at_start: bool) -> bool:
    given: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        if at_start:
            pattern.fullmatch(given)
            pattern.match(given)
        else:
            for _ in pattern.finditer(given):
                pass
    except TooLongError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


def main(asked: dict[str, Any]) -> dict[str, Any]:
    signal.signal(signal.SIGVTALRM, ring)
    to_try = [(name, pattern, asked["uses"].get(name.rpartition(".")[2], [])) for name, pattern in patterns()]
    to_try += [(place, re.compile(source), [method]) for place, (source, method) in asked["inline"].items()]
    tried: set[tuple[object, ...]] = set()
    slow: dict[str, str] = {}
    for name, pattern, uses in to_try:
        at_start = bool(uses) and {*uses} <= {"match", "fullmatch"}
        characters = asked["bounds"].get(name, CHARACTERS)
        key = (pattern, at_start, characters)
        for text in () if key in tried else texts(pattern, characters):
            if is_slow(pattern, text, at_start=at_start):
                slow[name] = text[:60]
                break
        tried.add(key)
    return {"patterns": [name for name, _, _ in to_try], "slow": slow}


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
