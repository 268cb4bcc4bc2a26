"""Parquet, by pyarrow: a file a relation, in row groups, so that memory does not grow with rows."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.publishing.exports.errors import optional
from archive.publishing.exports.relations import Kind, Relation
from archive.publishing.exports.rows import Written, rows

_GROUP_ROWS = 100_000
"""Rows of a row group at most; DuckDB's documentation recommends 100,000 to 1,000,000."""
_GROUP_BYTES = 32 << 20
"""A row group ends where its values, before compression, take this."""
_BATCH_ROWS = 2_000
_BATCH_CHARACTERS = 4 << 20
"""Rows and characters that are Python objects at a time: a source may be of many megabytes."""


class ParquetWriter:
    """Writes `<relation>.parquet`, compressed with Zstandard.

    Days are `date32`, truth values `bool`, raw bytes `binary`; times stay text, for a Parquet
    timestamp would drop the offset that the outlet gave. Each column carries its meaning.
    """

    def __init__(self, about: Mapping[str, str]) -> None:
        self._about = about
        self._arrow = optional("pyarrow", "Parquet")
        self._parquet = optional("pyarrow.parquet", "Parquet")

    def write(
        self, connection: sqlite3.Connection, relations: Sequence[Relation], folder: Path
    ) -> Iterator[Written]:
        """Write each relation to a file of its own."""
        for relation in relations:
            yield self._write_one(connection, relation, folder)

    def _write_one(
        self, connection: sqlite3.Connection, relation: Relation, folder: Path
    ) -> Written:
        path = folder / f"{relation.name}.parquet"
        schema = self._schema(relation)
        count = 0
        found = rows(connection, relation, {Kind.BOOLEAN: bool})
        with self._parquet.ParquetWriter(str(path), schema, compression="zstd") as writer:
            for group in self._groups(found, schema):
                writer.write_table(group, row_group_size=max(1, group.num_rows))
                count += group.num_rows
        return Written(relation=relation, path=path.name, rows=count)

    def _schema(self, relation: Relation) -> Any:
        arrow = self._arrow
        types = {
            Kind.INTEGER: arrow.int64(),
            Kind.NUMBER: arrow.float64(),
            Kind.BOOLEAN: arrow.bool_(),
            Kind.DAY: arrow.date32(),
            Kind.TEXT: arrow.string(),
            Kind.BYTES: arrow.binary(),
        }
        fields = [
            arrow.field(
                column.name,
                types[column.kind],
                nullable=not column.is_required,
                metadata={"description": column.meaning} if column.meaning else None,
            )
            for column in relation.columns
        ]
        about = {"description": relation.description, **self._about}
        return arrow.schema(fields, metadata=about)

    def _groups(self, found: Iterator[list[Any]], schema: Any) -> Iterator[Any]:
        """Gather rows into tables of the size of a row group."""
        batches: list[Any] = []
        for chunk in _chunks(found):
            batches.append(self._batch(chunk, schema))
            full = sum(each.num_rows for each in batches) >= _GROUP_ROWS
            if full or sum(each.nbytes for each in batches) >= _GROUP_BYTES:
                yield self._arrow.Table.from_batches(batches, schema)
                batches = []
        if batches:
            yield self._arrow.Table.from_batches(batches, schema)

    def _batch(self, chunk: list[list[Any]], schema: Any) -> Any:
        arrow = self._arrow
        arrays = []
        for field, values in zip(schema, zip(*chunk, strict=True), strict=True):
            if field.type == arrow.date32():
                arrays.append(arrow.array(values, arrow.string()).cast(field.type))
            else:
                arrays.append(arrow.array(values, field.type))
        return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _chunks(found: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    """Cut rows into lists that are short, or shorter where their texts are long."""
    chunk: list[list[Any]] = []
    size = 0
    for values in found:
        chunk.append(values)
        size += sum(len(value) for value in values if isinstance(value, str | bytes))
        if len(chunk) >= _BATCH_ROWS or size >= _BATCH_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
