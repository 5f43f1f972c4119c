"""HTML text to a tree, by the one parser that is set up for pages nobody vouches for."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from truthlens.errors import ServiceError
from truthlens.extract.blocks import Element

HEAD = frozenset({"base", "link", "meta", "noscript", "object", "script", "style", "template", "title"})
STYLE_CHARACTERS = 1000  # lxml searches longer ones for links with a pattern that is quadratic in "url("


def parse(html: str) -> Element:
    """The root of the page, without comments.

    Raises ServiceError ``no_article`` for a page without elements and ``extraction_failed`` for one nested
    deeper than 255: libxml2 stops reading there, silently, and half an article must not pass for all of it.
    (The 88 measured pages nest up to 51 deep.)
    """
    # Without huge_tree libxml2 keeps its own limits. The encoding is ours, whatever the page declares.
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        # "ignore" concerns lone surrogates only, which JSON can carry and UTF-8 cannot.
        tree = lxml_html.document_fromstring(html.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise no_article() from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ServiceError(
            "extraction_failed",
            "The page nests its elements too deeply, or has single pieces of text too large to read.",
            "Hand in the article's text instead of the page.",
            status=422,
        )
    for element in tree.xpath("//*[string-length(@style) > $most]", most=STYLE_CHARACTERS):
        del element.attrib["style"]
    _give_body(tree)
    return tree


def _give_body(tree: Element) -> None:
    """Moves what cannot stand in a head into the body. A page may leave out the tag `<body>`; libxml2, which
    knows no `<article>` or `<main>`, then takes them for parts of the head.
    """
    head = tree.find("head")
    if head is None:
        return
    misplaced = [child for child in head if child.tag not in HEAD]
    if not misplaced:
        return
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    for place, child in enumerate(misplaced):
        body.insert(place, child)


def no_article() -> ServiceError:
    return ServiceError(
        "no_article",
        "No article was found on this page.",
        "Open a single article rather than a front page, a list or a log-in form; if the text appears "
        "only after a click, open it first.",
        status=422,
    )
