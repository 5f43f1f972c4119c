"""The full-text index over title, outlet and text of what is kept: made, filled, emptied and asked.

SQLite's FTS5 where the build has it. Where it has not, the texts themselves are searched, and an index that
another build left in the file is emptied, since nothing could delete from it any more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence

from truthlens.store.library_error import primary_code
from truthlens.store.library_turn import transaction

NOTICE = (
    "This computer’s SQLite has no full-text search: words were looked for letter by letter, newest first."
)
EXCERPT_WORDS = 16
EXCERPT_LETTERS = 60  # on either side of the word, where there is no full-text search

# English is the only language analysed, so word endings may be cut: "strike" finds "strikes".
_CREATE = (
    "CREATE VIRTUAL TABLE search USING fts5"
    "(title, outlet, text, tokenize = 'porter unicode61 remove_diacritics 2')"
)
_TEXT = "coalesce(json_extract(CAST(result AS TEXT), '$.article.text'), '')"
_SHADOWS = ("data", "idx", "content", "docsize")  # the tables in which FTS5 keeps an index


def built_in(connection: sqlite3.Connection) -> bool:
    """Whether this build of SQLite has FTS5."""
    return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def prepare(connection: sqlite3.Connection) -> None:
    """Make the index and fill it unless it is current, or empty one that this build cannot use."""
    usable = built_in(connection)
    if usable == current(connection):
        return
    with transaction(connection):
        if usable and not current(connection):
            rebuild(connection)
        elif not usable and current(connection):
            _empty(connection)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from what is kept; inside a transaction, and only where ``built_in``."""
    connection.execute("DROP TABLE IF EXISTS search")
    connection.execute(_CREATE)
    empty = connection.execute("SELECT id, hex(block) FROM search_data").fetchall()
    connection.execute(
        "INSERT OR REPLACE INTO preferences (name, value) VALUES ('search_index', ?)", (json.dumps(empty),)
    )
    for number, title, outlet, text in connection.execute(
        f"SELECT number, title, outlet, {_TEXT} FROM entries JOIN analyses ON id = analysis_id"  # noqa: S608
    ):
        add(connection, number, title=title, outlet=outlet, text=text)


def leave_out(connection: sqlite3.Connection) -> None:
    """Drop the index of a copy, so that ``prepare`` makes it anew; inside a transaction."""
    if built_in(connection):  # else it is empty
        connection.execute("DROP TABLE IF EXISTS search")
        connection.execute("DELETE FROM preferences WHERE name = 'search_index'")


def faults(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the index, in words; nothing where there is none. Takes the lock for a moment."""
    if not current(connection) or not built_in(connection):
        return []
    found = []
    try:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if primary_code(error) != sqlite3.SQLITE_CORRUPT:
            raise
        found.append("the search index contradicts itself")
    for words, query in (
        ("kept but not in the search index", "SELECT number FROM entries EXCEPT SELECT rowid FROM search"),
        ("in the search index but not kept", "SELECT rowid FROM search EXCEPT SELECT number FROM entries"),
    ):
        if count := len(connection.execute(query).fetchall()):
            found.append(f"{count} {words}")
    return found


def _empty(connection: sqlite3.Connection) -> None:
    # By hand, since the build knows no such table; back to what a new index holds, or none could drop it.
    for shadow in _SHADOWS:
        connection.execute(f"DELETE FROM search_{shadow}")  # noqa: S608  # names from above
    rows = connection.execute("SELECT value FROM preferences WHERE name = 'search_index'").fetchone()
    connection.executemany(
        "INSERT INTO search_data (id, block) VALUES (?, ?)",
        [(row, bytes.fromhex(block)) for row, block in json.loads(rows[0])],
    )
    connection.execute("DELETE FROM preferences WHERE name = 'search_index'")


def current(connection: sqlite3.Connection) -> bool:
    """Whether the file holds an index that knows everything kept. Another process may have emptied it."""
    row = connection.execute("SELECT 1 FROM preferences WHERE name = 'search_index'").fetchone()
    return row is not None


def add(connection: sqlite3.Connection, number: int, *, title: str, outlet: str, text: str) -> None:
    """``text`` with its headline, which is indexed once."""
    if current(connection):
        connection.execute(
            "INSERT INTO search (rowid, title, outlet, text) VALUES (?, ?, ?, ?)",
            (number, title, outlet, _body(text, title)),
        )


def remove(connection: sqlite3.Connection, numbers: Collection[int]) -> None:
    """Take entries out so that their words leave the file."""
    if not current(connection):
        return
    if connection.execute("SELECT count(*) FROM entries").fetchone() == (len(numbers),):
        connection.execute("DROP TABLE search")
        connection.execute(_CREATE)
    else:
        connection.executemany("DELETE FROM search WHERE rowid = ?", [(number,) for number in numbers])
        # FTS5 only notes what is gone; merging the whole index drops it, and secure_delete wipes the pages.
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")


def terms(query: str) -> tuple[str, ...]:
    """The words of a query; what stands in quotation marks is one term."""
    found = []
    for turn, part in enumerate(query.replace("“", '"').replace("”", '"').split('"')):
        found += [" ".join(part.split())] if turn % 2 else part.split()
    return tuple(term for term in found if any(letter.isalnum() for letter in term))


def matching(connection: sqlite3.Connection, wanted: Sequence[str]) -> list[int]:
    """Numbers of the entries that hold every term: best first, or newest first without full-text search."""
    if not wanted:
        return []
    if current(connection):
        rows = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 6.0, 3.0, 1.0), rowid DESC",
            (_match(wanted),),
        )
        return [row[0] for row in rows]
    left: list[int] | None = None
    for term in wanted:
        escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = connection.execute(
            "SELECT number FROM entries JOIN analyses ON id = analysis_id"  # noqa: S608  # text from above
            f" WHERE title || char(10) || outlet || char(10) || {_TEXT} LIKE ? ESCAPE '\\'"
            " ORDER BY number DESC",
            (f"%{escaped}%",),
        )
        found = dict.fromkeys(row[0] for row in rows)
        left = list(found) if left is None else [number for number in left if number in found]
    return left or []


def excerpt(connection: sqlite3.Connection, number: int, wanted: Sequence[str]) -> str:
    """A few words of an entry's text round the first place that matches; "" when it has none."""
    if not wanted:
        return ""
    if current(connection):
        row = connection.execute(
            "SELECT snippet(search, 2, '', '', '…', ?) FROM search WHERE search MATCH ? AND rowid = ?",
            (EXCERPT_WORDS, _match(wanted), number),
        ).fetchone()
        return " ".join(row[0].split()) if row else ""
    row = connection.execute(
        f"SELECT title, {_TEXT} FROM entries JOIN analyses ON id = analysis_id WHERE number = ?",  # noqa: S608
        (number,),
    ).fetchone()
    return _cut(_body(row[1], row[0]), wanted) if row else ""


def _match(wanted: Sequence[str]) -> str:
    return " ".join(f'"{term}"' for term in wanted)  # a term holds no quotation mark


def _body(text: str, title: str) -> str:
    return text.removeprefix(title).lstrip("\n") if title else text


def _cut(text: str, wanted: Sequence[str]) -> str:
    lowered = text.lower()
    places = [place for term in wanted if (place := lowered.find(term.lower())) >= 0]
    at = min(places, default=0)
    start, end = max(0, at - EXCERPT_LETTERS), min(len(text), at + EXCERPT_LETTERS)
    words = text[start:end].split()
    words = words[1:] if start and len(words) > 2 else words
    words = words[:-1] if end < len(text) and len(words) > 2 else words
    return f"{'…' if start else ''}{' '.join(words)}{'…' if end < len(text) else ''}"
