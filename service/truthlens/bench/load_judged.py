"""What was measured of the service under load, held against its bars."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from truthlens.bench.load_rows import Row
from truthlens.bench.own_service import Sample
from truthlens.bench.readers import Tally

REPLY_SECONDS = 25.0  # Chrome ends a worker whose fetch takes 30
STATUS_CEILING = 0.1  # seconds, p99 under load
GROWTH_CEILING = 0.05  # of resident memory, from the first fifth of what is judged to the last
JUDGED_FROM = 500  # analyses once warm: in fewer, what a long article takes for a moment outweighs any leak


def replies(tally: Tally) -> list[Row]:
    """Whether each reply was one the service may give, and came in time."""
    counts = ", ".join(f"{count:,} × {status}" for status, count in sorted(tally.statuses.items()))
    wrong = "" if not tally.wrong else f"; wrong: {', '.join(sorted({*tally.wrong}))}"
    return [
        Row(
            key="refusals",
            tried=tally.replies,
            passed=not tally.wrong and tally.done > 0,
            figure=f"{tally.done:,} analyses; {counts}{wrong}",
        ),
        Row(
            key="replies",
            tried=tally.replies,
            passed=tally.slowest < REPLY_SECONDS,
            figure=f"slowest in {tally.slowest:.2f} s",
        ),
    ]


def status_row(idle: Sequence[float], loaded: Sequence[float]) -> Row:
    """``idle`` and ``loaded`` are seconds of single looks, -1 for one that was not answered."""
    shown = [f"p{share} {ms(percentile(times, share))}" for times in (idle, loaded) for share in (50, 99)]
    return Row(
        key="status",
        tried=len(loaded),
        passed=-1.0 not in loaded and percentile(loaded, 99) < STATUS_CEILING,
        figure=f"alone {shown[0]}, {shown[1]}; under load {shown[2]}, {shown[3]}",
    )


def resources(
    samples: Sequence[tuple[int, Sample]], rested: Sample | None, after: Sample | None
) -> Iterator[Row]:
    """Memory, files and threads: ``samples`` come with the analyses done by then, ``rested`` and ``after``
    are from before and after the load. Nothing where the system does not tell. The first fifth of the
    samples is left out: caches fill meanwhile. Memory is judged from JUDGED_FROM analyses on.
    """
    if len(samples) < 10 or rested is None or after is None:
        return
    settled = samples[len(samples) // 5 :]
    done = [float(count) for count, _ in settled]
    resident = [sample.resident for _, sample in settled]
    slope = statistics.linear_regression(done, resident).slope * 1000 if len({*done}) > 1 else 0.0
    part = max(1, len(resident) // 5)
    first, last = statistics.median(resident[:part]), statistics.median(resident[-part:])
    growth = (last - first) / first
    count = round(done[-1] - done[0])
    yield Row(
        key="memory",
        tried=samples[-1][0],
        passed=growth < GROWTH_CEILING if count >= JUDGED_FROM else None,
        figure=f"{slope:+.1f} MiB for 1,000 analyses; {first:.0f} MiB at first, {last:.0f} at last, "
        f"{max(resident):.0f} at most" + ("" if count >= JUDGED_FROM else f"; not judged by {count}"),
    )
    yield Row(
        key="descriptors",
        tried=len(samples),
        passed=after.files <= rested.files + 2 and after.threads <= rested.threads + 2,
        figure=f"files {rested.files} before, {after.files} after; threads {rested.threads}, {after.threads}",
    )


def percentile(times: Sequence[float], share: int) -> float:
    """Of the looks that were answered; infinite when none was."""
    whole = sorted(time for time in times if time >= 0)
    return whole[min(len(whole) - 1, len(whole) * share // 100)] if whole else float("inf")


def ms(seconds: float) -> str:
    """Seconds as milliseconds, for people."""
    return f"{seconds * 1000:.1f} ms"
