"""The article's headline: the line of the page that its metadata call the title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from truthlens.extract.blocks import Block, Element, collapsed
from truthlens.extract.choose import tokens

AGREEMENT = 0.6  # Dice share of words between a heading and what the metadata call the title
HEADING_WORDS = 3  # a lone <h1> with fewer is more often the outlet's name than a headline
TITLE_CHARACTERS = 300
_SEPARATOR = re.compile(r" (?:[|–—•·»:]|-|::|//) | ?\| ?|: ")  # of a title whose white space is collapsed


@dataclass(frozen=True, slots=True)
class Headline:
    """``line`` is where it stands among the page's lines, None when only the metadata have it."""

    text: str
    line: int | None


def headline(blocks: list[Block], hints: list[str], outlet: str) -> Headline:
    """The heading that agrees best with the hints (metadata titles, best first).

    Metadata are often worded for search engines, so the visible heading wins where one agrees with them:
    what is quoted from the headline is searched on the page.
    """
    hints = [hint for hint in (without_outlet(hint, outlet) for hint in hints) if hint]
    headings = [i for i, block in enumerate(blocks) if _in_heading(block.element, ("h1",))]
    for levels in (
        headings,
        [i for i, block in enumerate(blocks) if _in_heading(block.element, ("h2", "h3"))],
    ):
        scored = [
            (max((_agreement(blocks[i].text, hint) for hint in hints), default=0.0), -i) for i in levels
        ]
        best, index = max(scored, default=(0.0, 0))
        if best >= AGREEMENT:
            return Headline(blocks[-index].text, -index)
    wanted = {"".join(tokens(hint)) for hint in hints}
    for i, block in enumerate(blocks):
        if "".join(tokens(block.text)) in wanted:
            return Headline(block.text, i)
    if len(headings) == 1 and blocks[headings[0]].words >= HEADING_WORDS:
        return Headline(blocks[headings[0]].text, headings[0])
    return Headline(hints[0][:TITLE_CHARACTERS].rstrip() if hints else "", None)


def without_outlet(title: str, outlet: str) -> str:
    """``title`` without the outlet's name at either end ("Headline | Outlet", "Outlet: headline")."""
    title = collapsed(title)
    known = set(tokens(outlet.lower()))
    while known:
        cuts = [match.span() for match in _SEPARATOR.finditer(title)]
        if not cuts:
            break
        (first_start, first_end), (last_start, last_end) = cuts[0], cuts[-1]
        if _names(title[last_end:], known):
            title = title[:last_start]
        elif _names(title[:first_start], known):
            title = title[first_end:]
        else:
            break
    head, bar, _ = title.rpartition(" | ")
    return head if bar and len(head.split()) >= HEADING_WORDS else title


def _names(part: str, outlet: set[str]) -> bool:
    words = set(tokens(part.lower()))
    return bool(words) and len(words & outlet) * 2 >= max(len(words), 1) and len(words) <= 5


def _agreement(one: str, other: str) -> float:
    a, b = set(tokens(one.lower())), set(tokens(other.lower()))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _in_heading(element: Element, tags: tuple[str, ...]) -> bool:
    for _ in range(4):  # a heading's own line, or one of a few wrappers within it
        if element is None:
            return False
        if element.tag in tags:
            return True
        element = element.getparent()
    return False
