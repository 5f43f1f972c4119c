"""Who is held to have done wrong, in the article’s words: "accused Y of", "Y violated", "charges against Y".

Only accusations with somebody to answer them are found: without a party there is nobody to ask.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from truthlens.domain import Sentence, Span
from truthlens.ledgers.ledger import BODIES
from truthlens.reading import Reading
from truthlens.relations.parties import Party
from truthlens.voices import reporting

Side = Literal["before", "behind"]
_Mentions = Sequence[tuple[Span, Party]]

_ACCUSE = (
    r"accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|criticis(?:e|es|ed|ing)|criticiz(?:e|es|ed|ing)|fault(?:s|ed)"
    r"|condemn(?:s|ed|ing)?|denounc(?:e|es|ed|ing)|sued|suing"
)
_RULE = (
    r"(?:laws?|rules?|embargo(?:es)?|sanctions?|treat(?:y|ies)|agreements?|regulations?|ceasefire|truce|code"
    r"|promises?|pledges?|resolutions?|constitution|rights|contracts?|terms)"
)
_WRONG = (
    r"violat(?:e|es|ed|ing)|breach(?:es|ed|ing)?(?!\sof)|flout(?:s|ed|ing)?|evad(?:e|es|ed|ing)|abus(?:es|ed|ing)(?!\sof)"
    r"|misl(?:ead|eads|ed|eading)|lied|lying|cheat(?:s|ed|ing)|embezzl(?:e|es|ed|ing)|defraud(?:s|ed|ing)?"
    r"|brib(?:es|ed|ing)|tortur(?:es|ed|ing)|smuggl(?:es|ed|ing)|rigg(?:ed|ing)|launder(?:s|ed|ing)"
    r"|falsif(?:ies|ied|ying)|bull(?:ies|ied|ying)|harass(?:es|ed|ing)|neglect(?:s|ed|ing)|conceal(?:s|ed|ing)"
    rf"|(?:break|breaks|broke|broken|breaking|ignor(?:es|ed|ing))(?=\s(?:\w+\s){{0,4}}{_RULE}\b)"
)
_PASSIVE = (
    r"(?:accused|suspected|convicted|guilty)\sof|charged\swith|blamed\s(?:for|over)|criticis?z?ed\s(?:for|over)"
    r"|alleged\sto|condemned\s(?:for|over)|indicted|allegedly|under\sinvestigation\s(?:for|over)"
)
_AGAINST = re.compile(
    r"\b(?:allegations?|accusations?|charges|complaints?|lawsuits?|criticism|indictment)\s(?:of\s[\w\s]{1,40}?\s)?"
    r"(?P<verb>against)\s",
    re.IGNORECASE,
)
_CUE = re.compile(
    rf"\b(?P<passive>{_PASSIVE})\b|\b(?P<accuse>{_ACCUSE})\b|\b(?P<wrong>{_WRONG})\b", re.IGNORECASE
)
_OBJECT_END = re.compile(
    r"\s(?:of|for|over|as|in|on|by|with|after|when|because|and\ssaid)\s|[,;:()“”\"]|(?<![A-Z])\.|\s[–—]\s"
)
_BOUNDARY = re.compile(
    r"[,;:()“”\"]|\s[–—]\s|\b(?:that|because|when|while|after|before|but|whether|who|which|if|as|although|though)\s"
    + "|"
    + r"\b(?:"
    + "|".join(sorted(reporting.CLAUSE))
    + r")\s",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"\b(?:the|an?)\s$", re.IGNORECASE)
_CITIZENS = re.compile(r"(?:ans|is|ards|ers)$")
_NOUN = re.compile(r"\s([a-z]+)")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'.-]*){0,5}")
_CLAUSE_END = re.compile(r"[,;:()“”\"]|\s[–—]\s")
_AND = re.compile(r"\s?,?\s?(?:and|or|,)?\s?(?:both\s)?(?:the\s)?(?:and\s)?", re.IGNORECASE)
_NOT = frozenset(
    "not never no denied denies deny denying if would to without avoid stop prevent nobody".split()
)
_NO_NAMES = (
    reporting.OPENERS | reporting.PREPOSITIONS | reporting.PRONOUNS | reporting.FINITE | {"both", "mr", "i"}
)
_LOOSE = reporting.OPENERS | reporting.PREPOSITIONS | {"and", "or", "who", "which", "that"}
_LED = frozenset("administration campaign cabinet family".split())
_REACH = 120  # characters before a verb in which its subject stands
_OBJECT = 90  # characters behind it for its object
_GAP = 3  # words between a name and its verb: "North Korean troops have …"
_WORDS = 12  # of an accusation that are shown


@dataclass(frozen=True, slots=True)
class Accused:
    """``name`` as the article's fullest form; ``party`` when the reading knows it."""

    name: str
    party: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accusation:
    """``words`` is where the accusation stands, from its verb on; ``target`` where the accused is named."""

    accused: Accused
    target: Span
    words: Span
    sentence: Sentence


def accusations(reading: Reading) -> tuple[Accusation, ...]:
    """In the text below the headline, in order; one for each accused party of a sentence."""
    headline = reading.article.headline
    mentions = sorted(
        (
            (span, party)
            for party in reading.parties
            for span in party.mentions
            if _can_answer(party, span.of(reading.article.text))
        ),
        key=lambda pair: pair[0].start,
    )
    found: dict[tuple[str, int], Accusation] = {}
    for sentence in reading.sentences:
        if headline is None or not headline.contains(sentence.span):
            for accusation in _in_sentence(sentence, mentions):
                found.setdefault((accusation.accused.name, sentence.index), accusation)
    return tuple(found.values())


def _can_answer(party: Party, mention: str) -> bool:
    """A town does not speak; a state does, though not for all its citizens."""
    if party.country:
        return not _CITIZENS.search(mention)
    return party.kind != "place"


def _in_sentence(sentence: Sentence, mentions: _Mentions) -> Iterator[Accusation]:
    text = sentence.text
    for match in _AGAINST.finditer(text):
        yield from _accused(sentence, mentions, match.start(), _object(text, match.end()), "behind")
    for match in _CUE.finditer(text):
        before = _subject(text, match.start())
        words = {
            word.group().lower() for word in _WORD.finditer(text, max(0, match.start() - 30), match.start())
        }
        if match["wrong"] and match.group()[:1].isupper():
            continue  # a name: "the Institute on Drug Abuse"
        denied = words & _NOT or any(word.endswith(("n’t", "n't")) for word in words)
        if denied or (match["wrong"] and _suffers(text, match)):
            continue
        passive = match["accuse"] and match["accuse"].lower().endswith("ed") and words & reporting.PASSIVES
        if match["passive"] or match["wrong"] or passive:
            yield from _accused(sentence, mentions, match.start(), before, "before")
        else:
            yield from _accused(sentence, mentions, match.start(), _object(text, match.end()), "behind")


def _suffers(text: str, match: re.Match[str]) -> bool:
    """ "The vote was rigged": what stands before the verb did no wrong."""
    before = [
        word.group().lower() for word in _WORD.finditer(text, max(0, match.start() - 30), match.start())
    ]
    last = next((word for word in reversed(before) if not word.endswith("ly")), "")
    return last in reporting.PASSIVES and not match.group().lower().endswith("ing")


def _subject(text: str, end: int) -> Span:
    start = max(0, end - _REACH)
    for match in _BOUNDARY.finditer(text, start, end):
        start = match.end()
    return Span(min(start, end), end)


def _object(text: str, start: int) -> Span:
    match = _OBJECT_END.search(text, start, start + _OBJECT)
    return Span(start, match.start() if match else min(len(text), start + _OBJECT))


def _accused(
    sentence: Sentence, mentions: _Mentions, cue: int, region: Span, side: Side
) -> Iterator[Accusation]:
    """One for each party in ``region``, which holds the verb's subject or object."""
    words = Span(sentence.span.start + cue, sentence.span.start + _end(sentence.text, cue))
    named = _named(sentence, mentions, region)
    for accused, place in _nearest(sentence.text, named, region, side):
        target = Span(sentence.span.start + place.start, sentence.span.start + place.end)
        yield Accusation(accused=accused, target=target, words=words, sentence=sentence)


def _named(sentence: Sentence, mentions: _Mentions, region: Span) -> list[tuple[Accused, Span]]:
    """Parties in the region, else capitalised names, else one body that "the" names: the council."""
    start = sentence.span.start
    found = []
    first = bisect_left(mentions, start + region.start, key=lambda pair: pair[0].start)
    for span, party in islice(mentions, first, None):
        if span.end > start + region.end:
            break
        found.append((Accused(party.name, party), Span(span.start - start, span.end - start)))
    for match in _NAME.finditer(sentence.text, region.start, region.end):
        span = Span(*match.span())
        if match.group().lower() not in _NO_NAMES and not any(span.overlaps(other) for _, other in found):
            found.append((Accused(re.sub(r"[’']s$", "", match.group().removeprefix("The "))), span))
    if not found:
        for one, other in pairwise(_WORD.finditer(sentence.text, region.start, region.end)):
            if one.group().lower() == "the" and other.group().lower() in BODIES:
                found.append((Accused(f"the {other.group()}"), Span(one.start(), other.end())))
    found = [_with_body(sentence.text, accused, span) for accused, span in found]
    found = [(accused, span) for accused, span in found if not _is_adjective(sentence.text, span)]
    return sorted(found, key=lambda pair: pair[1].start)


def _is_adjective(text: str, span: Span) -> bool:
    """`accused a Houston woman`: it says where she is from."""
    noun = _NOUN.match(text, span.end)
    if noun is None or noun[1] in reporting.PREPOSITIONS:
        return False
    return text[: span.start].lower().endswith((" a ", " an "))


def _with_body(text: str, accused: Accused, span: Span) -> tuple[Accused, Span]:
    """The Roe administration is not Roe."""
    match = _WORD.match(text, span.end + 1)
    state = accused.party is not None and accused.party.country
    if state or match is None or text[span.end] != " " or match.group() not in BODIES | _LED:
        return accused, span
    the = "the " if _DETERMINER.search(text, 0, span.start) else ""
    return Accused(f"{the}{span.of(text)} {match.group()}"), Span(span.start, match.end())


def _nearest(
    text: str, named: Sequence[tuple[Accused, Span]], region: Span, side: Side
) -> list[tuple[Accused, Span]]:
    """The names next to the verb that one "and" joins: "Both Russia and North Korea are violating"."""
    ordered = list(reversed(named)) if side == "before" else list(named)
    taken: list[tuple[Accused, Span]] = []
    for accused, span in ordered:
        if not taken:
            gap = text[span.end : region.end] if side == "before" else text[region.start : span.start]
            if _too_far(gap, accused):
                return []
        else:
            last = taken[-1][1]
            between = text[span.end : last.start] if side == "before" else text[last.end : span.start]
            if not between.strip() or not _AND.fullmatch(between):
                break
        if all(accused.name != other.name for other, _ in taken):
            taken.append((accused, span))
    return sorted(taken, key=lambda pair: pair[1].start)


def _too_far(gap: str, accused: Accused) -> bool:
    """What a name and its verb may have between them: auxiliaries; behind a state's also its "troops"."""
    words = [word.group().lower() for word in _WORD.finditer(gap)]
    skipped = reporting.BEFORE_VERB | reporting.OPENERS | {"mr", "mrs", "ms", "dr"}
    content = [word for word in words if word not in skipped and not word.endswith("ly")]
    state = accused.party is not None and bool(accused.party.country)
    return len(content) > (_GAP if state else 0) or bool(set(content) & reporting.PREPOSITIONS)


def _end(text: str, start: int) -> int:
    """End of what is shown of an accusation: its clause, or its first words; never on "the" or "in"."""
    words = list(_WORD.finditer(text, start, start + 200))[:_WORDS]
    clause = _CLAUSE_END.search(text, start, words[-1].end()) if words else None
    shown = [word for word in words if clause is None or word.end() <= clause.start()]
    while len(shown) > 1 and shown[-1].group().lower() in _LOOSE:
        shown.pop()
    return shown[-1].end() if shown else start
