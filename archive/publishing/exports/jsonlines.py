"""JSON Lines: an object a row, UTF-8, keys in the order of the columns."""

import json
import math
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.publishing.exports.relations import Kind, Relation
from archive.publishing.exports.rows import Convert, Written, base64_text, rows

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(", ", ": ")
).encode


class JsonLinesWriter:
    """Writes `<relation>.jsonl`."""

    def write(
        self, connection: sqlite3.Connection, relations: Sequence[Relation], folder: Path
    ) -> Iterator[Written]:
        """Write each relation to a file of its own."""
        for relation in relations:
            yield _write_one(connection, relation, folder)


def _write_one(connection: sqlite3.Connection, relation: Relation, folder: Path) -> Written:
    path = folder / f"{relation.name}.jsonl"
    names = [column.name for column in relation.columns]
    numbers = {column.name for column in relation.columns if column.kind is Kind.NUMBER}
    count = infinite = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        converts: dict[Kind, Convert] = {Kind.BOOLEAN: bool, Kind.BYTES: base64_text}
        for count, values in enumerate(rows(connection, relation, converts), 1):  # noqa: B007
            record = dict(zip(names, values, strict=True))
            try:
                file.write(f"{_encode(record)}\n")
            except ValueError:  # SQLite keeps infinity, JSON has no word for it
                for name in numbers:
                    if record[name] is not None and not math.isfinite(record[name]):
                        record[name] = None
                        infinite += 1
                file.write(f"{_encode(record)}\n")
    notes = (f"{relation.name}: {infinite:,} infinite numbers, written as null.",)
    return Written(relation=relation, path=path.name, rows=count, notes=notes if infinite else ())
