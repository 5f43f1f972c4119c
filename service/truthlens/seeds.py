"""The only reader of ``seeds/``: example sentences by indicator, and loaded wordings with plainer ones."""

from __future__ import annotations

import hashlib
import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truthlens.domain import Span, Wording

PARTS_OF_SPEECH = ("verb", "noun", "adjective", "adverb", "phrase")

_WORD = re.compile(r"\w+(?:[-‑]\w+|'(?!s\b)\w+)*")
_DETERMINERS = frozenset(
    _WORD.findall("a an the this that these those his her its their our my your any every each")
)
# Behind these a modifier cannot be dropped: "bold and stunning" would lose its end, "not truly" its sense.
_HOLD_BEFORE = frozenset(
    _WORD.findall("and or but nor yet more most less least very so as too how not never")
)
# Before these an adjective ends its phrase ("was stunning for"): there is no noun to leave behind.
_HOLD_AFTER = frozenset(
    _WORD.findall(
        "and or but nor yet for to in on at of by with as than that when while because if so is was are were "
        "be been has have had who which from after before about into over under since until though although "
        "even enough"
    )
)
_SOUNDED_CONSONANT = re.compile(r"(?:eu|uni(?![dmn])|use|usu|one\b|once\b)", re.IGNORECASE)
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)


class SeedError(ValueError):
    """A seed file that breaks the format. The message opens with ``file:line:``, file relative to seeds/."""


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
        previous = "".join(re.findall(r"([\w'-]+)\s+$", before))
        following = "".join(re.findall(r"^\s+([\w'-]+)", after))
        if self.pos == "verb" and (previous in _DETERMINERS or previous.endswith("'s")):
            return False  # "the slammed door", "the firm's claim that"
        if self.pos == "adjective" and following in _DETERMINERS:
            return False  # a verb in truth: "is crippling the town"
        if following == self.plain:
            return False  # "revolutionary new" would become "new new"
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
        matches = list(self._matches(_fold(text_before), _fold(phrase), _fold(text_after)))
        if not matches:
            return None
        ends = [0, *(end for _, end, _ in matches)]
        plainer = phrase[ends.pop() :]
        for start, end, row in reversed(matches):  # from the right: articles agree with what then follows
            plain = _in_case_of(phrase[start:end], row.plain)
            plainer = plain + plainer if plain else plainer.lstrip()
            if start == 0 and phrase[0].isupper():
                plainer = plainer[:1].upper() + plainer[1:]
            plainer = _agree(phrase[ends.pop() : start], plainer) + plainer
        lost = dict.fromkeys(row.lost for _, _, row in matches)
        return Wording(plainer=plainer.strip(), lost=" and ".join(lost))

    def _matches(self, before: str, phrase: str, after: str) -> Iterator[tuple[int, int, WordingRow]]:
        words = [match.span() for match in _WORD.finditer(phrase)]
        index = 0
        while index < len(words):
            start = words[index][0]
            for last in range(min(index + self.longest, len(words)) - 1, index - 1, -1):
                end = words[last][1]
                row = self.rows.get(re.sub(r"\s+", " ", phrase[start:end]))
                if row and row.fits(before + phrase[:start], phrase[end:] + after):
                    yield start, end, row
                    index = last
                    break
            index += 1


def indefinite_article(following: str) -> str:
    """``a`` or ``an``, by the spelling of what follows: for callers whose span begins behind an article."""
    if _SILENT_H.match(following):
        return "an"
    return "an" if following[:1].lower() in "aeiou" and not _SOUNDED_CONSONANT.match(following) else "a"


def load_families(root: Path | None = None) -> dict[str, SeedFamily]:
    """Families by key, from ``phrases/<key>.toml``. Raises SeedError naming file and line."""
    files = sorted(((root or _root()) / "phrases").glob("*.toml"))
    return {path.stem: _family(path.stem, _Table.read(path, f"phrases/{path.name}")) for path in files}


def load_wording(root: Path | None = None) -> WordingTable:
    """The table of ``wording.toml``. Raises SeedError naming file and line."""
    document = _Table.read((root or _root()) / "wording.toml", "wording.toml")
    document.check({"pairs"})
    rows: dict[str, WordingRow] = {}
    for pair in document.tables("pairs"):
        pair.check({"forms", "pos", "lost"}, optional={"not_before", "not_after"})
        pos, lost = pair.string("pos"), pair.string("lost")
        if pos not in PARTS_OF_SPEECH:
            raise pair.wrong(f"pos {pos!r}; expected one of {', '.join(PARTS_OF_SPEECH)}", "pos")
        before, after = pair.strings("not_before"), pair.strings("not_after")
        for loaded, plain in pair.strings_by_key("forms", may_be_empty=True).items():
            if loaded != _fold(loaded) or " ".join(loaded.split()) != loaded:
                raise pair.wrong(f"form {loaded!r}; expected lower case and single spaces", "forms")
            if loaded in rows:
                raise pair.wrong(f"form {loaded!r} stands in an earlier table; keep one", "forms")
            rows[loaded] = WordingRow(loaded, plain, pos, lost, before, after)
    return WordingTable(rows, max((len(_WORD.findall(form)) for form in rows), default=0))


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


def _root() -> Path:
    packaged = Path(str(importlib.resources.files("truthlens"))) / "_seeds"
    checkouts = (parent / "seeds" for parent in Path(__file__).resolve().parents)
    for folder in (packaged, *checkouts):
        if (folder / "phrases").is_dir():
            return folder
    raise SeedError("seeds:0: no folder with phrases/ found; install the package or run from its checkout")


def _family(key: str, document: _Table) -> SeedFamily:
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


def _unmarked(table: _Table) -> tuple[str, tuple[Span, ...]]:
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


def _refuse_twin(text: str, table: _Table, seen: dict[str, int]) -> None:
    folded = " ".join(_fold(text).split())
    if folded in seen:
        raise table.wrong(f"the same sentence stands on line {seen[folded]}; keep one", "text")
    seen[folded] = table.line("text")


def _fold(text: str) -> str:
    # Character by character: "İ".lower() is two characters long and would shift every offset behind it.
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).replace("’", "'")


def _in_case_of(model: str, plain: str) -> str:
    if sum(map(str.isalpha, model)) > 1 and model.isupper():
        return plain.upper()
    words = model.split()
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return " ".join(word[:1].upper() + word[1:] for word in plain.split())
    return plain[:1].upper() + plain[1:] if model[0].isupper() else plain


def _agree(before: str, following: str) -> str:
    article = re.search(r"\b(an?)(\s+)$", before, re.IGNORECASE)
    if not article or not following:
        return before
    form = indefinite_article(following)
    return before[: article.start()] + _in_case_of(article[1], form) + article[2]


@dataclass(frozen=True, slots=True)
class _Table:
    """A TOML table that knows its file and first line (from 1): tomllib keeps neither, errors name both."""

    file: str
    lines: tuple[str, ...]
    first: int
    values: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path, name: str) -> _Table:
        try:
            text = path.read_text(encoding="utf-8")
            return cls(name, tuple(text.splitlines()), 1, tomllib.loads(text))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise SeedError(f"{name}:1: cannot be read: {reason}") from error
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))  # absent when the file ends too early
            raise SeedError(f"{name}:{place[1] if place else len(text.splitlines())}: {error}") from error

    def line(self, key: str) -> int:
        """Where ``key`` is set in this table; the table's first line when it is not."""
        setting = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=|^\s*\[+{re.escape(key)}\]""")
        numbered = enumerate(self.lines[self.first - 1 :], self.first)
        return next((number for number, line in numbered if key and setting.match(line)), self.first)

    def wrong(self, message: str, key: str = "") -> SeedError:
        return SeedError(f"{self.file}:{self.line(key)}: {message}")

    def check(self, required: set[str], *, optional: Set[str] = frozenset()) -> None:
        for key in sorted(self.values.keys() - required - optional):
            raise self.wrong(f"unknown key {key!r}; expected {', '.join(sorted(required | optional))}", key)
        for key in sorted(required - self.values.keys()):
            raise self.wrong(f"key {key!r} is missing")

    def string(self, key: str, *, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (value != default and (not value or value != value.strip())):
            raise self.wrong(f"{key} is {value!r}; expected text without spaces at its edges", key)
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        values = self.values.get(key, [])
        if isinstance(values, list) and all(isinstance(v, str) and v and v == _fold(v) for v in values):
            return tuple(values)
        raise self.wrong(f"{key} is {values!r}; expected a list of lower-case words", key)

    def strings_by_key(self, key: str, *, may_be_empty: bool = False) -> dict[str, str]:
        values = self.values.get(key, {})
        if not isinstance(values, dict):
            raise self.wrong(f"{key} is {values!r}; expected a table of texts", key)
        for inner, value in values.items():
            if not isinstance(value, str) or value != value.strip() or not (value or may_be_empty):
                place = inner if self.line(inner) > self.line(key) else key
                raise self.wrong(f"{key} {inner!r} is {value!r}; expected text", place)
        return dict(values)

    def tables(self, key: str) -> list[_Table]:
        values = self.values[key]
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.wrong(f"{key} is not a list of [[{key}]] tables", key)
        header = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
        starts = [number for number, line in enumerate(self.lines, 1) if header.match(line)]
        if len(starts) != len(values):
            raise self.wrong(f"{key}: expected each table under a header [[{key}]] of its own", key)
        numbered = zip(starts, values, strict=True)
        return [_Table(self.file, self.lines, start, value) for start, value in numbered]
