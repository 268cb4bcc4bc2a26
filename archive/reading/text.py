"""Plain text and Markdown: the characters as they are."""

import re
import unicodedata
from typing import Final

from archive.errors import UnreadableDocument
from archive.reading.encodings import decode, detect, looks_like_utf16, mend_utf8
from archive.reading.format import Format, Head
from archive.reading.meta import overlay
from archive.reading.packed.compressed import content_name
from archive.reading.signatures import foreign_format
from archive.records import Document, RawRecord

_CONTROL: Final = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters of ISO/IEC 6429 that no plain text needs: all but tab, newlines, U+0085."""

_CONTROL_SHARE: Final = 0.01
"""More of them than this, and the bytes are no text, whatever decodes them."""

_MARKDOWN: Final = (".md", ".markdown")


def recognises(head: Head) -> bool:
    """Whether nothing in the first bytes tells another format: text is what is left."""
    return foreign_format(head.content) is None


def read(record: RawRecord) -> Document:
    """Make a `Document` of plain text or Markdown; newlines stay, byte-order marks go.

    Damaged UTF-8 is stored with U+FFFD at the damaged places, as a rendition.

    Raises `UnreadableDocument` where no encoding fits, and for text that is blank, holds U+0000
    or consists of control characters.
    """
    mended = mend_utf8(record.content)
    encoding = None if mended is not None else detect(record.content)
    text = mended if encoding is None else decode(record.content, encoding)
    if text is None:
        raise _refusal(record, "no known text encoding fits its bytes. Save it as UTF-8.")
    reason = _unfit(text)
    if reason:
        raise _refusal(record, reason)
    is_markdown = content_name(record.name).lower().endswith(_MARKDOWN)
    return Document(
        name=record.name,
        text=text,
        media_type="text/markdown" if is_markdown else "text/plain",
        encoding=encoding,
        is_rendition=mended is not None,
        metadata=overlay(record.found, record.metadata),
    )


def _refusal(record: RawRecord, reason: str) -> UnreadableDocument:
    """The error for a record, with a nearer reason where its bytes give one."""
    if looks_like_utf16(record.content):
        reason = "it looks like UTF-16 without a byte-order mark. Save it as UTF-8."
    return UnreadableDocument(record.name, reason)


def _unfit(text: str) -> str | None:
    """Why `text` is not stored, with the remedy; None where it can be."""
    if "\0" in text:
        # SQLite's substr() stops at U+0000, so that offsets could not be audited.
        at = text.index("\0")
        return f"a NUL character (U+0000) at character {at}. Remove it, or decode the file rightly."
    if not text.strip() or all(map(_is_invisible, text)):
        return "nothing but white space. Fetch it again or leave it out."
    controls = len(_CONTROL.findall(text))
    if controls > len(text) * _CONTROL_SHARE:
        return f"{controls} control characters: not text. Save its text as UTF-8."
    return None


def _is_invisible(char: str) -> bool:
    """White space and format characters such as the zero-width space."""
    return char.isspace() or unicodedata.category(char) == "Cf"


FORMAT: Final = Format(
    name="text",
    title="plain text, Markdown",
    suffixes=(".txt", ".text", *_MARKDOWN),
    library="own; charset-normalizer for rarer encodings",
    fills=("text",),
    recognises=recognises,
    read=read,
    records="one document of any number of stories",
)
