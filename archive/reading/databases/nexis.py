"""Exports of Nexis (Nexis Uni, Nexis and Lexis Advance, LexisNexis): many stories in one file.

Word files in the present layout and plain text in the one until 2019; see `nexis_word` and
`nexis_text`. Each story is a record. In plain text its `content` is its own bytes, from the line
that begins it to the next one (UTF-16 is turned into UTF-8); a story of a Word file has no bytes of
its own, so its `content` is its lines as UTF-8.
"""

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from archive.errors import UnreadableDocument
from archive.reading.databases.nexis_text import is_marker, is_text_export
from archive.reading.databases.nexis_text import parse as parse_text
from archive.reading.databases.nexis_word import REFUSED, is_word_export, split_stories
from archive.reading.databases.nexis_word import parse as parse_word
from archive.reading.databases.press_stories import story_document
from archive.reading.encodings import decode, detect, mend_utf8
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.markup import clean_line
from archive.reading.office import docx
from archive.reading.office.soft_breaks import split_soft
from archive.reading.office.zip_heads import members
from archive.records import Document, RawRecord

MAX_EXPORT_BYTES: Final = 64 * 1024 * 1024
"""Largest Word file, or file in UTF-16, that is taken apart: these must be in memory. An export
has 500 stories at most, some 2 MiB."""

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST_LINE: Final = 64 * 1024
_HEAD_XML: Final = 2 * 1024 * 1024
_PARAGRAPH_END: Final = re.compile(rb"</w:p>|<w:br\s*/>")
_TAG: Final = re.compile(rb"<[^>]*>")
_ZIP: Final = b"PK\x03\x04"

_NO_STORY: Final = (
    "an export of Nexis without any story. Export it again, with the full text of the documents."
)
_TOO_LARGE: Final = f"more than {MAX_EXPORT_BYTES:,} bytes. Export fewer documents at a time."
_TOO_LONG: Final = (
    f"a story of more than {MAX_DOCUMENT_BYTES:,} bytes. Look whether the file is an export."
)


def recognises(head: Head) -> bool:
    """Whether a file is an export, by the header of its first story or the page before it."""
    if docx.is_word_package(head):
        return is_word_export(_word_lines(head))
    text = _text_of_head(head.content)
    return text is not None and is_text_export(text.splitlines())


def _text_of_head(content: bytes) -> str | None:
    """The beginning of a file as text; where its encoding is open, ASCII is enough to tell it."""
    if content.startswith(_MARKS):
        return content[: len(content) // 2 * 2].decode("utf-16", "replace")
    return None if b"\0" in content else content.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _word_lines(head: Head) -> list[str]:
    """Lines of a Word document that its first bytes hold."""
    for name, content in members(head.content, _HEAD_XML):
        if name == "word/document.xml":
            pieces = (_TAG.sub(b"", piece) for piece in _PARAGRAPH_END.split(content))
            lines = (clean_line(piece.decode("utf-8", "replace")) for piece in pieces)
            return [line for line in lines if line]
    return []


def split(container: Container) -> Iterator[Found]:
    """Yield the stories in their order, named by their number from 1.

    A story that Nexis failed to export, or that is too large, is given as an UnreadableDocument in
    its place. Where the file was cut off, what is there of its last story is a record too.
    """
    first = container.stream.read(len(_ZIP))
    if first == _ZIP:
        records = _word_records(container, first)
    elif first.startswith(_MARKS):
        records = _utf16_records(container, first)
    else:
        records = _text_records(container, first)
    is_empty = True
    for found in records:
        is_empty = False
        yield found
    if is_empty:
        yield UnreadableDocument(container.name, _NO_STORY)


def _record(container: Container, number: int, content: bytes) -> Found:
    name = f"{container.name}#{number}"
    if len(content) > MAX_DOCUMENT_BYTES:
        return UnreadableDocument(name, _TOO_LONG)
    return RawRecord(name=name, content=content, metadata=container.metadata, format=FORMAT.name)


def _whole(container: Container, first: bytes) -> bytes | None:
    content = first + container.stream.read(MAX_EXPORT_BYTES)
    return content if len(content) <= MAX_EXPORT_BYTES else None


def _word_records(container: Container, first: bytes) -> Iterator[Found]:
    content = _whole(container, first)
    if content is None:
        yield UnreadableDocument(container.name, _TOO_LARGE)
        return
    try:
        extracted = docx.extract(container.name, content)
    except UnreadableDocument as error:
        yield error
        return
    lines = (
        line
        for paragraph in extracted.paragraphs
        for piece in split_soft(paragraph.text)
        if (line := clean_line(piece))
    )
    for number, story in enumerate(split_stories(lines), start=1):
        if any(line.startswith(REFUSED) for line in story):
            yield UnreadableDocument(
                f"{container.name}#{number}",
                "a story that Nexis could not export. Look it up there and export it again.",
            )
        else:
            yield _record(container, number, "\n".join(story).encode())


def _utf16_records(container: Container, first: bytes) -> Iterator[Found]:
    content = _whole(container, first)
    if content is None:
        yield UnreadableDocument(container.name, _TOO_LARGE)
        return
    lines = content.decode("utf-16", "replace").splitlines(keepends=True)
    yield from _cut(container, (line.encode() for line in lines))


def _text_records(container: Container, first: bytes) -> Iterator[Found]:
    # A bound on each line, for a file may have none: a longer one comes in pieces.
    rest = iter(lambda: container.stream.readline(_LONGEST_LINE), b"")
    opening = (first + container.stream.readline(_LONGEST_LINE)).removeprefix(codecs.BOM_UTF8)
    yield from _cut(container, chain(opening.splitlines(keepends=True), rest))


def _cut(container: Container, lines: Iterator[bytes]) -> Iterator[Found]:
    """Cut lines before each one that begins a story; what stands before the first is no story."""
    number = 0
    story: list[bytes] = []
    size = 0
    for line in lines:
        if is_marker(line.decode("latin-1").rstrip("\r\n\f ").lstrip("\f")):
            if number:
                yield _record(container, number, b"".join(story))
            number += 1
            story, size = [], 0
        if number and size <= MAX_DOCUMENT_BYTES:
            story.append(line)
            size += len(line)
    if number:
        yield _record(container, number, b"".join(story))


def read(record: RawRecord) -> Document:
    """Make the `Document` of one story, as `split` gives it.

    The text is the headline and the body, then the captions; source, date, byline, section,
    language and address are its metadata, the status `corrected` where it has a note of correction.

    Raises UnreadableDocument for a story without text or in no known encoding.
    """
    mended = mend_utf8(record.content)
    encoding = None if mended is not None else detect(record.content)
    text = mended if encoding is None else decode(record.content, encoding)
    if text is None:
        raise UnreadableDocument(
            record.name, "no known text encoding fits its bytes. Save the export as UTF-8."
        )
    text = text.replace("\0", "")
    lines = [line for line in map(clean_line, text.splitlines()) if line]
    is_plain = bool(lines) and is_marker(next(filter(str.strip, text.splitlines())))
    story = parse_text(text) if is_plain else parse_word(lines)
    return story_document(record, story, media_type="text/plain", encoding=encoding)


FORMAT: Final = Format(
    name="nexis",
    title="export of Nexis (DOCX, TXT)",
    suffixes=(".docx", ".txt"),
    library="python-docx for Word files",
    fills=(
        "text",
        "headline",
        "byline",
        "outlet",
        "published",
        "section",
        "language",
        "url",
        "status",
    ),
    recognises=recognises,
    read=read,
    records="a story",
    split=split,
)
