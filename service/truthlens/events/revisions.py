"""What changed in an article since an earlier version of it was saved. Pure: two versions in, blocks out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from truthlens.domain import (
    Article,
    Block,
    Cell,
    Evidence,
    Listing,
    Note,
    Nothing,
    Quote,
    Sentence,
    Span,
    Statement,
    Table,
)
from truthlens.events.word_diff import changes, plain, tokens
from truthlens.ledgers.figures import values

REWORDED = 0.5
"""Share of words that two sentences must have in common to be one, reworded. Half: a choice, not measured."""
WINDOW = 20  # sentences around its place among which a reworded one is looked for
SENTENCES_CEILING = 1000  # two such texts without a sentence in common took 1.1 s; a long article has 60
ROWS_CEILING = 30
LETTERS_CEILING = 200  # of a whole sentence in a table

_SELF = r"(?:article|story|report|piece|post|page|headline|version)"
_NOTE = re.compile(
    r"^\W*(?:corrections?|clarifications?|editor[’']s note|updated?|amended)\b"
    rf"|\b(?:earlier|previous|original) version of (?:this|the) {_SELF}\b"
    rf"|\b(?:this|the) {_SELF} (?:was|has been) (?:\w+ )?(?:updated|amended|corrected|changed|clarified)\b",
    re.IGNORECASE,
)
"""How pages say that they were corrected. "The firm updated its forecast" is news, not a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article; ``id`` is that of its saved analysis, "" for the one being read."""

    id: str
    article: Article
    sentences: Sequence[Sentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    reworded: list[tuple[Sentence, Sentence]]
    removed: list[Sentence]
    added: list[Sentence]


def since(before: Version, now: Version) -> tuple[Block, ...]:
    """Headline, notes of correction, figures, wording. Evidence in a saved version carries its id.

    Sentences that only moved are no change, nor are other kinds of quotation marks or spaces.
    """
    if max(len(before.sentences), len(now.sentences)) > SENTENCES_CEILING:
        return (Note(text="The article is too long to be compared sentence by sentence."),)
    found = _difference(_body(before), _body(now))
    notes = [sentence for sentence in found.added if _NOTE.search(sentence.text)]
    figures: list[tuple[Cell, ...]] = []
    wording: list[tuple[int, tuple[Cell, ...]]] = []
    for old, new in found.reworded:
        for change in changes(old, new):
            cells = (_shown(before, change.shown_before, old), _shown(now, change.shown_now, new))
            if _is_figure(*(cell.text for cell in cells)):
                figures.append(cells)
            else:
                wording.append((new.span.start, (Cell(text="reworded"), *cells)))
    for sentence in found.added:
        if sentence not in notes:
            row = (Cell(text="added"), Cell(text=""), _whole(now, sentence))
            wording.append((sentence.span.start, row))
    for sentence in found.removed:
        row = (Cell(text="removed"), _whole(before, sentence), Cell(text=""))
        wording.append((sentence.span.start, row))
    wording.sort(key=lambda each: each[0])
    blocks: list[Block] = [
        *_headline(before, now),
        *(Quote(text=each.text, evidence=(Evidence(span=each.span, other=now.id),)) for each in notes),
        *_table(("Figure before", "Figure now"), figures),
        *_table(("Change", "Before", "Now"), [row for _, row in wording]),
    ]
    if not blocks:
        return (Nothing(text="The wording has not changed."),)
    if before.article.extracted_by != now.article.extracted_by:
        blocks.append(Note(text="The two were taken from the page in different ways, which may differ too."))
    return tuple(blocks)


def _body(version: Version) -> list[Sentence]:
    headline = version.article.headline
    return [each for each in version.sentences if headline is None or each.span != headline]


def _difference(old: Sequence[Sentence], new: Sequence[Sentence]) -> _Difference:
    before, now = ([plain(each.text) for each in side] for side in (old, new))
    removed: list[int] = []
    added: list[int] = []
    # With difflib's own rule for frequent items, so that a text of one sentence over and over stays cheap.
    for tag, first, last, new_first, new_last in SequenceMatcher(None, before, now).get_opcodes():
        if tag != "equal":
            removed += range(first, last)
            added += range(new_first, new_last)
    moved = Counter(before[index] for index in removed) & Counter(now[index] for index in added)
    gone, come = _without(removed, before, moved), _without(added, now, moved)
    paired = dict(_pairs([old[index] for index in gone], [new[index] for index in come]))
    taken = set(paired.values())
    return _Difference(
        reworded=[(old[gone[one]], new[come[other]]) for one, other in sorted(paired.items())],
        removed=[old[index] for position, index in enumerate(gone) if position not in paired],
        added=[new[index] for position, index in enumerate(come) if position not in taken],
    )


def _without(indices: Sequence[int], keys: Sequence[str], moved: Counter[str]) -> list[int]:
    left = Counter(moved)
    kept = []
    for index in indices:
        if left[keys[index]] > 0:
            left[keys[index]] -= 1
        else:
            kept.append(index)
    return kept


def _pairs(gone: Sequence[Sentence], come: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Positions of sentences that are one, reworded: the closest first, each used once."""
    words = [[_words(each.text) for each in side] for side in (gone, come)]
    close = []
    for position, ours in enumerate(words[0]):
        middle = position * len(come) // max(1, len(gone))
        for other in range(max(0, middle - WINDOW), min(len(come), middle + WINDOW + 1)):
            theirs = words[1][other]
            share = 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())
            if share >= REWORDED:
                close.append((-share, position, other))
    used: tuple[set[int], set[int]] = (set(), set())
    for _, position, other in sorted(close):
        if position not in used[0] and other not in used[1]:
            used[0].add(position)
            used[1].add(other)
            yield position, other


def _words(text: str) -> Counter[str]:
    return Counter(word for each in tokens(text) if (word := plain(each.group()).lower())[0].isalnum())


def _is_figure(before: str, now: str) -> bool:
    """Whether a number gave way to another. The words round it say which: "9 million" became "9 billion"."""
    old, new = values(before), values(now)
    return bool(old - new) and bool(new - old)


def _headline(before: Version, now: Version) -> Iterator[Block]:
    old, new = before.article.headline, now.article.headline
    if old is None or new is None or plain(before.article.title) == plain(now.article.title):
        return
    said = f"The headline read “{before.article.title}”; it now reads “{now.article.title}”."
    evidence = (Evidence(span=old, other=before.id), Evidence(span=new, other=now.id))
    yield Listing(statements=(Statement(text=said, evidence=evidence),))


def _shown(version: Version, span: Span, sentence: Sentence) -> Cell:
    text = span.of(version.article.text)
    text = text if span.start == sentence.span.start else f"…{text}"
    text = text if span.end == sentence.span.end else f"{text}…"
    return Cell(text=text, evidence=(Evidence(span=span, other=version.id),))


def _whole(version: Version, sentence: Sentence) -> Cell:
    text = sentence.text
    if len(text) > LETTERS_CEILING:
        text = text[:LETTERS_CEILING].rpartition(" ")[0] + "…"
    return Cell(text=text, evidence=(Evidence(span=sentence.span, other=version.id),))


def _table(columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Iterator[Block]:
    if rows:
        yield Table(columns=columns, rows=tuple(rows[:ROWS_CEILING]))
    if len(rows) > ROWS_CEILING:
        yield Note(text=f"{len(rows) - ROWS_CEILING} more changes are not listed.")
