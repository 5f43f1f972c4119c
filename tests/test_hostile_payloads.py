"""Seventy payloads and more, in every text that a report holds, through each form in which it is saved
or printed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from lxml.html import document_fromstring
from markdown_it import MarkdownIt
from payloads import FIXTURES, PAYLOADS, poisoned
from rich.console import Console
from trust import tries
from truthlens import wire
from truthlens.analyse import Analyser
from truthlens.domain import Article, Link
from truthlens.render.export import html
from truthlens.render.findings_csv import findings_csv
from truthlens.render.markdown import markdown
from truthlens.render.printable import printable as plain
from truthlens.render.terminal import render

RUNNING = {
    *(
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "img",
        "image",
        "video",
        "audio",
        "math",
        "form",
    ),
    *("input", "button", "template", "animate", "foreignobject", "marquee", "frame"),
}


@pytest.fixture(scope="module")
def make(fake: tuple[object, Analyser]) -> Callable[[str], dict[str, Any]]:
    """A result with the payload wherever a page or a model could put one, its text and its marks included."""
    analyser = fake[1]

    @cache
    def made(payload: str) -> dict[str, Any]:
        line = " ".join(payload.split())
        text = "\n".join(
            [line, f"Critics say the stunning plan {line} was late.", f"“{line},” said Mayor Jane Roe."]
        )
        article = Article(
            text=text,
            title=line,
            url=payload,
            canonical_url=payload,
            byline=payload,
            outlet=payload,
            links=(Link(payload, payload),),
        )
        result = dict(wire.result("x", analyser.analyse(article)))
        annotations = [
            {**each, "target": each["target"], "body": poisoned(each["body"], payload)}
            for each in result["annotations"]
        ]
        assert annotations
        report = json.loads((FIXTURES / "result.json").read_text("utf-8"))["report"]
        return {**result, "annotations": annotations, "report": poisoned(report, payload)}

    return made


def seen(text: str) -> str:
    return " ".join(text.split())


def elements(root: Any) -> list[Any]:
    return [each for each in root.iter() if isinstance(each.tag, str)]


def runs_nothing(root: Any) -> None:
    for element in elements(root):
        assert element.tag.lower() not in RUNNING, element.tag
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            assert name.lower() not in {
                "src",
                "srcset",
                "srcdoc",
                "ping",
                "action",
                "formaction",
                "background",
            }
            if name.lower().endswith("href"):
                assert value.startswith(("https://", "http://", "#")), value


def test_a_saved_page_shows_payloads_as_text(
    make: Callable[[str], dict[str, Any]], record_property: Callable[[str, object], None]
) -> None:
    usual = {
        text.startswith("https:"): [each.tag for each in elements(document_fromstring(html(make(text))))]
        for text in ("zebra", "https://zebra.invalid/")
    }
    for payload in PAYLOADS:
        page = document_fromstring(html(make(payload)))
        runs_nothing(page)
        # Nothing but an address may add an element, which is its link.
        tags = [each.tag for each in elements(page)]
        assert tags == usual[payload.startswith("https:")], payload
        assert seen(payload) in seen(page.text_content()), payload
    record_property("tried", len(PAYLOADS))


def test_markdown_shows_payloads_as_text(
    make: Callable[[str], dict[str, Any]], record_property: Callable[[str, object], None]
) -> None:
    """Read by a parser that lets HTML through, as many do."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    broken = [
        "https://x.test/\n![x](https://canary.invalid/)",
        "https://x.test/> <img src=x>",
        "https://x\t<b>",
    ]
    for payload in [*PAYLOADS, *broken]:
        page = document_fromstring(reader.render(markdown(make(payload))))
        runs_nothing(page)
        assert seen(plain(payload)) in seen(page.text_content()), payload
    record_property("tried", len(PAYLOADS))


def test_a_table_shows_payloads_as_text(make: Callable[[str], dict[str, Any]]) -> None:
    """A spreadsheet takes what begins with one of these signs for a formula."""
    for payload in PAYLOADS:
        for row in csv.reader(io.StringIO(findings_csv(make(payload)))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row), payload


def test_the_terminal_gets_no_control_characters(make: Callable[[str], dict[str, Any]]) -> None:
    for payload in [*PAYLOADS[:: tries(6, 1)], "\x1b]0;title\x07\x1b[2J[red]x[/red]\x9b31m"]:
        out = io.StringIO()
        render(make(payload), Console(file=out, width=100, force_terminal=False))
        assert not set(out.getvalue()) & {"\x1b", "\x07", "\x9b"}, payload
