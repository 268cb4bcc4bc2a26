"""JSON as it is met: its encoding, its liberties, and what is said of it where it is none."""

import json
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Mapping
from typing import Any, Final

from archive.errors import UnreadableDocument
from archive.reading.encodings import decode, detect, mend_utf8
from archive.records import RawRecord

_DECODER: Final = json.JSONDecoder(strict=False)
"""Control characters within strings pass: many programs leave newlines and tabs as they are."""

_BIG_NUMBERS: Final = json.JSONDecoder(strict=False, parse_int=str)
"""For numbers with more digits than Python turns into integers (4,300)."""

_MARKS: Final = (
    (BOM_UTF8, "latin-1"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)

_ZEROS: Final = {
    b"\0\1\0\1": "utf-16-le",
    b"\1\0\1\0": "utf-16-be",
    b"\0\1\1\1": "utf-32-le",
    b"\1\1\1\0": "utf-32-be",
}
"""Codecs by which of the first four bytes are zero (1), the first character being ASCII."""


def byte_codec(head: bytes) -> tuple[str, int]:
    """A codec that gives a file's bytes back exactly, and the length of its byte-order mark.

    `latin-1`, one character per byte, for every encoding in which ASCII stands for itself: so
    records are cut out of files in whatever encoding, even of several. UTF-16 and UTF-32 are told
    by mark, or by the zero bytes of a first ASCII character.

    >>> byte_codec(b'{"a": 1}'), byte_codec('[{'.encode("utf-16"))
    (('latin-1', 0), ('utf-16-le', 2))
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec, len(mark)
    zeros = bytes(byte == 0 for byte in head[:4])
    return _ZEROS.get(zeros, "latin-1"), 0


def decode_text(name: str, content: bytes) -> tuple[str, str | None]:
    """The text of a record's bytes, and the codec that gives it (None for mended UTF-8).

    Raises UnreadableDocument where no encoding fits.
    """
    try:
        if b"\0" not in content[:4]:
            return decode(content, "utf-8"), "utf-8"
    except UnicodeDecodeError:
        mended = mend_utf8(content)
        if mended is not None:
            return mended, None
    codec, mark = byte_codec(content)
    encoding = codec if codec != "latin-1" else detect(content)
    if encoding is not None:
        try:
            return decode(content[mark:], encoding), encoding
        except UnicodeDecodeError:
            pass
    raise UnreadableDocument(name, "no known text encoding fits its bytes. Save it as UTF-8.")


def parse(name: str, text: str) -> Any:
    """The value of a JSON text. Of a key that stands twice the last one counts.

    Raises UnreadableDocument, saying where it breaks off or stops being JSON.
    """
    try:
        return _DECODER.decode(text)
    except RecursionError as error:
        raise UnreadableDocument(
            name, "lists or objects nested too deeply. Save the story without them."
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableDocument(name, _why(error)) from error
    except ValueError:
        pass  # a number too long for an int
    try:
        return _BIG_NUMBERS.decode(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(name, "not valid JSON. Save it again.") from error


def _why(error: json.JSONDecodeError) -> str:
    rest = error.doc[error.pos :].strip()
    if not error.doc.strip(" \t\r\n\0"):
        return "nothing but white space or NUL characters: the file is damaged. Fetch it again."
    if not rest or error.msg.startswith("Unterminated string"):
        return (
            f"it breaks off: not closed at its end, after {len(error.doc):,} characters. Fetch "
            "the file again."
        )
    return (
        f"not valid JSON at its character {error.pos + 1:,} ({error.msg}). Mend or save it again."
    )


def parse_object(record: RawRecord) -> tuple[Mapping[str, Any], str | None]:
    """The object that a record's bytes are, and their codec.

    Raises UnreadableDocument for bytes that are no JSON, and for any other value.
    """
    text, encoding = decode_text(record.name, record.content)
    value = parse(record.name, text.strip("\0 \t\r\n\x1e"))
    if not isinstance(value, dict):
        kind = {list: "a list", str: "a string", type(None): "null"}.get(type(value), "a number")
        raise UnreadableDocument(
            record.name, f"{kind}, not an object with the fields of a story. Leave it out."
        )
    return value, encoding
