"""The bytes of a file within an archive, and how much unpacking one file may cost."""

import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, Final, cast

from archive.errors import UnreadableDocument
from archive.reading.limits import (
    FREE_BYTES,
    MAX_EXPANSION,
    MAX_MEMBERS,
    MAX_SPOOLED_BYTES,
    MAX_UNPACKED_BYTES,
    SPOOL_MEMORY,
)

DAMAGE: Final = (
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
)
"""What the standard library raises on archives that are damaged or of a kind it does not know."""

_BLOCK: Final = 128 * 1024
_WINDOW: Final = 512 * 1024
"""Bytes kept for small steps back: the head of a member, read to tell its format, and a block."""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked from one file, its archives within archives counted in.

    `packed_bytes` is the size of the file itself. Once a bound is exceeded `exceeded` tells which,
    and nothing more is given.
    """

    name: str
    packed_bytes: int
    unpacked_bytes: int = 0
    members: int = 0
    exceeded: UnreadableDocument | None = field(default=None)

    def spend_bytes(self, count: int) -> None:
        """Note that `count` more bytes were unpacked; raises `UnreadableDocument` at the bound."""
        self.unpacked_bytes += count
        if self.unpacked_bytes > MAX_UNPACKED_BYTES:
            self._exceed(
                f"it unpacks to more than {MAX_UNPACKED_BYTES:,} bytes. Unpack it, and ingest the "
                "files."
            )
        if self.unpacked_bytes > max(FREE_BYTES, MAX_EXPANSION * self.packed_bytes):
            self._exceed(
                f"its {self.packed_bytes:,} bytes unpack to more than {MAX_EXPANSION} times as "
                "many, as an archive made to do harm does. If you trust it, unpack it and ingest "
                "the files."
            )
        self._raise_if_exceeded()

    def spend_member(self) -> None:
        """Note one more member; raises `UnreadableDocument` at the bound."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            self._exceed(f"it holds more than {MAX_MEMBERS:,} files. Unpack it, and ingest them.")
        self._raise_if_exceeded()

    def _exceed(self, reason: str) -> None:
        self.exceeded = self.exceeded or UnreadableDocument(self.name, reason)

    def _raise_if_exceeded(self) -> None:
        if self.exceeded:
            raise self.exceeded


class MemberStream(io.RawIOBase):
    """The bytes of a member, counted against a budget; steps back are free for half a megabyte.

    A longer step back makes the archive unpack the member again from its beginning. Where the
    member's data is damaged or breaks off the stream ends, so that what stands before is read,
    and `damage` tells it. Where the budget is exceeded reading raises `UnreadableDocument`.
    """

    def __init__(self, name: str, inner: IO[bytes], budget: Budget) -> None:
        super().__init__()
        self._name = name
        self._inner = inner
        self._budget = budget
        self._at = 0
        self._blocks: deque[bytes] = deque()  # the last bytes read, which end at `_end`
        self._held = 0  # bytes in them
        self._end = 0
        self._counted = 0
        self.damage: UnreadableDocument | None = None

    def readable(self) -> bool:
        """Always; nothing is written."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Position, in bytes from the beginning."""
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Fill `buffer` with what comes next, as far as one block gives; 0 at the end."""
        wanted = len(buffer)
        if self._at == self._end:
            self._fetch(max(wanted, 1))
        back = self._end - self._at
        for block in reversed(self._blocks):
            if back <= len(block):
                given = memoryview(block)[len(block) - back :][:wanted]
                buffer[: len(given)] = given
                self._at += len(given)
                return len(given)
            back -= len(block)
        return 0

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a position, within the stream at most; the position reached."""
        if whence == io.SEEK_END:
            while self._fetch(_BLOCK):
                pass
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        target = max(0, base + offset)
        if target < self._end - self._held:
            self._restart(target)
        while self._end < target and self._fetch(min(_BLOCK, target - self._end)):
            pass
        self._at = min(target, self._end)
        return self._at

    def _fetch(self, count: int) -> bool:
        """Read up to `count` more bytes into the window; False at the end of the member."""
        if self.damage:
            return False
        # Not `read`, which loses what it has when it meets the damage.
        read = getattr(self._inner, "read1", self._inner.read)
        try:
            block = read(min(count, _BLOCK))
        except DAMAGE:
            self._note_damage()
            return False
        self._blocks.append(block)
        self._held += len(block)
        while self._held - len(self._blocks[0]) > _WINDOW:
            self._held -= len(self._blocks.popleft())
        self._end += len(block)
        if self._end > self._counted:
            self._budget.spend_bytes(self._end - self._counted)
            self._counted = self._end
        return bool(block)

    def _restart(self, target: int) -> None:
        try:
            self._end = self._inner.seek(target)
        except DAMAGE:
            self._note_damage()
        self._blocks.clear()
        self._held = 0

    def _note_damage(self) -> None:
        self.damage = UnreadableDocument(
            self._name,
            "its data in the archive is damaged or breaks off. Fetch the archive again.",
        )


def member_stream(name: str, inner: IO[bytes], budget: Budget) -> BinaryIO:
    """A buffered `MemberStream`."""
    return io.BufferedReader(MemberStream(name, inner, budget), _BLOCK)


def damage_of(stream: BinaryIO) -> UnreadableDocument | None:
    """Where a stream made by `member_stream` has met damage, what it is."""
    raw = getattr(stream, "raw", None)
    return raw.damage if isinstance(raw, MemberStream) else None


def spool(name: str, stream: BinaryIO) -> BinaryIO:
    """A copy of `stream` that can be read back and forth at no cost; the caller closes it.

    It lies in memory while small, else in a temporary file without a name. Raises
    `UnreadableDocument` beyond `MAX_SPOOLED_BYTES`.
    """
    spooled = tempfile.SpooledTemporaryFile(max_size=SPOOL_MEMORY)  # noqa: SIM115
    copied = 0
    while block := stream.read(_BLOCK):
        copied += len(block)
        if copied > MAX_SPOOLED_BYTES:
            spooled.close()
            raise UnreadableDocument(
                name,
                f"an archive of more than {MAX_SPOOLED_BYTES:,} bytes within an archive. Unpack "
                "the outer one, and ingest its files.",
            )
        spooled.write(block)
    spooled.seek(0)
    return cast(BinaryIO, spooled)


class HeaderReader(io.RawIOBase):
    """A stream that gives at most `most` bytes at once, so that no header fills the memory.

    `zipfile` and `tarfile` read a list of members or an extended header in one go, of whatever
    size it is said to have. A larger read that is really met raises OSError.
    """

    def __init__(self, stream: BinaryIO, most: int) -> None:
        super().__init__()
        self._stream = stream
        self._most = most

    def readable(self) -> bool:
        """Always; nothing is written."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Position, in bytes from the beginning."""
        return self._stream.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a position, within the stream at most; the position reached."""
        return self._stream.seek(offset, whence)

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes, all that is left for none; OSError where that is more than `most`."""
        if size is None or size < 0:
            size = self._most + 1
        block = self._stream.read(min(size, self._most + 1))
        if len(block) > self._most:
            raise OSError(f"a header of more than {self._most} bytes")
        return block
