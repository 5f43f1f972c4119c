"""One reporting verb in its sentence: what stands round it, and whether it is a verb at all."""

from __future__ import annotations

from collections.abc import Iterable

from truthlens.domain import Span
from truthlens.voices import reporting, subject
from truthlens.voices.attributed import Attribution, attributed
from truthlens.voices.line import MASK, Line, Word
from truthlens.voices.noun_phrase import Mention

_COUNTING = reporting.words("all both most some many")
_BEFORE_NOUN = (
    reporting.OPENERS | reporting.PREPOSITIONS | reporting.words("and or new other any little such each")
)
_BEFORE_ADJECTIVE = reporting.words("a an the its his their our my your")
_OWNING = ("’s", "'s")
_BEFORE_PARTICIPLE = reporting.words("all no that have had is was are were")


def is_verb(line: Line, index: int) -> bool:
    """Not a noun or part of a name: "a new report", "the United States", "claims of fraud"."""
    word = line.words[index]
    before = line.words[index - 1].lower if index else ""
    gerund = word.text.endswith("ing") and before in reporting.OPENERS - _COUNTING
    if word.capital or gerund or line.text[word.end : word.end + 1] == "-":
        return False
    views_expressed_by = before not in reporting.PASSIVES and _is_by(line, index)
    # "for alleged theft", "the mayor’s alleged theft"
    adjective = before in _BEFORE_ADJECTIVE | reporting.PREPOSITIONS or before.endswith(_OWNING)
    if word.text.endswith("ed") and (adjective or views_expressed_by):
        return False
    if word.text not in reporting.ALSO_NOUNS:
        return True
    return _is_verb_here(line, index, before)


def _is_verb_here(line: Line, index: int, before: str) -> bool:
    """Whether a form that is as often a noun is a verb behind the word ``before``."""
    word = line.words[index]
    if index > 1 and line.words[index - 2].lower in ("a", "an") and not word.text.endswith("s"):
        return False  # "a nagging feeling that"
    if before in reporting.BEFORE_VERB or before in reporting.PRONOUNS:
        return before not in _BEFORE_PARTICIPLE
    if not before or before in _BEFORE_NOUN or before.endswith(_OWNING):
        return False
    behind = line.behind(word.end)
    seldom = word.text in reporting.SELDOM_NOUNS and not behind.startswith(
        ("by ", "of ", "from ", "about ", "against ")
    )
    return seldom or behind.startswith(("that ", ":", MASK))


def _is_by(line: Line, index: int) -> bool:
    return [word.lower for word in line.words[index + 1 : index + 2]] == ["by"]


class Verb:
    """The verb at ``index`` of a line.

    ``before`` are the words in front of it, back to the last comma or quotation, which ends at ``left``, but
    without "has also recently" and "likes to". ``end`` is where the next comma or quotation begins.
    """

    def __init__(self, line: Line, index: int) -> None:
        self.line = line
        self.index = index
        self.word = line.words[index]
        self.kind = self.word.lower
        self.left = line.last_boundary(self.word.start)
        self.end = line.next_boundary(self.word.end)
        self.before = list(line.words_in(self.left, self.word.start))
        self.passive = self.infinitive = self.helped = False
        self._skip_auxiliaries()

    def _skip_auxiliaries(self) -> None:
        past = not self.word.text.endswith("ing")
        before = self.before
        while before and (before[-1].lower in reporting.BEFORE_VERB or before[-1].adverb):
            word = before.pop()
            self.helped = True
            self.passive |= past and word.lower in reporting.PASSIVES
            self.infinitive |= word.lower == "to"
            while self.infinitive and before and before[-1].lower in reporting.CATENATIVES:
                before.pop()
        if before and before[-1].stem in reporting.PRONOUNS:
            self.passive |= past and before[-1].lower.endswith(("’re", "'re", "’m", "'m"))

    @property
    def next(self) -> str:
        """The word behind the verb, "" when punctuation comes first."""
        words = self.line.words[self.index + 1 : self.index + 2]
        return words[0].lower if words and words[0].start - self.word.end == 1 else ""

    @property
    def following(self) -> list[Word]:
        """The words behind it, up to the next comma, dash or quotation."""
        return list(self.line.words_in(self.word.end, self.end))

    @property
    def behind_boundary(self) -> bool:
        """Whether the stretch that holds the verb begins behind a comma or a quotation."""
        return self.left > 0 and self.line.text[self.left - 1] in "," + MASK

    @property
    def quoted_before(self) -> bool:
        """Whether that stretch follows a quotation, perhaps with a comma between."""
        return self.line.before(self.left).endswith(MASK)

    def subject(self) -> Mention | None:
        """Who stands in front of the verb, also in front of an aside that does."""
        if self.before:
            words = subject.of_main_verb(self.before) if self.unfinished else self.before
            return subject.before(self.line, self.left, words) if words else None
        return subject.before_aside(self.line, self.left, unfinished=self.unfinished)

    @property
    def unfinished(self) -> bool:
        """An infinitive or a form in -ing: its clause has another verb, and the subject is that one's."""
        return self.infinitive or self.kind.endswith("ing")

    def said_by(self, mention: Mention | None, *content: Span) -> Attribution:
        return self._made(mention, content)

    def _made(self, mention: Mention | None, content: Iterable[Span]) -> Attribution:
        start = self.word.start if mention is None else min(mention.span.start, self.word.start)
        end = self.word.end if mention is None else max(mention.span.end, self.word.end)
        return attributed(mention, self.word.text, content, Span(start, end))


def is_ours(mention: Mention | None) -> bool:
    """Whether the author speaks: "I believe" is the outlet's own."""
    return mention is not None and mention.lower in reporting.OUR_PRONOUNS


def only_circumstance(found: list[Word], kind: str) -> bool:
    """Nothing, or no more than to whom, when and where: "said", "told reporters in Geneva"."""
    lowered = [word.lower for word in found]
    if not found:
        return True
    if len(found) > 12 or any(word == "that" or word in reporting.ASKING for word in lowered):
        return False
    if lowered[0] in reporting.PREPOSITIONS | reporting.TIMES or found[0].adverb:
        return True
    to_whom = found[0].capital or lowered[0] in reporting.OBJECTS | reporting.OPENERS
    return kind in reporting.ADDRESSED and to_whom and not any(word in reporting.FINITE for word in lowered)
