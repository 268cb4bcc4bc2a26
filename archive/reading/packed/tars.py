"""TAR archives, by the standard library's `tarfile`; the compressed ones are opened first.

Nothing is unpacked to the disk, so links, devices, owners and permissions have no effect.
"""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from archive.errors import UnreadableDocument
from archive.reading.format import Container, Format, Found, Head, Member
from archive.reading.limits import MAX_DIRECTORY_BYTES
from archive.reading.packed.members import is_hidden, member_name
from archive.reading.packed.streams import DAMAGE, HeaderReader

_BLOCK: Final = 512
_MAGIC: Final = slice(257, 262)
"""Where `ustar` stands in a header (POSIX.1-2017, pax, ustar Interchange Format)."""

_BREAKS_OFF: Final = (
    "a TAR archive that is damaged or breaks off; what stands before that place was read. Fetch it "
    "again."
)


def recognises(head: Head) -> bool:
    """Whether a file begins with a header of `ustar` or pax, or a sound one of the old format."""
    block = head.content[:_BLOCK]
    if len(block) < _BLOCK or not block[0]:
        return False
    if block[_MAGIC] == b"ustar":
        return True
    try:  # the old format has no mark; its checksum must hold
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return bool(info.name)


def split(container: Container) -> Iterator[Found]:
    """Yield the members in the order of the archive, without folders and hidden files."""
    reader = cast(BinaryIO, HeaderReader(container.stream, MAX_DIRECTORY_BYTES))
    try:
        with tarfile.open(fileobj=reader, mode="r:", errorlevel=0) as archive:
            while (info := archive.next()) is not None:
                # `tarfile` keeps every header it has met, which would fill the memory.
                archive.members.clear()  # type: ignore[attr-defined]
                yield from _member(container, archive, info)
            if _is_cut(container, archive):
                yield UnreadableDocument(container.name, _BREAKS_OFF)
    except DAMAGE:
        yield UnreadableDocument(container.name, _BREAKS_OFF)


def _is_cut(container: Container, archive: tarfile.TarFile) -> bool:
    """Whether no block of zeros stands where reading stopped; `tarfile` stops without a word."""
    container.stream.seek(archive.offset)
    return container.stream.read(_BLOCK) != bytes(_BLOCK)


def _member(
    container: Container, archive: tarfile.TarFile, info: tarfile.TarInfo
) -> Iterator[Found]:
    if info.isdir() or is_hidden(info.name):
        return
    try:
        name = member_name(container, info.name)
    except UnreadableDocument as refused:
        yield refused
        return
    stream = archive.extractfile(info) if info.isreg() else None
    if stream is None:
        yield UnreadableDocument(
            name, "a link or a device, not a file. Nothing is read through it; leave it out."
        )
        return
    with stream:
        yield Member(name=name, stream=cast(BinaryIO, stream))


FORMAT: Final = Format(
    name="tar",
    title="TAR archive",
    suffixes=(".tar",),
    library="standard library",
    fills=(),
    recognises=recognises,
    read=None,
    records="a file in it, read by its own format",
    split=split,
)
