"""`truthlens train`: adapter, heads, bank of seeds; measured, calibrated and written with their manifests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from truthlens import manifests, seeds, stored_bank, symmetry, weights
from truthlens.encode import MiniLM
from truthlens.reading import SeedBank
from truthlens.training import data
from truthlens.training.adapter import WEIGHTS, train_adapter
from truthlens.training.blend import fit_blend
from truthlens.training.calibrate import calibrated
from truthlens.training.features import Features, Tick
from truthlens.training.fit import fit
from truthlens.training.measure import summary, thresholds
from truthlens.training.swaps import Swaps
from truthlens.training.task import Example, Task, tasks
from truthlens.training.twins import twins

STEPS = (manifests.ADAPTER, *manifests.HEADS, manifests.BLEND, stored_bank.NAME)
PARTIAL = ".partial"
Load = Callable[[Path | None], MiniLM]
"""The encoder with the adapter of a folder; None: without one."""


def train(
    folder: Path, *, load: Load, out: Path, seed: int, tick: Tick, only: Sequence[str] = ()
) -> list[str]:
    """Do the steps named in ``only`` (all when empty), move what they made into ``out``, return their names.

    What is finished lies in a folder of its own until the end, so that a run that was interrupted goes on
    where it stopped and never leaves half of the weights behind. Raises ServiceError ``data_missing``.
    """
    names = _wanted(only)
    partial = out / PARTIAL
    _begin(partial, out, names, seed)
    if manifests.ADAPTER in names and not _done(partial, manifests.ADAPTER):
        _adapter(folder, load(None), partial, seed, tick)
    left = [name for name in names if not _done(partial, name)]
    if left:
        encoder = load(partial)
        features = Features(encoder, tick)
        _heads(folder, [tasks()[name] for name in left if name in tasks()], features, partial, seed, tick)
        if manifests.BLEND in left:
            weights.save_blend(fit_blend(folder, features, partial), partial)
        if stored_bank.NAME in left:
            tick("encoding the seeds", 0.0)
            families = seeds.load_families()
            stored_bank.save(SeedBank.build(encoder, families), families, partial)
            tick("encoding the seeds", 1.0)
    for path in sorted(partial.iterdir()):
        if path.stem in names:
            shutil.move(path, out / path.name)
    shutil.rmtree(partial)
    return names


def _wanted(only: Sequence[str]) -> list[str]:
    """The steps to do. What rests on another step's result is done with it: a new adapter makes every head
    void, a new head the blend that it takes part in.
    """
    if not only or manifests.ADAPTER in only:
        return list(STEPS)
    also = {manifests.BLEND} if {"phrase", "loaded"} & set(only) else set()
    return [name for name in STEPS if name in only or name in also]


def _begin(partial: Path, out: Path, names: Sequence[str], seed: int) -> None:
    """Open this run's folder: an earlier run's with the same wishes is gone on with, another's dropped."""
    wanted = f"{seed} {' '.join(names)}\n"
    note = partial / "run"
    if not note.exists() or note.read_text("utf-8") != wanted:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        # What stays as it is may be needed by what is made anew.
        needed = (manifests.ADAPTER, *(("phrase", "loaded") if manifests.BLEND in names else ()))
        for name in needed:
            if name not in names:
                weights.read(name, out)
                for suffix in (".safetensors", ".json"):
                    shutil.copy(out / f"{name}{suffix}", partial)
        note.write_text(wanted, "utf-8")


def _done(partial: Path, name: str) -> bool:
    return (partial / f"{name}.json").exists()


def _adapter(folder: Path, encoder: MiniLM, partial: Path, seed: int, tick: Tick) -> None:
    chosen = {key: tasks()[key] for key in WEIGHTS}
    swaps = Swaps(symmetry.load().swaps)
    examples: dict[str, Mapping[str, Example]] = {}
    for key, task in chosen.items():
        rows = list(task.read(folder).train)
        rows = rows[:: max(1, len(rows) // (task.adapter_rows or len(rows)))]
        rows += twins(rows, swaps) if task.twins == "beside" and task.level == "word" else []
        examples[key] = {example.text: example for example in rows}
    trained = train_adapter(
        encoder, chosen, examples, seed=seed, tick=tick, partial=partial / "adapter-state.safetensors"
    )
    about = {
        "rank": next(iter(trained.values()))[0].shape[0],
        "tasks": WEIGHTS,
        "data": _digests(folder, list(chosen.values())),
        "seed": seed,
        "rows": {key: len(rows) for key, rows in examples.items()},
    }
    weights.save_adapter(trained, about, partial)


def _heads(
    folder: Path, heads: Sequence[Task], features: Features, partial: Path, seed: int, tick: Tick
) -> None:
    swaps = Swaps(symmetry.load().swaps)
    for task in heads:
        parts = task.read(folder)
        train_rows = _with_twins(task, parts.train, swaps)
        texts = [example.text for part in (train_rows, parts.calibrate, parts.test) for example in part]
        features.add(texts, name=task.key, level=task.level)
        head = fit(task, *features.rows(task, train_rows), seed=seed, tick=tick)
        held, held_targets, _ = features.rows(task, parts.calibrate)
        head = calibrated(head, held.astype(np.float32), held_targets)
        held_scores = head.probabilities(held.astype(np.float32))
        unseen, targets, _ = features.rows(task, parts.test)
        scores = head.probabilities(unseen.astype(np.float32))
        chosen = thresholds(task, held_scores, held_targets)
        about = {
            "data": _digests(folder, [task]),
            "seed": seed,
            "rows": {
                "train": len(train_rows),
                "calibrate": len(parts.calibrate),
                "test": len(parts.test),
            },
            "thresholds": chosen,
            "scores": {"on": parts.test_name, **summary(task.outputs, scores, targets, chosen)},
        }
        weights.save(task.key, head, about, partial)
        if task.level == "word":
            features.forget_words()


def _with_twins(task: Task, rows: Sequence[Example], swaps: Swaps) -> list[Example]:
    if task.twins == "beside":
        return [*rows, *twins(rows, swaps)]
    if task.twins == "instead":
        kept, given = list(rows[::2]), list(rows[1::2])
        return kept + [(twins([row], swaps) or [row])[0] for row in given]
    return list(rows)


def _digests(folder: Path, used: Sequence[Task]) -> dict[str, str]:
    names = sorted({name for task in used for name in task.data})
    return {
        name: seeds.phrases_digest(seeds.load_families()) if name == "seeds" else data.digest(folder, name)
        for name in names
    }
