"""The names that an article uses, and which of them a short form stands for: "Roe" is "Mayor Jane Roe"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from truthlens.domain import Article, Span
from truthlens.voices import reporting
from truthlens.voices.written_names import Name, acronyms, written_names

_SEXED = re.compile(
    r"\b(Mr|Mrs|Ms|Miss|Sir|Lady|Lord|King|Queen|Prince|Princess)\.? ([A-Z][^\W_]+)(?: ([A-Z][^\W_]+))?"
)
_AGED = re.compile(r", \d{1,3}\b")
_OCCUPATIONS = ("er", "or", "ist", "man", "woman", "ian")
_SHE = {"Mrs", "Ms", "Miss", "Lady", "Queen", "Princess"}
HONORIFICS = {"mr", "mrs", "ms", "miss", "dr", "sir", "prof", "professor", "lady", "lord"}
_DIRECTIONS = {"north", "south", "east", "west", "new", "united", "san", "los", "great", "saudi"}
LONGEST = 7  # words of a name; a longer run of capitals is a heading

OFFICES = reporting.words(
    "president minister mayor governor senator secretary",
    "chancellor premier chief director chairman chairwoman",
    "judge justice councillor councilman councilwoman lawmaker",
    "pastor bishop professor doctor sheriff general",
    "colonel captain spokesman spokeswoman leader king queen pope ambassador coach manager commissioner",
)
"""Words before or behind a name that later stand for it: "the mayor"."""

BODIES = reporting.words(
    "ministry agency department committee commission council company party court union bank university team",
    "house senate news times post journal office institute association federation centre center group trust",
    "board county city state police service church fund foundation club organisation organization authority",
    "town rovers athletic rangers ferries electric alliance airlines motors pictures",
    "congress parliament government administration campaign army force press street watchdog panel bureau",
)
"""Words that make a name an organisation's or a place's, not a person's."""


_NO_LEAD = reporting.PREPOSITIONS | reporting.CONJUNCTIONS | reporting.FINITE


class Cast:
    """All names of one article, in order. Every form it answers with stands verbatim in the text."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        body = len(article.title) if article.headline is not None else 0
        self._names = list(written_names(self._text, body))
        self._distinct = tuple({name.text: name for name in reversed(self._names)}.values())
        self._by_last: dict[str, list[Name]] = {}  # persons with more than one word, each form once
        self._by_first: dict[str, list[Name]] = {}
        for name in self._distinct:
            words = name.words
            if 1 < len(words) <= LONGEST and _is_person(words):
                self._by_last.setdefault(words[-1].lower(), []).append(name)
                self._by_first.setdefault(words[0].lower(), []).append(name)
        self._bearers = self._all_bearers()
        self._alone = {name.text for name in self._names if " " not in name.text}
        self._acronyms = dict(acronyms(self._text))
        self._she = {m[3] or m[2]: m[1] in _SHE for m in _SEXED.finditer(self._text)}
        self._starts = [name.start for name in self._names]
        self._meanings: dict[str, str] = {}  # of "mayor" in "the mayor", worked out once
        self._known: dict[str, bool] = {}

    def _all_bearers(self) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
        """For each surname where it stands behind a given name, and the two words there; in order."""
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for name in self._names:
            words = name.words
            if (
                1 < len(words) <= LONGEST
                and words[-2].lower() not in OFFICES | HONORIFICS
                and _is_person(words)
            ):
                found.setdefault(words[-1].lower(), []).append((name.start, words[-2:]))
        return found

    def persons(self) -> frozenset[str]:
        """Everybody whom the body of the article names by more than one word."""
        return frozenset(
            name.text for names in self._by_last.values() for name in names if self.is_person(name.text)
        )

    def subject(self, span: Span) -> tuple[str, bool]:
        """The person with whom a sentence opens, else the only one it names, in the fullest form, "" if none;
        and whether the article shows that it is a person: two capitals may be a company too.
        """
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        persons = [
            (name.start, full)
            for name in self._names[first:last]
            if " " in (full := self.fullest(name.text, span.start)) and self.is_person(full)
        ]
        if not persons:
            return "", False
        start, full = persons[0]
        lead = self._text[span.start : start].split()
        plain = len(lead) <= 5 and not any(word.lower() in _NO_LEAD or word.endswith("ed") for word in lead)
        if plain and _is_person(tuple(full.split())):
            return full, self._is_known_person(full) or len(lead) > 1
        only = len({full for _, full in persons}) == 1 and self._is_described(start)
        return (full, True) if only else ("", False)

    def _is_described(self, start: int) -> bool:
        """Whether a word such as "physiologist" stands in front of a name."""
        before = self._text[max(0, start - 24) : start].replace(",", "").split()
        return bool(before) and before[-1].islower() and before[-1].endswith(_OCCUPATIONS)

    def _is_known_person(self, name: str) -> bool:
        """A name with a title or an age, or one whose last word stands for it elsewhere."""
        if name not in self._known:
            words = name.split()
            titled = any(word.rstrip(".").lower() in OFFICES | HONORIFICS for word in words[:-1])
            self._known[name] = len(words) > 1 and (
                titled
                or words[-1] in self._alone
                or _AGED.match(self._text, self._text.find(name) + len(name)) is not None
            )
        return self._known[name]

    def fullest(self, mention: str, position: int) -> str:
        """The fullest form of a name, of an acronym, or of "the mayor"; what it is given when none fits.

        Of two persons with one surname it is the one named last before ``position``.
        """
        words = mention.split()
        if words and words[0].lower() in {"the", "a", "an"}:
            bare = words[1:]
            if len(bare) == 1 and words[0].lower() == "the" and bare[0].islower():
                if bare[0] not in self._meanings:
                    self._meanings[bare[0]] = self._described(bare[0], position)
                return self._meanings[bare[0]] or mention
        else:
            bare = words
        core = " ".join(bare)
        if core in self._acronyms:
            return self._acronyms[core]
        if not bare or not all(word[0].isupper() for word in bare):
            return mention
        while len(bare) > 1 and bare[0].rstrip(".").lower() in HONORIFICS:
            bare = bare[1:]
        found = self._named(bare, position)
        return found if len(found) > len(" ".join(bare)) else mention

    def _named(self, words: Sequence[str], position: int) -> str:
        """The longest name that ends with these words, or with the last of them behind a title."""
        last = words[-1].lower()
        if last in BODIES or last in reporting.GROUPS or last.endswith(("ans", "crats", "ives")):
            return " ".join(words)
        known = self._by_last.get(last, [])
        if len(words) > 1 and words[-2].lower() not in OFFICES:
            known = [name for name in known if name.words[-len(words) :] == tuple(words)]
        elif not known and len(words) == 1:
            given = self._by_first.get(last, [])
            known = given if len({name.words[1] for name in given}) == 1 else []
        bearers = self._bearers.get(last, [])
        if known and bearers and len(words) <= 2:
            at = bisect_left(bearers, (position + 1,))
            person = bearers[max(0, at - 1)][1]
            known = [name for name in known if name.words[-2:] == person] or known
        return max((name.text for name in known), key=len, default=" ".join(words))

    def _described(self, noun: str, position: int) -> str:
        """Whom "the mayor" or "the ministry" means, when the article has but one."""
        if noun in OFFICES:
            title = noun.capitalize()
            found = {
                self._named([name.words[-1]], position)
                for name in self._distinct
                if title in name.words[:-1] and len(name.words) <= LONGEST
            }
        elif noun in BODIES:
            word = noun.capitalize()
            found = {
                name.text
                for name in self._distinct
                if 1 < len(name.words) <= LONGEST
                and (name.words[-1] == word or name.words[:2] == (word, "of"))
            }
        else:
            return ""
        if len(found) != 1:
            return ""
        only = found.pop()
        # "The bank" that is mentioned before any name with "Bank" is another one.
        earlier = re.search(rf"\b[Tt]he {noun}\b", self._text[: self._text.find(only)])
        return only if earlier is None else ""

    def is_person(self, speaker: str) -> bool:
        """Whether "he" or "she" may mean this speaker: one person, by name or by description."""
        words = speaker.split()
        lowered = {word.lower() for word in words}
        last = words[-1].lower() if words else ""
        if not words or " and " in speaker or last in reporting.GROUPS or lowered & {"both", "all"}:
            return False
        if lowered & (BODIES | reporting.DOCUMENTS) and not lowered & OFFICES:
            return False
        if words[0].lower() in reporting.OPENERS - {"the", "a", "an"}:
            return False
        if last in OFFICES or (words[-1].islower() and last.endswith(("man", "woman", "er", "or", "ist"))):
            return True
        return words[-1][0].isupper() and not words[-1].isupper() and words[0].lower() not in _DIRECTIONS

    def fits(self, speaker: str, pronoun: str) -> bool:
        """False where a title or a word such as "spokeswoman" says the other sex."""
        words = speaker.split()
        she = self._she.get(words[-1]) if words else None
        for word in words:
            if word.lower().endswith("woman"):
                she = True
            elif word.lower().endswith("man") and word[:1].islower():
                she = False
        return she is None or she == (pronoun == "she")


def _is_person(words: Sequence[str]) -> bool:
    lowered = {word.lower() for word in words}
    plain = (not lowered & BODIES or lowered & OFFICES) and words[0].lower() not in _DIRECTIONS
    return bool(plain) and not lowered & {"of", "for"}
