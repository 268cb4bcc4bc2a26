"""HTTP responses as WARC files keep them: headers, and the body out of its codings.

RFC 9110 (semantics), RFC 9112 (HTTP/1.1 messages and chunked coding), RFC 1952 (gzip), RFC 7932
(Brotli), RFC 8878 (Zstandard). Archives are not strict about them: crawlers often decode a body
and leave the header that says it is encoded. So a coding counts where the bytes show it.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import brotli
import zstandard

from archive.reading.limits import MAX_DOCUMENT_BYTES

MAX_HEADERS: Final = 64 * 1024
"""Most bytes of headers; servers stop at 8 to 16 KiB."""

_END: Final = re.compile(rb"\r?\n\r?\n")
_STATUS: Final = re.compile(rb"HTTP/[0-9.]{1,5}[ \t]+([0-9]{3})")
_FOLD: Final = re.compile(r"\r?\n[ \t]+")
_CHUNK: Final = re.compile(rb"(?:\r?\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.I)


class UndecodableBody(ValueError):
    """A body whose coding is damaged, unknown or far too long; the message tells which."""


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """A response: status, headers by their names in lower case (the last of a name counts), body.

    `body` is as it was sent, codings and all.
    """

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str | None:
        """The media type without parameters, in lower case; None where none is told."""
        told = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return told or None

    @property
    def charset(self) -> str | None:
        """The encoding that the server declares, as it writes it."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1] if match else None


def parse_message(content: bytes) -> HttpMessage | None:
    """Read an HTTP response; None where `content` does not begin with a status line."""
    status = _STATUS.match(content)
    if status is None:
        return None
    end = _END.search(content, 0, MAX_HEADERS)
    if end is None:
        return HttpMessage(int(status[1]), {}, b"")
    block = _FOLD.sub(" ", content[: end.start()].decode("latin-1"))
    headers: dict[str, str] = {}
    for line in block.splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return HttpMessage(int(status[1]), headers, content[end.end() :])


def decode_body(message: HttpMessage) -> bytes:
    """The body out of its transfer and content codings.

    A body that breaks off gives what there is of it. Raises `UndecodableBody` for codings that
    are damaged from their beginning or unknown, and beyond `MAX_DOCUMENT_BYTES`.
    """
    body = message.body
    if "chunked" in message.headers.get("transfer-encoding", "").lower():
        body = _unchunk(body)
    codings = re.split(r"[,\s]+", message.headers.get("content-encoding", "").lower())
    for coding in reversed([each for each in codings if each not in ("", "identity", "none")]):
        decoder = _DECODERS.get(coding.removeprefix("x-"))
        if decoder is None:
            raise UndecodableBody(f"compressed in a way that is not read ({coding[:20]})")
        body = decoder(body)
    if len(body) > MAX_DOCUMENT_BYTES:
        raise UndecodableBody(f"of more than {MAX_DOCUMENT_BYTES:,} bytes")
    return body


def _unchunk(body: bytes) -> bytes:
    """The chunks of a body put together; a body without chunk sizes is as it is."""
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        if size == 0 or (not pieces and match.start(1) != 0):
            break
        pieces.append(body[match.end() : match.end() + size])
        at = match.end() + size
    return b"".join(pieces) if pieces else body


def _gunzip(body: bytes) -> bytes:
    return _inflate(body, zlib.MAX_WBITS | 16) if body.startswith(b"\x1f\x8b") else body


def _deflate(body: bytes) -> bytes:
    """`deflate` is zlib's format (RFC 9110, 8.4.1.2); some servers send it without its header."""
    if body[:1] == b"<" or not body:
        return body
    is_zlib = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflate(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _inflate(body: bytes, wbits: int) -> bytes:
    decoder = zlib.decompressobj(wbits)
    pieces: list[bytes] = []
    at, block = 0, 64 * 1024
    room = MAX_DOCUMENT_BYTES + 1
    try:
        while at < len(body) and room > 0 and not decoder.eof:
            piece = decoder.decompress(body[at : at + block], room)
            # What did not fit into the room stays with the decoder; then there is too much.
            pieces.append(piece)
            room -= len(piece)
            at += block
    except zlib.error as error:
        if not any(pieces):
            raise UndecodableBody("damaged: its compressed data cannot be read") from error
    return b"".join(pieces)


def _unbrotli(body: bytes) -> bytes:
    """Brotli has no mark to know it by; a body that it cannot read and that is a page is one."""
    decoder = brotli.Decompressor()
    pieces: list[bytes] = []
    room = MAX_DOCUMENT_BYTES + 1
    try:
        piece = decoder.process(body, output_buffer_limit=room)
        while piece and room > 0:
            pieces.append(piece)
            room -= len(piece)
            if decoder.is_finished() or decoder.can_accept_more_data():
                break
            piece = decoder.process(b"", output_buffer_limit=max(room, 1))
    except brotli.error as error:
        if body.lstrip()[:1] == b"<":
            return body
        if not pieces:
            raise UndecodableBody("damaged: its compressed data cannot be read") from error
    return b"".join(pieces)


def _unzstd(body: bytes) -> bytes:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body
    # Frames may ask for windows of gigabytes; browsers stop at 8 MB (RFC 9659).
    decoder = zstandard.ZstdDecompressor(max_window_size=2**27)
    pieces: list[bytes] = []
    room = MAX_DOCUMENT_BYTES + 1
    try:
        with decoder.stream_reader(body, read_across_frames=True) as reader:
            while room > 0 and (piece := reader.read(min(room, 64 * 1024))):
                pieces.append(piece)
                room -= len(piece)
    except zstandard.ZstdError as error:
        if not pieces:
            raise UndecodableBody("damaged: its compressed data cannot be read") from error
    return b"".join(pieces)


_DECODERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
