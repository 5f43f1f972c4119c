"""The only reader of ``seeds/``: example sentences by indicator, and lists of words."""

from __future__ import annotations

import hashlib
import importlib.resources
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from truthlens.domain import Span
from truthlens.relations.countries import CountryTable, country_table
from truthlens.relations.markets import MarketTable, market_table
from truthlens.rewording.wording import WORD, WordingRow, WordingTable, fold
from truthlens.seed_file import SeedError, SeedTable

PARTS_OF_SPEECH = ("verb", "noun", "adjective", "adverb", "phrase")


@dataclass(frozen=True, slots=True)
class SeedExample:
    """One sentence. ``spans`` are the marked stretches, code points of ``text``; empty for a pass.

    ``note`` names the kind of wording; for a pass it says why the sentence must not be flagged.
    """

    text: str
    spans: tuple[Span, ...]
    family: str
    note: str


@dataclass(frozen=True, slots=True)
class SeedFamily:
    """All examples of one indicator. ``notes``: a more exact message for some kinds of wording."""

    key: str
    message: str
    notes: Mapping[str, str]
    phrases: tuple[SeedExample, ...]
    passes: tuple[SeedExample, ...]


def load_families(root: Path | None = None) -> dict[str, SeedFamily]:
    """Families by key, from ``phrases/<key>.toml``. Raises SeedError naming file and line."""
    files = sorted(((root or _root()) / "phrases").glob("*.toml"))
    return {path.stem: _family(path.stem, SeedTable.read(path, f"phrases/{path.name}")) for path in files}


def load_wording(root: Path | None = None) -> WordingTable:
    """The table of ``wording.toml``. Raises SeedError naming file and line."""
    document = SeedTable.read((root or _root()) / "wording.toml", "wording.toml")
    document.check({"pairs"})
    rows: dict[str, WordingRow] = {}
    for pair in document.tables("pairs"):
        pair.check({"forms", "pos", "lost"}, optional={"not_before", "not_after"})
        pos, lost = pair.string("pos"), pair.string("lost")
        if pos not in PARTS_OF_SPEECH:
            raise pair.wrong(f"pos {pos!r}; expected one of {', '.join(PARTS_OF_SPEECH)}", "pos")
        before, after = pair.strings("not_before"), pair.strings("not_after")
        for loaded, plain in pair.strings_by_key("forms", may_be_empty=True).items():
            if loaded != fold(loaded) or " ".join(loaded.split()) != loaded:
                raise pair.wrong(f"form {loaded!r}; expected lower case and single spaces", "forms")
            if loaded in rows:
                raise pair.wrong(f"form {loaded!r} stands in an earlier table; keep one", "forms")
            rows[loaded] = WordingRow(loaded, plain, pos, lost, before, after)
    return WordingTable(rows, max((len(WORD.findall(form)) for form in rows), default=0))


def load_countries(root: Path | None = None) -> CountryTable:
    """Names of states: those of ``countries.toml`` beside CLDR's. Raises SeedError naming file and line."""
    from babel import Locale  # late: a tenth of a second that most commands need not pay

    document = SeedTable.read((root or _root()) / "countries.toml", "countries.toml")
    return country_table(document, dict(Locale("en").territories))


def load_markets(root: Path | None = None) -> MarketTable:
    """The words of ``markets.toml``. Raises SeedError naming file and line."""
    return market_table(SeedTable.read((root or _root()) / "markets.toml", "markets.toml"))


def articles_dir() -> Path:
    """The folder of the demo articles."""
    return _root() / "articles"


def digest(root: Path | None = None) -> str:
    """sha256 (hex) over names and contents of all seed files, in order of name."""
    base = root or _root()
    total = hashlib.sha256()
    files = (path for path in base.rglob("*") if path.suffix in (".toml", ".html"))
    for name, path in sorted((path.relative_to(base).as_posix(), path) for path in files):
        # A checkout may turn line ends into CRLF; trained weights must still match.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def phrases_digest(families: Mapping[str, SeedFamily]) -> str:
    """sha256 (hex) over all families' examples, in order: what trained weights and vectors rest on."""
    total = hashlib.sha256()
    for family in families.values():
        for example in (*family.phrases, *family.passes):
            spans = ",".join(f"{span.start}:{span.end}" for span in example.spans)
            total.update(f"{family.key}\0{example.text}\0{spans}\n".encode())
    return total.hexdigest()


def _root() -> Path:
    packaged = Path(str(importlib.resources.files("truthlens"))) / "_seeds"
    checkouts = (parent / "seeds" for parent in Path(__file__).resolve().parents)
    for folder in (packaged, *checkouts):
        if (folder / "phrases").is_dir():
            return folder
    raise SeedError("seeds:0: no folder with phrases/ found; install the package or run from its checkout")


def _family(key: str, document: SeedTable) -> SeedFamily:
    document.check({"message", "language", "source", "phrases", "passes"}, optional={"notes"})
    document.string("source")
    if document.string("language") != "en":
        raise document.wrong("language is not 'en', the only one that is analysed", "language")
    seen: dict[str, int] = {}
    phrases, passes = [], []
    for table in document.tables("phrases"):
        table.check({"text"}, optional={"note"})
        text, spans = _unmarked(table)
        _refuse_twin(text, table, seen)
        phrases.append(SeedExample(text, spans, key, table.string("note", default="")))
    for table in document.tables("passes"):
        table.check({"text", "why"})
        text = table.string("text")
        if "[[" in text or "]]" in text:
            raise table.wrong("a pass marks nothing; remove the brackets", "text")
        _refuse_twin(text, table, seen)
        passes.append(SeedExample(text, (), key, table.string("why")))
    notes = document.strings_by_key("notes")
    for note in notes.keys() - {phrase.note for phrase in phrases}:
        raise document.wrong(f"note {note!r} belongs to no phrase; correct it or remove it", note)
    return SeedFamily(key, document.string("message"), notes, tuple(phrases), tuple(passes))


def _unmarked(table: SeedTable) -> tuple[str, tuple[Span, ...]]:
    text, spans, start = "", [], -1
    for part in re.split(r"(\[\[|\]\])", table.string("text")):
        if part not in ("[[", "]]"):
            text += part
        elif (part == "[[") != (start < 0):
            raise table.wrong("unbalanced [[ ]]; every mark opens once and closes once", "text")
        elif part == "[[":
            start = len(text)
        elif text[start:] != text[start:].strip() or start == len(text):
            raise table.wrong("a mark is empty or has a space at its edge; mark the words alone", "text")
        else:
            spans.append(Span(start, len(text)))
            start = -1
    if start >= 0 or not spans:
        raise table.wrong("unbalanced [[ ]], or nothing marked; a phrase marks at least one span", "text")
    return text, tuple(spans)


def _refuse_twin(text: str, table: SeedTable, seen: dict[str, int]) -> None:
    folded = " ".join(fold(text).split())
    if folded in seen:
        raise table.wrong(f"the same sentence stands on line {seen[folded]}; keep one", "text")
    seen[folded] = table.line("text")
