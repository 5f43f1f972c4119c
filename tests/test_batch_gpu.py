"""Where a batch on Ray puts its models: on GPUs where the cluster has some, for the real model."""

from __future__ import annotations

import pytest
from batch_fakes import FAKE
from batch_proof import Tables
from gpu_proof import gap
from truthlens.batch.engine_ray import Place, placed
from truthlens.batch.examine import ANALYSER, ON_GPU, loaded
from truthlens.errors import ServiceError


@pytest.mark.parametrize(
    ("resources", "workers", "expected"),
    [
        ({"CPU": 8.0}, 0, Place(analyser=ANALYSER, gpus=0.0, most=7)),
        ({"CPU": 1.0}, 0, Place(analyser=ANALYSER, gpus=0.0, most=1)),
        ({"CPU": 8.0}, 3, Place(analyser=ANALYSER, gpus=0.0, most=3)),
        ({"CPU": 64.0, "GPU": 2.0}, 0, Place(analyser=ON_GPU, gpus=0.125, most=16)),
        ({"CPU": 4.0, "GPU": 2.0}, 0, Place(analyser=ON_GPU, gpus=0.125, most=3)),
        # More than fit would wait for ever.
        ({"CPU": 64.0, "GPU": 1.0}, 40, Place(analyser=ON_GPU, gpus=0.125, most=8)),
    ],
)
def test_models_go_where_there_is_room(resources: dict[str, float], workers: int, expected: Place) -> None:
    assert placed(resources, ANALYSER, workers) == expected


def test_another_analyser_stays_on_cores() -> None:
    assert placed({"CPU": 4.0, "GPU": 1.0}, FAKE, 0) == Place(analyser=FAKE, gpus=0.0, most=3)


def test_a_gpu_that_torch_cannot_use_is_refused_and_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ServiceError) as caught:
        loaded(ON_GPU)
    assert caught.value.code == "no_gpu"
    assert "--num-gpus 0" in caught.value.remedy


def rows(*scores: float | None) -> dict[str, list[dict[str, object]]]:
    return {"findings": [{"id": at, "score": score} for at, score in enumerate(scores)]}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (rows(0.5, None), rows(0.5, None), (0, 0.0)),
        (rows(0.5, 0.25), rows(0.5, 0.75), (0, 0.5)),
        (rows(0.5, None), rows(0.5, 0.1), (1, 0.0)),
        (rows(0.5, 0.1), rows(0.5, None), (1, 0.0)),
        (rows(0.5), rows(0.5, 0.5, 0.5), (2, 0.0)),
        (rows(0.5), {"findings": [{"id": 7, "score": 0.5}]}, (1, 0.0)),
    ],
)
def test_the_proof_tells_other_rows_from_other_numbers(
    one: Tables, other: Tables, expected: tuple[int, float]
) -> None:
    assert gap(one, other) == expected
