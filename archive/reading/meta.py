"""What the user says of documents: dates as options, and a CSV with one row per document."""

import csv
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from archive.errors import MisuseError
from archive.records import Metadata, Precision, Published

COLUMNS = ("name", "published", *sorted({f.name for f in fields(Metadata)} - {"published"}))
"""Columns that a metadata CSV may have; only `name` is required."""

_PARTIAL: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?|([0-9]{8})")
"""A year, a month, a day; and a day in ISO 8601's basic format, which has no months."""

_TIME: Final = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})[T ][0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
"""A day, and hours and minutes at least. Weeks, days of the year and bare hours are no times."""

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
"""Beginning of a URL (RFC 3986, 3.1), whose two slashes stay."""


def parse_published(text: str, source: str, *, given_as: str | None = None) -> Published:
    """Read an ISO 8601 date or time: `2025`, `2025-07`, `2025-07-15`, `2025-07-15T09:30+02:00`.

    `source` tells where it was given, as stored; `given_as` what an error calls the place, else
    `source`. Raises MisuseError for anything else, week dates and nothing at all included.
    """
    text = text.strip()
    try:
        if match := _PARTIAL.fullmatch(text):
            return _parse_partial(match, source)
        if not _TIME.fullmatch(text):
            raise ValueError(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise MisuseError(
            f"{given_as or source}: {text!r} is no ISO 8601 date. Write 2025-07-15, 2025-07, 2025 "
            "or 2025-07-15T09:30+02:00."
        ) from error
    at = moment.isoformat(timespec="minutes" if moment.second == 0 else "seconds")
    return Published(on=moment.date().isoformat(), at=at, precision=Precision.MINUTE, source=source)


def _parse_partial(match: re.Match[str], source: str) -> Published:
    """A match of `_PARTIAL`; ValueError for a day that no calendar has."""
    year, month, day, basic = match.groups()
    if basic:
        year, month, day = basic[:4], basic[4:6], basic[6:]
    on = date(int(year), int(month or 1), int(day or 1)).isoformat()
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return Published(on=on, precision=precision, source=source)


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
    `in/box/a.txt`); `./a.txt` and `box/../a.txt` are `a.txt`. `unused` lists rows that no
    document asked for.
    """

    def __init__(self, rows: Mapping[str, Metadata]) -> None:
        self._rows = {_normalised(name): (name, metadata) for name, metadata in rows.items()}
        self._unused = set(rows)

    def find(self, name: str) -> Metadata:
        """What the CSV says of a source: the row with the longest matching name."""
        for key in _endings(_normalised(name)):
            if key in self._rows:
                row, metadata = self._rows[key]
                self._unused.discard(row)
                return metadata
        return Metadata()

    @property
    def unused(self) -> list[str]:
        """Names of rows that were not asked for, sorted."""
        return sorted(self._unused)


def _normalised(name: str) -> str:
    """A name without `.`, `..` and doubled slashes, the two of a URL apart."""
    scheme = match[0] if (match := _SCHEME.match(name)) else ""
    return scheme + posixpath.normpath(name[len(scheme) :])


def _endings(name: str) -> Iterator[str]:
    """A name, and what follows each of its slashes, longest first."""
    yield name
    for slash in re.finditer("/", name):
        yield name[slash.end() :]


def read_metadata(path: Path) -> MetadataTable:
    """Read a metadata CSV: UTF-8, a header, the columns `COLUMNS` in any order.

    Raises MisuseError, naming file and line, for a file that cannot be read, a column that is not
    known or stands twice, a row with more cells than columns, a name that is missing or given
    twice, and a date that is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_header(path, reader.fieldnames)
            rows: dict[str, Metadata] = {}
            known: set[str] = set()
            for row in reader:
                name, metadata = _read_row(f"{path}, line {reader.line_num}", row)
                if _normalised(name) in known:
                    raise MisuseError(f"{path}, line {reader.line_num}: {name} stands twice.")
                known.add(_normalised(name))
                rows[name] = metadata
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MisuseError(f"{path}: {error}. Give --meta a CSV file in UTF-8.") from error
    return MetadataTable(rows)


def _check_header(path: Path, header: object) -> None:
    names = list(header) if isinstance(header, (list, tuple)) else []
    unknown = [name for name in names if name not in COLUMNS]
    twice = [name for name in names if names.count(name) > 1]
    if "name" not in names or unknown or twice:
        wrong = (
            f"unknown column {unknown[0]!r}"
            if unknown
            else f"column {twice[0]!r} stands twice"
            if twice
            else "no column `name`"
        )
        raise MisuseError(f"{path}: {wrong}. Its columns may be: {', '.join(COLUMNS)}.")


def _read_row(place: str, row: Mapping[str | None, str]) -> tuple[str, Metadata]:
    if None in row:  # where csv.DictReader puts the cells for which there is no column
        raise MisuseError(
            f"{place}: more cells than columns. Put a cell that holds a comma into quotation marks."
        )
    values = {key: value.strip() for key, value in row.items() if key and value and value.strip()}
    name = values.pop("name", None)
    if not name:
        raise MisuseError(f"{place}: no name. Give the document's file name.")
    published = values.pop("published", None)
    metadata = Metadata(**values)  # type: ignore[arg-type]
    if published:
        parsed = parse_published(published, "metadata", given_as=f"{place}, published")
        metadata = replace(metadata, published=parsed)
    return name, metadata
