"""`truthlens compare`: saved analyses and files of articles side by side, in this process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console

from truthlens.commands.analyse import payload_of, put
from truthlens.domain import Article
from truthlens.errors import ServiceError
from truthlens.server.requests import COMPARED_CEILING, analysis_request
from truthlens.settings import Settings
from truthlens.store.library import Library

WIDTH = 140  # where the output has none of its own


def run(sources: Sequence[str], *, form: str, out: Path | None) -> None:
    """``sources`` are files of articles, or as much of a saved analysis's id as tells it apart; the first is
    the one at hand. Raises ServiceError ``unknown_analysis``, and what reading an article raises.
    """
    if not 2 <= len(sources) <= COMPARED_CEILING:
        raise click.UsageError(f"give two to {COMPARED_CEILING} articles")
    from truthlens.analyse import Analyser
    from truthlens.events.compare_articles import compare_articles

    settings = Settings.from_env()
    articles = [
        _of_file(source) if Path(source).is_file() else _of_library(source, settings) for source in sources
    ]
    ids = [f"{number}:{source}" for number, source in enumerate(sources, 1)]
    reply = compare_articles(Analyser.load(settings), articles, ids)
    _write(reply, articles[0], form, out)


def _of_file(source: str) -> Article:
    from truthlens.extract.pool import ExtractionPool
    from truthlens.net.fetch import fetch
    from truthlens.server.admit import admit
    from truthlens.server.intake import Intake

    request = analysis_request(msgspec.json.encode(payload_of(source)))
    pool = ExtractionPool(workers=1)
    try:
        return Intake(extract=pool.extract, fetch=fetch, admit=admit)(request, lambda: False)
    finally:
        pool.close()


def _of_library(start: str, settings: Settings) -> Article:
    from truthlens.store.saved_article import saved_article

    library = Library.open(settings.data_dir)
    try:
        found = library.beginning_with(start)
        result = library.result(found[0]) if len(found) == 1 else None
    finally:
        library.close()
    if result is None:
        many = len(found) > 1
        raise ServiceError(
            "unknown_analysis",
            f"{start!r} begins several ids." if many else f"{start!r} is no file, and no saved analysis.",
            "Give more of the id." if many else "`truthlens library list` shows what is saved.",
            status=404,
        )
    return saved_article(result)


def _write(reply: dict[str, Any], article: Article, form: str, out: Path | None) -> None:
    about = {"title": article.title, "text": article.text}
    if form == "text":
        from truthlens.render.terminal import render_sections

        if out is None:
            console = Console()
            console = console if console.is_terminal else Console(width=WIDTH)
            render_sections(reply["sections"], about, console)
        else:
            with out.open("w", encoding="utf-8") as file:
                render_sections(reply["sections"], about, Console(file=file, width=WIDTH))
        return
    if form == "md":
        from truthlens.render.markdown import sections_markdown

        content = sections_markdown(reply["sections"], about)
    else:
        content = json.dumps(reply, indent=2, ensure_ascii=False) + "\n"
    put(content, out)
