"""What the user says of documents: dates as options, and a CSV with one row per document."""

import csv
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from archive.errors import MisuseError
from archive.records import Metadata, Precision, Published

COLUMNS = ("name", "published", *sorted({f.name for f in fields(Metadata)} - {"published"}))
"""Columns that a metadata CSV may have; only `name` is required."""

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")


def parse_published(text: str, source: str) -> Published:
    """Read an ISO 8601 date or time: `2025`, `2025-07`, `2025-07-15`, `2025-07-15T09:30+02:00`.

    `source` tells where it was given. Raises MisuseError for anything else.
    """
    text = text.strip()
    try:
        if match := _PARTIAL.match(text):
            year, month, day = match.groups()
            on = date(int(year), int(month or 1), int(day or 1)).isoformat()
            precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
            return Published(on=on, precision=precision, source=source)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise MisuseError(
            f"{source}: {text!r} is no ISO 8601 date. Write 2025-07-15, 2025-07 or "
            "2025-07-15T09:30+02:00."
        ) from error
    at = moment.isoformat(timespec="minutes" if moment.second == 0 else "seconds")
    return Published(on=moment.date().isoformat(), at=at, precision=Precision.MINUTE, source=source)


def overlay(below: Metadata, above: Metadata) -> Metadata:
    """What `above` says, and what `below` says where `above` is silent."""
    said = {
        field.name: value
        for field in fields(Metadata)
        if (value := getattr(above, field.name)) is not None
    }
    return replace(below, **said)


class MetadataTable:
    """Rows of a metadata CSV, found by source name.

    A row's `name` is a source's whole name or the end of it from a slash on (`a.txt` for
    `in/box/a.txt`). `unused` lists rows that no document asked for.
    """

    def __init__(self, rows: Mapping[str, Metadata]) -> None:
        self._rows = dict(rows)
        self._used: set[str] = set()

    def find(self, name: str) -> Metadata:
        """What the CSV says of a source: the row with the longest matching name."""
        parts = PurePosixPath(name).parts
        for start in range(len(parts)):
            key = str(PurePosixPath(*parts[start:]))
            if key in self._rows:
                self._used.add(key)
                return self._rows[key]
        return Metadata()

    @property
    def unused(self) -> list[str]:
        """Names of rows that were not asked for, sorted."""
        return sorted(self._rows.keys() - self._used)


def read_metadata(path: Path) -> MetadataTable:
    """Read a metadata CSV: UTF-8, a header, the columns `COLUMNS` in any order.

    Raises MisuseError, naming file and line, for a file that cannot be read, a column that is not
    known, a name that is missing or given twice, and a date that is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_header(path, reader.fieldnames)
            rows: dict[str, Metadata] = {}
            for row in reader:
                name, metadata = _read_row(f"{path}, line {reader.line_num}", row)
                if name in rows:
                    raise MisuseError(f"{path}, line {reader.line_num}: {name} stands twice.")
                rows[name] = metadata
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MisuseError(f"{path}: {error}. Give --meta a CSV file in UTF-8.") from error
    return MetadataTable(rows)


def _check_header(path: Path, header: object) -> None:
    names = list(header) if isinstance(header, (list, tuple)) else []
    unknown = [name for name in names if name not in COLUMNS]
    if "name" not in names or unknown:
        wrong = f"unknown column {unknown[0]!r}" if unknown else "no column `name`"
        raise MisuseError(f"{path}: {wrong}. Its columns may be: {', '.join(COLUMNS)}.")


def _read_row(place: str, row: dict[str, str]) -> tuple[str, Metadata]:
    values = {key: value.strip() for key, value in row.items() if key and value and value.strip()}
    name = values.pop("name", None)
    if not name:
        raise MisuseError(f"{place}: no name. Give the document's file name.")
    published = values.pop("published", None)
    metadata = Metadata(**values)  # type: ignore[arg-type]
    if published:
        try:
            parsed = parse_published(published, "metadata")
        except MisuseError as error:
            raise MisuseError(f"{place}: {error}") from error
        metadata = replace(metadata, published=parsed)
    return name, metadata
