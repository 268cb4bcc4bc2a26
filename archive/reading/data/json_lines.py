"""JSON Lines: one JSON object on each line, as news-please, Fundus and many others write them."""

import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO, TextIOWrapper
from typing import Any, BinaryIO, Final

from archive.errors import UnreadableDocument
from archive.reading.agencies import ninjs
from archive.reading.data.fields import FILLS, document_of
from archive.reading.data.json_answers import find_list
from archive.reading.data.json_scan import Window
from archive.reading.data.json_text import byte_codec, decode_text, parse, parse_object
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.records import Document, RawRecord

_SUFFIXES: Final = (".jsonl", ".ndjson", ".jl", ".jsonlines", ".jsonld.lines")
_OBJECT: Final = re.compile(r'\{\s*(?:"|\}\s*$)')
_BLANK: Final = "\0 \t\r\n\x1e\ufeff"


def read(record: RawRecord) -> Document:
    """Make the Document of one JSON object; ninjs items are read as such.

    Raises UnreadableDocument for what is no JSON, no object, or has no text.
    """
    fields, encoding = parse_object(record)
    if not record.mapping:
        for item in (fields, fields.get("_source")):  # as Elasticsearch wraps it
            if isinstance(item, Mapping) and ninjs.is_ninjs(item):
                return ninjs.document_of(record, item, encoding)
    return document_of(record, fields, encoding=encoding, media_type="application/json")


def recognises(head: Head) -> bool:
    """A first line that is a whole JSON object, and another that begins as one.

    Of a file with one line only, or with a first line longer than the head, the name decides.
    """
    codec, mark = byte_codec(head.content)
    text = head.content[mark:].decode(codec, "ignore").lstrip(_BLANK)
    first, newline, rest = text.partition("\n")
    if not _OBJECT.match(first):
        return False
    is_named = head.name.lower().endswith(_SUFFIXES)
    if not newline and not head.is_whole:
        return is_named
    return (is_named or rest.lstrip(_BLANK).startswith("{")) and _is_record(first)


def _is_record(line: str) -> bool:
    """Whether a line is a whole object, and no answer of an API with a list of records."""
    try:
        value = parse("", line.strip(_BLANK))
    except UnreadableDocument:
        return False
    window = Window(BytesIO(line.encode("utf-8", "surrogatepass")), "utf-8")
    return isinstance(value, dict) and bool(window.skip_space()) and not find_list(window, None)


def split(container: Container) -> Iterator[Found]:
    """The lines of a file in order; `#12` is line 12. Blank lines are passed over."""
    seen = SeenFields(container.mapping)
    holds_ninjs: bool | None = None
    is_empty = True
    for number, codec, line in _lines(container.stream):
        name = f"{container.name}#{number}"
        if line is None:
            is_empty = False
            yield _too_large(name)
            continue
        text = line.strip(_BLANK)
        if not text:
            if "\0" in line:
                is_empty = False
                yield UnreadableDocument(
                    name, "nothing but NUL characters: the file is damaged. Fetch it again."
                )
            continue
        is_empty = False
        seen.look(text)
        content = line.rstrip("\r\n").encode(codec, "surrogatepass")
        if holds_ninjs is not False and not container.mapping:
            fields = fields_of(name, content)
            holds_ninjs = fields is not None and ninjs.is_ninjs(fields)
            name = (holds_ninjs and fields and ninjs.permanent_name(fields)) or name
        yield RawRecord(
            name=name,
            content=content,
            metadata=container.metadata,
            format="jsonl",
            mapping=container.mapping,
        )
    if is_empty:
        yield UnreadableDocument(
            container.name, "no records in it. Check whether it was saved whole, or leave it out."
        )
    yield from missing_fields(container, seen)


def _too_large(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        name,
        f"a line of more than the {MAX_DOCUMENT_BYTES:,} bytes that one record may have. Leave "
        "out what is no text of it, such as pictures.",
    )


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str, str | None]]:
    """Number, codec and text of each line; None for one that is too large."""
    head = stream.read(4)
    stream.seek(0)
    codec, mark = byte_codec(head)
    stream.seek(mark)
    lines = TextIOWrapper(stream, encoding=codec, errors="surrogatepass", newline="\n")
    try:
        number = 0
        while line := lines.readline(MAX_DOCUMENT_BYTES + 2):
            number += 1
            if len(line) < MAX_DOCUMENT_BYTES + 2 or line.endswith("\n"):
                yield number, codec, line
                continue
            while line and not line.endswith("\n"):
                line = lines.readline(MAX_DOCUMENT_BYTES)
            yield number, codec, None
    finally:
        lines.detach()  # the stream is its owner's to close


def fields_of(name: str, content: bytes) -> Mapping[str, Any] | None:
    """The object that a record is; None for one that does not parse."""
    try:
        value = parse(name, decode_text(name, content)[0].strip(_BLANK))
    except UnreadableDocument:
        return None
    return value if isinstance(value, dict) else None


class SeenFields:
    """Which of the fields that the user named stood in any record so far."""

    def __init__(self, mapping: tuple[tuple[str, str], ...]) -> None:
        self.missing = {theirs for _, theirs in mapping}

    def look(self, text: str) -> None:
        """Note the names that a record's JSON has: its text decoded byte by byte or rightly."""
        if self.missing:
            self.missing = {name for name in self.missing if not _has_name(text, name)}


def _has_name(text: str, name: str) -> bool:
    last = name.rpartition(".")[2]
    forms = {
        json.dumps(part, ensure_ascii=escape) for part in (name, last) for escape in (False, True)
    }
    forms |= {form.encode().decode("latin-1") for form in forms}
    return any(form in text for form in forms)


def missing_fields(container: Container, seen: SeenFields) -> Iterator[UnreadableDocument]:
    """An error for each field that the user named and no record of the file has."""
    for ours, theirs in container.mapping:
        if theirs in seen.missing:
            yield UnreadableDocument(
                container.name,
                f"none of its records has the field {theirs!r}, which --map {ours}={theirs} "
                "names. Check the spelling.",
            )


FORMAT: Final = Format(
    name="jsonl",
    title="JSON Lines (records of other tools)",
    suffixes=(".jsonl", ".ndjson", ".jl"),
    library="json (standard library), lxml",
    fills=FILLS,
    recognises=recognises,
    read=read,
    records="one line",
    split=split,
)
