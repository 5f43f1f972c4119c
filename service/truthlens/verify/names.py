"""Names of a sentence against its evidence, told by their capitals: no model, and so no kinds of name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from truthlens.verify.dates import MONTHS, WEEKDAYS
from truthlens.verify.objection import Objection
from truthlens.verify.words import STOPWORDS, Word, bare, stem, words
from truthlens.voices import reporting

_OPENS = re.compile(r"(?:^|[.!?:;…]|[“\"‘(]|—|–)\s*$")
_PEOPLE_ENDINGS = ("n", "an", "ian", "ese", "i", "ish", "s", "ns", "ans", "ians", "is")
_NO_NAMES = frozenset({"I", "AI", *MONTHS, *WEEKDAYS})
_SPEECH = reporting.CLAUSE | reporting.THAT | reporting.DOCUMENT | reporting.DOCUMENTS | reporting.GROUPS


def of_names(text: str, evidence: Sequence[str], *, strict: bool) -> Iterator[Objection]:
    """``strict``: a word that opens a sentence must be known too, since it may be a name."""
    known = _Known(evidence)
    for run, opens in _runs(text):
        # The first word of a sentence is capital whatever it is.
        skipped = opens and not known.word(run[0]) and (not strict or _common(run[0], known))
        name = run[1:] if skipped else run
        unknown = next((word for word in name if not known.word(word)), None)
        if unknown is not None and not known.initials(name):
            yield Objection("name", unknown.text)
        elif unknown is None and not known.run([word for word in name if not known.lower(word)]):
            yield Objection("name", " ".join(word.text for word in name))


def _common(word: Word, known: _Known) -> bool:
    lower = word.text.lower()
    return lower in STOPWORDS or lower in _SPEECH or word.stem in known.stems


class _Known:
    def __init__(self, evidence: Sequence[str]) -> None:
        found = [word for piece in evidence for word in words(piece)]
        self.stems = {word.stem for word in found}
        self._capital = {bare(word.text) for word in found if is_capital(word.text)}
        self._lower = {bare(word.text) for word in found if not is_capital(word.text)}
        self._runs = [[bare(word.text) for word in run] for piece in evidence for run, _ in _runs(piece)]
        self._initials = {initials(run) for run in self._runs if len(run) > 1}

    def word(self, word: Word) -> bool:
        name = bare(word.text)
        return (
            name in self._capital
            or self.lower(word)
            or name.rstrip("s") in self._initials
            or any(people_of(name, other) for other in self._capital)
            or ("-" in name and all(part in self._capital | self._lower for part in name.split("-")))
        )

    def lower(self, word: Word) -> bool:
        """The evidence has it without a capital: a title or a plain noun."""
        return bare(word.text).lower() in self._lower

    def initials(self, run: Sequence[Word]) -> bool:
        """The evidence abbreviates what the sentence spells out."""
        return len(run) > 1 and initials([word.text for word in run]) in self._capital

    def run(self, run: Sequence[Word]) -> bool:
        """Whether the words stand in one name of the evidence, in their order: not Jane Roe and Tom Low made
        into Jane Low.
        """
        names = [bare(word.text) for word in run if word.is_content]
        return len(names) < 2 or any(_within(names, other) for other in self._runs)


def initials(name: Sequence[str]) -> str:
    """ "WHF" of "The World Health Forum"."""
    return "".join(word[0] for word in name if word.lower() not in STOPWORDS)


def _runs(text: str) -> Iterator[tuple[list[Word], bool]]:
    """Words with a capital that follow one another, and whether the first opens a sentence."""
    run: list[Word] = []
    opens = False
    for word in words(text):
        if is_capital(word.text):
            if run and text[run[-1].end : word.start] not in (" ", "\u00a0", "-"):
                yield run, opens
                run = []
            if not run:
                opens = bool(_OPENS.search(text[max(0, word.start - 4) : word.start]))
            run.append(word)
            if not text[word.end - 1 : word.end].isalnum() or word.text != bare(word.text):
                # A possessive ends a name: "Ukraine’s Kursk".
                yield run, opens
                run = []
        elif run:
            yield run, opens
            run = []
    if run:
        yield run, opens


def is_capital(word: str) -> bool:
    name = bare(word)
    return any(character.isupper() for character in name) and name not in _NO_NAMES


def _within(names: Sequence[str], run: Sequence[str]) -> bool:
    """Whether ``names`` stand in ``run`` in this order; people stand for their country."""
    position = 0
    for other in run:
        if position < len(names) and alike(names[position], other):
            position += 1
    return position == len(names)


def alike(one: str, other: str) -> bool:
    return one == other or people_of(one, other) or stem(one) == stem(other)


def people_of(one: str, other: str) -> bool:
    """Russia and Russian, Ukraine and Ukrainians, either way round."""
    short, long = sorted((one, other), key=len)
    roots = {short, short[:-1] if short[-1:] in ("a", "e", "o") else short}
    return len(short) >= 4 and any(
        long.startswith(root) and long[len(root) :] in _PEOPLE_ENDINGS for root in roots
    )
