"""`truthlens doctor`: looks at each thing that can be wrong, and names cause and remedy."""

from __future__ import annotations

import re
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from truthlens import API_VERSION, __version__, manifests
from truthlens.errors import ServiceError
from truthlens.model_file import MODEL_SHA256, verify
from truthlens.settings import Settings

# What opens the library or asks the service is imported by the look that does it, while the encoder's file is
# hashed.


@dataclass(frozen=True, slots=True)
class Outcome:
    """``fault`` False is for what is well, or well but unusual."""

    text: str
    remedy: str = ""
    fault: bool = False


_VERSION = re.compile(r"^__version__ = ['\"]([^'\"]+)", re.MULTILINE)
Check = Callable[[Settings], Iterator[Outcome]]


def run() -> int:
    """Print one line per check; 0 when none is a fault, else 1."""
    faults = 0
    with ThreadPoolExecutor(2) as pool:  # the encoder's 91 MB are hashed while the rest is looked at
        for name, found in zip(CHECKS, pool.map(_look, CHECKS.values()), strict=True):
            for outcome in found:
                faults += outcome.fault
                say(f"{name:<10}", outcome.text, outcome.remedy, fault=outcome.fault)
    return 1 if faults else 0


def _look(check: Check) -> list[Outcome]:
    try:
        return list(check(Settings.from_env()))
    except ServiceError as error:
        return [Outcome(error.message, error.remedy, fault=True)]


def say(name: str, text: str, remedy: str, *, fault: bool) -> None:
    """Print the line of one look, and below it what is to be done; ``name`` fills its column."""
    mark = click.style("wrong", fg="red") if fault else click.style("ok", fg="green")
    click.echo(f"{name} {mark:<14} {text}")
    if remedy:
        click.echo(f"{'':<{len(name)}} → {remedy}")


def _python(_settings: Settings) -> Iterator[Outcome]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Outcome(f"TruthLens {__version__}, Python {version}, SQLite {sqlite3.sqlite_version}")


def _packages(_settings: Settings) -> Iterator[Outcome]:
    missing = [name for name in ("torch", "sentence_transformers", "trafilatura") if find_spec(name) is None]
    if missing:
        yield Outcome(f"{', '.join(missing)} not installed", "Run `make setup`.", fault=True)
    else:
        yield Outcome(f"torch {_torch_version()}")


def _torch_version() -> str:
    """As torch's own file has it: to ask for a package's metadata takes 40 ms, to import torch a second."""
    spec = find_spec("torch")
    file = Path(spec.origin).with_name("version.py") if spec and spec.origin else None
    found = _VERSION.search(file.read_text("utf-8")) if file and file.exists() else None
    return found[1] if found else "of an unknown version"


def _model(settings: Settings) -> Iterator[Outcome]:
    verify(settings.model_dir)
    yield Outcome(f"encoder unaltered (sha256 {MODEL_SHA256[:12]}…)")
    manifests.check()
    yield Outcome(f"{len(manifests.HEADS)} heads and the adapter fit the encoder")


def _library(settings: Settings) -> Iterator[Outcome]:
    from truthlens.commands.pair import extensions
    from truthlens.server.pairing import Pairings
    from truthlens.store.library import Library

    with closing(Library.open(settings.data_dir)) as library:
        yield Outcome("database can be read and written")
        if library.notice:
            yield Outcome(library.notice)
        if aside := library.set_aside():
            yield Outcome(
                f"damaged and set aside: {', '.join(path.name for path in aside)}",
                "`truthlens library restore` brings back a backup. Delete the file when it is not wanted.",
            )
        paired = extensions(Pairings(library))
    if paired:
        yield Outcome(f"{len(paired)} extension{'s' * (len(paired) > 1)} paired")
    else:
        yield Outcome("no extension is paired", "Run `truthlens pair` and type the code into the panel.")


def _service(settings: Settings) -> Iterator[Outcome]:
    from truthlens.client import Client

    try:
        status = Client(settings.port).status()
    except ServiceError:
        yield _port(settings)
        return
    if status.get("name") != "truthlens":
        yield _taken(settings)
    elif (status["version"], status["api"]) != (__version__, API_VERSION):
        yield Outcome(
            f"version {status['version']} runs, {__version__} is installed",
            "Stop the running service and start it again.",
            fault=True,
        )
    elif status["model"]["state"] == "failed":
        yield Outcome(status["model"]["detail"], "See above, then start the service again.", fault=True)
    else:
        yield Outcome(f"runs on port {settings.port}, model {status['model']['state']}")


_UNASKED = {True: "name none in the extension's options", False: "unset TRUTHLENS_LLM_URL"}


def _language_model(settings: Settings) -> Iterator[Outcome]:
    from truthlens.server.chosen_model import listens, settled
    from truthlens.store.library import Library

    with closing(Library.open(settings.data_dir)) as library:
        settings, in_options = settled(settings, library)
    if not settings.llm_url:
        yield Outcome("no language model is asked")
        return
    from truthlens.llm.endpoint import endpoint

    found = endpoint(settings)
    assert found is not None  # it is None without an address alone
    if listens(found):
        yield Outcome(f"“{found.model}” is asked on port {found.target.port} of this computer")
    else:
        yield Outcome(
            f"nothing listens on port {found.target.port} of this computer",
            f"Start the program that runs the language model, or {_UNASKED[in_options]}.",
            fault=True,
        )


def _port(settings: Settings) -> Outcome:
    with closing(socket.socket()) as probe:
        if probe.connect_ex((settings.host, settings.port)) == 0:
            return _taken(settings)
    return Outcome(f"does not run; port {settings.port} is free", "Start it with `make run`.")


def _taken(settings: Settings) -> Outcome:
    return Outcome(
        f"port {settings.port} is taken by another program",
        "Stop that program, or set TRUTHLENS_PORT and the port in the extension's options to another one.",
        fault=True,
    )


CHECKS: dict[str, Check] = {
    "program": _python,
    "packages": _packages,
    "model": _model,
    "library": _library,
    "service": _service,
    "rewording": _language_model,
}
