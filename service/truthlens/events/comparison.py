"""Several articles on one event side by side: what all tell, what one tells alone, and where they part.

Pure: readings in, sections of blocks out. The first article is the one at hand; evidence in another carries
the id of its analysis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from truthlens.digest.impact import FRAMES, Invited, frames
from truthlens.domain import (
    Block,
    Cell,
    Evidence,
    Finding,
    Listing,
    Note,
    Nothing,
    SectionResult,
    Sentence,
    Statement,
    Table,
)
from truthlens.events.alignment import FAR, SAME, WORDS, Alignment, align, below_headline
from truthlens.events.compared import SHOWN, Compared, compared
from truthlens.events.disagreement import figures_that_differ
from truthlens.events.word_choice import different_words
from truthlens.ledgers import ledger
from truthlens.ledgers.amounts import amounts
from truthlens.reading import Reading

FACTS = 6  # rows of what both tell
ALONE = 4  # sentences of one article alone
FIGURES = 6
VOICES = 8  # of each article
FRAME_FLOOR = 0.1  # share of an article's sentences; below, one or two sentences decide
FRAME_ROWS = 6
FRAME_PLACES = 3  # that a share opens


def compare(
    readings: Sequence[Reading], findings: Sequence[Sequence[Finding]], ids: Sequence[str]
) -> tuple[SectionResult, ...]:
    """Sections for two or more articles on one event, in the order in which they are read.

    ``findings`` and ``ids`` (of saved analyses) go with ``readings``; the first id is not used in evidence.
    Raises ValueError when there are fewer than two articles or the lengths differ.
    """
    if len(readings) < 2 or not len(readings) == len(findings) == len(ids):
        raise ValueError(
            f"{len(readings)} readings, {len(findings)} findings, {len(ids)} ids: expected pairs"
        )
    articles = compared(readings, ids)
    alignments = [align(articles[0].reading, other.reading) for other in articles[1:]]
    sections = [
        ("facts_in_both", "In both" if len(articles) == 2 else "In several", _facts(articles, alignments)),
        *(
            (f"only_in_{number}", f"Only in {article.name}", _alone(articles, number, alignments))
            for number, article in enumerate(articles)
        ),
        ("figures_that_differ", "Figures that differ", _figures(articles, alignments)),
        ("different_words", "Different words", _words(articles, alignments)),
        ("voices_in_one", "Heard in one only", _voices(articles)),
        ("frames_side_by_side", "What each brings forward", _frames(articles)),
        ("marks_side_by_side", "Marks side by side", _marks(articles, findings)),
    ]
    return tuple(
        SectionResult(key=key, title=title, placement="report", blocks=tuple(blocks))
        for key, title, blocks in sections
    )


def _facts(articles: Sequence[Compared], alignments: Sequence[Alignment]) -> Iterable[Block]:
    first = articles[0]
    rows: dict[int, dict[int, tuple[float, int]]] = {}
    for number, alignment in enumerate(alignments, 1):
        for pair in alignment.pairs:
            if pair.closeness >= SAME:
                rows.setdefault(pair.one, {})[number] = (pair.closeness, pair.other)
    if not rows:
        return [Nothing(text="no sentence of one tells what a sentence of another tells")]

    def rank(item: tuple[int, dict[int, tuple[float, int]]]) -> tuple[float, ...]:
        index, partners = item
        weight = _weight(first, first.reading.sentences[index])
        return (-len(partners), -weight - max(close for close, _ in partners.values()), index)

    chosen = sorted(sorted(rows.items(), key=rank)[:FACTS])
    lines = []
    for index, partners in chosen:
        cells = [first.cell(first.reading.sentences[index])]
        for number, article in enumerate(articles[1:], 1):
            partner = partners.get(number)
            cells.append(article.cell(article.reading.sentences[partner[1]]) if partner else Cell(text="–"))
        lines.append(tuple(cells))
    return [_table(articles, lines)]


def _alone(articles: Sequence[Compared], number: int, alignments: Sequence[Alignment]) -> Iterable[Block]:
    article = articles[number]
    if number == 0:
        closest = [max(each) for each in zip(*(a.closest for a in alignments), strict=True)]
    else:
        others = [align(article.reading, o.reading).closest for o in articles if o is not article]
        closest = [max(each) for each in zip(*others, strict=True)]
    alone = [
        sentence
        for sentence in article.reading.sentences
        if closest[sentence.index] < FAR and _tells(article, sentence)
    ]
    if not alone:
        return [Nothing(text="each of its sentences has a near one elsewhere")]
    chosen = sorted(alone, key=lambda sentence: (-_weight(article, sentence), sentence.index))[:ALONE]
    statements = tuple(
        Statement(text=article.cell(s).text, evidence=(article.evidence(s.span),))
        for s in sorted(chosen, key=lambda s: s.index)
    )
    blocks: list[Block] = [Listing(statements=statements)]
    if len(alone) > len(chosen):
        blocks.append(Note(text=f"{len(chosen)} of {len(alone)} such sentences"))
    return blocks


def _figures(articles: Sequence[Compared], alignments: Sequence[Alignment]) -> Iterable[Block]:
    first = articles[0]
    lines = []
    for number, (other, alignment) in enumerate(zip(articles[1:], alignments, strict=True), 1):
        for one, answer in figures_that_differ(first.reading, other.reading, alignment)[:FIGURES]:
            cells = [Cell(text="–")] * len(articles)
            cells[0] = first.cell(first.sentence_at(one), one)
            cells[number] = other.cell(other.sentence_at(answer), answer)
            lines.append(tuple(cells))
    if not lines:
        return [Nothing(text="no two figures for the same thing differ")]
    return [_table(articles, lines), Note(text="From sentences on the same matter; check what each counts.")]


def _words(articles: Sequence[Compared], alignments: Sequence[Alignment]) -> Iterable[Block]:
    first = articles[0]
    lines = []
    for number, (other, alignment) in enumerate(zip(articles[1:], alignments, strict=True), 1):
        for choice in different_words(first.reading, other.reading, alignment):
            cells = [Cell(text="–")] * len(articles)
            for place, span in ((0, choice.one), (number, choice.other)):
                article = articles[place]
                evidence = article.evidence(article.sentence_at(span).span)
                cells[place] = Cell(text=f"“{span.of(article.text)}”", evidence=(evidence,))
            lines.append((Cell(text=choice.of), *cells))
    if not lines:
        return [Nothing(text="no two words of our list for the same actor or act")]
    return [_table(articles, lines, "Of")]


def _voices(articles: Sequence[Compared]) -> Iterable[Block]:
    heard = [
        [source for source in ledger.sources(article.reading) if source.kind != "unnamed"]
        for article in articles
    ]
    lines = []
    for number, (article, sources) in enumerate(zip(articles, heard, strict=True)):
        others = [source for index, each in enumerate(heard) if index != number for source in each]
        alone = [s for s in sources if not any(_same_voice(s.name, o.name) for o in others)]
        for source in alone[:VOICES]:
            evidence = tuple(article.evidence(place) for place in source.places)
            lines.append(
                (Cell(text=source.name, evidence=evidence), Cell(text=article.name), Cell(text=source.verb))
            )
    if not lines:
        return [Nothing(text="everyone with a name is heard in each")]
    return [Table(columns=("Voice", "Heard in", "Verb"), rows=tuple(lines))]


def _same_voice(one: str, other: str) -> bool:
    """Within one article "Kevin Roe" and "Mr Roe" may be two; on one event there is hardly a second Roe."""
    return ledger.same(one, other) or one.lower().split()[-1] == other.lower().split()[-1]


def _frames(articles: Sequence[Compared]) -> Iterable[Block]:
    found: list[dict[str, list[Invited]]] = []
    for article in articles:
        by_frame: dict[str, list[Invited]] = {frame: [] for frame in FRAMES}
        for invited in frames(article.reading):
            by_frame[invited.output].append(invited)
        found.append(by_frame)
    counts = [max(len(article.reading.sentences), 1) for article in articles]
    top = {
        frame: max(len(each[frame]) / count for each, count in zip(found, counts, strict=True))
        for frame in FRAMES
    }
    rows = sorted((f for f in FRAMES if top[f] >= FRAME_FLOOR), key=lambda f: -top[f])[:FRAME_ROWS]
    if not rows:
        return [Nothing(text="no side of the matter fills a tenth of an article")]
    lines = [
        (
            Cell(text=FRAMES[frame]),
            *(
                Cell(text=f"{len(each[frame]) / count:.0%}", evidence=_clearest(article, each[frame]))
                for article, each, count in zip(articles, found, counts, strict=True)
            ),
        )
        for frame in rows
    ]
    return [_table(articles, lines, "Share of sentences")]


def _clearest(article: Compared, invited: Sequence[Invited]) -> tuple[Evidence, ...]:
    """A few of the sentences, in the order of the article."""
    best = sorted(invited, key=lambda each: (-each.score, each.sentence.index))[:FRAME_PLACES]
    return tuple(
        article.evidence(span) for span in sorted((e.sentence.span for e in best), key=lambda s: s.start)
    )


def _marks(articles: Sequence[Compared], findings: Sequence[Sequence[Finding]]) -> Iterable[Block]:
    """Per hundred words of the outlet's own, so that a long article may be set beside a short one."""
    lines = []
    for article, found in zip(articles, findings, strict=True):
        own = [finding for finding in found if finding.voice in ("own", "headline")]
        words = sum(
            article.reading.word_count(piece.span)
            for piece in article.reading.voices
            if piece.voice in ("own", "headline")
        )
        evidence = tuple(article.evidence(finding.span) for finding in own)
        density = f"{100 * len(own) / words:.1f}" if words else "–"
        lines.append(
            (Cell(text=article.name, evidence=evidence), Cell(text=str(len(own))), Cell(text=density))
        )
    return [Table(columns=("Article", "Marks in own words", "Per 100 words"), rows=tuple(lines))]


def _table(articles: Sequence[Compared], lines: Sequence[tuple[Cell, ...]], *before: str) -> Table:
    return Table(columns=(*before, *(article.name for article in articles)), rows=tuple(lines))


def _tells(article: Compared, sentence: Sentence) -> bool:
    """Whether a sentence states something of its own: below the headline, long enough, and not a stretch of a
    quotation whose speaker stands elsewhere.
    """
    reading = article.reading
    voices: Mapping[str, int] = {piece.voice: len(piece.span) for piece in reading.voices_in(sentence.span)}
    return (
        below_headline(reading, sentence)
        and reading.word_count(sentence.span) >= WORDS
        and set(voices) != {"quote"}
        and not sentence.text.rstrip("”\"’'").endswith("?")
    )


def _weight(article: Compared, sentence: Sentence) -> float:
    """How much a sentence is worth telling: the chance that it should be checked, and a bit for figures,
    less what a long sentence costs to read."""
    worth = float(article.reading.scores.of_sentences("check_worthy")[sentence.index])
    long = article.reading.word_count(sentence.span) > SHOWN
    return worth + (0.3 if amounts(sentence.text) else 0.0) - (0.3 if long else 0.0)
