"""What a connection that strangers use may do: read, within bounds of memory and time.

Datasette's time limit is looked at between steps of SQLite's machine. What one step can do is
bounded here: the length of values, the memory of all of them, and the functions whose time grows
with the product of two texts.
"""

import re
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from archive.publishing.settings import PUBLIC_HEAP, PUBLIC_LIMITS, PUBLIC_ROWS

_READING = frozenset(
    (
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_PRAGMA,
    )
)
"""All that a statement may do."""

_PRAGMAS = frozenset(
    (
        *("table_info", "table_xinfo", "table_list", "foreign_key_list", "function_list"),
        *("index_info", "index_list", "index_xinfo", "page_count", "page_size", "schema_version"),
        "data_version",  # FTS5 asks for it
    )
)
"""Pragmas that tell of the schema; of the others some change the process."""

_FORBIDDEN = frozenset(
    (
        "fts3_tokenizer",  # takes and gives addresses in memory
        *("load_extension", "readfile", "writefile", "edit", "sqlite_log"),
    )
)
"""Functions that reach beyond the database, where a build of SQLite has them."""


def bound(connection: sqlite3.Connection) -> None:
    """Hold a connection that strangers use within `PUBLIC_LIMITS`, and to reading.

    The limit of memory is that of the process, and stays.
    """
    for category, limit in PUBLIC_LIMITS.items():
        connection.setlimit(category, limit)
    connection.execute(f"PRAGMA hard_heap_limit = {PUBLIC_HEAP}")
    connection.set_authorizer(_authorize)
    connection.row_factory = _Counted()
    _replace_costly(connection)


@contextmanager
def whole_values(connection: sqlite3.Connection) -> Iterator[None]:
    """Lift the limit of a value's length while our own code reads a source's raw bytes."""
    limit = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2**31 - 1)
    factory, connection.row_factory = connection.row_factory, sqlite3.Row
    try:
        yield
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limit)
        connection.row_factory = factory


def _authorize(action: int, name: str | None, detail: str | None, *_rest: str | None) -> int:
    """Allow reading (https://www.sqlite.org/c3ref/c_alter_table.html names actions and details)."""
    if action not in _READING:
        # What SQLite asks when a search index is opened; nobody can update that table.
        opens_index = action == sqlite3.SQLITE_UPDATE and name == "sqlite_master"
        return sqlite3.SQLITE_OK if opens_index else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and name not in _PRAGMAS:
        # `database_list` tells where the file lies; Datasette offers it, so it returns nothing.
        return sqlite3.SQLITE_IGNORE if name == "database_list" else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and detail in _FORBIDDEN:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class _Counted:
    """Makes rows as Datasette has them, and refuses those beyond `PUBLIC_ROWS` of one cursor."""

    def __init__(self) -> None:
        self._cursor: Callable[[], object] = lambda: None
        self._bytes = 0

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> sqlite3.Row:
        """Count a row and return it."""
        if self._cursor() is not cursor:
            self._cursor, self._bytes = weakref.ref(cursor), 0
        self._bytes += 64 + sum(
            len(value) if isinstance(value, bytes | str) else 8 for value in row
        )
        if self._bytes > PUBLIC_ROWS:
            raise sqlite3.OperationalError(
                f"The answer has more than {PUBLIC_ROWS >> 20} MB: ask for fewer rows or columns, "
                "or download the archive."
            )
        return sqlite3.Row(cursor, row)


# --------------------------------------------------------------------------------- functions


def _replace_costly(connection: sqlite3.Connection) -> None:
    """Put functions that compare a text with a text, place by place, in bounds of their own."""
    for name, arguments, function in (
        ("instr", 2, _instr),
        ("replace", 3, _replace),
        ("trim", 2, _trim),
        ("ltrim", 2, _ltrim),
        ("rtrim", 2, _rtrim),
    ):
        connection.create_function(name, arguments, function, deterministic=True)
    for name in ("printf", "format"):
        connection.create_function(name, -1, _Printf(), deterministic=True)


class _Printf:
    """`printf(FORMAT, ...)`: SQLite's own, which for a width of 900 million counts to it."""

    def __init__(self) -> None:
        self._plain = sqlite3.connect(":memory:", check_same_thread=False)
        self._plain.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)

    def __call__(self, *values: Any) -> str | None:
        """Format the values. A width or precision beyond reason is too long."""
        if not values or values[0] is None:
            return None
        form, *rest = values
        # `*` takes the width from a value, of a text from the digits it begins with.
        told = [form, *rest] if "*" in _as_text(form) else [form]
        widths = [int(digits) for each in told for digits in _DIGITS.findall(_as_text(each))]
        if max(widths, default=0) > _LONGEST:
            return _TOO_LONG
        marks = ",".join("?" * len(values))
        try:
            text: str | None = self._plain.execute(f"SELECT printf({marks})", values).fetchone()[0]
        except sqlite3.Error:
            return _TOO_LONG
        return text


def _instr(text: Any, sought: Any) -> int | None:
    """`instr(X, Y)`: place of the first Y in X from 1, 0 where there is none."""
    if text is None or sought is None:
        return None
    if isinstance(text, bytes) and isinstance(sought, bytes):
        return text.find(sought) + 1
    return _as_text(text).find(_as_text(sought)) + 1


def _replace(text: Any, old: Any, new: Any) -> Any:
    """`replace(X, Y, Z)`: X with Z for each Y; X itself where Y is empty."""
    if text is None or old is None:
        return None
    whole, part = _as_text(text), _as_text(old)
    if not part:
        return text
    if new is None:
        return None
    other = _as_text(new)
    if len(whole) + whole.count(part) * (len(other) - len(part)) > _LONGEST:
        return _TOO_LONG
    return whole.replace(part, other)


def _trim(text: Any, characters: Any) -> str | None:
    """`trim(X, Y)`: X without characters of Y at both ends."""
    return _ltrim(_rtrim(text, characters), characters)


def _ltrim(text: Any, characters: Any) -> str | None:
    """`ltrim(X, Y)`: X without characters of Y at its beginning."""
    if text is None or characters is None:
        return None
    ends = _each_once(characters)
    return _TOO_LONG if ends is None else _as_text(text).lstrip(ends)


def _rtrim(text: Any, characters: Any) -> str | None:
    """`rtrim(X, Y)`: X without characters of Y at its end."""
    if text is None or characters is None:
        return None
    ends = _each_once(characters)
    return _TOO_LONG if ends is None else _as_text(text).rstrip(ends)


_DIGITS = re.compile("[0-9]{1,18}")
_LONGEST = PUBLIC_LIMITS[sqlite3.SQLITE_LIMIT_LENGTH]
_TOO_LONG = "x" * (_LONGEST + 1)
"""What a function returns that goes beyond its bounds: SQLite says that it is too big."""

_MOST_TRIMMED = 200
"""Different characters that are trimmed; each is compared with each character of the text."""


def _each_once(characters: Any) -> str | None:
    """The characters of a text without repetitions; None where they are too many."""
    found = "".join(dict.fromkeys(_as_text(characters)))
    if len(found) > _MOST_TRIMMED:
        return None
    return found


def _as_text(value: Any) -> str:
    """A value as SQLite casts it to text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float):
        digits = f"{value:.15g}"
        return digits if set(digits) & set(".ein") else f"{digits}.0"
    return str(value)
