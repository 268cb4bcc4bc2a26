"""What a format is: how it is told from others, read, and taken apart into records.

A new format is a module with a `Format` named `FORMAT`, and one more entry in `formats.FORMATS`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from archive.errors import UnreadableDocument
from archive.records import Document, Metadata, RawRecord

HEAD_BYTES: Final = 64 * 1024
"""First bytes of a file by which its format is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a format is told by: the name of a source and its first `HEAD_BYTES` bytes.

    Content decides; the name only where the bytes leave it open. `is_whole` is true where
    `content` is all there is.
    """

    name: str
    content: bytes
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A file that holds records: its name, its bytes, and what the user said of it.

    `stream` can seek and stands at its beginning. `mapping` is as in `RawRecord`.
    """

    name: str
    stream: BinaryIO
    metadata: Metadata = field(default_factory=Metadata)
    mapping: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file within an archive (ZIP, TAR, GZIP), of whatever format.

    `stream` can seek and is used before the archive is asked for its next member.
    """

    name: str
    stream: BinaryIO


Found = RawRecord | Member | UnreadableDocument
"""What taking a container apart gives, in the order of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that the archive reads.

    `name` is what `--format` takes and `RawRecord.format` holds; `title` what people call it;
    `suffixes` the usual endings of file names, `library` what reads it, `fills` the fields of
    `Metadata` that it can fill (and `text`), `records` what a file of it gives: `one document`, or
    what one record is. `recognises` looks at the head of a file.

    `read` makes the `Document` of one record: its metadata is what the user said
    (`record.metadata`), else what the bytes say, else what the container said (`record.found`).
    It raises UnreadableDocument with reason and remedy. None for archives, whose members are
    read by their own formats.

    `split` takes a container apart, streaming: memory stays flat whatever its size. Each record
    is a RawRecord (`name` is the container's, `#`, and an id or number from 1; `content` its own
    bytes as they stand in the file; `format` set). A record that is damaged, empty or too large is
    given as an UnreadableDocument in its place, and the next one follows; a container that breaks
    off gives what was whole, then an UnreadableDocument under its own name. Without `split` the
    file is one record. `seeks` is true where `split` jumps about in the stream, which within an
    archive is costly: such a member is put into a temporary file first.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    library: str
    fills: tuple[str, ...]
    recognises: Callable[[Head], bool]
    read: Callable[[RawRecord], Document] | None
    records: str = "one document"
    split: Callable[[Container], Iterator[Found]] | None = None
    seeks: bool = False
