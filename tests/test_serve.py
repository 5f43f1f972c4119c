"""The process: one socket on loopback, a clear word when the port is taken, and a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from service_under_test import FakeAnalyser, ask, bare_intake, running, until
from truthlens.errors import ServiceError
from truthlens.serve import Service
from truthlens.settings import Settings
from truthlens.store.library_file import FILE_NAME

LISTENING = "0A"  # the state in /proc/net/tcp
PROGRAM = """
import sys
from pathlib import Path
from truthlens.serve import serve
from truthlens.settings import Settings
settings = Settings(Path(sys.argv[1]), port=0, model_dir=Path(sys.argv[1]) / "no-model")
serve(
    settings,
    on_ready=lambda service: print(service.settings.port, flush=True),
    on_model=lambda state, detail: print(state, flush=True),
)
print("ended", flush=True)
"""


def test_a_taken_port_is_named_with_a_remedy(tmp_path: Path) -> None:
    with running(tmp_path / "one") as run:
        settings = replace(run.service.settings, data_dir=tmp_path / "two")
        with pytest.raises(ServiceError) as caught:
            Service(settings, obtain=bare_intake(), analyser=FakeAnalyser())
    assert caught.value.code == "port_taken"
    assert str(settings.port) in caught.value.message
    assert "TRUTHLENS_PORT" in caught.value.remedy


def test_a_service_that_cannot_open_its_library_leaves_the_port_free(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(ServiceError, match="library_unreadable"):
        Service(Settings(tmp_path, port=0), obtain=bare_intake())


def test_the_reader_is_told_of_a_damaged_library(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    with running(tmp_path) as run:
        assert len(run.service.notices) == 1
        assert "damaged" in run.service.notices[0]
        assert ask(run.port, "GET", "/v1/status").status == 200


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's table of sockets")
def test_one_socket_listens_on_loopback_only(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        found = []
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                local, state = line.split()[1], line.split()[3]
                if state == LISTENING and int(local.split(":")[1], 16) == run.port:
                    found.append(local.split(":")[0])
    assert found == ["0100007F"]


def test_the_port_is_free_again_after_the_end(tmp_path: Path) -> None:
    with running(tmp_path) as run:
        assert ask(run.port, "GET", "/v1/status").status == 200
        settings = run.service.settings
    service = Service(settings, obtain=bare_intake())
    assert service.settings.port == settings.port
    service.close()


@contextmanager
def process(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """The real service without a model; it writes its port, then the model's state."""
    started = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(data_dir)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def group_is_empty(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("wait_for_model", [False, True])
def test_a_signal_ends_the_process_and_its_workers(
    tmp_path: Path, number: signal.Signals, wait_for_model: bool
) -> None:
    with process(tmp_path) as started:
        assert started.stdout is not None
        port = int(started.stdout.readline())
        until(lambda: ask(port, "GET", "/v1/status").status == 200)
        if wait_for_model:
            assert started.stdout.readline() == "failed\n"
            assert ask(port, "GET", "/v1/status").json["model"]["state"] == "failed"
        started.send_signal(number)
        out, err = started.communicate(timeout=20)
        assert (started.returncode, out.splitlines()[-1], err) == (0, "ended", "")
        until(lambda: group_is_empty(started.pid))
