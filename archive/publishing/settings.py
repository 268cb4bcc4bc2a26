"""Datasette's settings, and how far strangers may go: all in this place."""

import sqlite3
from collections.abc import Mapping

SETTINGS: Mapping[str, int | str] = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "num_sql_threads": 3,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 500,
    "suggest_facets": "off",  # counts every column of every page that is opened
    "default_facet_size": 20,
    "truncate_cells_html": 1024,
    "allow_download": "on",  # the file that is queried is the file that can be cited
    "allow_csv_stream": "on",
    "max_csv_mb": 0,  # no bound: the reader's own disk
}
"""Settings of `archive serve`; times in milliseconds."""

PUBLIC_SETTINGS: Mapping[str, int | str] = {
    **SETTINGS,
    "sql_time_limit_ms": 1000,
    "facet_time_limit_ms": 200,
    "max_csv_mb": 100,
}
"""Settings of `archive serve --public`."""

PUBLIC_LIMITS: Mapping[int, int] = {
    # A time limit does not bound memory: `zeroblob(900000000)` is made in one step. Whatever the
    # archive holds in a cell must stay below this, raw bytes are stored compressed.
    sqlite3.SQLITE_LIMIT_LENGTH: 64 << 20,  # bytes of a value or a row
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,  # bytes of a statement
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,  # terms of one UNION
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""Limits of SQLite (https://www.sqlite.org/limits.html) for connections that strangers use."""

HIDDEN_PATHS = ("/-/databases", "/-/threads")
"""Pages of Datasette that tell paths and processes of the machine; not served to strangers."""


def arguments(settings: Mapping[str, int | str]) -> list[str]:
    """Make arguments for `datasette serve` of settings."""
    return [part for name, value in settings.items() for part in ("--setting", name, str(value))]


def bound(connection: sqlite3.Connection) -> None:
    """Hold a connection that strangers use within `PUBLIC_LIMITS`, and hide file names from it."""
    for category, limit in PUBLIC_LIMITS.items():
        connection.setlimit(category, limit)
    connection.set_authorizer(_without_file_names)


def _without_file_names(action: int, name: str | None, *_rest: str | None) -> int:
    """Make `PRAGMA database_list`, which tells where the file lies, return nothing."""
    if action == sqlite3.SQLITE_PRAGMA and name == "database_list":
        return sqlite3.SQLITE_IGNORE
    return sqlite3.SQLITE_OK
