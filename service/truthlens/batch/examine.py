"""What a worker does with a part, whichever engine runs it: analyse each article, write the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Protocol

from truthlens.batch.attempts import Attempts
from truthlens.batch.obtain import Obtained
from truthlens.batch.output import merged, write
from truthlens.batch.record import Finished, Part, Refusal
from truthlens.batch.rows import Rows, article_rows, error_row
from truthlens.domain import Article, Report
from truthlens.errors import ServiceError
from truthlens.reading import Reading

ANALYSER = "truthlens.batch.examine:load"
"""How workers get their analyser: module and function, since they cannot be handed one."""
ON_GPU = "truthlens.batch.examine:load_on_gpu"


class Analysing(Protocol):
    """What a batch needs of `analyse.Analyser`."""

    @property
    def versions(self) -> Mapping[str, str]: ...

    def analyse_with_reading(self, article: Article) -> tuple[Report, Reading]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all parts of a run have in common. ``inputs`` are names of the sources, by number."""

    out: str
    inputs: tuple[str, ...]
    text: bool = True
    analyser: str = ANALYSER


def load() -> Analysing:
    """The analyser that readers get, in this process."""
    from truthlens.analyse import Analyser
    from truthlens.settings import Settings

    # The number of its threads comes from OMP_NUM_THREADS, which whoever starts the process sets.
    return Analyser.load_for_good(Settings.from_env())


def load_on_gpu() -> Analysing:
    """The same with its encoder on the GPU that this process may use. Raises ServiceError ``no_gpu``."""
    import torch

    from truthlens.analyse import Analyser
    from truthlens.precision import AUTO
    from truthlens.settings import Settings

    if not torch.cuda.is_available():
        raise ServiceError(
            "no_gpu",
            "Ray counts a GPU that the installed torch cannot use.",
            "Install a torch with CUDA on every machine, or start Ray with --num-gpus 0.",
            status=503,
        )
    settings = Settings.from_env()
    # What is chosen by itself is chosen by the processor; a GPU computes in float32 unless told otherwise.
    precision = "float32" if settings.precision == AUTO else settings.precision
    return Analyser.load(replace(settings, precision=precision), "cuda")


def loaded(analyser: str) -> Analysing:
    """Whatever the function named "module:function" returns."""
    module, _, function = analyser.partition(":")
    found: Analysing = getattr(import_module(module), function)()
    return found


def examine(
    part: Part,
    obtained: Iterable[Obtained],
    job: Job,
    analyser: Analysing,
    told: Callable[[], None] = lambda: None,
) -> Finished:
    """Analyse and write one part. ``obtained`` comes in the order of its records and is used up one by one;
    ``told`` is called before each and before writing, and may raise to give the part up.
    """
    out, source = Path(job.out), job.inputs[part.source]
    done: list[Rows] = []
    with Attempts(out, part.name) as attempts:
        waiting = iter(obtained)
        for place, record in enumerate(part.records):
            told()
            attempts.at(place)
            found = next(waiting)
            if place in attempts.deadly:
                found = Obtained(record=record.refused(_DEADLY))
            done.append(_rows(found, source, job, analyser))
        told()
        rows = merged(done)
        size = write(out, part.name, rows, analyser.versions)
    return Finished(
        source=part.source,
        index=part.index,
        last=part.last,
        weight=part.weight,
        records=len(part.records),
        articles=len(rows["articles"]),
        errors=len(rows["errors"]),
        words=sum(row["words"] for row in rows["articles"]),
        written=size,
    )


_DEADLY = Refusal(stage="analyse", code="worker_died", message="The process that read it died, twice.")


def _rows(obtained: Obtained, source: str, job: Job, analyser: Analysing) -> Rows:
    if obtained.article is None:
        return {"errors": [error_row(obtained, source)]}
    try:
        report, reading = analyser.analyse_with_reading(obtained.article)
        return article_rows(obtained, source, report, reading, text=job.text)
    except ServiceError as error:
        refusal = Refusal.of("analyse", error)
    except Exception as error:  # noqa: BLE001  # one article must not cost the others
        # The type alone: an exception's text may quote the article.
        message = f"It could not be analysed ({type(error).__name__})."
        refusal = Refusal(stage="analyse", code="analysis_failed", message=message)
    return {"errors": [error_row(Obtained(record=obtained.record.refused(refusal)), source)]}
