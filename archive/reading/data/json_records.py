"""JSON: one record, a list of them, or an answer of an API that holds such a list.

A file is taken apart without parsing it whole, so that it may have any size. Several values one
after the other (pretty-printed objects, pages of an API in one file) are read too.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from archive.errors import UnreadableDocument
from archive.reading.agencies import ninjs
from archive.reading.data import json_lines
from archive.reading.data.fields import FILLS
from archive.reading.data.json_answers import find_list
from archive.reading.data.json_lines import read
from archive.reading.data.json_scan import Piece, Scanner, Trouble, Window
from archive.reading.data.json_text import byte_codec
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.records import RawRecord

_OPENING: Final = re.compile(
    r'\s*(?:\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\}\s*$)|\[\s*(?:\{\s*["}]|\[\s*\{\s*"|\]\s*$))'
)
"""How JSON with records begins; prose with a brace or a bracket in front does not."""

_DEEPEST: Final = 2
"""Answers within lists within answers that are taken apart."""

_REASONS: Final = {
    Trouble.TOO_LARGE: f"more than the {MAX_DOCUMENT_BYTES:,} bytes that one record may have. "
    "Leave out what is no text of it, such as pictures.",
    Trouble.UNCLOSED: "a quotation mark in it does not close, so that where it ends is unknown. "
    "The records after it are read. Mend it, or fetch it again.",
    Trouble.NO_OBJECT: "not an object with the fields of a story. Leave it out.",
}


def recognises(head: Head) -> bool:
    """Text that begins as a JSON object or a list of such, but no lines of JSON, no ninjs item."""
    codec, mark = byte_codec(head.content)
    text = head.content[mark:].decode(codec, "ignore")
    if not _OPENING.match(text):
        return False
    return not json_lines.recognises(head) and not ninjs.recognises(head)


def split(container: Container) -> Iterator[Found]:
    """The records of a JSON file in order, each with its own bytes.

    A single object is named as the file is. Elements that are no objects are reported once for
    each run of them.
    """
    head = container.stream.read(4)
    container.stream.seek(0)
    codec, mark = byte_codec(head)
    window = Window(container.stream, codec, mark=mark)
    splitter = _Splitter(container, codec)
    yield from splitter.split(window)
    if splitter.count == 0:
        yield UnreadableDocument(
            container.name, "no records in it. Check whether it was saved whole, or leave it out."
        )
    yield from json_lines.missing_fields(container, splitter.seen)


class _Splitter:
    """Numbers and names the records of one container."""

    def __init__(self, container: Container, codec: str) -> None:
        self._container = container
        self._codec = codec
        self._text_field = dict(container.mapping).get("text")
        self._was_no_object = False
        self._holds_ninjs: bool | None = None
        self.count = 0
        self.seen = json_lines.SeenFields(container.mapping)

    def split(self, window: Window, depth: int = 0) -> Iterator[Found]:
        """The records of all values in the window, lists and answers taken apart."""
        scanner = Scanner(window, largest=MAX_DOCUMENT_BYTES)
        is_first = True
        while first := window.skip_space():
            if first == "[":
                window.at += 1
                yield from self._elements(scanner, depth)
            elif first == "{" and (place := find_list(window, self._text_field)):
                window.at = place[0]
                yield from self._elements(scanner, depth)
                scanner.leave(place[1])
            elif first == "{":
                piece = scanner.value()
                is_only = is_first and depth == 0 and not piece.trouble and not window.skip_space()
                yield from self._found(piece, is_only=is_only)
            else:
                yield from self._found(scanner.value())
            is_first = False

    def _elements(self, scanner: Scanner, depth: int) -> Iterator[Found]:
        """The records of a list, each of which may be an answer with a list of its own."""
        holds_answers: bool | None = None
        for piece in scanner.elements():
            if piece.text and holds_answers is None and depth < _DEEPEST:
                holds_answers = find_list(self._window(piece), self._text_field) is not None
            if piece.text and holds_answers:
                yield from self.split(self._window(piece), depth + 1)
            else:
                yield from self._found(piece)

    def _window(self, piece: Piece) -> Window:
        window = Window(BytesIO(piece.text.encode(self._codec, "surrogatepass")), self._codec)
        window.grow()
        return window

    def _found(self, piece: Piece, *, is_only: bool = False) -> Iterator[Found]:
        """The record of a piece, or the error that stands in its place."""
        container = self._container
        if piece.trouble is Trouble.CUT_OFF:
            where = f"after record {self.count}" if self.count else "before its first record ends"
            yield UnreadableDocument(
                container.name,
                f"it breaks off {where}. What stands before is stored; fetch the file again.",
            )
            self.count += self.count == 0
            return
        if piece.trouble is Trouble.NO_OBJECT and self._was_no_object:
            return
        self._was_no_object = piece.trouble is Trouble.NO_OBJECT
        self.count += 1
        name = container.name if is_only else f"{container.name}#{self.count}"
        if piece.trouble:
            yield UnreadableDocument(name, _REASONS[piece.trouble])
            return
        self.seen.look(piece.text)
        content = piece.text.encode(self._codec, "surrogatepass")
        yield RawRecord(
            name=self._permanent(name, content) or name,
            content=content,
            metadata=container.metadata,
            format="json",
            mapping=container.mapping,
        )

    def _permanent(self, name: str, content: bytes) -> str | None:
        """The identifier of a ninjs item; the first record tells whether the file holds such."""
        if self._holds_ninjs is False or self._container.mapping:
            return None
        fields = json_lines.fields_of(name, content)
        self._holds_ninjs = fields is not None and ninjs.is_ninjs(fields)
        return ninjs.permanent_name(fields) if fields and self._holds_ninjs else None


FORMAT: Final = Format(
    name="json",
    title="JSON (records of other tools, answers of APIs)",
    suffixes=(".json",),
    library="json (standard library), lxml",
    fills=FILLS,
    recognises=recognises,
    read=read,
    records="one object of a list, else the file",
    split=split,
)
