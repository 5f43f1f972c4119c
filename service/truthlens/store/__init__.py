"""The reader's library: one SQLite file."""
