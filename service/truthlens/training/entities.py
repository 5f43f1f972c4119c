"""Reads newswire with tagged names (Groningen Meaning Bank): for training the head, and for measuring it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from truthlens.domain import Span
from truthlens.training.data_folder import missing

FILE = "train/entities/gmb_8300.csv"
KINDS = {"per": "person", "org": "organisation", "geo": "place", "gpe": "place"}
"""The set's types as ours; times, events, works of art and natural phenomena are no names here."""

TRAIN_SHARE = 0.85
_NO_SPACE_BEFORE = frozenset(". , ; : ! ? ) ] % 's n't 'll 've 're 'd 'm '".split())
_NO_SPACE_AFTER = frozenset("( [ $".split())


@dataclass(frozen=True, slots=True)
class Tagged:
    """One sentence. ``words`` are the set's own words as spans of ``text``, marks of punctuation among them;
    ``tags`` has one of `names.OUTPUTS` for each.
    """

    text: str
    words: tuple[Span, ...]
    tags: tuple[str, ...]


def sentences(folder: Path) -> list[Tagged]:
    """In the order of the file. Raises ServiceError ``data_missing``."""
    try:
        content = (folder / FILE).read_bytes()
    except OSError as error:
        raise missing(FILE) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # as the set was first published
    groups: list[list[tuple[str, str]]] = []
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if (row["Sentence #"] or "").strip() or not groups:
            groups.append([])
        if row["Word"] and row["Word"].strip():
            groups[-1].append((row["Word"].strip(), row["Tag"] or "O"))
    return [_sentence(group) for group in groups if group]


def split(rows: Sequence[Tagged]) -> tuple[list[Tagged], list[Tagged]]:
    """The rows to train on, and the last 15% in the order of the file, which are held out."""
    cut = int(TRAIN_SHARE * len(rows))
    return list(rows[:cut]), list(rows[cut:])


def tags_of(row: Tagged, words: Sequence[Span]) -> list[str]:
    """One tag per word of another division of the same text, that of `heads.words`.

    A word takes the tag of the first tagged word it touches; where it only goes on with that word (the “S” of
    “U.S.”) it is no first word of a name.
    """
    tags: list[str] = []
    last = -1
    for word in words:
        touched = [index for index, own in enumerate(row.words) if own.overlaps(word)]
        index = next((index for index in touched if row.tags[index] != "none"), touched[0] if touched else -1)
        tag = row.tags[index] if index >= 0 else "none"
        tags.append(tag.removesuffix("_first") if index == last else tag)
        last = index
    return tags


def _sentence(pairs: Sequence[tuple[str, str]]) -> Tagged:
    text, spans = "", []
    glued, quoted = True, False
    for word, _ in pairs:
        closes = word == '"' and quoted
        if not (glued or closes or word in _NO_SPACE_BEFORE):
            text += " "
        spans.append(Span(len(text), len(text) + len(word)))
        text += word
        if word == '"':
            quoted = not quoted
        glued = word in _NO_SPACE_AFTER or (word == '"' and quoted)
    return Tagged(text, tuple(spans), tuple(_tags([tag for _, tag in pairs])))


def _tags(tags: Sequence[str]) -> list[str]:
    """From B-geo, I-geo, O to our outputs. A stray I- opens a name, since nothing of its kind is open."""
    result, before = [], None
    for tag in tags:
        position, _, name = tag.partition("-")
        kind = KINDS.get(name)
        if kind is None:
            result.append("none")
        else:
            result.append(kind if position == "I" and kind == before else f"{kind}_first")
        before = kind
    return result
