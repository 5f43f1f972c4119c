"""The tables of the library's file, as forward-only migrations: entry n leads from version n to n + 1."""

from __future__ import annotations

import sqlite3

from truthlens.errors import ServiceError
from truthlens.store.library_turn import transaction

Migrations = tuple[tuple[str, ...], ...]

MIGRATIONS: Migrations = (
    (
        # One finished analysis per article content and versions; `result` is JSON as it goes over the wire.
        """CREATE TABLE analyses (
            id TEXT PRIMARY KEY,
            versions TEXT NOT NULL,
            url TEXT NOT NULL,
            title TEXT NOT NULL,
            created_at REAL NOT NULL,
            result BLOB NOT NULL
        ) STRICT""",
        # Which analysis answers which request: two pages that differ in their adverts share one.
        """CREATE TABLE requests (
            id TEXT PRIMARY KEY,
            analysis_id TEXT NOT NULL REFERENCES analyses(id) ON DELETE CASCADE
        ) STRICT""",
        "CREATE INDEX requests_by_analysis ON requests(analysis_id)",
        # Tokens are stored as SHA-256 only. The command line has the origin "".
        """CREATE TABLE pairings (
            origin TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            token_sha256 TEXT NOT NULL UNIQUE,
            created_at REAL NOT NULL
        ) STRICT""",
        # At most one code is open at a time.
        """CREATE TABLE pairing_code (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            code_sha256 TEXT NOT NULL,
            expires_at REAL NOT NULL,
            tries_left INTEGER NOT NULL
        ) STRICT""",
    ),
    (
        # What lists show of an analysis, so that they need not decode results. `number` is its row in the
        # search index (see search_index.py), `day` when it was published or, failing that, saved.
        """CREATE TABLE entries (
            number INTEGER PRIMARY KEY,
            analysis_id TEXT NOT NULL UNIQUE REFERENCES analyses(id) ON DELETE CASCADE,
            canonical_url TEXT NOT NULL,
            outlet TEXT NOT NULL,
            published TEXT NOT NULL,
            day TEXT NOT NULL,
            language TEXT NOT NULL,
            words INTEGER NOT NULL,
            findings INTEGER NOT NULL,
            own_findings INTEGER NOT NULL
        ) STRICT""",
        # What tells of an article's event: `vector` holds float16 values of the encoder that `model` names.
        """CREATE TABLE traces (
            analysis_id TEXT PRIMARY KEY REFERENCES analyses(id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            vector BLOB NOT NULL,
            names TEXT NOT NULL,
            published TEXT NOT NULL
        ) STRICT""",
        # What the reader chose, and the state of the search index.
        """CREATE TABLE preferences (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT""",
        # RSS and Atom feeds that the reader added; read only when coverage is asked for.
        """CREATE TABLE feeds (
            url TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            added_at REAL NOT NULL
        ) STRICT""",
        # Analyses of version 1 get their entry from their result; they have no trace.
        """INSERT INTO entries
            (analysis_id, canonical_url, outlet, published, day, language, words, findings, own_findings)
        SELECT
            id,
            coalesce(json_extract(json, '$.article.canonical_url'), ''),
            coalesce(json_extract(json, '$.article.outlet'), ''),
            coalesce(json_extract(json, '$.article.published'), ''),
            coalesce(
                date(substr(json_extract(json, '$.article.published'), 1, 10)), date(created_at, 'unixepoch')
            ),
            coalesce(json_extract(json, '$.article.language'), ''),
            coalesce(json_extract(json, '$.article.words'), 0),
            coalesce(json_extract(json, '$.report.counts.findings'), 0),
            coalesce(json_extract(json, '$.report.counts.by_voice.own'), 0)
                + coalesce(json_extract(json, '$.report.counts.by_voice.headline'), 0)
        FROM (
            SELECT id, created_at, CAST(result AS TEXT) AS json FROM analyses ORDER BY created_at
        )""",
    ),
    (
        # Codes live for two minutes, so none is carried over. With `asks` the terminal that shows the code
        # asks before whoever typed it (`origin`, `name`) gets a token; `accepted` is its answer, NULL until
        # then.
        "DROP TABLE pairing_code",
        """CREATE TABLE pairing_code (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            code_sha256 TEXT NOT NULL,
            expires_at REAL NOT NULL,
            tries_left INTEGER NOT NULL,
            asks INTEGER NOT NULL,
            origin TEXT,
            name TEXT,
            accepted INTEGER
        ) STRICT""",
        # The same word stands in a file beside this one: see pairing_stamp.py.
        """CREATE TABLE pairing_stamp (
            only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
            stamp TEXT NOT NULL
        ) STRICT""",
    ),
)


def migrate(connection: sqlite3.Connection, migrations: Migrations = MIGRATIONS) -> None:
    """Bring the file to the newest version, all steps in one transaction: it is old or new, never between.

    Raises ServiceError ``library_newer`` without writing when a newer TruthLens made the file.
    """
    if version(connection) == len(migrations):
        return
    refuse_newer(connection, migrations)
    with transaction(connection):
        # Another process may have migrated while this one waited for the lock.
        for step in range(version(connection), len(migrations)):
            for statement in migrations[step]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step + 1}")


def refuse_newer(connection: sqlite3.Connection, migrations: Migrations = MIGRATIONS) -> None:
    """Raises ServiceError ``library_newer`` when this TruthLens does not know the file's version."""
    if version(connection) > len(migrations):
        raise ServiceError(
            "library_newer",
            "The library was written by a newer TruthLens than this one.",
            "Update TruthLens, or point TRUTHLENS_DATA_DIR at another folder.",
            status=500,
        )


def version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has behind it; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
