"""First extractor: which lines trafilatura takes for the article."""

from __future__ import annotations

from copy import deepcopy

import trafilatura

from truthlens.extract.blocks import Element


def text(tree: Element) -> str:
    """The article as trafilatura prints it, "" when it finds none.

    It is handed the tree, never bytes: bytes it would decompress without limit, and a string first goes
    through its repair patterns, which are quadratic in an unfinished DOCTYPE or html tag.
    Precision mode without reader comments: F1 .969 on the 88 pages against .955 by default.
    """
    return trafilatura.extract(deepcopy(tree), favor_precision=True, include_comments=False) or ""
