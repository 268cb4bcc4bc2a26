"""Datasette's settings, and how far strangers may go: all in this place."""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

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
    # A time limit does not bound memory: `zeroblob(900000000)` is made in one step.
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,  # bytes of a value or a stored row
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 50_000,  # bytes of a statement
    sqlite3.SQLITE_LIMIT_COLUMN: 100,  # of a result; times the length of a value, a row
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,  # terms of one UNION
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 100,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 2_500,  # a page of 1,000 rows asks for their labels
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
    # What LIKE and GLOB take grows with the pattern times the text, in one step.
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""Limits for connections that strangers use, after https://www.sqlite.org/security.html."""

PUBLIC_HEAP = 128 << 20
"""Bytes that SQLite may use in the process, all connections together.

Without it a statement may hold a value of `SQLITE_LIMIT_LENGTH` in each of thousands of registers
between two looks at the clock.
"""

PUBLIC_ROWS = 8 << 20
"""Bytes that the rows of one answer may have, as Python holds them."""

MOST_AT_ONCE = 64
"""Requests that a public server answers at a time; more are told to come again."""

PUBLIC_MALLOC: Mapping[str, str] = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
"""Environment in which glibc gives memory back (mallopt(3)); left to itself it keeps what a thread
once took."""

LONGEST_ADDRESS = 32_768
"""Bytes of path and query of a request."""

API_SECONDS = 300
"""Seconds for which an answer of the API may be kept without asking whether it changed."""

HIDDEN = "/-/"
"""Where Datasette tells of itself: paths, threads, plugins, settings, permissions."""

SHOWN = ("/-/static/", "/-/static-plugins/")
"""What below it pages need; the rest is not served to strangers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How a server is run, as its environment tells.

    `allows_robots` lets search engines list the pages, `allows_scripts` scripts of other sites
    read the answers (CORS).
    """

    is_public: bool = False
    allows_robots: bool = True
    allows_scripts: bool = False

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that tell it to the plugins, and bound the memory."""
        return {
            **(PUBLIC_MALLOC if self.is_public else {}),
            "ARCHIVE_PUBLIC": str(int(self.is_public)),
            "ARCHIVE_ROBOTS": str(int(self.allows_robots)),
            "ARCHIVE_CORS": str(int(self.allows_scripts)),
        }


def serving() -> Serving:
    """Read how this server is run."""
    return Serving(
        is_public=os.environ.get("ARCHIVE_PUBLIC") == "1",
        allows_robots=os.environ.get("ARCHIVE_ROBOTS", "1") == "1",
        allows_scripts=os.environ.get("ARCHIVE_CORS") == "1",
    )


def arguments(settings: Mapping[str, int | str]) -> list[str]:
    """Make arguments for `datasette serve` of settings."""
    return [part for name, value in settings.items() for part in ("--setting", name, str(value))]
