"""What a snapshot has beyond the tables: views, summaries, search and statistics.

All of it is made from the tables, in one order, so that identical rows give identical bytes. Views
first (SQLite looks into them only when they are read), then summaries, which may read views.
"""

import hashlib
import json
import sqlite3
from collections.abc import Container
from pathlib import Path

from sqlite_utils import Database

from archive import __version__
from archive.publishing.definitions import summaries, views
from archive.publishing.functions import register_building

STEMMED = "porter unicode61 remove_diacritics 2"
"""Finds `deported` and `deportation` under `deport` (Porter, 1980) and ignores accents."""

PLAIN = "unicode61 remove_diacritics 2"
"""Ignores case and accents only: a stem of a name is no name."""

SEARCHED = (
    ("paragraphs", "text", STEMMED),
    ("articles", "headline", STEMMED),
    ("entities", "name", PLAIN),
)
"""Table, column and tokenizer of each full-text index; its name is the table's with `_fts`."""

_INDEXES = {
    "ix_snapshot_articles_status": "articles (published_on) WHERE status <> 'usable'",
    "ix_snapshot_sources_version": (
        "sources (extractor_version, media_type, superseded_by_id, byte_count)"
    ),
}
"""Indexes of the archive's own tables for readers; restoring drops what is named `ix_snapshot_`."""

_PRAGMAS = (
    "PRAGMA journal_mode=DELETE",  # Datasette sees no table of an immutable file left in WAL mode
    "PRAGMA synchronous=OFF",  # nobody sees the file before it is flushed to disk
    "PRAGMA foreign_keys=OFF",
    "PRAGMA cache_size=-262144",  # 256 MB
)


def recipe() -> str:
    """SHA-256 of what a snapshot derives and how: another one asks for a new snapshot."""
    parts = [[each.name, each.sql] for each in (*views(), *summaries())]
    text = json.dumps([__version__, parts, SEARCHED, _INDEXES], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def build(tables: Path, target: Path) -> None:
    """Make a snapshot's database at `target` of a copy of the tables, which it uses up.

    The copy must be nobody else's. What is built in it is written to `target` in one go: without
    empty pages, in journal mode DELETE, and with no trace of the order of the work.
    """
    connection = sqlite3.connect(tables, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        register_building(connection)
        _drop_statistics(connection)
        _add_relations(connection)
        _add_search(connection)
        connection.execute("ANALYZE")
        # The counter of schema changes tells how the archive grew, not what it holds.
        connection.execute("PRAGMA schema_version=1")
        connection.execute("VACUUM INTO ?", (str(target.resolve()),))
    finally:
        connection.close()
    tables.unlink()


def drop_derived(path: Path, keep: Container[str]) -> None:
    """Leave nothing but the tables named in `keep` in a copy of a snapshot, and pack the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        _drop_statistics(connection)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view'"
        ).fetchall():
            connection.execute(f'DROP VIEW "{name}"')
        derived = [
            name
            for (name,) in connection.execute(
                # Virtual tables (rootpage 0) first: with them go the tables that serve them.
                "SELECT name FROM sqlite_master WHERE type = 'table' "
                "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rootpage, name"
            )
            if name not in keep
        ]
        for name in derived:
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        for (name,) in connection.execute(
            # By the prefix, for another version may have had others.
            "SELECT name FROM sqlite_master "
            "WHERE type = 'index' AND name LIKE 'ix\\_snapshot\\_%' ESCAPE '\\'"
        ).fetchall():
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("VACUUM")
    finally:
        connection.close()


def _drop_statistics(connection: sqlite3.Connection) -> None:
    """Drop what `ANALYZE` may have left: where it stands in the file depends on when it ran."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat1', 'sqlite_stat4')"
    ).fetchall()
    for (name,) in found:
        connection.execute(f"DROP TABLE {name}")


def _add_relations(connection: sqlite3.Connection) -> None:
    for view in views():
        connection.execute(f"CREATE VIEW {view.name} AS\n{view.sql}")
    for summary in summaries():
        connection.executescript(f"BEGIN;\n{summary.sql}\nCOMMIT;")
    for name, columns in _INDEXES.items():
        connection.execute(f"CREATE INDEX {name} ON {columns}")


def _add_search(connection: sqlite3.Connection) -> None:
    database = Database(connection)
    for table, column, tokenizer in SEARCHED:
        database.table(table).enable_fts([column], tokenize=tokenizer)
