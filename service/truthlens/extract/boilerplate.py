"""Lines within an article's column that are not its text: captions, boxes, invitations, related links."""

from __future__ import annotations

import re

from truthlens.extract.blocks import Block, Element

NOISE_TAGS = frozenset({"figcaption", "nav", "form", "aside", "footer", "menu", "address"})
NOISE_NAMES = frozenset(
    "ad ads adbox adslot adv advert advertisement advertising aside banner "
    "breadcrumb breadcrumbs byline caption "
    "captions comment comments commentlist consent cookie cookies credit credits dateline disqus donate "
    "footer gallery header mail menu nav navigation newsletter newsletters outbrain pagination paywall "
    "popup promo promos promotion recirc recirculation recommend recommended recommendations related "
    "relatedarticles reporter share sharing sidebar signup social sponsor sponsored subscribe subscription "
    "taboola tags teaser teasers toolbar trending widget widgets".split()
)
"""Words that, standing alone in an id or class, name a box beside the text ("article-related", "adSlot")."""
NOISE_SHARE = 0.2
"""A named box that holds more than this share of the chosen words is the article's own container after
all (`<div class="article with-sidebar">`). Boxes on the 88 pages hold 0.00-0.14, containers from 0.5 up.
"""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_INVITATION = re.compile(
    r"^\W*(?:"
    r"(?:also )?(?:read|see|watch|listen|more|related|recommended|don'?t miss|must read|trending|popular)"
    r"(?: (?:more|also|now|next|on|from|stor(?:y|ies)|articles?|links?|news|reading|coverage|posts?)){0,3}"
    r" ?(?::|$)"
    r"|advertisement\W*$|sponsored(?: content)?\W*$|story continues below\b"
    r"|comments?\W*$|share(?: this)?(?: \w+){0,3}\W*$|tags?:|filed under|topics?:"
    r"|(?:sign up|subscribe|get (?:the|our|your) (?:\S+ ){0,4}?(?:newsletter|updates?|news|headlines))\b"
    r"|(?:you )?(?:may|might) (?:also )?(?:like|be interested in)\b|see more photos"
    r"|like this (?:story|article|post)\b|tell us what you think|have a (?:news )?tip\b"
    r"|follow (?:\S+ ){1,6}?on (?:twitter|facebook|instagram|x|bluesky|mastodon|threads|youtube)\b"
    r"|also on \S+\.\w{2,4}\b|click here\b|copyright\b|©|all rights reserved"
    r")",
    re.IGNORECASE,
)
INVITATION_WORDS = 30  # longer lines are prose that happens to open with such a word
SIGNATURE_WORDS = 12
_SIGNED = re.compile(r"^(?:[\w’']+\s+){0,3}by[:\s]+$")
DANGLING_WORDS = 6
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LINKED_SHARE = 0.9  # of a line's characters; a line that is nothing but a link points elsewhere


def invitation(block: Block) -> bool:
    """Whether the line asks the reader to go, join, share or buy instead of telling anything."""
    text = block.text.replace("’", "'")
    return len(text) < 400 and block.words <= INVITATION_WORDS and bool(_INVITATION.match(text))


def linked(block: Block) -> bool:
    """Whether the whole line is one or more links."""
    return sum(len(text) for text, _ in block.links) >= LINKED_SHARE * len(block.text)


def signature(block: Block, byline: str) -> bool:
    """Whether the line only says who wrote the article: "By Ann Lee", "Interview by Ann Lee · 3 May"."""
    author = byline.partition(",")[0].strip().lower()
    text = block.text.lower()
    if not author or author not in text or block.words > SIGNATURE_WORDS:
        return False
    return text.startswith(author) or bool(_SIGNED.match(text[: text.index(author)]))


def in_noise(blocks: list[Block], keep: list[bool]) -> list[bool]:
    """For every line whether it stands in a box beside the text, judged against the lines kept so far."""
    total = sum(block.words for block, kept in zip(blocks, keep, strict=True) if kept)
    boxes: dict[Element, tuple[Element, ...]] = {}
    held: dict[Element, int] = {}
    for block, kept in zip(blocks, keep, strict=True):
        for box in _boxes(block.element, boxes):
            held[box] = held.get(box, 0) + (block.words if kept else 0)
    return [any(held[box] <= NOISE_SHARE * total for box in _boxes(block.element, boxes)) for block in blocks]


def _boxes(element: Element, known: dict[Element, tuple[Element, ...]]) -> tuple[Element, ...]:
    """The noise boxes round an element, itself included. ``known`` makes a page linear work."""
    climb: list[Element] = []
    node = element
    while node is not None and node not in known:
        climb.append(node)
        node = node.getparent()
    around = known[node] if node is not None else ()
    for node in reversed(climb):
        if _is_noise(node):
            around = (*around, node)
        known[node] = around
    return around


def _is_noise(element: Element) -> bool:
    if element.tag in ("body", "html", "main", "article"):
        return False
    if element.tag in NOISE_TAGS:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
    return any(word.lower() in NOISE_NAMES for word in _WORD.findall(names))


def dangling(block: Block) -> bool:
    """Whether a line announces something: as the last line of an article, it announces what was left out."""
    if block.words <= DANGLING_WORDS and block.text.endswith(":"):
        return True
    element = block.element
    return element.tag in _HEADINGS or (
        element.getparent() is not None and element.getparent().tag in _HEADINGS
    )
