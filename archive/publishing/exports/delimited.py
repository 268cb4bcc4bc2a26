"""CSV after RFC 4180: UTF-8, commas, CRLF, one header row.

Texts stand in quotation marks, numbers and truth values do not, and a null is nothing at all: so
`,"",` is an empty text and `,,` a null, as PostgreSQL's COPY has it.
"""

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from archive.publishing.exports.relations import Kind, Relation
from archive.publishing.exports.rows import Convert, Written, base64_text, rows

FORMULA_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")
"""With one of these first, a spreadsheet may take a text for a formula (OWASP on CSV injection,
https://owasp.org/www-community/attacks/CSV_Injection)."""


class _Bare(int):
    """A word that the csv module writes without quotation marks, as it does numbers."""

    word: str

    def __new__(cls, word: str) -> "_Bare":
        bare = super().__new__(cls)
        bare.word = word
        return bare

    def __str__(self) -> str:
        return self.word


_NULL, _FALSE, _TRUE = _Bare(""), _Bare("false"), _Bare("true")


class CsvWriter:
    """Writes `<relation>.csv`.

    `bom` puts a byte-order mark first, by which spreadsheets know UTF-8. `for_spreadsheets` puts an
    apostrophe before every text that a spreadsheet may take for a formula.
    """

    def __init__(self, *, bom: bool = False, for_spreadsheets: bool = False) -> None:
        self._encoding = "utf-8-sig" if bom else "utf-8"
        self._guards = for_spreadsheets

    def write(
        self, connection: sqlite3.Connection, relations: Sequence[Relation], folder: Path
    ) -> Iterator[Written]:
        """Write each relation to a file of its own."""
        for relation in relations:
            yield self._write_one(connection, relation, folder)

    def _write_one(
        self, connection: sqlite3.Connection, relation: Relation, folder: Path
    ) -> Written:
        path = folder / f"{relation.name}.csv"
        texts = [n for n, column in enumerate(relation.columns) if column.kind is Kind.TEXT]
        converts: dict[Kind, Convert] = {Kind.BOOLEAN: _truth, Kind.BYTES: base64_text}
        count = risky = 0
        with path.open("w", encoding=self._encoding, newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
            writer.writerow([column.name for column in relation.columns])
            for count, values in enumerate(rows(connection, relation, converts), 1):  # noqa: B007
                risky += self._guard(values, texts)
                writer.writerow([_NULL if value is None else value for value in values])
        notes = (self._note(relation, risky),) if risky else ()
        return Written(relation=relation, path=path.name, rows=count, notes=notes)

    def _guard(self, values: list[Any], texts: Sequence[int]) -> int:
        """Count the texts of a row that may pass for formulas, and guard them where asked to."""
        risky = 0
        for place in texts:
            value = values[place]
            if value and value[0] in FORMULA_SIGNS:
                risky += 1
                if self._guards:
                    values[place] = f"'{value}"
        return risky

    def _note(self, relation: Relation, risky: int) -> str:
        cells = f"{risky:,} {'text begins' if risky == 1 else 'texts begin'} with = + - @, tab or "
        if self._guards:
            return f"{relation.name}: {cells}line break; an apostrophe was put before."
        return (
            f"{relation.name}: {cells}line break, which a spreadsheet may run as a formula. For a "
            "spreadsheet export XLSX, or CSV with --for-spreadsheets."
        )


def _truth(value: int) -> _Bare:
    return _TRUE if value else _FALSE
