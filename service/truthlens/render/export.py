"""An analysis as one standalone HTML file: no script, no request, prints on A4 and Letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from truthlens.render import picture
from truthlens.render.terminal import around, place, whose
from truthlens.wire import VOICES

Json = Mapping[str, Any]


def html(result: Json) -> str:
    """The page for a finished analysis, as the service returns it. Everything in it is escaped."""
    return _template().render(
        article=result["article"],
        paragraphs=list(_paragraphs(result["article"]["text"], result["annotations"])),
        annotations=result["annotations"],
        report=result["report"],
        versions=result["versions"],
        whose=whose,
        around=around,
        name=lambda paragraph: place(paragraph, result["article"]),
        picture=picture,
        voices=VOICES,
        http=lambda url: url if url.startswith(("http://", "https://")) else "",
    )


@cache
def _template() -> Template:
    source = resources.files("truthlens.render").joinpath("report.html.j2").read_text("utf-8")
    # autoescape=True, not select_autoescape: no file name may decide whether article text is markup.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)


def _paragraphs(text: str, annotations: Sequence[Json]) -> Iterator[dict[str, Any]]:
    """Lines as runs of (text, annotation or None); a mark that crossed a line's end would be cut there."""
    start = 0
    number = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            yield {"number": number, "runs": list(_runs(text, start, end, annotations))}
            number += 1
        start = end + 1


def _runs(text: str, start: int, end: int, annotations: Sequence[Json]) -> Iterator[tuple[str, Json | None]]:
    position = start
    for annotation in annotations:
        selector = annotation["target"]["selector"][1]
        first, last = max(selector["start"], position), min(selector["end"], end)
        if first >= last:
            continue
        if position < first:
            yield text[position:first], None
        yield text[first:last], annotation
        position = last
    if position < end:
        yield text[position:end], None
