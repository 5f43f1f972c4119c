"""Loaded wordings and plainer ones: what may stand in a phrase's place. Pure; `seeds.py` reads the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from truthlens.domain import Span, Wording

WORD = re.compile(r"\w+(?:[-‑]\w+|'(?!s\b)\w+)*")
_DETERMINERS = frozenset(
    WORD.findall("a an the this that these those his her its their our my your any every each")
)
# Behind these a modifier cannot be dropped: "bold and stunning" would lose its end, "not truly" its sense.
_HOLD_BEFORE = frozenset(WORD.findall("and or but nor yet more most less least very so as too how not never"))
# Before these an adjective ends its phrase ("was stunning for"): there is no noun to leave behind.
_HOLD_AFTER = frozenset(
    WORD.findall(
        "and or but nor yet for to in on at of by with as than that when while because if so is was are were "
        "be been has have had who which from after before about into over under since until though although "
        "even enough"
    )
)
_SOUNDED_CONSONANT = re.compile(r"(?:eu|uni(?![dmn])|use|usu|one\b|once\b)", re.IGNORECASE)
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One inflected form (lower case) and what may replace it; ``plain`` "" deletes it."""

    loaded: str
    plain: str
    pos: str
    lost: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()

    def fits(self, before: str, after: str) -> bool:
        """Whether the form may be replaced between these two lower-case stretches of text."""
        if before[-1:] in ("-", "‑") or after[:1] in ("-", "‑"):
            return False
        if any(re.search(rf"(?<!\w){re.escape(word)}\s+$", before) for word in self.not_after):
            return False
        if any(re.match(rf"\s+{re.escape(word)}(?!\w)", after) for word in self.not_before):
            return False
        previous = "".join(re.findall(r"(?<![\w'-])([\w'-]+)\s+$", before))
        following = "".join(re.findall(r"^\s+([\w'-]+)", after))
        # "the slammed door", "the firm's claim that"
        participle = self.pos == "verb" and (previous in _DETERMINERS or previous.endswith("'s"))
        # A verb in truth: "is crippling the town".
        verbal = self.pos == "adjective" and following in _DETERMINERS
        # "revolutionary new" would become "new new".
        doubled = self.plain != "" and following == self.plain
        if participle or verbal or doubled:
            return False
        return bool(self.plain) or self._deletable(before, after, previous, following)

    def _deletable(self, before: str, after: str, previous: str, following: str) -> bool:
        if not before and not after:
            return True  # asked about the word alone
        if previous in _HOLD_BEFORE or previous.endswith("n't"):
            return False
        behind, ahead = before.rstrip()[-1:], after.lstrip()[:1]
        if self.pos == "adjective":
            if behind == "," or previous.endswith("ly"):
                return False  # another modifier leans on this one: "elaborately dramatic scene"
            return following != "" and following not in _HOLD_AFTER
        # "Conveniently, the …", "…, conveniently, …" and "Truly." would leave nothing but marks.
        return ahead.isalnum() or behind.isalnum()


@dataclass(frozen=True, slots=True)
class WordingTable:
    """Loaded forms to rows. ``longest`` is the greatest number of words in one form."""

    rows: Mapping[str, WordingRow]
    longest: int

    def lookup(self, text_before: str, phrase: str, text_after: str) -> Wording | None:
        """A plainer wording for the whole of ``phrase``, or None when nothing in it is known.

        Read from the left, the longest known form at each word is replaced and the rest of the phrase is
        kept; ``plainer`` is "" when nothing remains. The texts around the phrase decide whether a form is
        meant in its plain sense. They may be cut anywhere; a sentence each side is enough.
        """
        matches = list(self._matches(fold(text_before), fold(phrase), fold(text_after)))
        if not matches:
            return None
        ends = [0, *(end for _, end, _ in matches)]
        plainer = phrase[ends.pop() :]
        for start, end, row in reversed(matches):  # from the right: articles agree with what then follows
            plain = _in_case_of(phrase[start:end], row.plain)
            plainer = plain + plainer if plain else plainer.lstrip()
            if start == 0 and phrase[0].isupper():
                plainer = plainer[:1].upper() + plainer[1:]
            plainer = agree(phrase[ends.pop() : start], plainer) + plainer
        lost = dict.fromkeys(row.lost for _, _, row in matches)
        return Wording(plainer=plainer.strip(), lost=" and ".join(lost))

    def replacements(self, text_before: str, phrase: str, text_after: str) -> Iterator[tuple[Span, Wording]]:
        """Each known form within ``phrase`` by itself, as a span of it, in order; the rest stays as it is.

        Whoever puts them in place makes "a" and "an" agree, with `agree`.
        """
        for start, end, row in self._matches(fold(text_before), fold(phrase), fold(text_after)):
            yield Span(start, end), Wording(plainer=_in_case_of(phrase[start:end], row.plain), lost=row.lost)

    def _matches(self, before: str, phrase: str, after: str) -> Iterator[tuple[int, int, WordingRow]]:
        words = [match.span() for match in WORD.finditer(phrase)]
        done, index = 0, 0
        while index < len(words):
            start = words[index][0]
            # What will then stand there: in "absolutely stunning" the adverb is gone already.
            left = before + phrase[done:start]
            for last in range(min(index + self.longest, len(words)) - 1, index - 1, -1):
                end = words[last][1]
                row = self.rows.get(re.sub(r"\s+", " ", phrase[start:end]))
                if row and row.fits(left, phrase[end:] + after):
                    yield start, end, row
                    before = left + row.plain if row.plain else left.rstrip()
                    done, index = end, last
                    break
            index += 1


def indefinite_article(following: str) -> str:
    """``a`` or ``an``, by the spelling of what follows: for callers whose span begins behind an article."""
    if _SILENT_H.match(following):
        return "an"
    return "an" if following[:1].lower() in "aeiou" and not _SOUNDED_CONSONANT.match(following) else "a"


def fold(text: str) -> str:
    """Lower case with straight apostrophes, as long as the text itself."""
    low = text.lower()
    # "İ".lower() is two characters long and would shift every offset behind it, and a "Σ" is lowered by what
    # stands beside it: both are done character by character, which takes five times as long.
    if len(low) != len(text) or "Σ" in text:
        low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
    return low.replace("’", "'")


def _in_case_of(model: str, plain: str) -> str:
    if sum(map(str.isalpha, model)) > 1 and model.isupper():
        return plain.upper()
    words = model.split()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return " ".join(word[:1].upper() + word[1:] for word in plain.split())
    return plain[:1].upper() + plain[1:] if model[0].isupper() else plain


def agree(before: str, following: str) -> str:
    """``before`` with the article at its end, if there is one, in the form that ``following`` wants."""
    article = re.search(r"\b(an?)(\s+)$", before, re.IGNORECASE)
    if not article or not following:
        return before
    form = indefinite_article(following)
    return before[: article.start()] + _in_case_of(article[1], form) + article[2]
