"""`truthlens library check | backup | restore`: whether the library is whole, and copies of it."""

from __future__ import annotations

from pathlib import Path

import click

from truthlens.commands.doctor import say
from truthlens.commands.library import opened
from truthlens.settings import Settings
from truthlens.store import backups
from truthlens.store.backups import Backup
from truthlens.store.checkup import look_through
from truthlens.store.restoring import restore as restored

NO_BACKUP = "There is no backup. `truthlens library backup` makes one."


def check() -> int:
    """Print a line for each look at the library; 0 when all is well, else 1."""
    faults = 0
    for looked in look_through(Settings.from_env().data_dir):
        faults += looked.fault
        say(f"{looked.name:<8}", looked.text, looked.remedy, fault=looked.fault)
    return 1 if faults else 0


def backup() -> None:
    """Make a backup, and say where it lies and what it leaves out."""
    with opened() as library:
        made = library.back_up()
        count = len(backups.listing(library.data_dir))
    click.echo(f"Backed up as {made.path}")
    click.echo(
        f"{count} of at most {backups.MOST} backups are kept. None holds who is paired, and what is forgotten"
        " later is deleted from all of them."
    )


def listing() -> None:
    """A line for each backup, the newest first."""
    found = backups.listing(Settings.from_env().data_dir)
    for each in found:
        click.echo(f"{each.day}  {each.path.stat().st_size / 2**20:8.1f} MiB  {each.path.name}")
    if not found:
        click.echo(NO_BACKUP)


def restore(name: str, *, sure: bool) -> None:
    """Put a backup in the place of what is kept, once the reader has confirmed it."""
    source = _source(name)
    if source is None:
        click.echo(NO_BACKUP)
        return
    asked = f"Put {source.name} in the place of what is kept now? A backup of that is made first"
    if not sure and not click.confirm(asked):
        click.echo("Nothing was changed.")
        return
    with opened() as library:
        done = restored(library, source)
    click.echo(f"{done.analyses} analyses are kept now.")
    click.echo(f"What was kept before is the backup {done.before.path.name}.")
    click.echo(
        "Browsers that were paired stay paired; who was paired when the backup was made and is not now has to"
        " pair again."
    )


def _source(name: str) -> Path | None:
    """A backup by its name, any file by its path, or else the newest backup."""
    found: list[Backup] = backups.listing(Settings.from_env().data_dir)
    if not name:
        return found[0].path if found else None
    return next((each.path for each in found if each.path.name == name), Path(name))
