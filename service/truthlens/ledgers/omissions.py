"""Questions that an article leaves open, as far as counting can see: asked, never answered for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from truthlens.domain import Evidence, Finding, Span, Statement
from truthlens.ledgers.headline_audit import headline_audit
from truthlens.ledgers.ledger import PEOPLES, Source, biggest, brief, carried, sentence_at, sources
from truthlens.ledgers.replies import Answer, answers
from truthlens.reading import Reading
from truthlens.voices import reporting

EACH = 2  # questions of one kind; a list of twenty is read by nobody
FEW = 3  # sentences with a source, below which who else speaks is no question
BEHIND = 12  # words shown behind a vague source
NAMED = 2  # speakers named beside whom others might be heard
OUTSIDE = frozenset({"expert", "affected", "advocate"})
"""Roles of people who speak neither for a power nor for a paper."""

_NOBODY_SAYS = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|(?:it|there)\s(?:is|are|was)\s(?:widely\s)?(?:believed|understood|thought"
    r"|said|feared|rumou?red)|(?:is|are)\swidely\s(?:seen|believed|regarded|expected)|everyone\s(?:knows|agrees)"
    r"|many\s(?:say|believe|fear))\b",
    re.IGNORECASE,
)
_SPEAKS = reporting.CLAUSE | reporting.BELIEF | reporting.GROUPS
"""Marks of vague sourcing without one of these ("seems") leave nobody to ask after."""
_CLAUSE_END = re.compile(r"[,;:()\"]|(?<![A-Z])\.|\s[–—]\s")
_WORD = re.compile(r"\w{4,}")
_WITH_ARTICLE = re.compile(
    r"U\.?S\.?A?\.?|U\.?K\.?|U\.?N\.?|EU|UAE|United .+|European Union|Netherlands|Philippines"
)
"""Names that take "the" within a sentence."""


def questions(reading: Reading, findings: Sequence[Finding]) -> tuple[Statement, ...]:
    """In the order of their weight: replies, the headline, sources, papers."""
    found = sources(reading)
    return (
        *_replies(answers(reading, findings)),
        *_headline(reading),
        *_one_source(reading, found, carried(reading)),
        *_roles(found),
        *_nobody(reading, findings),
        *_papers(reading, found),
    )


def _replies(found: Sequence[Answer]) -> Iterator[Statement]:
    """Asks only: what is held against whom, and what was answered, stands among the replies."""
    for answer in [a for a in found if a.kind == "absent"][: EACH + 1]:
        charge = answer.charges[0]
        yield Statement(
            text=f"How {_do(answer.accused.name)} answer?",
            evidence=(Evidence(span=charge.target), Evidence(span=charge.sentence.span)),
        )
    sharing = [answer for answer in found if answer.shared and answer.sentence]
    if sharing and sharing[0].sentence:
        parties = [answer.accused.party for answer in sharing]
        first = [
            party.mentions[0] if party else a.charges[0].target
            for party, a in zip(parties, sharing, strict=True)
        ]
        yield Statement(
            text=f"Where do {_and([answer.accused.name for answer in sharing])} speak for themselves?",
            evidence=(Evidence(span=sharing[0].sentence.span), *(Evidence(span=place) for place in first)),
        )


def _headline(reading: Reading) -> Iterator[Statement]:
    text = reading.article.text
    lacking = [check for check in headline_audit(reading) if check.result == "missing"]
    for check in [c for c in lacking if c.element != "claim"][:EACH]:
        yield Statement(
            text=f"Where does the headline have {_quoted(check.span.of(text))} from?",
            evidence=(Evidence(span=check.span),),
        )


def _one_source(reading: Reading, found: Sequence[Source], total: int) -> Iterator[Statement]:
    """Not of an interview, which has one by its nature."""
    if total >= FEW and biggest(found) > total / 2 and "interview" not in reading.article.labels:
        yield Statement(
            text=f"Who else bears out what {_inside(brief(found[0].name))} says?",
            evidence=tuple(Evidence(span=s) for s in (found[0].named, *found[0].places) if s is not None),
        )


def _roles(found: Sequence[Source]) -> Iterator[Statement]:
    """Asked only where every named speaker's role is known: an unknown one may be anybody."""
    speakers = [source for source in found if source.kind != "document"]
    unknown = [source for source in speakers if not source.role]
    if len(speakers) < FEW or any(source.kind == "named" for source in unknown):
        return
    if 4 * len(unknown) <= len(speakers) and not any(source.role in OUTSIDE for source in found):
        named = [_inside(brief(source.name)) for source in speakers if source.role][:NAMED]
        yield Statement(
            text=f"Does any expert speak, or anybody affected, besides {_and(named)}?",
            evidence=tuple(
                Evidence(span=place)
                for source in speakers
                for place in dict.fromkeys((source.named or source.places[0], source.places[0]))
            ),
        )


def _nobody(reading: Reading, findings: Sequence[Finding]) -> Iterator[Statement]:
    text = reading.article.text
    marked = [f.span for f in findings if f.indicator == "vague_sourcing" and f.voice == "own"]
    marked = [span for span in marked if _speaks(span.of(text).lower().split())]
    said = [Span(*match.span()) for match in _NOBODY_SAYS.finditer(text)]
    said = [span for span in said if reading.voice_of(span).voice == "own"]
    spans = sorted({sentence_at(reading, span).index: span for span in (*marked, *said)}.values(), key=_start)
    for span in spans[:EACH]:
        yield Statement(
            text=f"Who says it? “{_phrase(text, span, sentence_at(reading, span).span.end)}”",
            evidence=(Evidence(span=span), Evidence(span=sentence_at(reading, span).span)),
        )


def _speaks(words: Sequence[str]) -> bool:
    """ "Being told not to run" is no claim of anybody's."""
    return bool(_SPEAKS.intersection(words)) and words[0] != "being"


def _phrase(text: str, span: Span, end: int) -> str:
    """The words with those of their clause that follow, so that they say what it is about."""
    following = _CLAUSE_END.split(text[span.end : end])[0].split()
    words = " ".join((span.of(text), *following[:BEHIND]))
    if words.count("“") > words.count("”"):
        words = words.replace("“", "")
    return f"{words} …" if len(following) > BEHIND else words


def _papers(reading: Reading, found: Sequence[Source]) -> Iterator[Statement]:
    """Only of a page: text that was handed in has no links to look at."""
    if reading.article.extracted_by == "text":
        return
    for source in [s for s in found if s.kind == "document" and not _linked(reading, s)][:EACH]:
        paper = _inside(brief(source.name))
        bare = " " not in paper and paper.islower()  # "according to data"
        yield Statement(
            text=f"Which {paper} are meant? No link leads there."
            if bare
            else f"Where can {paper} be read? It is not linked.",
            evidence=tuple(
                Evidence(span=span) for span in (source.named or source.places[0], source.places[0])
            ),
        )


def _linked(reading: Reading, source: Source) -> bool:
    """Whether a link's words stand in a sentence that rests on the paper, or share a word with its name."""
    name = {match.group().lower() for match in _WORD.finditer(source.name)}
    sentences = {sentence_at(reading, span).text for span in source.places}
    return any(
        name & {match.group().lower() for match in _WORD.finditer(link.text)}
        or any(link.text in sentence for sentence in sentences)
        for link in reading.article.links
    )


def _inside(name: str) -> str:
    """As it stands within a sentence."""
    opener = name.partition(" ")[0]
    return name[0].lower() + name[1:] if opener in ("A", "An", "The") else name


def _do(name: str) -> str:
    if PEOPLES.search(name):
        return f"do {name}"
    return f"does the {name}" if _WITH_ARTICLE.fullmatch(name) else f"does {name}"


def _and(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _start(span: Span) -> int:
    return span.start


def _quoted(words: str) -> str:
    return words if words[:1] in "“‘\"'" else f"“{words}”"
