"""An analysis as Markdown: the same statements as in the panel, in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote as escaped

from truthlens.render.printable import printable
from truthlens.render.terminal import around, edge_statement, place, whose

Json = Mapping[str, Any]
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w{1,40};))")

_ENDING = re.compile(r"[<>\s\x00-\x1f\x7f]")
"""What ends an address between angle brackets, so that its rest would be markup."""
WEB = ("http://", "https://")


def markdown(result: Json) -> str:
    """One page. Everything from the article is escaped, so that its text is never markup."""
    article, report = result["article"], result["report"]
    lines = [f"# {_plain(article['title']) or 'Article'}", ""]
    kicker = [article["outlet"], article["published"][:10], *article["labels"], f"{article['words']} words"]
    lines += [_plain(" · ".join(part for part in kicker if part)), ""]
    if article["url"].startswith(WEB):
        lines += [_address(article["url"]), ""]
    for section in report["sections"]:
        if section["placement"] == "strip":
            lines += _section(section, article)
    lines += [f"## Marks ({len(result['annotations'])})", ""]
    lines += [_mark(annotation, article) for annotation in result["annotations"]] or ["nothing found"]
    lines.append("")
    for section in report["sections"]:
        if section["placement"] == "report":
            lines += _section(section, article)
    lines += [f"*{_plain(problem['message'])}*" for problem in report["problems"]]
    versions = result["versions"]
    lines.append(f"TruthLens {versions['truthlens']}, model {versions['model']}, heads {versions['heads']}.")
    return "\n".join(lines) + "\n"


def sections_markdown(sections: Sequence[Json], article: Json) -> str:
    """Sections of blocks alone; ``article`` is the one whose paragraphs their statements name."""
    return "\n".join(line for section in sections for line in _section(section, article)) + "\n"


def _section(section: Json, article: Json) -> list[str]:
    lines = [f"## {_plain(section['title'])}", ""]
    for block in section["blocks"]:
        lines += [*_block(block, article), ""]
    return lines


def _block(block: Json, article: Json) -> Iterator[str]:
    match block["kind"]:
        case "text":
            yield _statement(block["statement"], article)
        case "list":
            for statement in block["statements"]:
                yield f"- {_statement(statement, article)}"
        case "meter":
            grade = "not judged" if block["grade"] is None else f"{block['grade']} of 4"
            unsure = ", the last one unsure" if block["unsure"] and block["grade"] else ""
            yield f"- **{_plain(block['title'])}** ({grade}{unsure}): {_plain(block['line'])}"
        case "table":
            yield from _table(block["columns"], [[cell["text"] for cell in row] for row in block["rows"]])
        case "bars":
            whole = f", of {block['whole']}" if block["whole"] else ""
            rows = [[bar["label"], _amounts(bar["amounts"])] for bar in block["bars"]]
            yield from _table(["", block["unit"] + whole], rows)
        case "graph":
            for number, edge in enumerate(block["edges"], 1):
                yield f"{number}. {_statement(edge_statement(edge), article)}"
        case "links":
            for link in block["links"]:
                yield f"- {_plain(link['text'])}: {_address(link['url'])}"
        case "quote":
            yield f"> {_statement(block, article)}"
        case _:
            yield _plain(block["text"])


def _amounts(amounts: Sequence[Sequence[Any]]) -> str:
    names = {"own": "own", "quote": "quoted", "attributed": "reported", "headline": "headline"}
    return ", ".join(f"{amount} {names[voice]}" for voice, amount in amounts if amount)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(_plain(column) for column in columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(_plain(cell) for cell in row) + " |"


def _statement(statement: Json, article: Json) -> str:
    numbers = sorted({item["paragraph"] for item in statement["evidence"] if not item.get("other")})
    return f"{_plain(statement['text'])} {' '.join(place(number, article) for number in numbers)}".rstrip()


def _mark(annotation: Json, article: Json) -> str:
    quote, body = annotation["target"]["selector"][0], annotation["body"]
    before, after = around(quote)
    left = " " if before[-1:].isspace() else ""
    right = " " if after[:1].isspace() else ""
    words = f"{_plain(before)}{left}**{_plain(quote['exact'])}**{right}{_plain(after)}"
    said = f"{body['indicator_title']}, {whose(body)}, {body['strength']} {body['score']:.2f}"
    return f"- {words}: {_plain(said)} {place(body['paragraph'], article)}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(printable(text).split()))


def _address(url: str) -> str:
    """As a link where it leads to the web; else as text, since what is no address may be anything."""
    if not url.startswith(WEB):
        return _plain(url)
    return f"<{_ENDING.sub(lambda found: escaped(found[0]), url)}>"
