"""Which articles are analysed: long enough, in English, and prose rather than a list of links."""

from __future__ import annotations

import re
from dataclasses import replace

from truthlens.domain import Article
from truthlens.errors import ServiceError

WORDS_FLOOR = 50
"""Words of the body. Shares and densities of fewer say nothing: one finding would be two per hundred words.
The shortest of the 88 measured articles have 67, 88, 90 and 92 words, so none is refused."""
PROSE_WORDS = 12  # a line this long that ends a sentence is prose, not a heading, menu entry or teaser
PROSE_SHARE = 0.35
"""Share of the body's words that must be prose. The 79 English articles among the 88 have .57 to 1.00,
recipes and result lists included; a list of headlines has next to none."""
LINKED_SHARE = 0.5
"""Share of the body's words that may be links; .20 is the most among the 88. Lists of teasers exceed it."""
LANGUAGE_WORDS = 20  # below, names alone can tip the balance
SAMPLE = 6000  # characters classified; more change nothing
WALL_WORDS = 150  # longer pages have something to read, whatever they also ask for
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]]*(?:\s|$)")
_WALL = re.compile(
    r"\b(?:log ?in|sign ?in|subscribe|register|create (?:an|your) account) (?:now |here )?to "
    r"(?:continue|keep|read|view|access|unlock)\b"
    r"|\b(?:enable|turn on) javascript\b|\bverify (?:that )?you are (?:a )?human\b|\baccess denied\b"
    r"|\balready a (?:subscriber|member)\b|\bdisable (?:your )?ad ?blocker\b|\bpage (?:was )?not found\b",
    re.IGNORECASE,
)


def admit(article: Article) -> Article:
    """The same article with its language filled in.

    Raises ServiceError: ``no_article`` (list of links, log-in wall), ``not_english``, ``too_short``.
    """
    body = article.text[len(article.headline) :] if article.headline else article.text
    lines = body.split("\n")
    words = sum(len(line.split()) for line in lines)
    if words < WALL_WORDS and _WALL.search(body):
        raise _no_article("The page shows a log-in form, a notice or a barrier instead of an article.")
    language = spoken(body) or article.language
    if language and language != "en":
        raise ServiceError(
            "not_english",
            "The article is not in English, the only language that can be analysed.",
            "Choose an English article, or the English edition of this one.",
            status=422,
        )
    if words < WORDS_FLOOR:
        raise ServiceError(
            "too_short",
            f"The article has {words} words; at least {WORDS_FLOOR} are needed.",
            "Open the whole article if this page shows only its beginning, or choose a longer one.",
            status=422,
        )
    if article.extracted_by != "text" and (
        prose_share(lines) < PROSE_SHARE or linked_share(article, words) > LINKED_SHARE
    ):
        # Text that a reader hands in is taken at its word: it may be wrapped into short lines.
        raise _no_article("The page is a list of headlines or links rather than one article.")
    return replace(article, language="en")


def prose_share(lines: list[str]) -> float:
    """Share of the words, 0..1, that stand in lines of prose; 0 without words."""
    counts = [(len(line.split()), bool(_ENDS.search(line))) for line in lines]
    return sum(n for n, ends in counts if ends and n >= PROSE_WORDS) / max(1, sum(n for n, _ in counts))


def linked_share(article: Article, words: int) -> float:
    """Share of the body's words, 0..1, that are the text of a link."""
    return min(1.0, sum(len(link.text.split()) for link in article.links) / max(1, words))


def spoken(text: str) -> str:
    """The language of a text as ISO 639-1, "" when there is too little to tell. Offline.

    It outranks what a page declares: themes ship with `lang="en"` (1 of the 88 pages is German under it).
    """
    if len(text.split()) < LANGUAGE_WORDS:
        return ""
    import py3langid  # its model takes a tenth of a second to load

    return str(py3langid.classify(text[:SAMPLE])[0])


def _no_article(message: str) -> ServiceError:
    return ServiceError(
        "no_article",
        message,
        "Open a single article, and log in or close the notice first if there is one.",
        status=422,
    )
