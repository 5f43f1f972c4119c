"""What the tables hold: the schema as data, from which files are written and `docs/batch.md` is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SCHEMA = 1
"""Raised when a column changes its meaning or goes; a new column alone does not raise it."""

Type = Literal["text", "int32", "int64", "float32", "float64", "bool", "texts", "checks"]
"""``texts`` is a list of text; ``checks`` a list of {element, words, result}, each text."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type
    says: str


def _columns(*rows: tuple[str, Type, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_ARTICLE: tuple[str, Type, str] = ("article", "text", "`id` of the article")

TABLES: Mapping[str, tuple[Column, ...]] = {
    "articles": _columns(
        ("id", "text", "source and number of the record, `0000-00000000`: the same in every run"),
        ("input", "text", "the input, as it was named on the command line"),
        ("number", "int64", "place of the record in its input, from 0"),
        ("name", "text", "what the input itself calls the record: id of a row, file name, WARC-Record-ID"),
        ("url", "text", "address, after redirects where it was fetched"),
        ("canonical_url", "text", "address that the page gives for itself"),
        ("title", "text", "headline"),
        ("outlet", "text", "as the input names it, or else the page"),
        ("byline", "text", "the same"),
        ("published", "text", "the same; ISO 8601 where the source has that"),
        ("modified", "text", "as the page says"),
        ("captured", "text", "when an archive took the page (WARC-Date)"),
        ("language", "text", "ISO 639-1; always `en`"),
        ("extracted_by", "text", "trafilatura, readability, jsonld, or text"),
        ("labels", "texts", "what the page says of itself: opinion, sponsored, live, …"),
        ("words", "int32", "in headline and text"),
        ("own_words", "int32", "of these, in the outlet's own voice"),
        ("quote_words", "int32", "in quotation marks"),
        ("attributed_words", "int32", "reported without marks"),
        ("headline_words", "int32", "in the headline"),
        ("sentences", "int32", "rows of the table sentences"),
        ("findings", "int32", "rows of the table findings"),
        ("headline_checks", "checks", "elements of the headline and what the text has of them"),
        ("problems", "texts", "codes of what could not be worked out"),
    ),
    "sentences": _columns(
        _ARTICLE,
        ("sentence", "int32", "place in the article, from 0"),
        ("start", "int32", "first code point in the article's text (headline, then a line a paragraph)"),
        ("end", "int32", "behind the last"),
        ("paragraph", "int32", "line of the text, from 0"),
        ("text", "text", "null with `--no-text`"),
        ("words", "int32", "in it"),
        ("voice", "text", "own, quote, attributed or headline: of most of its characters"),
        ("speaker", "text", "whose words, as the article names them"),
        ("loaded", "float32", "chance that annotators call it loaded, 0..1"),
        ("is_loaded", "bool", "whether that passes the threshold of the weights"),
        ("check_worthy", "float32", "chance that it is worth checking, 0..1"),
        ("clickbait", "float32", "chance, 0..1, for the headline; null elsewhere"),
        ("mode", "text", "fact, opinion, forecast or other, whichever is likeliest"),
        ("emotion", "text", "feeling that the wording invites, empty for none; as in the report"),
        (
            "frames",
            "texts",
            "sides of the matter that it shows (Boydstun et al.), by the floors of the report",
        ),
        ("values", "texts", "values that its words appeal to; as in the report"),
    ),
    "findings": _columns(
        _ARTICLE,
        ("sentence", "int32", "its sentence"),
        ("indicator", "text", "key of the indicator"),
        ("start", "int32", "first code point in the article's text"),
        ("end", "int32", "behind the last"),
        ("phrase", "text", "the marked words; null with `--no-text`"),
        ("score", "float32", "chance that annotators mark it, 0..1"),
        ("voice", "text", "whose words: own, quote, attributed or headline"),
        ("speaker", "text", "as the article names them"),
        ("verb", "text", "the verb by which they are reported"),
        ("message", "text", "why it is marked"),
        ("plainer", "text", "a plainer wording, empty to leave it out; null when there is none"),
    ),
    "sources": _columns(
        _ARTICLE,
        ("name", "text", "fullest form that the article uses"),
        ("kind", "text", "named, document or unnamed"),
        ("role", "text", "official, expert, …; empty when no word beside the name tells"),
        ("sentences", "int32", "sentences that carry its words"),
        ("quotations", "int32", "stretches in quotation marks"),
        ("reports", "int32", "stretches reported without"),
        ("verb", "text", "firmest verb by which it is reported"),
        ("verbs", "texts", "all of them, in order"),
    ),
    "numbers": _columns(
        _ARTICLE,
        ("sentence", "int32", "its sentence"),
        ("start", "int32", "first code point of qualifier, figure and what is counted"),
        ("end", "int32", "behind the last"),
        ("words", "text", "these words; null with `--no-text`"),
        ("figure", "text", "the figure as written"),
        ("value", "float64", "what it says; of a range its lower end"),
        ("upper", "float64", "upper end of a range, whole of a ratio; otherwise the value"),
        ("kind", "text", "plain, range, ratio or vague"),
        ("money", "text", "currency sign"),
        ("percent", "bool", "whether it is a share in per cent"),
        ("qualifier", "text", "at least, as many as, about, …"),
        ("unit", "text", "what is counted"),
        ("period", "text", "when, in the sentence's own words"),
        ("voice", "text", "whose words"),
        ("speaker", "text", "as the article names them"),
    ),
    "errors": _columns(
        ("id", "text", "as in articles; a record is in one of the two tables"),
        ("input", "text", "as in articles"),
        ("number", "int64", "as in articles"),
        ("name", "text", "as in articles"),
        ("url", "text", "as in articles"),
        ("stage", "text", "read, fetch, extract, admit or analyse"),
        ("code", "text", "stable: too_short, not_english, no_article, bad_record, …"),
        ("message", "text", "for people"),
    ),
}
