"""The rows of a relation, one at a time, with values as a format wants them."""

import sqlite3
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.publishing.exports.relations import Column, Kind, Relation

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A relation, or a part of one, in a file: how many rows, in which sheet, what was amiss."""

    relation: Relation
    path: str
    rows: int
    sheet: str | None = None
    notes: tuple[str, ...] = ()


def rows(
    connection: sqlite3.Connection, relation: Relation, converts: Mapping[Kind, Convert]
) -> Iterator[list[Any]]:
    """Yield the rows of a relation in its order; values that are not null go through `converts`.

    Integers, numbers and texts are `int`, `float` and `str`, whatever SQLite keeps them as.
    """
    steps = [
        (place, convert)
        for place, column in enumerate(relation.columns)
        for convert in (_unmixed(column), converts.get(column.kind))
        if convert is not None
    ]
    for row in connection.execute(relation.select):
        values = list(row)
        for place, convert in steps:
            if values[place] is not None:
                values[place] = convert(values[place])
        yield values


def _unmixed(column: Column) -> Convert | None:
    if not column.is_mixed:
        return None
    return float if column.kind is Kind.NUMBER else plain_text


def plain_text(value: str | int | float | bytes) -> str:
    """Write any value as text: numbers as in Python and JSON, bytes in base 64."""
    return base64_text(value) if isinstance(value, bytes) else str(value)


def base64_text(value: bytes) -> str:
    """Write bytes in base 64 (RFC 4648)."""
    return b64encode(value).decode("ascii")
