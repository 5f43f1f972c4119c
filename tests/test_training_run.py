"""A whole run of `truthlens train`, with a tiny encoder, little data and hardly any steps."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fake_encoder import fake_heads, tiny_minilm
from training_data import few_seeds, write_all
from truthlens import manifests, stored_bank, weights
from truthlens.encode import MiniLM
from truthlens.errors import ServiceError
from truthlens.seeds import SeedFamily, phrases_digest
from truthlens.training import adapter, data, fit
from truthlens.training import train as train_module
from truthlens.training.task import tasks
from truthlens.training.train import PARTIAL, STEPS, train

FILES = {f"{name}.json" for name in STEPS} | {f"{name}.safetensors" for name in STEPS if name != "blend"}


class Interrupted(Exception):
    pass


@dataclass
class Bench:
    """Where training runs, what it was asked to load, and what it told."""

    data: Path
    families: dict[str, SeedFamily]
    loaded: list[bool] = field(default_factory=list)  # with an adapter or without
    told: list[str] = field(default_factory=list)

    def train(self, out: Path, *, seed: int = 3, stop_at: str = "", only: tuple[str, ...] = ()) -> list[str]:
        """``stop_at`` interrupts when that is told."""
        self.loaded.clear()
        self.told.clear()

        def tick(what: str, _share: float) -> None:
            what = what.partition(",")[0]  # of a head that is the mean of several, without their number
            if what == stop_at:
                raise Interrupted
            if what not in self.told:
                self.told.append(what)

        return train(self.data, load=self._load, out=out, seed=seed, tick=tick, only=only)

    def _load(self, folder: Path | None) -> MiniLM:
        self.loaded.append(folder is not None)
        encoder = tiny_minilm(self.data)
        if folder is not None:
            weights.load_adapter(folder).merge(encoder.model)
        return encoder

    def did(self, what: str) -> list[str]:
        return [told.removeprefix(what) for told in self.told if told.startswith(what)]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with pytest.MonkeyPatch.context() as patch:
        families = few_seeds(patch, 3)
        patch.setattr(adapter, "EPOCHS", 1)
        patch.setattr(adapter, "BATCH", 16)
        patch.setattr(fit, "EPOCHS", 2)
        patch.setattr(fit, "LEAST_STEPS", 20)
        patch.setattr(fit, "MOST_EPOCHS", 20)
        yield Bench(write_all(tmp_path_factory.mktemp("data")), families)


@dataclass(frozen=True)
class Made:
    """What a run made and told that was interrupted once, and taken up again."""

    folder: Path
    interrupted: set[str]  # what lay in the folder then
    names: list[str]
    told: tuple[list[str], list[str]]
    loaded: tuple[list[bool], list[bool]]


@pytest.fixture(scope="module")
def made(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Made:
    out = tmp_path_factory.mktemp("out")
    with pytest.raises(Interrupted):
        bench.train(out, stop_at="fitting check_worthy")
    first, loaded = list(bench.told), list(bench.loaded)
    interrupted = {path.name for path in out.iterdir()}
    names = bench.train(out)
    return Made(out, interrupted, names, (first, list(bench.told)), (loaded, list(bench.loaded)))


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.folder, tmp_path / "out"))


def digests(folder: Path) -> dict[str, str]:
    return {
        path.stem: json.loads(path.read_text("utf-8")).get("weights_sha256", path.read_text("utf-8"))
        for path in folder.glob("*.json")
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- from beginning to end


def test_a_run_writes_every_file_and_nothing_else(made: Made) -> None:
    assert made.names == list(STEPS)
    assert {path.name for path in made.folder.iterdir()} == FILES


def test_an_interrupted_run_leaves_no_half_of_the_weights(made: Made) -> None:
    assert made.interrupted == {PARTIAL}


def test_a_run_loads_the_encoder_without_the_adapter_and_then_with_it(made: Made) -> None:
    assert made.loaded == ([False, True], [True])


def test_a_run_that_is_taken_up_again_does_nothing_twice(made: Made) -> None:
    first, then = ([what for what in told if not what.startswith("encoding for")] for told in made.told)
    assert first == [
        "reading with the lower layers",
        "training the adapter",
        "fitting phrase",
        "fitting entity",
        "fitting loaded",
        "fitting mode",
    ]
    assert then == [
        "fitting check_worthy",
        "fitting emotion",
        "fitting frame",
        "fitting value",
        "fitting clickbait",
        "encoding the seeds",
    ]


def test_what_is_made_can_be_loaded(made: Made, bench: Bench) -> None:
    loaded = weights.load_all(made.folder)
    assert {name: head.outputs for name, head in loaded.heads.items()} == {
        name: tasks()[name].outputs for name in manifests.HEADS
    }
    for name, head in loaded.heads.items():
        assert head.w1.shape[0] == fake_heads()[name].w1.shape[0]
        assert head.exclusive == tasks()[name].exclusive
    bank = stored_bank.load(bench.families, made.folder)
    assert bank is not None
    assert len(bank.phrases) == sum(
        len(each.spans) for family in bench.families.values() for each in family.phrases
    )


@pytest.mark.parametrize("name", manifests.HEADS)
def test_a_manifest_says_what_a_head_is_made_of(name: str, made: Made, bench: Bench) -> None:
    manifest = manifests.manifest(name, made.folder)
    task = tasks()[name]
    parts = task.read(bench.data)
    assert manifest["adapter"] == manifests.adapter_digest(made.folder)
    assert manifest["seed"] == 3
    rows = manifest["rows"]
    assert (rows["calibrate"], rows["test"]) == (len(parts.calibrate), len(parts.test))
    assert (rows["train"] > len(parts.train)) == (tasks()[name].twins == "beside")
    assert rows["train"] >= len(parts.train)
    assert set(manifest["thresholds"]) == set(task.outputs)
    assert set(manifest["scores"]) == {"on", *task.outputs}
    assert manifest["scores"]["on"] == parts.test_name
    assert manifest["data"] == {
        each: phrases_digest(bench.families) if each == "seeds" else data.digest(bench.data, each)
        for each in task.data
    }


def test_the_manifests_of_adapter_blend_and_bank(made: Made, bench: Bench) -> None:
    about = manifests.manifest("adapter", made.folder)
    assert (about["seed"], about["tasks"]) == (3, adapter.WEIGHTS)
    assert set(about["rows"]) == set(adapter.WEIGHTS)
    assert set(about["data"]) == {"news_spans", "anno_lexical", "seeds"}
    blend = manifests.manifest("blend", made.folder)
    assert blend["of"] == {name: digests(made.folder)[name] for name in ("phrase", "loaded")}
    assert blend["slope"] > 0
    assert manifests.manifest("bank", made.folder)["phrases"] == phrases_digest(bench.families)


# --- some steps alone


def test_one_head_alone_leaves_the_others_as_they_are(bench: Bench, copy: Path) -> None:
    before = contents(copy)
    assert bench.train(copy, seed=4, only=("mode",)) == ["mode"]
    after = contents(copy)
    assert set(after) == FILES
    assert {name for name in FILES if before[name] != after[name]} == {"mode.json", "mode.safetensors"}
    assert bench.did("fitting ") == ["mode"]
    assert bench.loaded == [True]
    assert weights.load_all(copy).heads["mode"].outputs == tasks()["mode"].outputs


def test_a_head_that_a_blend_joins_is_made_with_the_blend(bench: Bench, copy: Path) -> None:
    before = digests(copy)
    assert bench.train(copy, seed=4, only=("loaded",)) == ["loaded", "blend"]
    after = digests(copy)
    assert {name for name in before if before[name] != after[name]} == {"loaded", "blend"}
    weights.load_all(copy)


def test_the_bank_alone(bench: Bench, copy: Path) -> None:
    before = contents(copy)
    (copy / "bank.safetensors").unlink()
    assert bench.train(copy, only=("bank",)) == ["bank"]
    assert contents(copy) == before
    assert bench.told == ["encoding the seeds"]


@pytest.mark.parametrize(
    ("only", "names"),
    [
        ((), STEPS),
        (("adapter",), STEPS),  # every head rests on it
        (("value", "adapter"), STEPS),
        (("phrase",), ("phrase", "blend")),
        (("bank", "mode", "entity"), ("entity", "mode", "bank")),
        (("blend",), ("blend",)),
    ],
)
def test_what_rests_on_a_step_is_done_with_it(only: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert train_module._wanted(only) == list(names)


def test_an_interrupted_run_leaves_what_was_there(bench: Bench, copy: Path) -> None:
    before = contents(copy)
    with pytest.raises(Interrupted):
        bench.train(copy, seed=4, only=("mode", "value"), stop_at="fitting value")
    assert contents(copy) == before
    weights.load_all(copy)


def test_the_same_seed_gives_the_same_weights_interrupted_or_not(
    bench: Bench, made: Made, tmp_path: Path
) -> None:
    found = []
    for name, seed, interrupted in (("one", 4, False), ("two", 4, True), ("three", 5, False)):
        out = Path(shutil.copytree(made.folder, tmp_path / name))
        if interrupted:
            with pytest.raises(Interrupted):
                bench.train(out, seed=seed, only=("mode", "value"), stop_at="fitting value")
        assert bench.train(out, seed=seed, only=("mode", "value")) == ["mode", "value"]
        assert bench.did("fitting ") == (["value"] if interrupted else ["mode", "value"])
        assert not (out / PARTIAL).exists()
        found.append(digests(out))
    assert found[0] == found[1]
    assert {name for name in found[0] if found[0][name] != found[2][name]} == {"mode", "value"}


@pytest.mark.parametrize("other", [{"seed": 5}, {"only": ("mode", "value", "clickbait")}])
def test_a_run_with_other_wishes_begins_anew(bench: Bench, copy: Path, other: dict[str, Any]) -> None:
    wishes: dict[str, Any] = {"seed": 4, "only": ("mode", "value")}
    with pytest.raises(Interrupted):
        bench.train(copy, **wishes, stop_at="fitting value")
    bench.train(copy, **(wishes | other))
    assert bench.did("fitting ")[:2] == ["mode", "value"]
    assert not (copy / PARTIAL).exists()


def test_wishes_in_another_order_are_the_same_wishes(bench: Bench, copy: Path) -> None:
    with pytest.raises(Interrupted):
        bench.train(copy, only=("mode", "value"), stop_at="fitting value")
    bench.train(copy, only=("value", "mode"))
    assert bench.did("fitting ") == ["value"]


# --- what is missing


@pytest.mark.parametrize("name", ["news_spans", "anno_lexical"])
def test_missing_data_is_said_and_nothing_is_made(
    bench: Bench, copy: Path, tmp_path: Path, name: str
) -> None:
    folder = Path(shutil.copytree(bench.data, tmp_path / "data"))
    shutil.rmtree(folder / "train" / name)
    before = contents(copy)
    with pytest.raises(ServiceError, match="--data") as caught:
        Bench(folder, bench.families).train(copy, only=("loaded",))
    assert caught.value.code == "data_missing"
    assert contents(copy) == before


@pytest.mark.parametrize("name", ["mode", "bank"])
def test_a_head_without_an_adapter_is_refused_each_time(bench: Bench, tmp_path: Path, name: str) -> None:
    for _ in range(2):
        with pytest.raises(ServiceError, match="adapter"):
            bench.train(tmp_path, only=(name,))


def test_a_head_needs_no_other_head(bench: Bench, copy: Path) -> None:
    for path in copy.iterdir():
        if path.stem != "adapter":
            path.unlink()
    assert bench.train(copy, only=("clickbait",)) == ["clickbait"]
    assert weights.load("clickbait", copy)[1]["seed"] == 3


def test_a_blend_without_its_heads_is_refused(bench: Bench, copy: Path) -> None:
    (copy / "phrase.json").unlink()
    with pytest.raises(ServiceError, match="phrase"):
        bench.train(copy, only=("loaded",))
