"""The bar of a run: how far through the inputs, at what rate, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Iterable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from truthlens.batch.inputs.source import Source
from truthlens.batch.record import Finished, Part

SAID_SECONDS = 30.0  # between two lines where no bar can move


class Bar:
    """Measures in bytes of input, since records are not counted beforehand; a list of addresses counts few.

    Records are counted as they are taken in hand, parts when they are done: a part begun again counts once.
    """

    def __init__(self, console: Console, sources: Iterable[Source], finished: Iterable[Finished]) -> None:
        self._console = console
        self._whole = max(1, sum(source.size for source in sources))
        self._articles = self._errors = 0
        self._begun = self._said = time.monotonic()
        self._in_hand: dict[str, int] = {}  # records of a part that were begun
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=console,
            disable=not console.is_terminal,
            speed_estimate_period=300,  # parts end in bunches
        )
        self._behind = sum(part.weight for part in finished)
        self._task = self._progress.add_task(
            "reading", total=self._whole, completed=self._behind, rate="loading the model"
        )

    def record(self, part: Part) -> None:
        self._in_hand[part.name] = min(self._in_hand.get(part.name, 0) + 1, len(part.records))
        self._show(part.weight / max(1, len(part.records)))

    def done(self, part: Finished) -> None:
        self._behind += part.weight
        self._articles += part.articles
        self._errors += part.errors
        self._in_hand.pop(part.name, None)
        self._show(0.0)
        if not self._console.is_terminal and time.monotonic() - self._said > SAID_SECONDS:
            self._said = time.monotonic()
            self._console.print(f"{self._behind / self._whole:.0%}, {self._rate()}")

    def _show(self, more: float) -> None:
        shown = self._progress.tasks[0].completed + more
        # Never behind what is done, nor ahead of the end.
        self._progress.update(
            self._task, completed=min(max(shown, self._behind), self._whole), rate=self._rate()
        )

    def _rate(self) -> str:
        seconds = max(1e-9, time.monotonic() - self._begun)
        articles = self._articles + sum(self._in_hand.values())
        failed = f", {self._errors:,} errors" if self._errors else ""
        return f"{self._articles:,} articles{failed}, {articles / seconds:.1f}/s"

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
