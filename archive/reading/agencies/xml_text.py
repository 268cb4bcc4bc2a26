"""XML as untrusted bytes: its root, its tree, its items, without entities, DTDs or a network."""

import re
from codecs import BOM_UTF8, lookup
from collections.abc import Iterator
from html.entities import html5
from typing import BinaryIO, Final
from xml.parsers import expat  # splits streams; entities are refused below

from lxml import etree

from archive.errors import UnreadableDocument
from archive.reading.data.json_text import byte_codec
from archive.reading.encodings import detect
from archive.reading.limits import MAX_DOCUMENT_BYTES

_ENTITY: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_PREDEFINED: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_DECLARES_ENTITY: Final = re.compile(rb"<!ENTITY")
_CHUNK: Final = 64 * 1024

_ROOT: Final = re.compile(
    r"(?>\s+|<\?.{0,4096}?\?>|<!--.{0,65536}?-->"
    r"|<!DOCTYPE[^<>\[]{0,4096}(?:\[[^\]]{0,65536}\]\s*)?>)*+"
    r"<(?:[\w.-]{1,100}:)?([A-Za-z][\w.-]{0,100})[\s/>]",
    re.DOTALL,
)
"""A root's start tag behind what may stand before it, each piece of which is tried one way only."""


def root_name(head: bytes) -> str | None:
    """The name of a document's root element, without its prefix; None for what is no XML.

    >>> root_name(b'<?xml version="1.0"?><nitf><head/></nitf>')
    'nitf'
    """
    codec, mark = byte_codec(head)
    match = _ROOT.match(head[mark : mark + 80 * 1024].decode(codec, "ignore"))
    return match[1] if match else None


def parse_xml(name: str, content: bytes) -> tuple[etree._Element, str]:
    """The root of a document, and the Python codec of its bytes.

    Named character references of HTML are understood. Where the bytes are not in the encoding that
    the document declares, the one they are in is found. Raises UnreadableDocument for XML that is
    not well-formed, breaks off, is nested too deeply or declares entities.
    """
    if _DECLARES_ENTITY.search(content):
        raise UnreadableDocument(
            name, "it declares entities of its own, which may do harm. Save it without them."
        )
    if b"\0" not in content[:4]:
        content = _ENTITY.sub(_as_number, content)
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        encoding = detect(content)
        if "encod" not in str(error).lower() or not encoding:
            raise UnreadableDocument(name, _why(error, content)) from error
        return _parse_as(name, content, encoding), encoding
    except ValueError as error:
        raise UnreadableDocument(name, "not well-formed XML. Fetch it again.") from error
    declared = root.getroottree().docinfo.encoding or "utf-8"
    return root, _codec(declared, content)


def _parser(encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


def _parse_as(name: str, content: bytes, encoding: str) -> etree._Element:
    """Parse bytes in another encoding than they declare."""
    try:
        text = content.decode(encoding)
        return etree.fromstring(text.encode("utf-8"), _parser("utf-8"))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(name, _why(error, content)) from error


def _as_number(match: re.Match[bytes]) -> bytes:
    """A named character reference of HTML as a numeric one; XML's own five stay."""
    if match[1] in _PREDEFINED:
        return match[0]
    chars = html5.get(match[1].decode("ascii") + ";")
    return "".join(f"&#{ord(char)};" for char in chars).encode() if chars else match[0]


def _codec(declared: str, content: bytes) -> str:
    try:
        codec = lookup(declared).name
    except LookupError:
        return "utf-8"
    return "utf-8-sig" if codec == "utf-8" and content.startswith(BOM_UTF8) else codec


def _why(error: Exception, content: bytes) -> str:
    text = str(error)
    line = f" (line {error.lineno})" if isinstance(error, etree.XMLSyntaxError) else ""
    is_cut = not content.rstrip(b"\0 \t\r\n").endswith(b">") and b"<" in content
    if is_cut or "Premature end" in text or "EndTag" in text or "end of data" in text:
        return f"it breaks off: elements are left open at its end{line}. Fetch it again."
    if "depth" in text.lower():
        return "elements nested too deeply. Save it without them."
    return f"not well-formed XML{line}. Fetch it again, or have it saved rightly."


class BrokenOff(Exception):
    """XML that stops being well-formed; what was given before it is whole."""


class Items:
    """The elements of a stream that have one of `names`, as documents of their own.

    Each is given as (name, bytes): what stands before the first of them, which holds the
    declaration, the namespaces and the message's header, then the element's own bytes, then the
    end tags of the elements around it.
    """

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._open: list[str] = []
        self._buffer = b""
        self._dropped = 0
        self._prefix: bytes | None = None
        self._start: int | None = None
        self._depth = 0
        self._found: list[tuple[str, bytes | None]] = []
        self._codec = "latin-1"

    def read(self, stream: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
        """Give the items in order; None for one that is larger than a record may be.

        Raises BrokenOff, after what is whole, where the XML is not well-formed.
        """
        head = stream.read(4)
        stream.seek(0)
        self._codec, _ = byte_codec(head)
        # Tags are ASCII: read byte by byte, no other character can be in a wrong encoding.
        parser = expat.ParserCreate("iso-8859-1" if self._codec == "latin-1" else None)
        self._parser = parser
        parser.UseForeignDTD(True)  # undeclared references (`&nbsp;`) are no error
        parser.EntityDeclHandler = _refuse_entity
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        is_last = False
        while not is_last:
            chunk = stream.read(_CHUNK)
            is_last = not chunk
            self._buffer += chunk
            try:
                parser.Parse(chunk, is_last)
            except expat.ExpatError as error:
                yield from self._found
                raise BrokenOff from error
            yield from self._found
            self._found.clear()
            self._forget()

    def _forget(self) -> None:
        """Drop what no item needs."""
        keep = self._start
        if self._prefix is None:
            keep = 0
        elif keep is None or self._parser.CurrentByteIndex - keep > MAX_DOCUMENT_BYTES:
            keep = self._parser.CurrentByteIndex
        self._buffer = self._buffer[max(0, keep - self._dropped) :]
        self._dropped = max(self._dropped, keep)

    def _begin(self, tag: str, _attributes: dict[str, str]) -> None:
        self._open.append(tag)
        if self._start is None and tag.rpartition(":")[2] in self._names:
            self._start = self._parser.CurrentByteIndex
            self._depth = len(self._open)
            if self._prefix is None:
                self._prefix = self._buffer[: self._start - self._dropped]

    def _end(self, tag: str) -> None:
        if self._start is not None and len(self._open) == self._depth:
            closing = ">".encode(self._codec)
            at = self._parser.CurrentByteIndex - self._dropped
            is_whole = self._start >= self._dropped
            end = self._buffer.find(closing, at) + len(closing) if is_whole else 0
            item = self._buffer[self._start - self._dropped : end] if is_whole else b""
            outer = "".join(f"</{name}>" for name in reversed(self._open[:-1]))
            content = (self._prefix or b"") + item + outer.encode(self._codec)
            fits = is_whole and len(content) <= MAX_DOCUMENT_BYTES
            self._found.append((tag.rpartition(":")[2], content if fits else None))
            self._start = None
        self._open.pop()


def _refuse_entity(*_arguments: object) -> None:
    raise expat.ExpatError("entities are declared")
