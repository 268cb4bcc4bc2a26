"""What a snapshot has to export: its tables, summary tables and views, with types and meanings.

Names, keys and references are read from the database, so that a snapshot of an earlier version is
exported as it is; meanings come from the models and the SQL of this version where they know the
column. SQLite holds any value in any column, so the declared type is checked against the values.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from archive.errors import MisuseError
from archive.publishing.definitions import summaries, views
from archive.publishing.explained import tables
from archive.publishing.manifest import Manifest


class Kind(StrEnum):
    """What the values of a column are, nulls aside."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    """A day of the calendar, `YYYY-MM-DD`, years 1 to 9999."""
    TEXT = "text"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as it is exported.

    `is_mixed` holds where values of several SQLite types stand in it, all to be written as `kind`.
    `lowest` and `highest` are its extreme values where it is of integers or days and has any.
    """

    name: str
    kind: Kind
    meaning: str
    is_required: bool
    is_mixed: bool = False
    lowest: int | str | None = None
    highest: int | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Columns whose values are those of `targets` in a row of another relation, or of the same."""

    columns: tuple[str, ...]
    relation: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A table or view: what it is, its columns, and the SELECT that gives its rows in order.

    `left_out` names the columns that are not exported.
    """

    name: str
    category: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...]
    select: str
    left_out: tuple[str, ...] = ()


_INTERNAL = frozenset({"alembic_version"})
"""Tables that tell nothing but the schema's revision, which the manifest tells too."""

_DAY_NAMES = frozenset({"period_start", "period_end", "start_date", "end_date", "resolved_from"})
"""Columns of days beside those that end in `_on`; that every value is a day is checked."""


def names(manifest: Manifest, wanted: Sequence[str] = ()) -> list[str]:
    """Names of what is exported, in the order of the alphabet: all, or those `wanted`.

    Raises MisuseError for a name that the snapshot does not have.
    """
    known = {*manifest.tables, *manifest.summaries, *manifest.views} - _INTERNAL
    for name in wanted:
        if name not in known:
            raise MisuseError(
                f"--table {name}: no such table or view. There are: {', '.join(sorted(known))}."
            )
    return sorted(set(wanted) or known)


def read_relation(
    connection: sqlite3.Connection, manifest: Manifest, name: str, *, with_bytes: bool
) -> Relation:
    """Look at a table or view of a snapshot; reads its rows once, for their types.

    Columns of raw bytes are left out unless `with_bytes`.
    """
    info = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    description, meanings = _explained().get(name, ("", {}))
    seen = _profile(connection, name, {row[1]: row[2] for row in info})
    columns = tuple(
        _column(column, declared, bool(required or (key and declared)), meanings, seen[column])
        for _number, column, declared, required, _default, key in info
    )
    kept = tuple(each for each in columns if with_bytes or each.kind is not Kind.BYTES)
    key = tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])
    return Relation(
        name=name,
        category=_category(manifest, name),
        description=description,
        columns=kept,
        primary_key=key,
        references=tuple(_references(connection, name)),
        select=_select(name, [each.name for each in kept], key),
        left_out=tuple(each.name for each in columns if each not in kept),
    )


def _category(manifest: Manifest, name: str) -> str:
    if name in manifest.views:
        return "view"
    return "summary table" if name in manifest.summaries else "table"


@cache
def _explained() -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Description of each relation, and the meaning of its columns."""
    found: dict[str, tuple[str, Mapping[str, str]]] = {
        table.name: (table.description, {each.name: each.meaning for each in table.columns})
        for table in tables()
    }
    for relation in (*views(), *summaries()):
        found[relation.name] = (relation.description, relation.columns)
    return found


def _select(name: str, columns: Iterable[str], key: Sequence[str]) -> str:
    """Rows in an order that follows from their values: by key, else by `id`, else by everything.

    Views with an `id` have one row for each, so that their order is complete too.
    """
    quoted = [f'"{column}"' for column in columns]
    order = [f'"{column}"' for column in key] or (['"id"'] if '"id"' in quoted else quoted)
    return f'SELECT {", ".join(quoted)} FROM "{name}" ORDER BY {", ".join(order)}'


# --------------------------------------------------------------------------------- types


@dataclass(frozen=True, slots=True)
class _Seen:
    """First and last of the SQLite types of a column's values by name, and how these extend."""

    first_type: str | None
    last_type: str | None
    lowest: Any
    highest: Any
    not_days: int


def _profile(
    connection: sqlite3.Connection, name: str, declared: Mapping[str, str]
) -> Mapping[str, _Seen]:
    """Look at all values of a relation in one pass; `declared` maps its columns to their types."""
    parts = []
    for column, type_ in declared.items():
        value, is_day = f'"{column}"', _is_day_name(column)
        stored = f"nullif(typeof({value}), 'null')"
        is_plain = type_ and _declared_kind(type_) in (Kind.TEXT, Kind.BYTES) and not is_day
        # Without a modifier SQLite takes 30 February for a day.
        not_day = f"date({value}, '+0 days') IS NOT {value} OR {value} < '0001'"
        parts += [
            f"min({stored}), max({stored})",
            "NULL, NULL" if is_plain else f"min({value}), max({value})",
            f"count(CASE WHEN {value} IS NOT NULL AND ({not_day}) THEN 1 END)" if is_day else "0",
        ]
    row = connection.execute(f'SELECT {", ".join(parts)} FROM "{name}"').fetchone()
    return {column: _Seen(*row[5 * n : 5 * n + 5]) for n, column in enumerate(declared)}


def _is_day_name(column: str) -> bool:
    return column.endswith("_on") or column in _DAY_NAMES


def _column(
    name: str, declared: str, is_required: bool, meanings: Mapping[str, str], seen: _Seen
) -> Column:
    kind, is_mixed = _kind(name, declared, seen)
    has_extent = kind in (Kind.INTEGER, Kind.DAY)
    return Column(
        name=name,
        kind=kind,
        meaning=meanings.get(name, ""),
        is_required=is_required,
        is_mixed=is_mixed,
        lowest=seen.lowest if has_extent else None,
        highest=seen.highest if has_extent else None,
    )


def _kind(name: str, declared: str, seen: _Seen) -> tuple[Kind, bool]:
    """Kind of a column, and whether its values are of several types.

    That of the values where there are any, for a declared type binds nobody in SQLite; 0 and 1
    are truth values where the type or the name says so, a text is a day where the name says so
    and every value is one.
    """
    types = {seen.first_type, seen.last_type} - {None}
    kind = _declared_kind(declared) if not types else _stored_kind(types)
    if kind is Kind.INTEGER and _declared_kind(declared) is Kind.NUMBER:
        kind = Kind.NUMBER
    is_mixed = len(types) > 1 or (kind is Kind.NUMBER and "integer" in types)
    if kind in (Kind.INTEGER, Kind.BOOLEAN) and (name.startswith("is_") or declared == "BOOLEAN"):
        within = seen.lowest in (None, 0, 1) and seen.highest in (None, 0, 1)
        return (Kind.BOOLEAN if within else Kind.INTEGER), is_mixed
    if kind is Kind.TEXT and not is_mixed and _is_day_name(name) and not seen.not_days:
        return Kind.DAY, False
    return kind, is_mixed


def _stored_kind(types: set[str | None]) -> Kind:
    if types == {"integer"}:
        return Kind.INTEGER
    if types <= {"integer", "real"}:
        return Kind.NUMBER
    return Kind.BYTES if types == {"blob"} else Kind.TEXT


def _declared_kind(declared: str) -> Kind:
    """Kind of a declared type by SQLite's own rules (https://www.sqlite.org/datatype3.html)."""
    name = declared.upper()
    if name == "BOOLEAN":
        return Kind.BOOLEAN
    if "INT" in name:
        return Kind.INTEGER
    if any(part in name for part in ("REAL", "FLOA", "DOUB")):
        return Kind.NUMBER
    return Kind.BYTES if "BLOB" in name else Kind.TEXT


# ---------------------------------------------------------------------------- references


def _references(connection: sqlite3.Connection, name: str) -> list[Reference]:
    """Foreign keys of a table, by their columns."""
    parts: dict[int, list[tuple[int, str, str, str | None]]] = defaultdict(list)
    for number, place, table, own, target, *_rest in connection.execute(
        f'PRAGMA foreign_key_list("{name}")'
    ):
        parts[number].append((place, table, own, target))
    found = []
    for key in parts.values():
        key.sort()
        table = key[0][1]
        # Where the columns are not named, the key of the other table is meant.
        targets = tuple(each[3] for each in key if each[3]) or _key_of(connection, table)
        own = tuple(each[2] for each in key)
        found.append(Reference(columns=own, relation=table, targets=targets))
    return sorted(found, key=lambda each: each.columns)


def _key_of(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    info = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    return tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])
