"""One of several articles that are set side by side: its reading, where it is kept, its name. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from truthlens.digest.excerpt import excerpt
from truthlens.domain import Article, Cell, Evidence, Sentence, Span
from truthlens.heads import WORD
from truthlens.ledgers.ledger import sentence_at
from truthlens.reading import Reading

SHOWN = 30  # words of a sentence in a table: two columns share the width of the panel
SLACK = 6  # further words for which nothing is cut off
_ENDS = " .,;:–—-”\"’'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """``id`` is that of the saved analysis, "" for the article whose report this is."""

    reading: Reading
    id: str
    name: str

    @property
    def text(self) -> str:
        return self.reading.article.text

    def evidence(self, span: Span) -> Evidence:
        return Evidence(span=span, other=self.id)

    def sentence_at(self, span: Span) -> Sentence:
        """The sentence in which a span begins."""
        return sentence_at(self.reading, span)

    def cell(self, sentence: Sentence, place: Span | None = None) -> Cell:
        """A sentence as a cell of a table: whole, or the clauses round ``place``, a span of the article, or
        its beginning. What is cut off is marked by an ellipsis, and who is said to speak stays.
        """
        shown = _beginning(sentence.text)
        if place is not None:
            inner = Span(place.start - sentence.span.start, place.end - sentence.span.start)
            shown = excerpt(sentence.text, inner, SHOWN)
        before = "… " if shown.start > 0 else ""
        after = f" …{self._speaker(sentence, shown)}" if sentence.text[shown.end :].strip(_ENDS) else ""
        text = f"{before}{shown.of(sentence.text)}{after}"
        return Cell(text=text, evidence=(self.evidence(sentence.span),))

    def _speaker(self, sentence: Sentence, shown: Span) -> str:
        """Who speaks the words shown, where the sentence names them in the part that was cut off."""
        span = Span(sentence.span.start + shown.start, sentence.span.start + shown.end)
        for piece in self.reading.voices_in(span):
            if (
                piece.speaker
                and piece.speaker in sentence.text
                and piece.speaker not in shown.of(sentence.text)
            ):
                return f" ({piece.speaker} {piece.verb})".replace(" )", ")")
        return ""


def _beginning(text: str) -> Span:
    words = [match.end() for match in WORD.finditer(text)]
    return Span(0, words[SHOWN - 1] if len(words) > SHOWN + SLACK else len(text))


def compared(readings: Sequence[Reading], ids: Sequence[str]) -> tuple[Compared, ...]:
    """The first is the article at hand; the others are called by outlet or site, and counted when two would
    be called alike.
    """
    found: list[Compared] = []
    for number, (reading, kept) in enumerate(zip(readings, ids, strict=True)):
        name = _name(reading.article) or ("the other article" if number else "this article")
        alike = sum(other.name.removesuffix(f" ({index})") == name for index, other in enumerate(found, 1))
        found.append(
            Compared(
                reading=reading,
                id=kept if number else "",
                name=f"{name} ({number + 1})" if alike else name,
            )
        )
    return tuple(found)


def _name(article: Article) -> str:
    host = urlsplit(article.canonical_url or article.url).hostname or ""
    return article.outlet or host.removeprefix("www.")
