"""The tables of the library's file, as forward-only migrations: entry n leads from version n to n + 1."""

from __future__ import annotations

import sqlite3

from truthlens.errors import ServiceError

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
)


def migrate(connection: sqlite3.Connection, migrations: Migrations = MIGRATIONS) -> None:
    """Bring the file to the newest version, each step in a transaction of its own.

    Raises ServiceError ``library_newer`` without writing when a newer TruthLens made the file.
    """
    while (version := _version(connection)) != len(migrations):
        if version > len(migrations):
            raise ServiceError(
                "library_newer",
                "The library was written by a newer TruthLens than this one.",
                "Update TruthLens, or point TRUTHLENS_DATA_DIR at another folder.",
                status=500,
            )
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have migrated while this one waited for the lock.
            if _version(connection) == version:
                for statement in migrations[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
