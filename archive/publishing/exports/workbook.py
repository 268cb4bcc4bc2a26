"""XLSX, by XlsxWriter in constant memory: a workbook, a sheet a relation.

A sheet takes 1,048,576 rows and a cell 32,767 characters
(https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3). Longer relations go on
in a further sheet, longer texts are cut, and the workbook lists every cell that was. Texts are
written as texts, so that none is a formula.
"""

import itertools
import math
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from archive.publishing.exports.errors import ExportError, optional
from archive.publishing.exports.relations import Column, Kind, Relation
from archive.publishing.exports.rows import Written, base64_text, plain_text, rows

WORKBOOK = "archive.xlsx"
CONTENTS, COLUMNS, CUT = "_contents", "_columns", "_cut"
"""Sheets about the others: what they hold, what columns mean, which cells are cut."""

SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
"""Characters of a cell, in units of UTF-16 as Excel counts them."""

_LARGEST = 10**15 - 1
"""Excel shows 15 digits of a number and calculates with as many; longer integers are texts here."""

_FIRST_DAY = "1900-03-01"
"""Excel has no days before 1900, and one too many in February of that year."""


class XlsxWriter:
    """Writes one workbook with all relations; `created_at` is the time that its properties give."""

    def __init__(self, created_at: str, *, title: str) -> None:
        self._created = datetime.fromisoformat(created_at)
        self._title = title
        self._library = optional("xlsxwriter", "XLSX")

    def write(
        self, connection: sqlite3.Connection, relations: Sequence[Relation], folder: Path
    ) -> Iterator[Written]:
        """Write all relations to `archive.xlsx`; yields one or more sheets for each."""
        book = self._library.Workbook(
            str(folder / WORKBOOK), {"constant_memory": True, "tmpdir": str(folder)}
        )
        book.use_zip64()
        book.set_properties({"title": self._title, "created": self._created})
        sheets = _Sheets(book)
        for relation in relations:
            yield from sheets.write(connection, relation)
        sheets.describe(relations)
        try:
            book.close()
        except self._library.exceptions.XlsxWriterException as error:
            raise ExportError(
                f"{WORKBOOK}: could not be written: {error}. Look whether the disk has room."
            ) from error


class _Sheets:
    """The sheets of one workbook; every cell of a sheet is written in order, and only once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._contents = self._sheet(CONTENTS, "sheet", "rows", "what it is", "notes")
        self._columns = self._sheet(COLUMNS, "table", "column", "type", "meaning")
        self._cut = self._sheet(CUT, "sheet", "row", "column", "characters", "characters kept")
        self._listed = self._cuts = 0

    def write(self, connection: sqlite3.Connection, relation: Relation) -> Iterator[Written]:
        """Write the rows of a relation, in as many sheets as they need."""
        found = rows(connection, relation, {Kind.BOOLEAN: bool, Kind.BYTES: base64_text})
        values = next(found, None)
        for part in itertools.count(1):
            name = relation.name if part == 1 else f"{relation.name} ({part})"
            sheet = self._sheet(name, *(column.name for column in relation.columns))
            count = cut = 0
            while values is not None and count + 1 < SHEET_ROWS:  # a row is the header
                count += 1
                cut += self._write_row(sheet, name, count, relation.columns, values)
                values = next(found, None)
            written = _written(relation, name, count, cut, part)
            self._list(written)
            yield written
            if values is None:
                return

    def describe(self, relations: Sequence[Relation]) -> None:
        """Say on sheets of their own what every column means."""
        place = 0
        for relation in relations:
            for column in relation.columns:
                place += 1
                kind = "text" if is_text_cell(column) else column.kind
                _write_texts(self._columns, place, relation.name, column.name, kind, column.meaning)

    def _sheet(self, name: str, *header: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, each in enumerate(header):
            sheet.write_string(0, place, each, self._bold)
        return sheet

    def _list(self, written: Written) -> None:
        self._listed += 1
        assert written.sheet is not None  # noqa: S101 - those of a workbook have one
        self._contents.write_string(self._listed, 0, written.sheet)
        self._contents.write_number(self._listed, 1, written.rows)
        self._contents.write_string(self._listed, 2, written.relation.description)
        self._contents.write_string(self._listed, 3, " ".join(written.notes))

    def _write_row(
        self, sheet: Any, name: str, row: int, columns: Sequence[Column], values: list[Any]
    ) -> int:
        """Write the cells of a row; how many of them had to be cut."""
        cut = 0
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(row, place, value)
            elif isinstance(value, str):
                if column.kind is Kind.DAY and not is_text_cell(column):
                    sheet.write_datetime(row, place, date.fromisoformat(value), self._day)
                else:
                    cut += self._write_text(sheet, name, (row, place), column, value)
            elif is_text_cell(column) or not math.isfinite(value):
                sheet.write_string(row, place, plain_text(value))
            else:
                sheet.write_number(row, place, value)
        return cut

    def _write_text(
        self, sheet: Any, name: str, where: tuple[int, int], column: Column, text: str
    ) -> bool:
        row, place = where
        kept = fitting(text)
        sheet.write_string(row, place, kept)
        if len(kept) == len(text):
            return False
        self._cuts += 1
        if self._cuts < SHEET_ROWS:
            _write_texts(self._cut, self._cuts, name)
            self._cut.write_number(self._cuts, 1, row + 1)
            self._cut.write_string(self._cuts, 2, column.name)
            self._cut.write_number(self._cuts, 3, len(text))
            self._cut.write_number(self._cuts, 4, len(kept))
        return True


def fitting(text: str) -> str:
    """Return as much of a text, from its beginning, as a cell takes.

    >>> len(fitting("x" * 40_000)), len(fitting("𝄞" * 40_000))
    (32767, 16383)
    """
    if len(text) <= CELL_CHARACTERS // 2:  # a character is one or two units of UTF-16
        return text
    # A half of a pair at the end is left out.
    return text.encode("utf-16-le")[: 2 * CELL_CHARACTERS].decode("utf-16-le", "ignore")


def is_day_cell(column: Column) -> bool:
    """Tell whether the days of a column are written as a spreadsheet's own."""
    return column.kind is Kind.DAY and not is_text_cell(column)


def is_text_cell(column: Column) -> bool:
    """Tell whether a column is written as text, for a spreadsheet cannot hold what it is."""
    if column.kind is Kind.INTEGER:
        low, high = column.lowest or 0, column.highest or 0
        return isinstance(low, int) and isinstance(high, int) and max(-low, high) > _LARGEST
    if column.kind is Kind.DAY:
        return isinstance(column.lowest, str) and column.lowest < _FIRST_DAY
    return column.kind in (Kind.TEXT, Kind.BYTES)


def _written(relation: Relation, sheet: str, count: int, cut: int, part: int) -> Written:
    notes = []
    if part > 1:
        notes.append(f"{sheet}: goes on from the sheet before, for a sheet takes no more rows.")
    if cut:
        cells = "1 text is" if cut == 1 else f"{cut:,} texts are"
        notes.append(
            f"{sheet}: {cells} cut to the {CELL_CHARACTERS:,} characters that a cell takes; the "
            f"sheet {CUT} lists them. Other formats have them whole."
        )
    for column in relation.columns:
        if is_text_cell(column) and column.kind in (Kind.INTEGER, Kind.DAY):
            why = (
                "a spreadsheet keeps 15 digits"
                if column.kind is Kind.INTEGER
                else "a spreadsheet has no days before 1900"
            )
            notes.append(f"{sheet}.{column.name}: written as text, for {why}.")
    return Written(relation=relation, path=WORKBOOK, rows=count, sheet=sheet, notes=tuple(notes))


def _write_texts(sheet: Any, row: int, *texts: str) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(row, place, text)
