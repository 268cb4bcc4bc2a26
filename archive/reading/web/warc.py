"""WARC, the format of web archives (ISO 28500), plain or compressed record by record.

CC-NEWS, Common Crawl, wget, Heritrix, Browsertrix and ArchiveBox write it. The web pages that a
server answered with status 200 are the records; all else is passed over.
"""

import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.moments import moment_of
from archive.reading.names import printable
from archive.reading.web import html
from archive.reading.web.http_message import (
    MAX_HEADERS,
    UndecodableBody,
    decode_body,
    parse_message,
)
from archive.reading.web.page_metadata import web_address
from archive.records import Document, Metadata, RawRecord

_GZIP: Final = b"\x1f\x8b\x08"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_OPENING: Final = b"\nWARC/1."

_PAGES: Final = ("text/html", "application/xhtml+xml")

_MAX_TRIES: Final = 10_000
_BLOCK: Final = 1024 * 1024
"""How often reading begins anew in a damaged stretch before the rest is given up, and how much of
it is searched at a time."""

_LONGEST_ID: Final = 200

_DAMAGE: Final = (OSError, ValueError, RuntimeError, EOFError)
"""What fastwarc raises on damaged data."""

_DAMAGED: Final = (
    "damaged after byte {at:,}; what is whole before and after it is kept. Fetch the file again."
)
_BREAKS_OFF: Final = (
    "it breaks off within a record, after byte {at:,}; the records before it are kept. Fetch the "
    "file again."
)


def recognises(head: Head) -> bool:
    """Whether a file begins with a WARC record, plain or within GZIP or Zstandard."""
    content = head.content
    if content.startswith(_GZIP):
        try:
            content = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, 64)
        except zlib.error:
            return False
    elif content.startswith(_ZSTD):
        return head.name.lower().endswith(".warc.zst")
    return content.startswith((b"WARC/0.", b"WARC/1."))


def split(container: Container) -> Iterator[Found]:
    """Yield the web pages of a WARC file, streaming; see `Format.split`.

    A record is named after its `WARC-Record-ID`. Where the file is damaged reading goes on at the
    next record that begins as one should.
    """
    yield from _Splitter(container).split()


@dataclass(slots=True)
class _Splitter:
    """The way through one WARC file."""

    container: Container
    count: int = 0
    reported: int = -1
    names: set[str] = field(default_factory=set)

    def split(self) -> Iterator[Found]:
        at: int | None = 0
        vain = 0
        is_over = False
        while at is not None and vain < _MAX_TRIES:
            before = self.count
            last, failed = yield from self._run(at)
            at = _next_beginning(self.container.stream, last + 1)
            # fastwarc takes some damage for the end: then records follow, else it was the end.
            found_more = self.count > before
            is_damage = found_more if is_over else failed
            # One report for one damaged stretch, however many beginnings in it lead nowhere.
            if is_damage and self.reported != self.count:
                self.reported = self.count
                reason = (_BREAKS_OFF if at is None else _DAMAGED).format(at=last)
                yield UnreadableDocument(self.container.name, reason)
            is_over = not failed if found_more else is_over or not failed
            vain = 0 if found_more else vain + 1

    def _run(self, start: int) -> Generator[Found, None, tuple[int, bool]]:
        """Give the records from `start` on; returns where the last begins, and whether it fails."""
        at = start
        self.container.stream.seek(start)
        iterator = ArchiveIterator(self.container.stream, parse_http=False)
        while True:
            try:
                record = next(iterator, None)
                if record is None:
                    return at, False
                at = record.stream_pos
                content = _read_page(record)
            except _DAMAGE:
                return at, True
            if content is None:
                return at, True
            self.count += 1
            if content:
                yield self._found(record, content)

    def _found(self, record: WarcRecord, content: bytes) -> Found:
        name = f"{self.container.name}#{self._identity(record)}"
        if len(content) > MAX_DOCUMENT_BYTES:
            return UnreadableDocument(
                name,
                f"more than the {MAX_DOCUMENT_BYTES:,} bytes that one page may have. Leave it out.",
            )
        target = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
        found = Metadata(
            url=web_address(target),
            retrieved_at=moment_of(record.headers.get("WARC-Date")),
        )
        return RawRecord(name=name, content=content, found=found, format=_format_of(record))

    def _identity(self, record: WarcRecord) -> str:
        """What a record is called in its file: its own id, its number where it has none."""
        told = (record.record_id or "").strip().strip("<>")
        identity = printable(told.removeprefix("urn:uuid:"))
        if not identity or len(identity) > _LONGEST_ID or identity in self.names:
            identity = f"{self.count}"
        self.names.add(identity)
        return identity


def _format_of(record: WarcRecord) -> str:
    """What reads a record: a response is an HTTP message, a resource the page itself."""
    return FORMAT.name if record.record_type == WarcRecordType.response else html.FORMAT.name


def _read_page(record: WarcRecord) -> bytes | None:
    """The content of a record that is a web page; nothing for others, None where it breaks off.

    At most one byte more than a document may have is read.
    """
    head = _read_up_to(record, MAX_HEADERS)
    if len(head) < min(record.content_length, MAX_HEADERS):
        return None
    if not _is_page(record, head):
        return b""
    content = head + _read_up_to(record, MAX_DOCUMENT_BYTES + 1 - len(head))
    return None if len(content) < min(record.content_length, MAX_DOCUMENT_BYTES) else content


def _read_up_to(record: WarcRecord, count: int) -> bytes:
    pieces: list[bytes] = []
    while count > 0 and (piece := record.reader.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _is_page(record: WarcRecord, head: bytes) -> bool:
    """Whether a record is a web page, by its type, status and media type."""
    if record.record_type == WarcRecordType.resource:
        told = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        return told in _PAGES
    if record.record_type != WarcRecordType.response:
        return False
    message = parse_message(head)
    if message is None or message.status != 200:
        return False
    if message.media_type is None:
        return html.recognises(Head(name="", content=message.body))
    return message.media_type in _PAGES


def _next_beginning(stream: BinaryIO, start: int) -> int | None:
    """Where, from `start` on, the next record or compressed member may begin."""
    stream.seek(0)
    opening = stream.read(4)
    mark = next((each for each in (_GZIP, _ZSTD) if opening.startswith(each)), _OPENING)
    stream.seek(start)
    at, rest = start, b""
    while block := stream.read(_BLOCK):
        block = rest + block
        place = block.find(mark)
        if place >= 0:
            return at + place + (mark == _OPENING)  # the newline belongs to what stands before
        rest = block[-(len(mark) - 1) :]
        at += len(block) - len(rest)
    return None


def read(record: RawRecord) -> Document:
    """Make a `Document` of a response: HTTP headers and the page, codings and all.

    Raises `UnreadableDocument` for a body that cannot be decoded, and for a page that holds no
    article's text.
    """
    message = parse_message(record.content)
    if message is None:
        # A file that was said to be in this format, or a resource: the page itself.
        return html.read(record)
    try:
        body = decode_body(message)
    except UndecodableBody as error:
        raise UnreadableDocument(
            record.name, f"a page whose body is {error}. Fetch the page again."
        ) from error
    return html.read_html(record, body, message.charset)


FORMAT: Final = Format(
    name="warc",
    title="web archive (WARC)",
    suffixes=(".warc", ".warc.gz", ".warc.zst"),
    library="fastwarc, trafilatura",
    fills=html.FORMAT.fills,
    recognises=recognises,
    read=read,
    records="a web page that a server answered with status 200",
    split=split,
)
