"""Single files compressed by GZIP or BZIP2, by the standard library.

What is in them keeps the name of the file: `a.jsonl.gz` holds the records `a.jsonl.gz#1` ...
"""

import bz2
import gzip
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, Final, cast

from archive.reading.format import Container, Format, Found, Head, Member

_ENDINGS: Final = {".gz": "", ".bz2": "", ".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar"}
"""Endings of compressed files, and what the name of the content ends with instead."""

Open = Callable[[BinaryIO], IO[bytes]]


def content_name(name: str) -> str:
    """Name that the content of a compressed file has: `a.md` for `a.md.gz`; else `name` itself.

    >>> content_name("box/news.tgz")
    'box/news.tar'
    """
    lowered = name.lower()
    for ending, instead in _ENDINGS.items():
        if lowered.endswith(ending):
            return name[: -len(ending)] + instead
    return name


_BZIP2: Final = tuple(b"BZh%d" % level for level in range(1, 10))
"""`BZh` alone opens a sentence as well; the level of compression follows it in a file."""


def _format(
    name: str, title: str, suffixes: tuple[str, ...], magic: tuple[bytes, ...], opened: Open
) -> Format:
    def recognises(head: Head) -> bool:
        return head.content.startswith(magic)

    def split(container: Container) -> Iterator[Found]:
        with opened(container.stream) as stream:
            yield Member(name=container.name, stream=cast(BinaryIO, stream))

    return Format(
        name=name,
        title=title,
        suffixes=suffixes,
        library="standard library",
        fills=(),
        recognises=recognises,
        read=None,
        records="the file in it, read by its own format",
        split=split,
    )


def _gzip(stream: BinaryIO) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=stream, mode="rb"))


FORMATS: Final = (
    _format("gzip", "GZIP file", (".gz", ".tgz"), (b"\x1f\x8b",), _gzip),
    _format("bzip2", "BZIP2 file", (".bz2", ".tbz", ".tbz2"), _BZIP2, bz2.BZ2File),
)
