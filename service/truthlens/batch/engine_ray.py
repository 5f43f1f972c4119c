"""Runs parts on Ray Data: reading, extraction and analysis as stages that Ray scales apart, on one machine or
a cluster. There is no scheduler here; restarts, retries and back-pressure are Ray's.

One row of the dataset is one part, since a part is what is written, and done again, as a whole.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from truthlens.batch.examine import ANALYSER, ON_GPU, Job, examine, loaded
from truthlens.batch.inputs.columns import Columns
from truthlens.batch.inputs.source import Source
from truthlens.batch.obtain import Obtained, obtain
from truthlens.batch.parts import parts
from truthlens.batch.polite import Polite
from truthlens.batch.record import Finished, Part
from truthlens.batch.watch import Watch
from truthlens.errors import ServiceError

READING_CPUS = 0.25  # reading waits for disks and for hosts
ON_ONE_GPU = 8
"""Actors that share a GPU: all of an analysis but the encoder is work for a core, so that one actor alone
would leave the GPU idle. On an H200 with 16 cores 2, 4 and 8 actors made 27, 45 and 61 articles a second of
1,000 made from the demo articles, on another such machine 4 and 8 made 28 and 44; more were not tried."""
EXTRACTING_CPUS = 0.5  # an actor waits while its parser process works, for about a fifth of an analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an actor with a model asks of Ray, and how many there may be."""

    analyser: str
    gpus: float
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Sources that one process reads, and which of their parts are wanted. Lists of addresses share a task,
    so that no host is asked by two.
    """

    sources: tuple[Source, ...]
    done: tuple[frozenset[int], ...]
    columns: Columns
    size: int
    delay: float


class _Extracted(msgspec.Struct):
    part: Part
    obtained: list[Obtained]


def run(tasks: list[Task], job: Job, watch: Watch, *, workers: int, address: str = "") -> None:
    """Every part of every task, unless ``watch.stopping``.

    ``address`` of a running cluster; "" begins one here. ``workers`` is the most actors with a model; 0
    leaves it to the cores that there are.

    Raises ServiceError ``ray_failed``.
    """
    if not tasks:
        return
    import ray
    from ray.exceptions import RayError

    ours = not ray.is_initialized()
    if ours:
        _begin(ray, address)
    try:
        for finished in _flow(ray, tasks, job, watch, workers):
            watch.done(finished)
            if watch.stopping():
                break  # Ray drops what is in hand, and the next run does it again
    except RayError as error:
        cause = getattr(error, "cause", None)
        if isinstance(cause, ServiceError):
            raise cause from error
        raise ServiceError(
            "ray_failed",
            f"Ray gave the run up ({type(cause or error).__name__}).",
            "Ray's own logs say more. What is finished is kept: run the same command again.",
            status=503,
        ) from error
    finally:
        if ours:
            ray.shutdown()


def _begin(ray: Any, address: str) -> None:
    # Workers on this machine must find what this process finds; on a cluster TruthLens is installed.
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {} if address else {"env_vars": {"PYTHONPATH": paths}}
    ray.init(
        address=address or None,
        include_dashboard=False if not address else None,
        log_to_driver=False,
        logging_level=logging.ERROR,
        runtime_env=environment,
    )


def _flow(ray: Any, tasks: list[Task], job: Job, watch: Watch, workers: int) -> Iterator[Finished]:
    from ray import data

    context = data.DataContext.get_current()
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context.enable_progress_bars = False  # ours counts articles
    # Every part is a block of its own: small ones would come bundled, and one actor would get them all.
    context.target_max_block_size = 1
    place = placed(ray.cluster_resources(), job.analyser, workers)
    job, most = replace(job, analyser=place.analyser), place.most
    versions = ray.get(ray.remote(num_cpus=1, num_gpus=place.gpus)(_versions).remote(job.analyser))
    watch.versions(versions)
    rows = [{"task": msgspec.msgpack.encode(task)} for task in tasks]
    flow = (
        data.from_items(rows, override_num_blocks=len(rows))
        .map_batches(_read, batch_size=1, batch_format="pyarrow", num_cpus=READING_CPUS)
        .map_batches(
            _Extract,
            batch_size=1,
            batch_format="pyarrow",
            num_cpus=EXTRACTING_CPUS,
            compute=data.ActorPoolStrategy(min_size=1, max_size=max(1, most // 2)),
        )
        .map_batches(
            _Analyse,
            batch_size=1,
            batch_format="pyarrow",
            num_cpus=1,
            num_gpus=place.gpus,
            compute=data.ActorPoolStrategy(min_size=1, max_size=most),
            fn_constructor_args=(job, versions),
        )
    )
    for row in flow.iter_rows():
        yield msgspec.msgpack.decode(row["finished"], type=Finished)


def placed(resources: Mapping[str, float], analyser: str, workers: int) -> Place:
    """Models on GPUs where the cluster has any, else on cores; ``workers`` 0 takes what there is.

    One core is left to what reads and extracts.
    """
    cores, gpus = max(1, int(resources.get("CPU", 1)) - 1), int(resources.get("GPU", 0))
    if not gpus or analyser != ANALYSER:
        return Place(analyser=analyser, gpus=0.0, most=workers or cores)
    there = min(cores, gpus * ON_ONE_GPU)
    return Place(analyser=ON_GPU, gpus=1 / ON_ONE_GPU, most=min(workers, there) if workers else there)


def _versions(analyser: str) -> dict[str, str]:
    return dict(loaded(analyser).versions)


def _read(batch: Any) -> Iterator[Any]:
    """Rows of tasks in, one row a part out. Begun again after a death, it gives the same parts."""
    for packed in batch["task"].to_pylist():
        task = msgspec.msgpack.decode(packed, type=Task)
        polite = Polite(delay=task.delay)
        for source, done in zip(task.sources, task.done, strict=True):
            for part in parts(source, columns=task.columns, size=task.size, done=done):
                yield _row("part", polite.part(part))


class _Extract:
    """An actor with one parser process."""

    def __init__(self) -> None:
        from truthlens.extract.pool import ExtractionPool

        self._pool = ExtractionPool(workers=1)

    def __call__(self, batch: Any) -> Iterator[Any]:
        for packed in batch["part"].to_pylist():
            part = msgspec.msgpack.decode(packed, type=Part)
            obtained = [obtain(record, self._pool.extract) for record in part.records]
            # Pages are not needed any more, and are most of what would travel on.
            bare = replace(part, records=tuple(each.record for each in obtained))
            yield _row("extracted", _Extracted(part=bare, obtained=obtained))


class _Analyse:
    """An actor with a model. It writes the tables of a part, and passes on only that they are written."""

    def __init__(self, job: Job, versions: Mapping[str, str]) -> None:
        self._job, self._analyser = job, loaded(job.analyser)
        if dict(self._analyser.versions) != dict(versions):
            raise ServiceError(
                "other_run",
                "Machines of the cluster have different versions, models or precisions.",
                "Install the same everywhere, and set TRUTHLENS_PRECISION=float32 where processors differ.",
                status=503,
            )

    def __call__(self, batch: Any) -> Iterator[Any]:
        for packed in batch["extracted"].to_pylist():
            found = msgspec.msgpack.decode(packed, type=_Extracted)
            yield _row("finished", examine(found.part, found.obtained, self._job, self._analyser))


def _row(name: str, value: object) -> Any:
    import pyarrow as pa

    return pa.table({name: pa.array([msgspec.msgpack.encode(value)], pa.large_binary())})
