"""Where the names and arrows of a graph stand in its picture: plain geometry, for the HTML report."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 320, 190
RADII = (105, 76)  # of the ellipse that the names stand on
BEND = 0.16  # of an arrow's length: what goes back and forth does not lie on one line
ROOM = (44, 13)  # half the width and height that an arrow leaves free round a name
LABEL = 20  # characters of a name that fit beside the others

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """``path`` is SVG path data; ``numbers`` are the places of its edges in the list, from 1."""

    path: str
    numbers: str
    x: float
    y: float


def nodes(names: Sequence[str]) -> tuple[Node, ...]:
    return tuple(
        Node(name if len(name) <= LABEL else f"{name[: LABEL - 1]}…", round(x, 1), round(y, 1))
        for name, (x, y) in _places(names).items()
    )


def arrows(names: Sequence[str], edges: Sequence[Mapping[str, Any]]) -> tuple[Arrow, ...]:
    """Edges of one direction share an arrow."""
    places = _places(names)
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, edge in enumerate(edges, 1):
        numbers.setdefault((edge["source"], edge["target"]), []).append(number)
    return tuple(
        _arrow(places[source], places[target], ", ".join(map(str, found)))
        for (source, target), found in numbers.items()
        if source != target and source in places and target in places
    )


def _places(names: Sequence[str]) -> dict[str, Point]:
    angles = [2 * math.pi * index / len(names) + math.pi for index in range(len(names))]
    return {
        name: (WIDTH / 2 + RADII[0] * math.cos(angle), HEIGHT / 2 + RADII[1] * math.sin(angle))
        for name, angle in zip(names, angles, strict=True)
    }


def _arrow(source: Point, target: Point, numbers: str) -> Arrow:
    dx, dy = target[0] - source[0], target[1] - source[1]
    middle = ((source[0] + target[0]) / 2 - dy * BEND, (source[1] + target[1]) / 2 + dx * BEND)
    start, end = _towards(source, middle), _towards(target, middle)
    return Arrow(
        path=f"M{_at(start)} Q{_at(middle)} {_at(end)}",
        numbers=numbers,
        x=round((start[0] + 2 * middle[0] + end[0]) / 4, 1),
        y=round((start[1] + 2 * middle[1] + end[1]) / 4 + 3, 1),
    )


def _towards(place: Point, other: Point) -> Point:
    """A point on the way to ``other`` that leaves room for the name at ``place``."""
    dx, dy = other[0] - place[0], other[1] - place[1]
    share = min(1.0, 1 / max(math.hypot(dx / ROOM[0], dy / ROOM[1]), 1e-9))
    return place[0] + dx * share, place[1] + dy * share


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
