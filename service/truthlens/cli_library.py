"""The group `truthlens library`: names and options. What its commands do stands in commands/library.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


@click.group()
def library() -> None:
    """See, search, write out or forget the analyses that are kept on this computer."""


def _page(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--offset", default=0, type=click.IntRange(min=0), help="Leave out so many."),
        click.option("--limit", default=50, type=click.IntRange(min=1), show_default=True),
        click.option("--before", default="", metavar="DAY", help="Published (or saved) before this day."),
        click.option("--after", default="", metavar="DAY", help="On this day (YYYY-MM-DD) or later."),
        click.option("--outlet", default="", help="Of this outlet only."),
    ):
        command = option(command)
    return command


@library.command("list")
@_page
def library_list(**filters: Any) -> None:
    """The analyses that are kept, the newest first."""
    _find(filters)


@library.command("search")
@click.argument("words", nargs=-1)
@click.option("--like", default="", metavar="ID", help="Stories near to this analysis, the nearest first.")
@click.option("--meaning", default="", help="Stories near to what this text says; loads the model.")
@_page
def library_search(words: tuple[str, ...], meaning: str, **filters: Any) -> None:
    """Analyses whose title, outlet or text holds all of the WORDS. Quoted, words must stand together."""
    if not (words or meaning or filters["like"]):
        raise click.UsageError("give words, --like or --meaning")
    if meaning and filters["like"]:
        raise click.UsageError("--like and --meaning exclude each other")
    phrases = (f'"{word}"' if " " in word else word for word in words)
    _find({**filters, "query": " ".join(phrases)}, meaning=meaning)


def _find(filters: dict[str, Any], *, meaning: str = "") -> None:
    from datetime import date

    from truthlens.commands.library import find
    from truthlens.store.library_search import Query

    for name in ("after", "before"):
        try:
            filters[name] = filters[name] and date.fromisoformat(filters[name]).isoformat()
        except ValueError as error:
            raise click.UsageError(f"--{name} is no day of the form YYYY-MM-DD") from error
    find(Query(**filters), meaning=meaning)


@library.command("show")
@click.argument("id")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html", "md"]), default="text", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
def library_show(id: str, form: str, out: Path | None) -> None:
    """A saved report. ID is as much of an analysis's id as tells it apart."""
    from truthlens.commands.library import show

    show(id, form=form, out=out)


@library.command("export")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
def library_export(out: Path | None) -> None:
    """Everything that is kept, as JSON."""
    from truthlens.commands.library import export

    export(out)


@library.command("forget")
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Forget every analysis.")
@click.option("--yes", "sure", is_flag=True, help="Do not ask.")
def library_forget(ids: tuple[str, ...], everything: bool, sure: bool) -> None:
    """Delete analyses for good: those of these IDS, or all."""
    from truthlens.commands import library as command

    if bool(ids) == everything:
        raise click.UsageError("give ids or --all")
    if everything:
        command.forget_all(sure=sure)
    else:
        command.forget(ids)


@library.command("retention")
@click.argument("days", required=False, metavar="[DAYS|off]")
@click.option("--yes", "sure", is_flag=True, help="Do not ask before older ones are forgotten.")
def library_retention(days: str | None, sure: bool) -> None:
    """After how many days a saved analysis is forgotten; without a number, say how it stands."""
    from truthlens.commands.library import retention

    retention(days, sure=sure)


@library.command("off")
def library_off() -> None:
    """Keep no analyses from now on."""
    from truthlens.commands.library import switch

    switch(keeping=False)


@library.command("on")
def library_on() -> None:
    """Keep analyses from now on."""
    from truthlens.commands.library import switch

    switch(keeping=True)


@library.command("check")
@click.pass_context
def library_check(context: click.Context) -> None:
    """Whether the library and its backups are whole; exit code 1 where not. Changes nothing."""
    from truthlens.commands.library_copies import check

    context.exit(check())


@library.command("backup")
@click.option("--list", "listed", is_flag=True, help="Show the backups there are, the newest first.")
def library_backup(listed: bool) -> None:
    """Copy the library, checked, into its folder of backups, also while the service runs."""
    from truthlens.commands import library_copies as command

    if listed:
        command.listing()
    else:
        command.backup()


@library.command("restore")
@click.argument("backup", default="", metavar="[BACKUP]")
@click.option("--yes", "sure", is_flag=True, help="Do not ask.")
def library_restore(backup: str, sure: bool) -> None:
    """Keep from now on what BACKUP holds: its name, the path of a file, or else the newest one."""
    from truthlens.commands.library_copies import restore

    restore(backup, sure=sure)
