"""What the page itself says the piece is: opinion, analysis, sponsored … Never a guess from the wording."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from truthlens.extract._jsonld import StructuredData
from truthlens.extract.blocks import Block, Element
from truthlens.extract.metadata import Meta
from truthlens.ledgers.disclosure import MADE_BY_MACHINE, discloses

_TYPES = {
    "OpinionNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "AdvertiserContentArticle": "sponsored",
    "SatiricalArticle": "satire",
    "LiveBlogPosting": "live",
    "ReviewNewsArticle": "review",
    "Review": "review",
    "CriticReview": "review",
    "Interview": "interview",
}
_WORDS = {
    "opinion": "opinion opinions op-ed oped editorial editorials column columns columnist columnists comment "
    "commentary commentisfree viewpoint perspective leader",
    "letters": "letter letters",
    "analysis": "analysis explainer news-analysis",
    "sponsored": "sponsored advertorial advertisement-feature paid-post paid-content sponsored-content "
    "partner-content "
    "brand-content branded-content paid-partnership promoted sponsored-post paid-program",
    "live": "live live-blog liveblog live-updates live-page live-reporting as-it-happened",
    "interview": "interview interviews q-a the-interview",
    "satire": "satire parody humor humour",
    "review": "review reviews film-review book-review",
    "press release": "press-release news-release",
    "fact check": "fact-check fact-checks factcheck",
}
_LABELS = {word: label for label, words in _WORDS.items() for word in words.split()}
_NOT_SECTIONS = frozenset({"live", "comment", "leader", "column", "perspective", "letter"})
"""Too ambiguous as parts of an address (`/live/` serves whole sites); they count when the page shows them."""
ABOVE = 4  # lines over the headline in which outlets print their kicker or the path to the section
NEAR = 3  # elements round the headline that count as its own corner; a site's menu stands further out
_MENUS = frozenset({"nav", "menu", "ul", "footer", "aside", "form"})
_PREFIX = re.compile(r"^([\w &-]{2,24}?)\s*[:|]\s")
MACHINE_WORDS = 60  # a disclosure is a short line of its own


def labels(
    page: list[Block],
    article: list[bool],
    headline: int | None,
    *,
    meta: Meta,
    data: StructuredData,
    url: str,
) -> tuple[str, ...]:
    """The labels found, each once, in a fixed order of sources: structured data, address, kicker, disclosure.

    ``page`` are all lines, ``article`` says which are the article, ``headline`` which is its headline.
    """
    found: list[str] = [_TYPES[kind] for kind in data.types if kind in _TYPES]
    sections = (*data.sections, meta.first("article:section"), meta.first("parsely-section", "section"))
    found += [label for section in sections if (label := _label(section))]
    found += [_LABELS[part] for part in _path(url) if part in _LABELS and part not in _NOT_SECTIONS]
    if headline is not None:
        for block in _kickers(page, headline):
            found += [label for piece in re.split(r"[›»/|•·]", block.text[:200]) if (label := _label(piece))]
        prefix = _PREFIX.match(page[headline].text)
        if prefix and (label := _label(prefix[1])):
            found.append(label)
    if data.free is False:
        found.append("paywalled")
    if any(_disclosure(block, inside) for block, inside in zip(page, article, strict=True)):
        found.append("ai")
    if _by_machine(data.digital_sources):
        found.append("ai source type")
    if _by_machine(data.image_sources):
        found.append("ai image")
    return tuple(dict.fromkeys(found))


def _kickers(page: list[Block], headline: int) -> list[Block]:
    corner = page[headline].element
    for _ in range(NEAR):
        parent = corner.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        corner = parent
    return [block for block in page[max(0, headline - ABOVE) : headline] if _within(block.element, corner)]


def _within(element: Element, corner: Element) -> bool:
    while element is not None and element is not corner:
        if element.tag in _MENUS:
            return False
        element = element.getparent()
    return element is corner


def _label(text: str) -> str:
    return _LABELS.get("-".join(re.findall(r"\w+", text.lower()[:60])), "")


def _path(url: str) -> list[str]:
    try:
        # Without the last part: that is the article's own slug, in its own words.
        return [part.lower() for part in urlsplit(url).path.split("/") if part][:-1]
    except ValueError:
        return []


def _by_machine(sources: tuple[str, ...]) -> bool:
    """IPTC's digital source types, by address or as schema.org spells them."""
    return any("trainedalgorithmicmedia" in source.lower() for source in sources)


def _disclosure(block: Block, inside: bool) -> bool:
    """Inside the article a story *about* such texts is likelier, so there the line must speak of itself."""
    if block.words > MACHINE_WORDS or not MADE_BY_MACHINE.search(block.text[:1000]):
        return False
    return discloses(block.text) or (
        not inside
        and block.words <= 25
        and bool(re.match(r"\W*(?:AI|written|generated|produced|summary)", block.text, re.I))
    )
