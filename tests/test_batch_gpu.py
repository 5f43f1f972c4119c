"""Where a batch on Ray puts its models: on GPUs where the cluster has some, for the real model."""

from __future__ import annotations

import pytest
from batch_fakes import FAKE
from truthlens.batch.engine_ray import Place, placed
from truthlens.batch.examine import ANALYSER, ON_GPU, loaded
from truthlens.errors import ServiceError


@pytest.mark.parametrize(
    ("resources", "workers", "expected"),
    [
        ({"CPU": 8.0}, 0, Place(analyser=ANALYSER, gpus=0.0, most=7)),
        ({"CPU": 1.0}, 0, Place(analyser=ANALYSER, gpus=0.0, most=1)),
        ({"CPU": 8.0}, 3, Place(analyser=ANALYSER, gpus=0.0, most=3)),
        ({"CPU": 64.0, "GPU": 2.0}, 0, Place(analyser=ON_GPU, gpus=0.25, most=8)),
        ({"CPU": 4.0, "GPU": 2.0}, 0, Place(analyser=ON_GPU, gpus=0.25, most=3)),
        # More than fit would wait for ever.
        ({"CPU": 64.0, "GPU": 1.0}, 40, Place(analyser=ON_GPU, gpus=0.25, most=4)),
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
