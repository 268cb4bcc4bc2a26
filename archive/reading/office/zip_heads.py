"""Members of a ZIP read from its first bytes alone, to tell an office file by what lies in it.

A ZIP lists its members at its end, which the head of a file has not got; but each member has a
header of its own before its content. Source: PKWARE APPNOTE.TXT 6.3.10, section 4.3.7.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_SIGNATURE: Final = b"PK\x03\x04"
_HEADER: Final = struct.Struct("<4s5HIIIHH")
_STORED, _DEFLATED = 0, 8
_MOST_MEMBERS: Final = 1_000


def members(head: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    """Yield name and first `limit` unpacked bytes of each member that begins in `head`.

    Stops where the head ends, and at a member whose length cannot be told. Nothing in damaged
    headers makes this raise.
    """
    at = 0
    for _ in range(_MOST_MEMBERS):
        if len(head) < at + _HEADER.size or not head.startswith(_SIGNATURE, at):
            return
        fields = _HEADER.unpack_from(head, at)
        flags, method, packed_size, name_size, extra_size = (
            fields[2],
            fields[3],
            fields[7],
            fields[9],
            fields[10],
        )
        name_at = at + _HEADER.size
        data_at = name_at + name_size + extra_size
        name = head[name_at : name_at + name_size].decode("utf-8", "replace")
        is_streamed = bool(flags & 0x8)  # sizes follow the content
        content, used = _unpack(head, data_at, method, limit)
        if is_streamed and not packed_size:
            if used is None:
                yield name, content
                return
            at = head.find(_SIGNATURE, data_at + used)
            if at < 0:
                at = len(head)
        else:
            if method == _STORED:
                content = content[:packed_size]
            at = data_at + packed_size
        yield name, content


def _unpack(head: bytes, at: int, method: int, limit: int) -> tuple[bytes, int | None]:
    """First unpacked bytes of a member, and its packed length if its end was reached."""
    if method == _STORED:
        return head[at : at + limit], None
    if method != _DEFLATED:
        return b"", None
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(head[at:], limit)
    except zlib.error:
        return b"", None
    return content, len(head) - at - len(unpacker.unused_data) if unpacker.eof else None
