"""The formats that can be read, and the choice among them by content.

A new format is a module with a `Format` and one more entry in `FORMATS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from archive.errors import UnreadableDocument
from archive.reading import text
from archive.reading.signatures import foreign_format
from archive.records import Document, RawRecord


@dataclass(frozen=True, slots=True)
class Format:
    """A format that the archive reads.

    `recognises` looks at the bytes (and, only where they leave it open, at the name); `read`
    makes the `Document` or raises `UnreadableDocument`.
    """

    name: str
    recognises: Callable[[RawRecord], bool]
    read: Callable[[RawRecord], Document]


FORMATS: Final[tuple[Format, ...]] = (
    Format("text", lambda record: foreign_format(record.content) is None, text.read),
)
"""Tried in this order; the first that recognises a record reads it."""


def read(record: RawRecord) -> Document:
    """Make a `Document` of one record.

    Raises `UnreadableDocument`, with reason and remedy, for a record that is empty, in a format
    that is not read, or no sensible text.
    """
    if not record.content:
        raise UnreadableDocument(record.name, "an empty file. Fetch it again or leave it out.")
    for known in FORMATS:
        if known.recognises(record):
            return known.read(record)
    raise UnreadableDocument(
        record.name,
        f"a {foreign_format(record.content)}, not text. Save its text as a UTF-8 .txt file.",
    )
