"""What the environment may set, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from truthlens.errors import ServiceError
from truthlens.settings import Settings


def test_defaults_hold_without_an_environment() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.model_dir) == ("127.0.0.1", 8765, None)
    assert settings.data_dir.name == "truthlens"


def test_empty_counts_as_unset() -> None:
    empty = {"TRUTHLENS_DATA_DIR": "", "TRUTHLENS_PORT": "", "TRUTHLENS_MODEL_DIR": ""}
    assert Settings.from_env(empty) == Settings.from_env({})


def test_the_environment_is_read() -> None:
    environ = {"TRUTHLENS_DATA_DIR": "data", "TRUTHLENS_PORT": "9001", "TRUTHLENS_MODEL_DIR": "model"}
    settings = Settings.from_env(environ)
    assert (settings.data_dir, settings.port, settings.model_dir) == (Path("data"), 9001, Path("model"))


@pytest.mark.parametrize("port", ["80", "1023", "65536", "-1", "x", "8765 ", "٨٧٦٥", "9" * 5000, "1e4"])
def test_other_ports_are_refused_with_the_remedy(port: str) -> None:
    with pytest.raises(ServiceError) as caught:
        Settings.from_env({"TRUTHLENS_PORT": port})
    assert caught.value.code == "bad_settings"
    assert "TRUTHLENS_PORT" in caught.value.remedy


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "localhost"])
def test_nothing_but_loopback_is_listened_on(host: str) -> None:
    with pytest.raises(ServiceError):
        Settings(Path("data"), host=host)
