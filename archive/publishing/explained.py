"""The tables as their models explain them, for metadata and codebook alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column
from sqlalchemy.dialects import sqlite

from archive.storage.models import Base


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedColumn:
    """A column: its SQL type, whether it may be null, what it refers to, and what it means."""

    name: str
    type: str
    is_key: bool
    is_nullable: bool
    refers_to: tuple[str, str] | None
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedTable:
    """A table and its columns, in their order."""

    name: str
    description: str
    columns: tuple[ExplainedColumn, ...]


def tables() -> Iterator[ExplainedTable]:
    """Yield every table of the archive, by name, as its model explains it."""
    mapped = {mapper.local_table: mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    for name, table in sorted(Base.metadata.tables.items()):
        first_paragraph = mapped[table].strip().split("\n\n")[0]
        yield ExplainedTable(
            name=name,
            description=" ".join(first_paragraph.split()),
            columns=tuple(_column(column) for column in table.columns),
        )


def _column(column: "Column[Any]") -> ExplainedColumn:
    target = next(iter(column.foreign_keys)).column if column.foreign_keys else None
    return ExplainedColumn(
        name=column.name,
        type=column.type.compile(dialect=sqlite.dialect()),
        is_key=column.primary_key,
        is_nullable=bool(column.nullable),
        refers_to=None if target is None else (target.table.name, target.name),
        meaning=column.comment or "",
    )
