"""`truthlens analyse`: one article, by the running service or in this process."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, cast

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from truthlens import __version__
from truthlens.client import Client, OnProgress
from truthlens.errors import ServiceError
from truthlens.server.requests import analysis_request
from truthlens.settings import Settings

Json = dict[str, Any]
HTML = re.compile(r"\s*(?:<!--|<!doctype\s|<html|<head|<body|<article|<\?xml)", re.IGNORECASE)
NO_ADDRESS = "http://file.invalid/"
"""Stands for the address of a page that came as a file: the service wants one, and this one leads nowhere."""


def run(source: str, *, form: str, url: str, out: Path | None) -> None:
    payload = payload_of(source, url)
    settings = Settings.from_env()
    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), console=console, transient=True) as progress:
        task = progress.add_task("starting", total=1.0)

        def told(stage: str, share: float) -> None:
            progress.update(task, description=stage, completed=share)

        result = _by_service(payload, settings, told) or _here(payload, settings, told)
    write(result, form, out)


def payload_of(source: str, url: str = "") -> Json:
    """The request for an article that is an address, a file, or - for standard input."""
    if re.match(r"https?://", source, re.IGNORECASE):
        return {"url": source}
    content = sys.stdin.buffer.read() if source == "-" else _read(Path(source))
    if content.startswith(b"%PDF"):
        raise ServiceError(
            "not_html", "This is a PDF file.", "Save the article as a web page or as plain text.", status=415
        )
    text = content.decode("utf-8-sig", errors="replace").replace("\x00", "")
    if HTML.match(text):
        return {"html": text, "url": url or NO_ADDRESS}
    return {"text": text, **({"url": url} if url else {})}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ServiceError(
            "unreadable", f"The file cannot be read: {error.strerror}.", "Check its name and permissions."
        ) from error


def _by_service(payload: Json, settings: Settings, told: OnProgress) -> Json | None:
    """None when no service of this version runs here."""
    try:
        if Client(settings.port).status()["version"] != __version__:
            return None
    except ServiceError:
        return None
    return Client.of_settings(settings).analyse(payload, told)


def _here(payload: Json, settings: Settings, told: OnProgress) -> Json:
    from truthlens import wire
    from truthlens.analyse import Analyser
    from truthlens.extract.pool import ExtractionPool
    from truthlens.llm.rewording import with_language_model
    from truthlens.net.fetch import fetch
    from truthlens.server.admit import admit
    from truthlens.server.intake import Intake

    request = analysis_request(msgspec.json.encode(payload))
    told(wire.STAGES["extract"], 0.0)
    pool = ExtractionPool(workers=1)
    try:
        intake = Intake(extract=pool.extract, fetch=fetch, admit=admit)
        article = intake(request, lambda: False)
    finally:
        pool.close()
    told("loading the model", 0.1)
    analyser = with_language_model(Analyser.load(settings), settings)
    report = analyser.analyse(article, progress=lambda stage, share: told(wire.STAGES[stage], share))
    return dict(wire.result(request.id, report))


def write(result: Json, form: str, out: Path | None) -> None:
    """Put a finished analysis into the terminal or a file, in one of the formats."""
    if form == "text":
        from truthlens.render.terminal import render

        if out is None:
            render(result, Console())
        else:
            with out.open("w", encoding="utf-8") as file:
                render(result, Console(file=file, width=100))
        return
    from truthlens.render.exports import Form, content

    put(content(result, cast(Form, form)), out)  # the command line lets no other form through


def put(content: str, out: Path | None) -> None:
    """Into the file, or onto standard output."""
    if out is None:
        click.echo(content, nl=False)
    else:
        out.write_text(content, "utf-8")
