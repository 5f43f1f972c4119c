"""No report says more than its evidence: every statement of every demo article's report is held against it.

With the fake encoder the sections that rest on rules are walked, with the real one all of them.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest
from measuring_data import DATA
from truthlens.analyse import Analyser
from truthlens.domain import Article, Block, Evidence, Report, Sentence
from truthlens.extract.article import extract
from truthlens.ledgers.figures import values
from truthlens.relations.countries import CountryTable
from truthlens.seeds import articles_dir, load_countries
from truthlens.server.admit import admit
from truthlens.server.intake import article_of_text
from truthlens.verify import Objection, unsupported

STORY = DATA.parent / "seed" / "north-korea-report.txt"
SEED = "seed"
SLUGS = sorted(path.stem for path in articles_dir().glob("*.toml"))
RELATED = [
    {"police-budget", "police-budget-rival"},
    {"rate-decision", "rate-decision-rival"},
    {"arms-transfers", SEED},
]
"""Articles about one event, whose reports may share a sentence."""

PLACES = (
    "sentences? words? times? more others? marks? phrases? places? paragraphs? sources? links? quotations? "
    "replies reply accusations? voices? parties party figures? names? claims? statements? clauses? answers?"
)
NUMBER = r"(?:\d+|half|one|two|three|four|five|six|seven|eight|nine|ten)"
COUNT = re.compile(
    rf"\b(?:(?:more|less|fewer) than )?{NUMBER}(?: of (?:the )?{NUMBER})?"
    r"(?= (?:of the )?(?:(?:own|other|named|unnamed|marked|such|sourced|shared) )?"
    rf"(?:{'|'.join(PLACES.split())})\b)",
    re.IGNORECASE,
)
"""A count of ours: how many sentences, marks or sources there are in the article. Whoever doubts it can open
the places and count; an article's own figure is never of these.
"""

LABELS = frozenset({"limits", "use_of_ai", "language_model"})
"""Sections that state nothing of the article."""


@dataclass(frozen=True)
class Claim:
    """Something a report says, where, and what it rests on; ``known`` are further words that it may use."""

    section: str
    text: str
    evidence: tuple[Evidence, ...]
    is_statement: bool = True
    known: tuple[str, ...] = ()
    is_edge: bool = False


def claims(report: Report) -> Iterator[Claim]:
    for section in report.sections:
        for block in section.blocks:
            yield from of_block(section.key, block)


def of_block(key: str, block: Block) -> Iterator[Claim]:
    match block.kind:
        case "text":
            yield Claim(key, block.statement.text, block.statement.evidence)
        case "list":
            for statement in block.statements:
                yield Claim(key, statement.text, statement.evidence)
        case "quote":
            yield Claim(key, block.text, block.evidence)
        case "table":
            for row in block.rows:
                for cell in row:
                    if cell.evidence:
                        yield Claim(key, cell.text, cell.evidence, is_statement=False)
        case "meter":
            # A line may say what its inputs count, and what follows from them.
            if block.evidence:
                known = tuple(value for pair in block.inputs for value in pair)
                shares = tuple(share for share in shares_of(block.inputs))
                known = (block.formula, *known, *shares)
                yield Claim(key, block.line, block.evidence, is_statement=False, known=known)
        case "bars":
            for bar in block.bars:
                if bar.evidence:
                    yield Claim(key, bar.label, bar.evidence, is_statement=False)
        case "graph":
            for edge in block.edges:
                said = f"{edge.source} {edge.label} {edge.target}"
                # Who acts together is named beside the place, for whoever wants to count.
                known = tuple(f"{place.note.count(',') + 1} states" for place in edge.evidence if place.note)
                yield Claim(key, said, edge.evidence, is_statement=False, known=known, is_edge=True)
        case _:
            return


def shares_of(inputs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    counts = sorted({value for _, text in inputs for value in values(text) if value})
    for part in counts:
        for whole in counts:
            if part <= whole:
                yield f"{100 * part / whole:.0f}%"


def faults(report: Report) -> Iterator[str]:
    """What the report says beyond its evidence, a line each."""
    text = report.article.text
    for claim in claims(report):
        if claim.section in LABELS or any(item.other for item in claim.evidence):
            continue
        if not claim.evidence:
            yield f"{claim.section}: {claim.text!r} rests on nothing"
            continue
        context = [each for item in claim.evidence for each in around(report, item)]
        if claim.is_edge:
            # A picture has one node for a state, whatever its sentences call it.
            context += [by_states(piece) for piece in context]
        # A label stands for a place, which may be the words of whoever it names; a sentence must be in it.
        spans = [item.span.of(text) for item in claim.evidence] if claim.is_statement else context
        if not claim.is_statement and counts(claim, context):
            continue
        found = unsupported(
            COUNT.sub("", claim.text),
            [*spans, *claim.known],
            context=[*dict.fromkeys(context), *claim.known],
            published=report.article.published,
        )
        for objection in found:
            if not claim.is_statement and allowed(objection, claim, report):
                continue
            yield f"{claim.section}: {claim.text!r}: {objection.kind}: {objection.detail}"


def counts(claim: Claim, context: Sequence[str]) -> bool:
    """A cell that is a bare number counts its places, or has its unit in another cell."""
    try:
        number = float(claim.text.replace(",", ""))
    except ValueError:
        return False
    return number == len(claim.evidence) or any(number in values(piece) for piece in context)


LABEL_ONLY = frozenset({"attribution", "hedge", "negation"})
"""What only a sentence can leave out: a label says neither who says so nor whether it is so."""


def allowed(objection: Objection, claim: Claim, report: Report) -> bool:
    """A label may name somebody whom its place calls "she", as the article names them elsewhere."""
    if objection.kind in LABEL_ONLY:
        return True
    return objection.kind == "name" and objection.detail in report.article.text


def by_states(text: str) -> str:
    """With "Moscow" and "Russian" told as Russia."""
    table = countries()
    for sighting in reversed(table.sightings(text)):
        name = table.names.get(sighting.key)
        if name:
            text = text[: sighting.span.start] + name + text[sighting.span.end :]
    return text


@cache
def countries() -> CountryTable:
    return load_countries()


def around(report: Report, item: Evidence) -> list[str]:
    return [sentence.text for sentence in report.sentences if touches(sentence, item)]


def touches(sentence: Sentence, item: Evidence) -> bool:
    return sentence.span.overlaps(item.span)


@cache
def article_of(slug: str) -> Article:
    if slug == SEED:
        if not STORY.exists():
            pytest.skip("the article is not part of the repository; ../shared/seed holds it")
        body, headline, *_ = STORY.read_text("utf-8").split("\n")
        return article_of_text(body, title=headline)
    about = tomllib.loads((articles_dir() / f"{slug}.toml").read_text("utf-8"))
    return admit(extract((articles_dir() / f"{slug}.html").read_text("utf-8"), about["url"]))


def shared_statements(report_of: Callable[[str], Report]) -> dict[str, set[str]]:
    """Statements that stand in the reports of articles on different events, and in which."""
    found: dict[str, set[str]] = defaultdict(set)
    slugs = [*SLUGS, *([SEED] if STORY.exists() else [])]
    for slug in slugs:
        for claim in claims(report_of(slug)):
            if claim.is_statement and claim.section not in LABELS:
                found[f"{claim.section}: {claim.text}"].add(slug)
    return {
        text: where
        for text, where in found.items()
        if len(where) > 1 and not any(where <= related for related in RELATED)
    }


@pytest.fixture(scope="module")
def real(real_analyser: Analyser) -> Callable[[str], Report]:
    return cache(lambda slug: real_analyser.analyse(article_of(slug)))


@pytest.fixture(scope="module")
def quick(fake: tuple[object, Analyser]) -> Callable[[str], Report]:
    return cache(lambda slug: fake[1].analyse(article_of(slug)))


@pytest.mark.parametrize("slug", [*SLUGS, SEED])
def test_by_rules_alone_a_report_says_no_more_than_its_evidence(
    slug: str, quick: Callable[[str], Report]
) -> None:
    assert [*faults(quick(slug))] == []


@pytest.mark.model
@pytest.mark.parametrize("slug", [*SLUGS, SEED])
def test_a_report_says_no_more_than_its_evidence(slug: str, real: Callable[[str], Report]) -> None:
    assert [*faults(real(slug))] == []


def test_by_rules_alone_no_sentence_fits_two_stories(quick: Callable[[str], Report]) -> None:
    assert shared_statements(quick) == {}


@pytest.mark.model
def test_no_sentence_fits_two_stories(real: Callable[[str], Report]) -> None:
    assert shared_statements(real) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [("as many as 9 million", "9 million"), ("2024", "2023"), ("North Korea", "South Korea")],
)
def test_the_walk_sees_a_fault(before: str, after: str, quick: Callable[[str], Report]) -> None:
    """A report of the article's own sentences has none; with one word changed it has."""
    from truthlens.domain import Quote, SectionResult

    report = quick("arms-transfers")
    whole = tuple(
        Quote(text=sentence.text, evidence=(Evidence(span=sentence.span),)) for sentence in report.sentences
    )
    section = SectionResult(key="summary", title="Summary", placement="report", blocks=whole)
    assert [*faults(replace(report, sections=(section,)))] == []
    wrong = tuple(replace(block, text=block.text.replace(before, after)) for block in whole)
    assert [*faults(replace(report, sections=(replace(section, blocks=wrong),)))] != []
