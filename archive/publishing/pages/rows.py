"""Rows of a query as dictionaries, whatever the connection's own row type is."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
"""A row by the names of its columns."""

Params = Sequence[Any] | Mapping[str, Any]


def select(connection: sqlite3.Connection, sql: str, params: Params = ()) -> list[Row]:
    """Return the rows of a query, in its order."""
    cursor = connection.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def first(connection: sqlite3.Connection, sql: str, params: Params = ()) -> Row | None:
    """Return the first row of a query, None where it has none."""
    return next(iter(select(connection, sql, params)), None)


def numbers(connection: sqlite3.Connection, sql: str, params: Params = ()) -> list[int]:
    """Return the first column of a query, whole numbers."""
    return [int(row[0]) for row in connection.execute(sql, params)]


def marks_for(values: Sequence[object]) -> str:
    """Placeholders for a list of values: `?,?,?`."""
    return ",".join("?" * len(values))
