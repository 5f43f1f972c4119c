"""What fuzzing tries and what must hold of it: one function per part of the service, each given bytes.

A broken promise raises `BrokenError`; whatever else escapes a target is a fault of the part itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from fake_encoder import fake_analyser
from truthlens import wire
from truthlens.domain import Article, Sentence, Voiced
from truthlens.errors import ServiceError
from truthlens.extract.article import extract
from truthlens.offsets import Offsets
from truthlens.render.export import html
from truthlens.render.markdown import markdown
from truthlens.segment import segment
from truthlens.server.admit import admit
from truthlens.voices.voice import voices

REFUSALS = {"no_article", "not_html", "page_too_large", "extraction_failed"}
"""How `extract` may end besides with an article."""


class BrokenError(Exception):
    """A promise was not kept; the message says which."""


def hold(kept: object, promise: str) -> None:
    if not kept:
        raise BrokenError(promise)


def text_of(data: bytes) -> str:
    """Bytes that are no UTF-8 become lone surrogates, which JSON can carry and pages do hold."""
    return data.decode("utf-8", "surrogateescape")


def extraction(data: bytes) -> None:
    """A page ends as an article in well-formed lines, or as one of the refusals."""
    try:
        article = extract(text_of(data), "https://news.test/a")
    except ServiceError as error:
        hold(error.code in REFUSALS, f"a refusal that is known, not {error.code}")
        hold(error.message and error.remedy, "a refusal says what happened and what helps")
        return
    article.text.encode("utf-8")
    hold(article.text, "an article has text")
    hold(all(line and line == line.strip() for line in article.text.split("\n")), "no empty or padded lines")
    hold(not article.title or article.headline is not None, "a title opens the text")
    hold("\0" not in article.text, "no NUL comes through")
    for link in article.links:
        web = link.url.lower().startswith(("http://", "https://"))
        hold(web, f"a link leads to the web, not {link.url[:40]!r}")
    try:
        admit(article)
    except ServiceError as error:
        hold(error.code in {"no_article", "not_english", "too_short"}, f"admit refuses with {error.code}")


def segmentation(data: bytes) -> None:
    """Sentences have exact places, in order, and nothing but white space lies between them."""
    for article in _articles(text_of(data)):
        _whole(article.text, segment(article))


def voice(data: bytes) -> None:
    """Voices cover every sentence once, and whoever is said to speak stands in the text."""
    for article in _articles(text_of(data)):
        sentences = segment(article)
        _covered(article.text, sentences, voices(article, sentences))


def report(data: bytes) -> None:
    """The whole pass over a text, with an encoder that knows no words: no part of it gives up."""
    for article in _articles(text_of(data)):
        made = _analyser().analyse(article)
        hold(made.problems == (), f"no part gives up: {made.problems}")
        for finding in made.findings:
            hold(finding.span.end <= len(article.text), "findings lie in the text")
        result = dict(wire.result("fuzz", made))
        html(result)
        markdown(result)


_analyser = cache(fake_analyser)


def _articles(text: str) -> list[Article]:
    """The text as an article without headline, and as an interview whose first line is the headline."""
    title = text.split("\n", 1)[0]
    return [Article(text=text), Article(text=text, title=title, labels=("interview",))]


def _whole(text: str, sentences: Sequence[Sentence]) -> None:
    end = paragraph = 0
    offsets = Offsets(text)
    for index, sentence in enumerate(sentences):
        span = sentence.span
        hold(sentence.index == index, "sentences are counted in order")
        hold(span.of(text) == sentence.text, "a sentence is what stands at its place")
        hold(sentence.text and sentence.text == sentence.text.strip(), "no sentence is empty or padded")
        hold(span.start >= end and not text[end : span.start].strip(), "only white space between sentences")
        paragraph += index > 0 and "\n" in text[end : span.start]
        hold(sentence.paragraph == paragraph, "paragraphs count lines with words")
        for place in (span.start, span.end):
            hold(offsets.code_points(offsets.utf16(place)) == place, "places survive the way to JavaScript")
        end = span.end
    hold(not text[end:].strip(), "only white space behind the last sentence")


def _covered(text: str, sentences: Sequence[Sentence], voiced: Sequence[Voiced]) -> None:
    pieces = iter(voiced)
    for sentence in sentences:
        at = sentence.span.start
        while at < sentence.span.end:
            piece = next(pieces, None)
            if piece is None or piece.span.start != at or not len(piece.span):
                raise BrokenError(f"voices cover a sentence without gap or overlap at {at}: {piece}")
            at = piece.span.end
            hold(at <= sentence.span.end, "a voice ends with its sentence")
            hold(piece.speaker in text, f"a speaker stands in the text: {piece.speaker!r}")
            named = piece.speaker_span
            hold(
                named is None or (len(named) and named.end <= len(text)), "a speaker has a place in the text"
            )
    hold(next(pieces, None) is None, "no voice outside sentences")


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (extraction, segmentation, voice, report)
}
