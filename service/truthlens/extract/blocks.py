"""The page's own text as lines in document order. Extractors say which lines count, the words are these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Element = Any  # lxml ships no types

UNSEEN = frozenset(
    "script style noscript template iframe object embed svg math canvas video audio map select "
    "datalist textarea button input head title meta link progress meter".split()
)
"""Elements whose text a reader does not see, or sees as a control."""
LINES = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p "
    "pre search section summary table tbody tfoot thead tr ul".split()
)
CELLS = frozenset({"td", "th"})
_UNPRINTED = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
"""Soft hyphen, zero-width space, word joiner, byte-order mark: hints for line breaks within words."""
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FOR_SCREEN_READERS = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One line of the page: ``text`` with white space collapsed, never empty.

    ``element`` is the innermost element that holds all of it, ``links`` are (text, address) as written.
    """

    text: str
    element: Element
    links: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(slots=True)
class _Line:
    element: Element
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    breaks: int = 0  # line breaks since the last word

    def block(self) -> Block | None:
        text = collapsed("".join(self.pieces))
        return Block(text, self.element, tuple(self.links)) if text else None


def collapsed(text: str) -> str:
    """White space as a page shows it: one space, none at the ends. Every other visible character stays."""
    return " ".join(text.translate(_UNPRINTED).split())


def unseen(element: Element) -> bool:
    """Whether the element and all within it stay off the screen as far as its own markup tells."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return True
    if element.get("hidden") is not None or (element.tag == "dialog" and element.get("open") is None):
        return True
    style = element.get("style")
    if style and _HIDDEN.search(style[:1000]):
        return True
    classes = element.get("class")
    return bool(classes) and not _FOR_SCREEN_READERS.isdisjoint(classes.lower().split())


def blocks(root: Element) -> list[Block]:
    """The lines of the page below ``root``. Two line breaks in a row end a line, one is white space;
    the cells of a table row share a line unless they hold paragraphs of their own.
    """
    found: list[Block] = []
    line = _Line(root)

    def finish(element: Element) -> None:
        nonlocal line
        block = line.block()
        if block is not None:
            found.append(block)
        line = _Line(element)

    def say(text: str | None) -> None:
        if text and not text.isspace():
            line.breaks = 0
        if text:
            line.pieces.append(text)

    for step, element in _walk(root):
        tag = element.tag
        if step == "enter":
            if tag in LINES or (tag in CELLS and _holds_lines(element)):
                finish(element)
            elif tag in CELLS:
                line.pieces.append(" ")
            elif tag == "br":
                line.breaks += 1
                line.pieces.append(" ")
                if line.breaks > 1:
                    finish(line.element)
            say(element.text)
        elif step == "leave":
            if tag == "a" and element.get("href"):
                line.links.append((collapsed("".join(element.itertext())), element.get("href")))
            if tag in LINES or (tag in CELLS and _holds_lines(element)):
                parent = element.getparent()
                finish(root if parent is None else parent)
        if step != "enter" and element is not root:
            say(element.tail)
    finish(root)
    return found


def _walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Every visible element as ("enter", it) and ("leave", it); an unseen one as ("pass", it).

    Without recursion: what stands on a page must not decide how deep our stack gets.
    """
    if unseen(root):
        return
    stack = [(root, iter(root))]
    yield "enter", root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "leave", element
        elif unseen(child):
            yield "pass", child
        else:
            stack.append((child, iter(child)))
            yield "enter", child


def _holds_lines(cell: Element) -> bool:
    return any(child.tag in LINES for child in cell.iterdescendants() if isinstance(child.tag, str))
