"""`truthlens library`: what is kept, found again, written out, forgotten, and for how long."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from truthlens.errors import ServiceError
from truthlens.render.printable import printable
from truthlens.server.job import done_view
from truthlens.server.library_reply import export as exported
from truthlens.server.revisions_reply import moment
from truthlens.settings import Settings
from truthlens.store import backups
from truthlens.store.library import Library
from truthlens.store.library_search import Found, Hit, Meaning, Query, search
from truthlens.store.preferences import DAYS_CEILING, Preferences

if TYPE_CHECKING:
    from truthlens.encode import Encoder

SHORT = 8  # characters of an id in lists; any that are enough to tell it apart will do
WIDTH = 140  # where the output has none of its own


def find(asked: Query, *, meaning: str = "") -> None:
    """Print what was found, a line each, best or newest first."""
    with opened() as library:
        if asked.like:
            asked = replace(asked, like=_whole(library, asked.like))
        found = search(library, asked, meaning=_meaning(meaning) if meaning else None)
    console = Console()
    console = console if console.is_terminal else Console(width=WIDTH)
    if found.hits:
        console.print(_table(found))
        left = found.total - asked.offset - len(found.hits)
        if left > 0:
            console.print(f"{left} more: --limit shows more at a time, --offset the next ones.", style="dim")
    else:
        console.print("Nothing was found.", style="dim")
    if found.notice:
        console.print(found.notice, style="yellow")


def show(start: str, *, form: str, out: Path | None) -> None:
    """Print a saved report, or write it to a file."""
    from truthlens.commands.analyse import write
    from truthlens.wire import STAGES

    with opened() as library:
        analysis_id = _whole(library, start)
        result = library.result(analysis_id)
    assert result is not None
    write(done_view(analysis_id, STAGES, result), form, out)


def export(out: Path | None) -> None:
    """Write everything kept as JSON, into a file that only its owner may read."""
    with opened() as library:
        if out is None:
            for piece in exported(library):
                click.echo(piece, nl=False)
            return
        try:
            with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.writelines(exported(library))
        except OSError as error:
            raise ServiceError(
                "unwritable", f"The file cannot be written: {error.strerror}.", "Choose another place."
            ) from error


def forget(starts: Sequence[str]) -> None:
    """Delete analyses, all of them or none."""
    with opened() as library:
        ids = dict.fromkeys(_whole(library, start) for start in starts)
        for each in ids:
            library.forget(each)
        aside = [path.name for path in library.set_aside()]
    click.echo(f"{_counted(len(ids))} forgotten, in all backups too.")
    if aside:
        click.echo(
            f"What was damaged and set aside may still hold it: {', '.join(aside)}. Deleting that file, or"
            " `truthlens library forget --all`, removes it."
        )


def forget_all(*, sure: bool) -> None:
    """Delete every analysis, once the reader has confirmed it."""
    with opened() as library:
        count = search(library, Query(limit=1)).total
        copies = len(backups.listing(library.data_dir)) + len(library.set_aside())
        also = f" and delete {_of_copies(copies)}" if copies else ""
        if not count and not copies:
            click.echo("Nothing is kept.")
        elif sure or click.confirm(f"Forget {_counted(count)}{also}? This cannot be undone"):
            also = f", {_of_copies(copies)} deleted" if copies else ""
            click.echo(f"{_counted(library.forget_all())} forgotten{also}.")
        else:
            click.echo("Nothing was forgotten.")


def retention(days: str | None, *, sure: bool) -> None:
    """Say how long analyses are kept, or choose it; what is older is deleted at once."""
    with opened() as library:
        chosen = library.preferences()
        if days is None:
            click.echo(_kept_for(chosen))
            return
        wanted = _days(days)
        old = library.older_than(wanted) if wanted is not None else []
        asked = f"This forgets {_counted(len(old))} that {'is' if len(old) == 1 else 'are'} older. Go on"
        if old and not sure and not click.confirm(asked):
            click.echo("Nothing was changed.")
            return
        library.prefer(replace(chosen, retention_days=wanted))
        click.echo(_kept_for(library.preferences()))


def switch(*, keeping: bool) -> None:
    """Keep analyses from now on, or keep none."""
    with opened() as library:
        library.prefer(replace(library.preferences(), keeping=keeping))
        count = search(library, Query(limit=1)).total
    click.echo("Analyses are kept." if keeping else "Analyses are no longer kept.")
    if not keeping and count:
        click.echo(f"{_counted(count)} stay until `truthlens library forget --all`.")


@contextmanager
def opened() -> Iterator[Library]:
    """The reader’s library; its notice goes to the standard error output."""
    library = Library.open(Settings.from_env().data_dir)
    try:
        if library.notice:
            click.secho(library.notice, fg="yellow", err=True)
        yield library
    finally:
        library.close()


def _whole(library: Library, start: str) -> str:
    found = library.beginning_with(start.lower()) if start else []
    if len(found) == 1:
        return found[0]
    problem = "More than one saved analysis has" if found else "No saved analysis has"
    raise ServiceError(
        "unknown_analysis", f"{problem} an id that begins so.", "`truthlens library list` shows the ids."
    )


def _meaning(text: str) -> Meaning:
    import numpy as np

    from truthlens.domain import Article
    from truthlens.segment import segment

    sentences = [sentence.text for sentence in segment(Article(text=text))]
    if not sentences:
        raise ServiceError("no_meaning", "The text to look for is empty.", "Describe a story in a few words.")
    encoder = load_encoder()
    vector = encoder.encode(sentences).vectors.mean(axis=0)
    return Meaning(model=encoder.digest, vector=vector / max(float(np.linalg.norm(vector)), 1e-9))


def load_encoder() -> Encoder:
    """The encoder that readers' analyses are made with."""
    from truthlens import weights
    from truthlens.encode import MiniLM

    settings = Settings.from_env()
    return MiniLM.load(settings.model_dir, weights.load_all().adapter, settings.precision)


def _table(found: Found) -> Table:
    near = any(hit.closeness is not None for hit in found.hits)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("id", "saved", *(("near",) if near else ())):
        table.add_column(name, no_wrap=True)
    table.add_column("article")
    table.add_column("words", justify="right")
    table.add_column("marks", justify="right")
    for hit in found.hits:
        table.add_row(*_cells(hit, near=near))
    return table


def _cells(hit: Hit, *, near: bool) -> list[Text]:
    saved = hit.saved
    article = Text(printable(saved.title) or "(no headline)")
    about = " · ".join(printable(part) for part in (saved.outlet, saved.published[:10]) if part)
    if about:
        article.append(f"  {about}", style="dim")
    if hit.excerpt:
        article.append(f"\n{printable(hit.excerpt)}", style="italic")
    cells = [saved.id[:SHORT], moment(saved.created_at)[:10]]
    if near:
        cells.append("" if hit.closeness is None else f"{hit.closeness:.2f}")
    marks = f"{saved.findings} ({saved.own_findings} own)"
    return [*(Text(cell) for cell in cells), article, Text(str(saved.words)), Text(marks)]


def _days(written: str) -> int | None:
    if written == "off":
        return None
    if written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= DAYS_CEILING:
        return int(written)
    raise click.UsageError(f"{written!r} is neither a number of days from 1 to {DAYS_CEILING} nor off")


def _kept_for(chosen: Preferences) -> str:
    if chosen.retention_days is None:
        return "Analyses are kept until they are forgotten."
    return f"Analyses are kept for {chosen.retention_days} days."


def _of_copies(number: int) -> str:
    return "1 copy of the library" if number == 1 else f"{number} copies of the library"


def _counted(number: int) -> str:
    return "1 analysis" if number == 1 else f"{number} analyses"
