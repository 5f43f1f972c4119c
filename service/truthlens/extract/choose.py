"""Which lines of the page are the article: matches an extractor's text to the page's lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from truthlens.extract.blocks import Block, Element

SHINGLE = 4  # tokens; the unit the benchmark counts in
MATCHED_SHARE = 0.5  # of a line's shingles: extractors drop inline pieces, and rarely more than half a line
_TOKEN = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    # NFC on this copy only: trafilatura composes characters, the page may not.
    return _TOKEN.findall(unicodedata.normalize("NFC", text))


def shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]


def lines_of(blocks: list[Block], text: str) -> list[bool]:
    """For each line of the page whether ``text``, an extractor's output, holds it."""
    whole = Counter("".join(tokens(line)) for line in text.split("\n"))
    parts = set(shingles(tokens(text)))
    keep = []
    for block in blocks:
        words = tokens(block.text)
        if len(words) < SHINGLE:
            keep.append(bool(words) and "".join(words) in whole)
        else:
            own = shingles(words)
            keep.append(sum(shingle in parts for shingle in own) >= MATCHED_SHARE * len(own))
    return once(blocks, keep, whole)


def once(blocks: list[Block], keep: list[bool], whole: Counter[str]) -> list[bool]:
    """The same without repeats: a teaser says what the article says, so the copy among most other
    chosen words stays, or as many copies as the extractor printed.
    """
    company: dict[Element, int] = {}
    places: dict[str, list[int]] = {}
    for index, (block, kept) in enumerate(zip(blocks, keep, strict=True)):
        if kept:
            for holder in holders(block):
                company[holder] = company.get(holder, 0) + block.words
            places.setdefault("".join(tokens(block.text)), []).append(index)
    result = list(keep)
    for text, indices in places.items():
        best = sorted(indices, key=lambda i: -sum(company[holder] for holder in holders(blocks[i])))
        for index in best[max(1, whole[text]) :]:
            result[index] = False
    return result


def holders(block: Block) -> list[Element]:
    """The two elements round a line: its column, in most pages."""
    parent = block.element.getparent()
    if parent is None:
        return [block.element]
    above = parent.getparent()
    return [parent] if above is None else [parent, above]


def word_count(blocks: list[Block], keep: list[bool]) -> int:
    return sum(block.words for block, kept in zip(blocks, keep, strict=True) if kept)
