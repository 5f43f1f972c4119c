"""Training sentences about somebody else: the same wording with another party, country, gender or religion.

What a reader of the twin sentences should see is the same mark in both, so both get the same labels.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from truthlens.domain import Span
from truthlens.symmetry import Members

Place = tuple[str, int, int]
"""A form's kind, member and place among the member's forms."""


class Swaps:
    """Finds the forms of all kinds in a text and puts those of another member in their place."""

    def __init__(self, kinds: Mapping[str, Members]) -> None:
        self._kinds = kinds
        self._places: dict[str, Place] = {}
        for kind, members in kinds.items():
            for number, member in enumerate(members):
                for index, form in enumerate(member):
                    self._places.setdefault(form.casefold(), (kind, number, index))
        longest_first = sorted(self._places, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    def twin(self, text: str, spans: Sequence[tuple[Span, str]]) -> tuple[str, list[tuple[Span, str]]] | None:
        """The sentence about another member of one kind, its spans moved along; None when it names nobody.

        Which kind and member are drawn by a hash of the text: the same sentence has the same twin always.
        """
        found = [(match, self._places[match.group().casefold()]) for match in self._pattern.finditer(text)]
        if not found:
            return None
        draw = hashlib.sha256(text.encode()).digest()
        kinds = sorted({place[0] for _, place in found})
        kind = kinds[draw[2] % len(kinds)]
        shift = 1 + draw[3] % (len(self._kinds[kind]) - 1)
        edits = [
            (Span(*match.span()), self._form(match.group(), place, shift))
            for match, place in found
            if place[0] == kind
        ]
        return _edited(text, edits, spans)

    def _form(self, written: str, place: Place, shift: int) -> str:
        kind, member, index = place
        members = self._kinds[kind]
        form = members[(member + shift) % len(members)][index]
        return form[0].upper() + form[1:] if written[0].isupper() else form


def _edited(
    text: str, edits: Sequence[tuple[Span, str]], spans: Sequence[tuple[Span, str]]
) -> tuple[str, list[tuple[Span, str]]]:
    pieces, at = [], 0
    for place, form in edits:
        pieces += [text[at : place.start], form]
        at = place.end
    pieces.append(text[at:])

    def moved(offset: int, *, end: bool) -> int:
        """Where an offset comes to lie; one inside a swapped form goes to that form's edge."""
        gained = 0
        for place, form in edits:
            if place.end <= offset:
                gained += len(form) - len(place)
            elif place.start < offset:
                return place.start + gained + (len(form) if end else 0)
        return offset + gained

    return "".join(pieces), [
        (Span(moved(span.start, end=False), moved(span.end, end=True)), name) for span, name in spans
    ]
