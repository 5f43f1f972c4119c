"""Run in a mount namespace of its own, without the right to pass over permissions: takes from a running
service what it needs to write, asks it this and that, gives it back, and asks again. Prints as JSON what was
answered.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from service_under_test import Running, ask, client_headers, running
from truthlens.client import Client
from truthlens.errors import ServiceError
from truthlens.store import backups
from truthlens.store.library_file import FILE_NAME

SIZE = "3m"  # of the disk
KEEP = b'{"keeping": true, "retention_days": 90}'


def mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


@contextmanager
def full(run: Running, disk: Path) -> Iterator[None]:
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    yield
    ballast.unlink()


@contextmanager
def page_limit(run: Running, disk: Path) -> Iterator[None]:
    with run.service.library.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    with run.service.library.reading() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def quota(run: Running, disk: Path) -> Iterator[None]:
    """No file may grow past its first 100 bytes, as where a quota is used up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def closed_folder(run: Running, disk: Path) -> Iterator[None]:
    """The file itself is open for writing, but no journal or log can be made beside it."""
    data = run.service.settings.data_dir
    for name in ("-journal", "-wal", "-shm"):
        (data / (FILE_NAME + name)).unlink(missing_ok=True)
    data.chmod(0o500)
    yield
    data.chmod(0o700)


@contextmanager
def closed_files(run: Running, disk: Path) -> Iterator[None]:
    data = run.service.settings.data_dir
    files = [path for path in data.rglob("*") if path.is_file()]
    for path in files:
        path.chmod(0o400)
    for folder in (data / backups.FOLDER, data):
        folder.chmod(0o500)
    yield
    for folder in (data, data / backups.FOLDER):
        folder.chmod(0o700)
    for path in files:
        path.chmod(0o600)


SCARCITIES = {each.__name__: each for each in (full, page_limit, quota, closed_folder, closed_files)}


def text(name: str) -> str:
    return f"{name}: " + "The harbour board suspended every ferry. " * 600


def problems(client: Client, name: str) -> list[str]:
    result = client.analyse({"url": f"https://news.example/{name}", "text": text(name)})
    return [problem["code"] for problem in result["report"]["problems"]]


def refusal(work: Callable[[], object]) -> list[Any]:
    """Code, status and whether there is a remedy; nothing when it went well."""
    try:
        work()
    except ServiceError as error:
        return [error.code, error.status, bool(error.remedy)]
    return []


def titles(run: Running, token: str) -> list[str]:
    reply = ask(run.port, "GET", "/v1/library", client_headers(token))
    assert reply.status == 200, reply.body
    return [line["url"] for line in reply.json["analyses"]]


def scarce(kind: str, disk: Path) -> dict[str, Any]:
    data = disk / "data"
    with running(data) as run:
        token = run.cli_token()
        client = Client(run.port, token)
        first = client.analyse({"url": "https://news.example/first", "text": text("first")})
        backup = run.service.library.back_up().path
        content = backup.read_bytes()
        path = f"/v1/analyses/{first['id']}"
        told: dict[str, Any] = {}
        with SCARCITIES[kind](run, disk):
            told["saving"] = problems(client, "second")
            reply = ask(run.port, "PUT", "/v1/library/preferences", client_headers(token), KEEP)
            told["choosing"] = [reply.status, reply.status >= 400 and reply.code]
            reply = ask(run.port, "DELETE", path, client_headers(token))
            told["forgetting"] = [reply.status, reply.status >= 400 and reply.code]
            told["read"] = ask(run.port, "GET", path, client_headers(token)).status
            told["again"] = problems(client, "first")
            told["listed"] = titles(run, token)
            told["backing_up"] = refusal(run.service.library.back_up)
            told["status"] = ask(run.port, "GET", "/v1/status").status
        told["backup_untouched"] = backup.read_bytes() == content
        told["backups"] = len(backups.listing(data))
        told["then"] = [problems(client, "third"), titles(run, token)]
        reply = ask(run.port, "PUT", "/v1/library/preferences", client_headers(token), KEEP)
        told["chosen"] = reply.status
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        told["integrity"] = connection.execute("PRAGMA integrity_check").fetchone()[0]
    return told


def read_only(disk: Path) -> dict[str, Any]:
    """A service that starts where the file system takes no writes."""
    with running(disk / "data") as run:
        token = run.cli_token()
        Client(run.port, token).analyse({"url": "https://news.example/first", "text": text("first")})
    mount("-o", "remount,ro", str(disk))
    with running(disk / "data") as run:
        client = Client(run.port, token)
        told: dict[str, Any] = {"notice": ask(run.port, "GET", "/v1/status").json["notice"]}
        told["saving"] = problems(client, "second")
        told["again"] = problems(client, "first")
        told["listed"] = titles(run, token)
        reply = ask(run.port, "PUT", "/v1/library/preferences", client_headers(token), KEEP)
        told["choosing"] = [reply.status, reply.code]
    mount("-o", "remount,rw", str(disk))
    with running(disk / "data") as run:
        client = Client(run.port, token)
        told["then"] = [problems(client, "third"), titles(run, token)]
    return told


if __name__ == "__main__":
    place = Path(sys.argv[1])
    outcomes: dict[str, Any] = {}
    for name in [*SCARCITIES, "read_only"]:
        disk = place / name
        disk.mkdir()
        mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk))
        outcomes[name] = read_only(disk) if name == "read_only" else scarce(name, disk)
    json.dump(outcomes, sys.stdout)
