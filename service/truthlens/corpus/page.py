"""The report as one standalone HTML page: no script, no request, every plot with its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from truthlens.corpus import plot
from truthlens.corpus.estimates import Estimate
from truthlens.corpus.gather import Corpus
from truthlens.corpus.measures import GROUPS, Group, Measure
from truthlens.corpus.periods import Length
from truthlens.corpus.points import Points

NAMED = 20  # outlets in a plot
LISTED = 60  # outlets in a table; all of them are in the CSV
SEVERAL = 6  # outlets with a plot of their own over time

Json = dict[str, Any]


def html(corpus: Corpus, points: Points) -> str:
    """Everything in it is escaped: names of outlets come from pages."""
    names = [period_name(each, corpus.length) for each in points.periods]
    dated = sum(count for (outlet, period), count in points.articles.items() if not outlet and period)
    return _template().render(
        corpus=corpus,
        counts=corpus.run.counts,
        points=points,
        articles=len(corpus.counts),
        undated=len(corpus.counts) - dated,
        first=names[0] if names else "",
        last=names[-1] if names else "",
        groups=[_group(group, points, names) for group in GROUPS],
        shown=shown,
        within=within,
        says=says,
        short=plot.short,
        row=plot.ROW,
        names_width=plot.NAMES,
        named=NAMED,
        listed_most=LISTED,
    )


def shown(found: Estimate | None, measure: Measure) -> str:
    """The value with its unit; – where it rests on too little."""
    if found is None or found.value is None:
        return "–"
    return _figure(found.value) + ("%" if measure.unit == "%" else "")


def within(found: Estimate | None) -> str:
    """The interval; "" where there is none."""
    if found is None or found.low is None or found.high is None:
        return ""
    return f"{_figure(found.low)}–{_figure(found.high)}"


def says(measure: Measure) -> str:
    """The measure in a sentence, its unit first."""
    if measure.says.startswith("of "):
        return f"Share {measure.says}"
    return measure.says[0].upper() + measure.says[1:]


def period_name(period: str, length: Length) -> str:
    if length == "week":
        day = date.fromisoformat(period)
        return f"{day.day} {day:%b} {day.year}"
    day = date.fromisoformat(f"{period}-01")
    return f"{day:%b} {day.year}"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 99.95 else f"{value:.1f}"


def _group(group: Group, points: Points, names: Sequence[str]) -> Json:
    drawn = [_drawn(measure, points, names) for measure in group.measures]
    found: Json = {"group": group, "measures": drawn}
    if group.together == "shares":
        found["stacks"] = plot.stacks(
            [
                (outlet, [(each.key, _value(points, each, outlet)) for each in group.measures])
                for outlet in points.outlets[:NAMED]
            ]
        )
    if group.together == "many":
        # One scale for all, or the eye would compare what cannot be compared.
        every = [points.get(each.key, period=period) for each in group.measures for period in points.periods]
        end = plot.top([each for each in every if each])
        for each in drawn:
            each["small"] = plot.course(_over(each["measure"], points), names, end, plot.SMALL)
        found["deepest"] = max(
            (_value(points, each, outlet) for each in group.measures for outlet in points.outlets[:LISTED]),
            default=0.0,
        )
    elif not group.together:
        drawn[0]["several"] = _several(group.measures[0], points, names)
    return found


def _drawn(measure: Measure, points: Points, names: Sequence[str]) -> Json:
    whole = points.of["", ""][measure.key]
    outlets = [(name, found) for name in points.outlets if (found := points.get(measure.key, outlet=name))]
    outlets = sorted(
        outlets, key=lambda each: (-1.0 if each[1].value is None else each[1].value, each[0]), reverse=True
    )
    # Those with most articles, highest value first.
    most = set(points.outlets[:NAMED])
    named = [each for each in outlets if each[0] in most and each[1].value is not None]
    over = _over(measure, points)
    times = [each for each in over if each]
    return {
        "measure": measure,
        "several": [],
        "whole": whole,
        "outlets": outlets[:LISTED],
        "dots": plot.dots(named, whole, plot.top([each for _, each in named])) if named else None,
        "highest": named[0] if len(named) > 1 else None,
        "lowest": named[-1] if len(named) > 1 else None,
        "course": plot.course(over, names, plot.top(times)) if len(times) > 1 else None,
        "times": list(zip(names, over, strict=True)),
    }


def _several(measure: Measure, points: Points, names: Sequence[str]) -> list[Json]:
    found: list[Json] = []
    for outlet in points.outlets[:SEVERAL]:
        over = _over(measure, points, outlet)
        if sum(each is not None for each in over) > 1:
            found.append({"outlet": outlet, "over": over, "times": list(zip(names, over, strict=True))})
    end = plot.top([each for item in found for each in item["over"] if each])
    return [item | {"course": plot.course(item["over"], names, end, plot.SMALL)} for item in found]


def _over(measure: Measure, points: Points, outlet: str = "") -> list[Estimate | None]:
    return [points.get(measure.key, outlet=outlet, period=period) for period in points.periods]


def _value(points: Points, measure: Measure, outlet: str) -> float:
    found = points.get(measure.key, outlet=outlet)
    return (found.value or 0.0) if found else 0.0


@cache
def _template() -> Template:
    source = resources.files("truthlens.corpus").joinpath("report.html.j2").read_text("utf-8")
    # autoescape=True, not select_autoescape: no file name may decide whether an outlet's name is markup.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)
