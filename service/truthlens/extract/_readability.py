"""Second extractor: which lines readability-lxml takes for the article."""

from __future__ import annotations

from copy import deepcopy

from lxml import html as lxml_html
from lxml.etree import LxmlError
from readability import Document
from readability.readability import Unparseable

from truthlens.extract.blocks import Element, blocks


def text(tree: Element) -> str:
    """The article's lines joined by "\\n", "" when it finds none. It changes the tree, so it gets a copy."""
    try:
        summary = Document(deepcopy(tree)).summary(html_partial=True)
        return "\n".join(block.text for block in blocks(lxml_html.fragment_fromstring(summary)))
    except (Unparseable, LxmlError, ValueError):
        return ""
