"""Sentences in which one group can be put for another: whoever is named, the wording stays the same.

Reads ``symmetry.toml`` of the seeds. `truthlens evaluate symmetry` measures on its sentences, which teach
nothing; its table of forms is what training swaps names with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truthlens import seeds
from truthlens.domain import Span
from truthlens.seed_file import SeedTable

Members = tuple[tuple[str, ...], ...]
"""Of one kind: per member its forms, in the same order for all ("Democrats", "Democrat", "Democratic")."""

_MARK = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Swappable:
    """A sentence about the first of ``members``; ``spans`` are the forms to swap, code points of ``text``."""

    kind: str
    text: str
    spans: tuple[Span, ...]
    members: Members


@dataclass(frozen=True, slots=True)
class Variant:
    """The sentence about another member; ``slots`` are the forms put in, code points of ``text``."""

    member: str
    text: str
    slots: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Symmetry:
    swaps: Mapping[str, Members]
    sentences: tuple[Swappable, ...]


def load(root: Path | None = None) -> Symmetry:
    """The table of ``symmetry.toml``. Raises SeedError naming file and line."""
    folder = root or seeds.articles_dir().parent
    document = SeedTable.read(folder / "symmetry.toml", "symmetry.toml")
    document.check({"language", "source", "swaps", "sentences"})
    document.string("source")
    if document.string("language") != "en":
        raise document.wrong("language is not 'en', the only one that is analysed", "language")
    given = document.values["swaps"]
    if not isinstance(given, dict):
        raise document.wrong("swaps is not a table of kinds", "swaps")
    swaps = {kind: _members(document, kind, value) for kind, value in given.items()}
    return Symmetry(swaps, tuple(_swappable(table, swaps) for table in document.tables("sentences")))


def variants(sentence: Swappable) -> list[Variant]:
    """The sentence once per member, the first one being the sentence as it is written."""
    forms = {form.casefold(): index for index, form in enumerate(sentence.members[0])}
    result = []
    for member in sentence.members:
        text, at, slots = "", 0, []
        for span in sentence.spans:
            text += sentence.text[at : span.start]
            mark = span.of(sentence.text)
            index = forms[mark.casefold()]
            form = member[index] if mark == sentence.members[0][index] else _cased(member[index], mark)
            slots.append(Span(len(text), len(text) + len(form)))
            text += form
            at = span.end
        result.append(Variant(member[0], text + sentence.text[at:], tuple(slots)))
    return result


def _cased(form: str, mark: str) -> str:
    first = form[0].upper() if mark[0].isupper() else form[0].lower()
    return first + form[1:]


def _members(document: SeedTable, kind: str, given: Any) -> Members:
    lists = given if isinstance(given, list) else []
    members = tuple(tuple(member) for member in lists if isinstance(member, list))
    if len(members) < 2 or len(members) != len(lists) or len({len(member) for member in members}) != 1:
        raise document.wrong(f"{kind}: expected two or more lists of equally many forms", kind)
    if not all(isinstance(form, str) and form and form == form.strip() for m in members for form in m):
        raise document.wrong(f"{kind}: a form is empty, no text, or has a space at its edge", kind)
    if len({form.casefold() for form in members[0]}) != len(members[0]):
        raise document.wrong(f"{kind}: the first member has a form twice; its swap would be unclear", kind)
    return members


def _swappable(table: SeedTable, swaps: Mapping[str, Members]) -> Swappable:
    table.check({"kind", "text"})
    kind, source = table.string("kind"), table.string("text")
    if kind not in swaps:
        raise table.wrong(f"kind {kind!r}; expected one of {', '.join(swaps)}", "kind")
    forms = {form.casefold() for form in swaps[kind][0]}
    text, at, spans = "", 0, []
    for match in _MARK.finditer(source):
        if match[1].casefold() not in forms:
            raise table.wrong(f"{match[1]!r} is no form of the first member of {kind}", "text")
        text += source[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    text += source[at:]
    if not spans or "[[" in text or "]]" in text:
        raise table.wrong("unbalanced [[ ]], or nothing marked; mark each form to swap", "text")
    return Swappable(kind=kind, text=text, spans=tuple(spans), members=swaps[kind])
