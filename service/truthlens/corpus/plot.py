"""Where dots, lines and bars of a plot stand: plain geometry, for the page. Every axis begins at nought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from truthlens.corpus.estimates import Estimate

WIDTH = 440
NAMES = 150  # of it, for names
ROW = 22  # height of a name
AXIS = 26  # height of the numbers below
COUNTS = 44  # right of a plot of names, for how many articles each has
LABEL = 20  # characters of a name that fit
TICKS = 5  # at most
TIMES = 5  # names of periods below a plot, at most
RIGHT = 14  # room for half of the last number

Box = tuple[int, int]
LARGE: Box = (WIDTH, 220)
SMALL: Box = (210, 110)
LEFT = 36  # of a plot over time, for its numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """``below`` is how many articles a period has, where there is room for it."""

    at: float
    label: str
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """``low`` and ``high`` are ends of the interval along the axis of values, None without one."""

    x: float
    y: float
    low: float | None
    high: float | None
    label: str = ""
    about: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """One line a name; ``whole`` is where the value of all of them together stands."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    whole: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Values over time. ``lines`` and ``bands`` are SVG path data, broken where a period is hidden."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    values: tuple[Tick, ...]
    times: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """``pieces`` are (key, x, width, label) of one name's bar."""

    label: str
    y: float
    pieces: tuple[tuple[str, float, float, str], ...]


def short(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1]}…"


def top(found: Sequence[Estimate]) -> float:
    """The end of an axis that holds all of them with their intervals."""
    ends = [each.high if each.high is not None else each.value for each in found]
    return max([end for end in ends if end is not None], default=0.0) or 1.0


def dots(named: Sequence[tuple[str, Estimate]], whole: Estimate, end: float) -> Dots:
    """Names from top to bottom, with a value each."""

    def x(value: float | None) -> float | None:
        return None if value is None else round(NAMES + (WIDTH - NAMES - COUNTS) * value / end, 1)

    found = [
        Dot(x=at, y=ROW * row + ROW / 2, low=x(each.low), high=x(each.high), label=name, about=each)
        for row, (name, each) in enumerate(named)
        if (at := x(each.value)) is not None
    ]
    return Dots(
        width=WIDTH,
        height=ROW * len(named) + AXIS,
        dots=tuple(found),
        ticks=tuple(Tick(at=x(value) or 0.0, label=label) for value, label in _ticks(end)),
        whole=x(whole.value),
    )


def course(over: Sequence[Estimate | None], names: Sequence[str], end: float, box: Box = LARGE) -> Course:
    """A value or none for each period; ``names`` are those of the periods."""
    width, height = box
    step = (width - LEFT - RIGHT) / max(1, len(over) - 1)
    axis = 2 * AXIS if box == LARGE else AXIS

    def x(place: int) -> float:
        return round(LEFT + step * place if len(over) > 1 else (width + LEFT) / 2, 1)

    def y(value: float | None) -> float | None:
        return None if value is None else round(8 + (height - axis - 8) * (1 - value / end), 1)

    found = {
        place: Dot(x=x(place), y=at, low=y(each.low), high=y(each.high), label=names[place], about=each)
        for place, each in enumerate(over)
        if each is not None and (at := y(each.value)) is not None
    }
    every = max(1, ceil(len(names) / (TIMES if box == LARGE else 2)))
    return Course(
        width=width,
        height=height,
        dots=tuple(found.values()),
        lines=tuple(_path([(dot.x, dot.y) for dot in run]) for run in _runs(found)),
        bands=tuple(
            _path(
                [(dot.x, dot.high or dot.y) for dot in run] + [(dot.x, dot.low or dot.y) for dot in run[::-1]]
            )
            + "Z"
            for run in _runs(found)
        ),
        values=tuple(
            Tick(at=y(value) or 0.0, label=label)
            for value, label in _ticks(end, TICKS if box == LARGE else 3)
        ),
        times=tuple(
            Tick(at=x(place), label=names[place], below=f"{each.articles:,}" if each else "–")
            for place, each in list(enumerate(over))[::every]
        ),
    )


def stacks(named: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> tuple[Stack, ...]:
    """For each name its shares in per cent, by key, from left to right."""
    found = []
    for row, (name, shares) in enumerate(named):
        at, pieces = float(NAMES), []
        for key, share in shares:
            wide = (WIDTH - NAMES - RIGHT) * share / 100
            pieces.append((key, round(at, 1), round(max(0.0, wide - 1), 1), f"{share:.0f}%"))
            at += wide
        found.append(Stack(label=name, y=ROW * row, pieces=tuple(pieces)))
    return tuple(found)


def _runs(found: dict[int, Dot]) -> Iterator[list[Dot]]:
    """Dots of periods that follow on one another."""
    run: list[Dot] = []
    for place, dot in found.items():
        if run and place - 1 not in found:
            yield run
            run = []
        run.append(dot)
    if run:
        yield run


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in corners)


def _ticks(end: float, most: int = TICKS) -> list[tuple[float, str]]:
    """Round numbers from nought to ``end``."""
    rough = end / most
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough)
    places = max(0, -floor(log10(step))) + (1 if abs(step / 10 ** floor(log10(step)) - 2.5) < 0.01 else 0)
    return [(step * place, f"{step * place:.{places}f}") for place in range(floor(end / step + 1e-9) + 1)]
