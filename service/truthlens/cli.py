"""The command line: names and options. What a command does stands in commands/, imported when it runs."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from truthlens import __version__
from truthlens.cli_bench import bench
from truthlens.cli_corpus import corpus
from truthlens.cli_library import library
from truthlens.errors import ServiceError

EXIT_CODES = """\b
Exit codes:
  0    done
  1    it failed; the message says why and what to do
  2    the command was not understood
  3    the service does not run, or its port is taken
  4    the input is no article that TruthLens can read
  130  interrupted (Ctrl-C)"""

NO_SERVICE = {"service_unreachable", "port_taken"}
NO_ARTICLE = {"no_article", "too_short", "not_english", "not_html", "page_too_large", "extraction_timeout"}


class _Group(click.Group):
    """Turns a refusal into a message and an exit code, for every command in the same way."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # where a letter cannot be shown, a mark stands for it
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except ServiceError as error:
            click.secho(error.message, fg="red", err=True)
            click.echo(error.remedy, err=True)
            sys.exit(3 if error.code in NO_SERVICE else 4 if error.code in NO_ARTICLE else 1)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            sys.exit(130)


@click.group(cls=_Group, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """How a news article is worded, sourced and balanced, read on this computer."""


main.add_command(library)
main.add_command(bench)
main.add_command(corpus)


@main.command()
@click.option("--demo", is_flag=True, help="Analyse the demo article once the service is ready.")
@click.option("--once", is_flag=True, help="With --demo: stop after its report.")
def serve(demo: bool, once: bool) -> None:
    """Run the service for the browser extension, until Ctrl-C."""
    from truthlens.commands.serve import run

    if once and not demo:
        raise click.UsageError("--once goes with --demo")
    run(demo=demo, once=once)


@main.command()
@click.argument("source")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html", "md"]), default="text", show_default=True
)
@click.option("--url", default="", help="Where the page of a file came from.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
def analyse(source: str, form: str, url: str, out: Path | None) -> None:
    """Analyse SOURCE: a file of HTML or plain text, an address, or - for standard input.

    Uses the running service, which has its model loaded, or else works it out in this process.
    """
    from truthlens.commands.analyse import run

    run(source, form=form, url=url, out=out)


@main.command()
@click.option("--list", "listing", is_flag=True, help="Show what is paired.")
@click.option("--revoke", metavar="ORIGIN", help="Refuse this extension from now on.")
@click.option("--no-wait", is_flag=True, help="Print the code and do not wait for its use.")
def pair(listing: bool, revoke: str | None, no_wait: bool) -> None:
    """Print a code with which the extension may use the service."""
    from truthlens.commands import pair as command

    if listing:
        command.show()
    elif revoke is not None:
        command.revoke(revoke)
    else:
        command.mint(wait=not no_wait)


@main.command()
def doctor() -> None:
    """Say what does not work here, why, and what to do about it."""
    from truthlens.commands.doctor import run

    sys.exit(run())


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="ID_OR_FILE…")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
def compare(sources: tuple[str, ...], form: str, out: Path | None) -> None:
    """Set reports of one event side by side: what both tell, what one tells alone, where they part.

    Each is a file of an article or the id of a saved analysis; the first is the one at hand. Loads the model.
    """
    from truthlens.commands.compare import run

    run(sources, form=form, out=out)


@main.group()
def feeds() -> None:
    """The RSS and Atom feeds in which other reports of an event are looked for; none until you add one."""


@feeds.command("add")
@click.argument("url")
def feeds_add(url: str) -> None:
    """Fetch the feed at URL once, and read it from then on when you ask for coverage."""
    from truthlens.commands.feeds import add

    add(url)


@feeds.command("list")
def feeds_list() -> None:
    """The feeds that you added."""
    from truthlens.commands.feeds import show

    show()


@feeds.command("remove")
@click.argument("url")
def feeds_remove(url: str) -> None:
    """Forget the feed at URL."""
    from truthlens.commands.feeds import remove

    remove(url)


def _data(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--data",
        required=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The folder that holds train/ and measure/.",
    )(command)


@main.command()
@_data
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="NAME",
    help="Only this one: adapter, a head (phrase, entity, loaded, …) or bank. May be given several times.",
)
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to write; the package's own weights if left out."
)
def train(data: Path, heads: tuple[str, ...], seed: int, out: Path | None) -> None:
    """Train adapter and heads and write their weights and manifests.

    An interrupted run goes on where it stopped when it is started again with the same options.
    """
    from truthlens.commands.train import run

    run(data, heads=heads, seed=seed, out=out)


@main.command()
@click.argument("task", required=False)
@_data
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True
)
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    help="Also write evaluation.md and model-card.md into this folder.",
)
def evaluate(task: str | None, data: Path, form: str, docs: Path | None) -> None:
    """Measure how good TruthLens is: all tasks whose data is there, or TASK alone.

    Tasks: extraction, findings, babe_sentence, babe_words, ptc_spans, ptc_technique, subjectivity, entities,
    calibration, headline, plain_reporting, same_event, similarity, summary, symmetry, voice; report stands
    for four of them. The format md is the page docs/evaluation.md.
    """
    from truthlens.commands.evaluate import run

    if docs is not None and task is not None:
        raise click.UsageError("--docs needs all tasks: leave TASK out")
    run(task, data=data, form=form, docs=docs)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the tables."
)
@click.option(
    "--workers", type=click.IntRange(min=0), default=0, help="Models at work; 0: one for each core."
)
@click.option(
    "--part-size",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="Records that are written, and after a kill done again, together.",
)
@click.option(
    "--kind",
    type=click.Choice(["jsonl", "csv", "parquet", "warc", "html", "urls"]),
    help="What all inputs are, when their names do not tell.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KEY=NAME",
    help="Which column is html, text, title, url, outlet, byline, published or name. May be repeated.",
)
@click.option("--text/--no-text", default=True, help="Whether the tables hold the articles' sentences.")
@click.option(
    "--delay",
    type=click.FloatRange(min=0.5),
    default=2.0,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--ray-address", default="", help="Of a running Ray cluster; left out, one is begun here.")
@click.option("--analyser", default="", hidden=True)
def batch(inputs: tuple[str, ...], columns: tuple[str, ...], analyser: str, **options: Any) -> None:
    """Analyse many articles and write tables of Parquet, with all that could not be read among them.

    INPUT is a file of JSON Lines, CSV, Parquet or WARC, a saved page, a folder of pages, or a list of
    addresses (.txt), which are fetched as their sites' robots.txt allows. The same command goes on where a
    run stopped or was killed. Needs the extra: pip install "truthlens[batch]".
    """
    from truthlens.batch.run import Options
    from truthlens.commands.batch import columns_of, run

    if analyser:
        options["analyser"] = analyser
    run(inputs, Options(columns=columns_of(columns), **options))
