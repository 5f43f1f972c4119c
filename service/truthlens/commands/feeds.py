"""`truthlens feeds`: the feeds in which other reports of an event are looked for. There are none until one is
added here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from truthlens.errors import ServiceError
from truthlens.events.feeds import Feeds
from truthlens.render.printable import printable
from truthlens.settings import Settings
from truthlens.store.library import Library


def add(url: str) -> None:
    """Fetch a feed once and keep its address."""
    with _feeds() as feeds:
        feed = feeds.add(url)
        click.echo(
            f"Added: {printable(feed.title)} ({feed.url}). "
            "It is read when you ask for coverage, never otherwise."
        )


def show() -> None:
    """The feeds, a line each."""
    with _feeds() as feeds:
        found = feeds.listing()
    for feed in found:
        click.echo(f"{printable(feed.title)} ({feed.url})")
    if not found:
        click.echo("There are no feeds. `truthlens feeds add URL` adds one.")


def remove(url: str) -> None:
    """Forget a feed. Raises ServiceError ``unknown_feed``."""
    with _feeds() as feeds:
        if not feeds.remove(url):
            raise ServiceError(
                "unknown_feed", "There is no feed of that address.", "`truthlens feeds list` shows them."
            )
    click.echo("Removed.")


@contextmanager
def _feeds() -> Iterator[Feeds]:
    library = Library.open(Settings.from_env().data_dir)
    try:
        yield Feeds(library)
    finally:
        library.close()
