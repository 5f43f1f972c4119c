"""`truthlens doctor`: looks at each thing that can be wrong, and names cause and remedy."""

from __future__ import annotations

import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata

import click

from truthlens import API_VERSION, __version__
from truthlens.client import Client
from truthlens.commands.pair import extensions
from truthlens.errors import ServiceError
from truthlens.library import Library
from truthlens.pairing import Pairings
from truthlens.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """``fault`` False is for what is well, or well but unusual."""

    text: str
    remedy: str = ""
    fault: bool = False


def run() -> int:
    """Print one line per check; 0 when none is a fault, else 1."""
    faults = 0
    for name, check in CHECKS.items():
        try:
            found = list(check(Settings.from_env()))
        except ServiceError as error:
            found = [Finding(error.message, error.remedy, fault=True)]
        for finding in found:
            faults += finding.fault
            mark = click.style("wrong", fg="red") if finding.fault else click.style("ok", fg="green")
            click.echo(f"{name:<10} {mark:<14} {finding.text}")
            if finding.remedy:
                click.echo(f"{'':<10} → {finding.remedy}")
    return 1 if faults else 0


def _python(_settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"TruthLens {__version__}, Python {version}, SQLite {sqlite3.sqlite_version}")


def _packages(_settings: Settings) -> Iterator[Finding]:
    missing = [name for name in ("torch", "sentence-transformers", "trafilatura") if not _installed(name)]
    if missing:
        yield Finding(f"{', '.join(missing)} not installed", "Run `make setup`.", fault=True)
    else:
        yield Finding(f"torch {metadata.version('torch')}")


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _model(settings: Settings) -> Iterator[Finding]:
    from truthlens import weights
    from truthlens.encode import MODEL_SHA256, verify

    verify(settings.model_dir)
    yield Finding(f"encoder unaltered (sha256 {MODEL_SHA256[:12]}…)")
    for name in ("phrase", "sentence"):
        weights.load(name)
    yield Finding("heads fit the encoder")


def _library(settings: Settings) -> Iterator[Finding]:
    with closing(Library.open(settings.data_dir)) as library:
        yield Finding("database can be read and written")
        if library.notice:
            yield Finding(library.notice)
        paired = extensions(Pairings(library))
    if paired:
        yield Finding(f"{len(paired)} extension{'s' * (len(paired) > 1)} paired")
    else:
        yield Finding("no extension is paired", "Run `truthlens pair` and type the code into the panel.")


def _service(settings: Settings) -> Iterator[Finding]:
    try:
        status = Client(settings.port).status()
    except ServiceError:
        yield _port(settings)
        return
    if status.get("name") != "truthlens":
        yield _taken(settings)
    elif (status["version"], status["api"]) != (__version__, API_VERSION):
        yield Finding(
            f"version {status['version']} runs, {__version__} is installed",
            "Stop the running service and start it again.",
            fault=True,
        )
    elif status["model"]["state"] == "failed":
        yield Finding(status["model"]["detail"], "See above, then start the service again.", fault=True)
    else:
        yield Finding(f"runs on port {settings.port}, model {status['model']['state']}")


def _port(settings: Settings) -> Finding:
    with closing(socket.socket()) as probe:
        if probe.connect_ex((settings.host, settings.port)) == 0:
            return _taken(settings)
    return Finding(f"does not run; port {settings.port} is free", "Start it with `make run`.")


def _taken(settings: Settings) -> Finding:
    return Finding(
        f"port {settings.port} is taken by another program",
        "Stop that program, or set TRUTHLENS_PORT and the port in the extension's options to another one.",
        fault=True,
    )


CHECKS: dict[str, Callable[[Settings], Iterator[Finding]]] = {
    "program": _python,
    "packages": _packages,
    "model": _model,
    "library": _library,
    "service": _service,
}
