"""A run from its beginning, or from where an earlier one stopped, to its manifest."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Literal

from rich.console import Console

from truthlens.batch import attempts, engine_local, manifest, output
from truthlens.batch.examine import ANALYSER, Job
from truthlens.batch.extras import require
from truthlens.batch.inputs.source import Kind, Source, sources
from truthlens.batch.journal import Journal
from truthlens.batch.manifest import Manifest
from truthlens.batch.parts import parts
from truthlens.batch.polite import DELAY, Polite
from truthlens.batch.progress import Bar
from truthlens.batch.record import Finished, Part
from truthlens.batch.watch import Watch
from truthlens.errors import ServiceError

PART_SIZE = 50  # records; on two cores that read four pages a second, one lost part is ten seconds of work
LOCK = ".lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """``workers`` 0 means one for each core. ``columns`` as in `inputs.columns`, ``delay`` as in `polite`.

    ``part_size``, ``columns``, ``kind``, ``text`` and ``analyser`` decide what the tables hold, so that a run
    can be continued only with the same; the others may change between two tries.
    """

    out: Path
    workers: int = 0
    part_size: int = PART_SIZE
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    text: bool = True
    delay: float = DELAY
    engine: Literal["local", "ray"] = "local"
    ray_address: str = ""
    analyser: str = ANALYSER

    @property
    def deciding(self) -> dict[str, object]:
        return {
            "part_size": self.part_size,
            "columns": dict(self.columns),
            "kind": self.kind,
            "text": self.text,
            "analyser": self.analyser,
        }


def run(inputs: Sequence[str], options: Options, console: Console) -> Manifest:
    """Do what is not done yet. The manifest's state is "finished", or "interrupted" after Ctrl-C.

    Raises ServiceError: ``extra_missing``, ``bad_input``, ``other_run``, ``already_running``, and those of
    the engines; KeyboardInterrupt when Ctrl-C is pressed a second time. What is finished by then stays so.
    """
    require("batch", *(("ray",) if options.engine == "ray" else ()))
    found = sources(inputs, options.kind)
    wanted = Manifest(inputs=found, options=options.deciding, started=manifest.now())
    earlier = manifest.load(options.out)
    options.out.mkdir(parents=True, exist_ok=True)
    with _only_one(options.out):
        began = wanted if earlier is None else manifest.go_on(earlier, wanted)
        manifest.save(began, options.out)
        journal = Journal(options.out)
        try:
            return _continued(began, journal, options, console)
        finally:
            journal.close()


def _continued(began: Manifest, journal: Journal, options: Options, console: Console) -> Manifest:
    output.prepare(options.out)
    output.sweep(options.out, journal.names())
    attempts.forget(options.out)
    current = began

    def versions(found: Mapping[str, str]) -> None:
        nonlocal current
        checked = manifest.with_versions(current, found)
        if checked != current:
            current = checked
            manifest.save(current, options.out)

    with _interruptible(console) as stopping, Bar(console, began.inputs, journal.finished.values()) as bar:

        def done(part: Finished) -> None:
            journal.add(part)
            bar.done(part)

        watch = Watch(versions=versions, done=done, record=bar.record, stopping=stopping.is_set)
        try:
            _engine(began.inputs, journal, options, watch)
        finally:
            # Also when it fails: what is finished is told, and the run can be continued.
            whole = all(journal.complete(source.number) for source in began.inputs)
            current = current.counted(journal.finished.values(), "finished" if whole else "interrupted")
            manifest.save(current, options.out)
    attempts.forget(options.out)
    return current


def _engine(inputs: Sequence[Source], journal: Journal, options: Options, watch: Watch) -> None:
    job = Job(
        out=str(options.out),
        inputs=tuple(source.path for source in inputs),
        text=options.text,
        analyser=options.analyser,
    )
    left = [source for source in inputs if not journal.complete(source.number)]
    workers = options.workers or engine_local.cores()
    if options.engine == "ray":
        from truthlens.batch import engine_ray

        # Machines of a cluster must find inputs and output under the same names.
        job = replace(job, out=str(options.out.resolve()))
        engine_ray.run(
            [
                engine_ray.Task(
                    sources=tuple(replace(source, path=str(Path(source.path).resolve())) for source in group),
                    done=tuple(journal.done(source.number) for source in group),
                    columns=options.columns,
                    size=options.part_size,
                    delay=options.delay,
                )
                for group in _together(left)
            ],
            job,
            watch,
            workers=options.workers,
            address=options.ray_address,
        )
        return
    polite = Polite(delay=options.delay)
    engine_local.run(map(polite.part, _parts(left, journal, options)), job, watch, workers=workers)


def _parts(left: Sequence[Source], journal: Journal, options: Options) -> Iterator[Part]:
    for source in left:
        done = journal.done(source.number)
        yield from parts(source, columns=options.columns, size=options.part_size, done=done)


def _together(left: Sequence[Source]) -> list[list[Source]]:
    """Sources that are read one after another: lists of addresses, since they may name the same hosts."""
    lists = [source for source in left if source.kind == "urls"]
    return [*([lists] if lists else []), *([source] for source in left if source.kind != "urls")]


@contextmanager
def _only_one(out: Path) -> Iterator[None]:
    """The system gives this lock back when the process dies, however it dies."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(out / LOCK, blocking=False):
            yield
    except Timeout as error:
        raise ServiceError(
            "already_running",
            "Another run writes into this folder.",
            "Wait until it ends, or choose another folder with --out.",
        ) from error


@contextmanager
def _interruptible(console: Console) -> Iterator[threading.Event]:
    """The first Ctrl-C sets the event, a second one is a KeyboardInterrupt."""
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if stopping.is_set():
            raise KeyboardInterrupt
        stopping.set()
        console.print("Stopping when the parts in hand are done. Ctrl-C again drops them.")

    if threading.current_thread() is not threading.main_thread():
        yield stopping  # handlers can be set in the main thread alone
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopping
    finally:
        signal.signal(signal.SIGINT, before)
