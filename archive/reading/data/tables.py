"""Tables as text: CSV and TSV files with one story per row (RFC 4180 and its neighbours).

A record's bytes are the header and the row, so that each can be read alone.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO, TextIOWrapper
from itertools import islice
from typing import BinaryIO, Final

from archive.errors import UnreadableDocument
from archive.reading.data.fields import FILLS, document_of
from archive.reading.data.json_text import byte_codec, decode_text
from archive.reading.data.presets import NAMES, PRESETS, plain_name
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.records import Document, RawRecord

_DELIMITERS: Final = (",", "\t", ";", "|")
_LONGEST_NAME: Final = 60
_MOST_COLUMNS: Final = 1_000
_SUFFIXES: Final = (".csv", ".tsv", ".tab")

_TEXT_NAMES: Final = frozenset({*NAMES["text"], *NAMES["teaser"]}).union(
    *(preset.fields.get(ours, ()) for preset in PRESETS for ours in ("text", "teaser"))
)
"""Plain names of columns that hold a story's text or the beginning of it."""

_ROWS_LOOKED_AT: Final = 20
"""Rows by which a file that is named as a table is told to be one."""

_EXCEL_LINE: Final = re.compile(r"\ufeff?sep=[^\r\n](?:\r\n|\r|\n|$)", re.I)
"""The line in which Excel is told the delimiter; it stands above the header."""

_NEWLINE: Final = re.compile(r"[\r\n]")

_MENDING_BYTES: Final = 4 * MAX_DOCUMENT_BYTES
"""Bytes that may be read again, in all, behind quotation marks that do not close."""


class _TooLarge(Exception):
    """A row larger than a record may be."""


def recognises(head: Head) -> bool:
    """A first row of names by which a story's text and another field are known, and a second row.

    Prose with commas has no such row. Lists of links without text are told too, so that the
    reason for leaving them out can be given. Of a file with nothing but names the name decides.
    With other names in its first row, a file that is named as a table is one if its rows are as
    long as the first: --map, or the reason why it is not read, then tells what its columns are.
    """
    codec, mark = byte_codec(head.content)
    text = head.content[mark:].decode(codec, "ignore").lstrip("\ufeff\r\n")
    if excel := _EXCEL_LINE.match(text):
        text = text[excel.end() :]
    text = text[:100_000]
    is_named = head.name.lower().endswith(_SUFFIXES)
    delimiter = _delimiter(_first_line(text))
    if delimiter is None:
        return False
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        _allow_large_fields()
        names = next(rows)
        second = next((row for row in rows if row), None)
    except (csv.Error, StopIteration):
        return False
    if not _names_story(names):
        return is_named and _is_regular(text, delimiter)
    if second is None:
        return is_named
    return 1 < len(second) <= len(names) or is_named


def _is_regular(text: str, delimiter: str) -> bool:
    """Whether a first row of short names is followed by rows of as many cells."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = next(rows)
        others = list(islice(filter(None, rows), _ROWS_LOOKED_AT))
    except (csv.Error, StopIteration):
        return False
    if len(others) > 1 and len(others) < _ROWS_LOOKED_AT:
        others.pop()  # it may break off where the head does
    are_names = all(name.strip() and len(name) <= _LONGEST_NAME for name in names)
    return are_names and bool(others) and all(len(row) == len(names) for row in others)


def _names_story(names: Sequence[str]) -> bool:
    """Whether a row is the header of a table of stories, or of a list of links to such."""
    if any(len(name) > _LONGEST_NAME for name in names):
        return False
    plain = {plain_name(name.strip()) for name in names}
    known = [ours for ours, theirs in NAMES.items() if not plain.isdisjoint(theirs)]
    if any(preset.lacks_text and preset.told_by <= plain for preset in PRESETS):
        return True
    has_text = "text" in known or ("teaser" in known and "headline" in known)
    return has_text and len(known) > 1


def _first_line(text: str) -> str:
    """The first line that is not empty."""
    return _NEWLINE.split(text.lstrip("\ufeff\r\n"), maxsplit=1)[0]


def _delimiter(line: str) -> str | None:
    """The delimiter that gives the most columns; None where none gives two."""
    counts = {delimiter: _count_cells(line, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: counts[delimiter])
    return best if 1 < counts[best] <= _MOST_COLUMNS else None


def _count_cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line[:MAX_DOCUMENT_BYTES]], delimiter=delimiter), []))
    except csv.Error:
        return 0


def _allow_large_fields() -> None:
    """Raise the csv module's limit for one field (128 KiB) to that of a document."""
    if csv.field_size_limit() < MAX_DOCUMENT_BYTES:
        csv.field_size_limit(MAX_DOCUMENT_BYTES)


# ------------------------------------------------------------------------------------- reading


def read(record: RawRecord) -> Document:
    """Make the Document of one row, whose bytes are the header's and its own.

    Raises UnreadableDocument for a row without text, with more cells than the header, or in no
    known encoding.
    """
    text, encoding = decode_text(record.name, record.content)
    delimiter = _delimiter(_first_line(text)) or ","
    _allow_large_fields()
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error as error:
        raise UnreadableDocument(record.name, f"not a row of a table ({error}).") from error
    if len(rows) < 2:
        raise UnreadableDocument(record.name, "no row below its header. Leave it out.")
    names, cells = rows[0], rows[1]
    if _surplus(names, cells):
        raise UnreadableDocument(record.name, _too_many(names, cells))
    fields: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        fields[name.strip()] = fields.get(name.strip()) or cell
    media_type = "text/tab-separated-values" if delimiter == "\t" else "text/csv"
    try:
        return document_of(record, fields, encoding=encoding, media_type=media_type)
    except UnreadableDocument as error:
        if len(cells) >= len(names):
            raise
        raise UnreadableDocument(
            record.name,
            f"its row breaks off after {len(cells)} of {len(names)} cells, before any text. Fetch "
            "the file again.",
        ) from error


def _surplus(names: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row has more cells than there are columns, empty ones apart."""
    return any(cell.strip() for cell in cells[len(names) :])


def _too_many(names: Sequence[str], cells: Sequence[str]) -> str:
    return (
        f"{len(cells)} cells, but {len(names)} columns. Put cells that hold the delimiter or a "
        "newline into quotation marks."
    )


# ----------------------------------------------------------------------------------- splitting


@dataclass(slots=True)
class _Feed:
    """Hands lines to csv.reader, remembers those of the row, and can take some back."""

    lines: TextIOWrapper
    row: list[str] = field(default_factory=list)
    size: int = 0
    is_broken_off: bool = False
    _ahead: deque[str] = field(default_factory=deque)

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._read()
        if not line:
            self.is_broken_off = bool(self.row)
            raise StopIteration
        self.row.append(line)
        self.size += len(line)
        if self.size > MAX_DOCUMENT_BYTES:
            raise _TooLarge
        return line

    def _read(self) -> str:
        line = self.lines.readline(MAX_DOCUMENT_BYTES + 1)
        if len(line) > MAX_DOCUMENT_BYTES and not line.endswith(("\n", "\r")):
            while (rest := self.lines.readline(_CHUNK)) and not rest.endswith(("\n", "\r")):
                pass
        return line

    def begin(self) -> None:
        """Begin a row."""
        self.row = []
        self.size = 0
        self.is_broken_off = False

    def take_back(self) -> int:
        """Give the lines of the row again, all but its first; how many characters that are."""
        again = self.row[1:]
        self._ahead.extendleft(reversed(again))
        return sum(map(len, again))


_CHUNK: Final = 1024 * 1024


def split(container: Container) -> Iterator[Found]:
    """The rows of a table in order, `#1` the first below the header; blank rows are passed over.

    Where quotation marks do not close, the row they begin in is reported, and reading goes on at
    the next line that is a row with as many cells as the header.
    """
    codec, lines = _open(container.stream)
    try:
        yield from _Splitter(container, codec, _Feed(lines)).split()
    finally:
        lines.detach()  # the stream is its owner's to close


def _open(stream: BinaryIO) -> tuple[str, TextIOWrapper]:
    """The stream as lines, decoded so that its bytes can be had back."""
    head = stream.read(4)
    stream.seek(0)
    codec, mark = byte_codec(head)
    stream.seek(mark)
    return codec, TextIOWrapper(stream, encoding=codec, errors="surrogatepass", newline="")


class _Splitter:
    """Cuts one table into rows."""

    def __init__(self, container: Container, codec: str, feed: _Feed) -> None:
        self._container = container
        self._codec = codec
        self._feed = feed
        self._number = 0
        self._reread = 0
        self._header = ""
        self._names: list[str] = []

    def split(self) -> Iterator[Found]:
        _allow_large_fields()
        reason = self._read_header()
        if reason:
            yield UnreadableDocument(self._container.name, reason)
            return
        reader = self._reader()
        is_mending = False
        while (found := self._next(reader)) is not None:
            row, is_damaged = found
            if not is_damaged and (not row or (is_mending and len(row) != len(self._names))):
                continue  # blank, or the rest of a damaged row
            if not is_damaged:
                is_mending = False
                yield self._record()
                continue
            if not is_mending:
                yield self._damaged(row)
            reader = self._reader()
            if len(self._feed.row) == 1:
                continue  # the damage ends with the line, and a row follows
            if not self._mend():
                yield self._given_up()
                return
            is_mending = True
        if self._number == 0:
            yield UnreadableDocument(
                self._container.name, "a header and no rows. Save it again or leave it out."
            )

    def _reader(self) -> "Iterator[list[str]]":
        return csv.reader(self._feed, delimiter=_delimiter(_first_line(self._header)) or ",")

    def _next(self, reader: Iterator[list[str]]) -> tuple[list[str], bool] | None:
        """The next row, and whether it is damaged; None at the end."""
        self._feed.begin()
        try:
            row = next(reader)
        except StopIteration:
            return None
        except (_TooLarge, csv.Error):
            return [], True
        return row, self._is_damaged(row)

    def _read_header(self) -> str | None:
        """Read the first row that is not blank; why it is no header, or None."""
        reader = csv.reader(self._feed)
        try:
            while not any(cell.strip() for cell in next(reader)) or self._is_excel_line():
                self._feed.begin()
        except StopIteration:
            return "nothing but blank rows. Fetch it again or leave it out."
        except (_TooLarge, csv.Error):
            return "its first row is no header of a table. Save it again."
        self._header = self._feed.row[0]
        self._reread += self._feed.take_back()
        delimiter = _delimiter(self._header) or ","
        self._names = next(csv.reader([self._header], delimiter=delimiter))
        known = {name.strip().lstrip("\ufeff") for name in self._names}
        known |= {_as_utf8(name) for name in known}
        columns = ", ".join(sorted(_as_utf8(name)[:_LONGEST_NAME] for name in known)[:12])
        for ours, theirs in self._container.mapping:
            if theirs not in known:
                return (
                    f"it has no column {theirs!r}, which --map {ours}={theirs} names. Its "
                    f"columns are: {columns}."
                )
        if "text" not in dict(self._container.mapping) and not _may_hold_text(known):
            return (
                f"a table without a column of text among: {columns}. Name it with --map "
                "text=COLUMN, or leave the table out."
            )
        return None

    def _is_excel_line(self) -> bool:
        return _EXCEL_LINE.fullmatch("".join(self._feed.row)) is not None

    def _is_damaged(self, row: Sequence[str]) -> bool:
        """Whether a row shows that a quotation mark in it does not close, or is missing."""
        is_long = len(self._feed.row) > 1 and len(row) < len(self._names)
        return self._feed.is_broken_off or is_long or _surplus(self._names, row)

    def _damaged(self, row: Sequence[str]) -> UnreadableDocument:
        self._number += 1
        name = f"{self._container.name}#{self._number}"
        if not row and self._feed.size > MAX_DOCUMENT_BYTES:
            return UnreadableDocument(
                name,
                f"a row of more than the {MAX_DOCUMENT_BYTES:,} bytes that one record may have, "
                "or a quotation mark in it does not close. Mend it, or leave it out.",
            )
        if len(self._feed.row) == 1 and _surplus(self._names, row):
            return UnreadableDocument(name, _too_many(self._names, row))
        return UnreadableDocument(
            name,
            "a quotation mark in this row does not close, or stands where none should. The rows "
            "after it are read. Mend it, or save the table again.",
        )

    def _mend(self) -> bool:
        """Go back to the second line of a damaged row; false where that was done too often."""
        if self._reread > _MENDING_BYTES:
            return False
        self._reread += self._feed.take_back()
        return True

    def _given_up(self) -> UnreadableDocument:
        return UnreadableDocument(
            self._container.name,
            f"too many quotation marks that do not close; nothing behind row {self._number} is "
            "read. Save the table again.",
        )

    def _record(self) -> RawRecord:
        self._number += 1
        container = self._container
        row = "".join(self._feed.row).rstrip("\r\n")
        return RawRecord(
            name=f"{container.name}#{self._number}",
            content=(self._header + row).encode(self._codec, "surrogatepass"),
            metadata=container.metadata,
            format="csv",
            mapping=container.mapping,
        )


def _may_hold_text(names: Iterable[str]) -> bool:
    """Whether a table may have stories, or is a list of links that its rows tell the reason of."""
    plain = {plain_name(part) for name in names for part in (name, *name.split("."))}
    return not plain.isdisjoint(_TEXT_NAMES) or any(
        preset.lacks_text and preset.told_by <= plain for preset in PRESETS
    )


def _as_utf8(name: str) -> str:
    """A name that was decoded byte by byte, rightly."""
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name


FORMAT: Final = Format(
    name="csv",
    title="CSV, TSV (tables of other tools)",
    suffixes=_SUFFIXES,
    library="csv (standard library), lxml",
    fills=FILLS,
    recognises=recognises,
    read=read,
    records="one row",
    split=split,
)
