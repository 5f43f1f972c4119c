"""Where the time of one analysis goes: stage by stage, and line by line as the profiler sees it."""

from __future__ import annotations

import cProfile
import json
import pstats
import statistics
import time
from pathlib import Path

import truthlens
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.bench.articles import ADDRESS, page
from truthlens.bench.figure import Figure
from truthlens.bench.rounds import Effort
from truthlens.bench.whole import analysis
from truthlens.extract.article import extract
from truthlens.settings import Settings

PROFILED = 14  # places shown
PACKAGE = Path(truthlens.__file__).parent


def measure(settings: Settings, effort: Effort) -> list[Figure]:
    """The share of each stage in the whole, of the demo article, page in and report out."""
    analyser, html = Analyser.load(settings), page()
    rounds = [_stages(analyser, html) for _ in range(effort.rounds + 2)][2:]
    taken = {stage: statistics.median(each[stage] for each in rounds) for stage in rounds[0]}
    total = sum(taken.values())
    return [
        Figure(
            measure="stages",
            name=stage,
            value=round(100 * took / total, 1),
            unit="%",
            of="the whole analysis",
            note=f"{took:.1f} ms",
        )
        for stage, took in taken.items()
    ]


def _stages(analyser: Analyser, html: str) -> dict[str, float]:
    """Milliseconds by stage."""
    began = time.perf_counter()
    article = extract(html, ADDRESS)
    extracted = time.perf_counter()
    report = analyser.analyse(article)
    analysed = time.perf_counter()
    json.dumps(wire.result("bench", report))
    rendered = time.perf_counter()
    return {
        "extract": (extracted - began) * 1000,
        **report.timings_ms,
        "annotate and serialise": (rendered - analysed) * 1000,
    }


def profile(settings: Settings, effort: Effort) -> list[Figure]:
    """The share of single places in one analysis, the largest first, each without what it calls.

    The profiler makes calls dearer than they are, so that small functions look larger here than above.
    """
    action = analysis(Analyser.load(settings))
    action()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(effort.long_rounds):
        action()
    profiler.disable()
    found = pstats.Stats(profiler).get_stats_profile()
    shares: dict[str, float] = {}
    for name, place in found.func_profiles.items():
        where = _place(place.file_name, name)
        shares[where] = shares.get(where, 0.0) + place.tottime
    largest = sorted(shares.items(), key=lambda pair: -pair[1])[:PROFILED]
    whole = sum(shares.values())
    return [
        Figure(
            measure="profile",
            name=where,
            value=round(100 * took / whole, 1),
            unit="%",
            of="the whole analysis, under the profiler",
        )
        for where, took in largest
    ]


def _place(file: str, function: str) -> str:
    """A function by module; of other packages the file's name alone, of no package its folder."""
    if file == "~":
        return function.strip("<>{}").removeprefix("built-in method ")
    path = Path(file)
    known = path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else path.name
    return f"{known}: {function}"
