"""An analysis in the terminal: the same order and words as the panel, drawn by rich."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from truthlens.annotate import CONTEXT
from truthlens.render.printable import printable_parts

Json = Mapping[str, Any]

COLOURS = {
    "loaded": "dark_orange3",
    "name": "deep_pink3",
    "exaggeration": "dark_cyan",
    "doubt": "slate_blue3",
    "fear": "steel_blue",
    "vague": "grey50",
    "other": "yellow4",
}
"""Nearest of the 256 terminal colours to the extension's slots; readable on black and on white."""

UNDERLINES = {"own": "underline", "quote": "italic", "attributed": "italic", "headline": "bold underline"}
PATTERNS = {"own": "█", "quote": "░", "attributed": "▒", "headline": "▓"}
LONGEST = 24  # characters of the longest bar
FULL, HALF, EMPTY = "■", "▨", "□"


def render(result: Json, console: Console) -> None:
    """Print a finished analysis, as the service returns it."""
    result = printable_parts(result)
    article, report = result["article"], result["report"]
    annotations: Sequence[Json] = result["annotations"]
    console.print()
    console.print(Text(article["title"] or "(no headline)", style="bold"))
    date = article["published"][:10]
    kicker = [article["outlet"], date, *article["labels"], f"{article['words']} words"]
    console.print(Text(" · ".join(part for part in kicker if part), style="dim"))
    console.print()
    for section in report["sections"]:
        if section["placement"] == "strip":
            console.print(Text(section["title"].upper(), style="bold dim"))
            console.print(Padding(_meters(section["blocks"]), (0, 0, 1, 2)))
    console.print(Text(f"MARKS ({len(annotations)})", style="bold dim"))
    console.print(Padding(_findings(annotations, article), (0, 0, 1, 2)))
    _sections([each for each in report["sections"] if each["placement"] == "report"], article, console)
    for problem in report["problems"]:
        console.print(Text(problem["message"], style="yellow"))


def render_sections(sections: Sequence[Json], article: Json, console: Console) -> None:
    """Print sections of blocks; ``article`` is the one whose paragraphs their statements name."""
    _sections(printable_parts(sections), article, console)


def _sections(sections: Sequence[Json], article: Json, console: Console) -> None:
    for section in sections:
        console.print(Text(section["title"].upper(), style="bold dim"))
        for block in section["blocks"]:
            console.print(Padding(_block(block, article), (0, 0, 0, 2)))
        console.print()


def _meters(blocks: Sequence[Json]) -> Table:
    table = Table.grid(padding=(0, 2))
    for block in blocks:
        if block["kind"] == "meter":
            table.add_row(Text(block["title"], style="bold"), _steps(block), Text(block["line"]))
    return table


def _steps(meter: Json) -> str:
    grade = meter["grade"]
    if grade is None:
        return "not judged"
    full = grade - 1 if meter["unsure"] and grade else grade
    return f"{FULL * full}{HALF * (grade - full)}{EMPTY * (4 - grade)}"


def _findings(annotations: Sequence[Json], article: Json) -> Group | Text:
    if not annotations:
        return Text("nothing found", style="dim")
    return Group(*(_finding(annotation, article) for annotation in annotations))


def _finding(annotation: Json, article: Json) -> Text:
    quote, body = annotation["target"]["selector"][0], annotation["body"]
    colour = COLOURS.get(body["colour"], COLOURS["other"])
    before, after = around(quote)
    text = Text(f"{place(body['paragraph'], article):<4} ", style="dim")
    text.append(before)
    text.append(quote["exact"], style=f"{colour} {UNDERLINES[body['voice']]}")
    text.append(after)
    text.append(f"\n     {body['indicator_title']}", style=colour)
    text.append(f" · {whose(body)} · {body['strength']} {body['score']:.2f}", style="dim")
    if body["wording"]:
        plainer = body["wording"]["plainer"]
        text.append(f" · plainer: {f'“{plainer}”' if plainer else 'leave it out'}", style="dim")
    return text


def whose(body: Json) -> str:
    """Whose words a finding is made of, in words."""
    speaker = body["speaker"]
    return {
        "own": "the outlet’s own",
        "headline": "headline",
        "quote": f"quoted from {speaker}" if speaker else "quoted",
        "attributed": f"reported, {speaker}" if speaker else "reported",
    }[str(body["voice"])]


def place(paragraph: int, article: Json) -> str:
    """How a paragraph is called: readers count from 1, and do not count the headline."""
    titled = article["title"] != "" and article["text"].startswith(article["title"])
    number = paragraph if titled else paragraph + 1
    return f"¶{number}" if number else "head"


def _block(block: Json, article: Json) -> Text | Table | Group:
    drawn: Text | Table | Group
    match block["kind"]:
        case "text":
            drawn = _statement(block["statement"], article)
        case "list":
            drawn = Group(*(_statement(statement, article) for statement in block["statements"]))
        case "table":
            drawn = Table(*block["columns"], box=None, padding=(0, 2, 0, 0), header_style="dim")
            for row in block["rows"]:
                drawn.add_row(*(Text(cell["text"]) for cell in row))
        case "links":
            drawn = Text("\n".join(f"{link['text']} — {link['url']}" for link in block["links"]))
        case "quote":
            drawn = Text(f"“{block['text']}”", style="italic")
        case "meter":
            drawn = Group(_meters([block]))
        case "bars":
            drawn = _bars(block)
        case "graph":
            drawn = Group(*(_statement(edge_statement(edge), article) for edge in block["edges"]))
        case _:
            drawn = Text(block["text"], style="dim")
    return drawn


def _bars(block: Json) -> Table:
    """A bar of at most LONGEST characters, drawn by voice in the patterns that the steps use."""
    table = Table.grid(padding=(0, 2))
    totals = [sum(amount for _, amount in bar["amounts"]) for bar in block["bars"]]
    whole = f", of {block['whole']}" if block["whole"] else ""
    table.add_row(Text(f"{block['unit']}{whole}", style="dim"))
    for bar, total in zip(block["bars"], totals, strict=True):
        drawn = Text()
        for voice, amount in bar["amounts"]:
            drawn.append(PATTERNS[voice] * -(-LONGEST * amount // max(*totals, 1)))
        table.add_row(Text(bar["label"]), drawn, Text(str(total), style="dim"))
    return table


def edge_statement(edge: Json) -> Json:
    """One arrow of a graph as a statement."""
    return {"text": f"{edge['source']} → {edge['target']}: {edge['label']}", "evidence": edge["evidence"]}


def _statement(statement: Json, article: Json) -> Text:
    numbers = sorted({evidence["paragraph"] for evidence in statement["evidence"]})
    text = Text(statement["text"])
    text.append("  " + " ".join(place(number, article) for number in numbers), style="dim")
    return text


def around(quote: Json) -> tuple[str, str]:
    """What stands before and after a quoted phrase in its own line, cut between words, with an ellipsis."""
    before, after = quote["prefix"].split("\n")[-1], quote["suffix"].split("\n")[0]
    # A shorter context ends where the article or its line does, and so between words already.
    if len(before) == CONTEXT and " " in before.strip():
        before = "…" + before.partition(" ")[2]
    if len(after) == CONTEXT and " " in after.strip():
        after = after.rpartition(" ")[0] + "…"
    return before, after
