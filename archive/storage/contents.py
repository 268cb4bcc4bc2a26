"""The raw bytes of sources, packed for the database and back."""

import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from archive.records import Part
from archive.storage.rows import parts_from_json

_LEVEL = 6

Decode = Callable[[bytes, str], str]
"""Turns raw bytes in an encoding into text, as the reader did."""


def pack(content: bytes) -> tuple[bytes, str]:
    """Compress raw bytes where that saves space; the packed bytes and how they are packed."""
    packed = zlib.compress(content, _LEVEL)
    return (packed, "zlib") if len(packed) < len(content) else (content, "none")


def unpack(packed: bytes, compression: str) -> bytes:
    """Give back what `pack` was given. Raises zlib.error or ValueError on damaged rows."""
    if compression == "zlib":
        return zlib.decompress(packed)
    if compression == "none":
        return packed
    raise ValueError(f"unknown compression {compression!r}")


@dataclass(frozen=True, slots=True)
class StoredContent:
    """Raw bytes of a source, its rendition where one is stored, and the parts its format told."""

    content: bytes
    text: str | None
    parts: tuple[Part, ...]


def load(connection: sqlite3.Connection, source_id: int) -> StoredContent:
    """What is stored of a source's content."""
    packed, compression, text, parts = connection.execute(
        "SELECT content, compression, text, parts FROM source_contents WHERE source_id = ?",
        (source_id,),
    ).fetchone()
    return StoredContent(unpack(packed, compression), text, parts_from_json(parts))
