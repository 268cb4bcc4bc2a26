"""Word documents (DOCX, DOCM, DOTX, DOTM), by python-docx.

The text is the body's: paragraphs, tables and text boxes in their order, then footnotes and
endnotes. Headers and footers, comments, hidden text and what was deleted with changes tracked are
left out. Where exactly one line has the style of a title, near the beginning, the document is one
story and its styles give the roles of the lines; else it may hold any number of stories.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from archive.errors import UnreadableDocument
from archive.reading.format import Format, Head
from archive.reading.markup import Paragraphs, clean_line, compose
from archive.reading.meta import overlay
from archive.reading.office.office_properties import byline_of, headline_among, language_of
from archive.reading.office.soft_breaks import split_soft
from archive.reading.office.word_text import WordParagraph, notes_of, paragraphs_of
from archive.reading.office.zip_heads import members
from archive.records import Document, Metadata, RawRecord, Role

MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Most bytes that the parts in XML unpack to in all. Pictures are never unpacked."""

MAX_XML: Final = 32 * 1024 * 1024
"""Most bytes of one part in XML: its tree takes some ten times as much memory. A thousand stories
have 20 MiB."""

MAX_PARTS: Final = 2_000
"""Most parts of a document; Word makes one for each picture and some twenty besides."""

_XML: Final = (".xml", ".rels")

_TYPES: Final = tuple(
    f"application/vnd.{name}.main+xml"
    for name in (
        "openxmlformats-officedocument.wordprocessingml.document",
        "openxmlformats-officedocument.wordprocessingml.template",
        "ms-word.document.macroEnabled",
        "ms-word.template.macroEnabledTemplate",
    )
)
"""Media types of the main part of the four kinds of document (ECMA-376 and Microsoft's)."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of a compound file: a document of Word 97 to 2003, or an encrypted one of today."""

_OLD: Final = "WordDocument".encode("utf-16-le")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SUFFIXES: Final = (".docx", ".docm", ".dotx", ".dotm")
_OLD_SUFFIXES: Final = (".doc", ".dot")

_WANTED: Final = ("/officeDocument", "/core-properties", "/styles", "/footnotes", "/endnotes")
"""Ends of the types of those relations between parts that lead to text, styles and properties."""

_CONTENT_TYPES: Final = "[Content_Types].xml"

_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
)
"""Namespaces of the strict variant of the standard, and those of the usual one."""

_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Compressions of Open Packaging (ECMA-376, part 2); LZMA takes as much memory as it asks for."""

_FIRST_LINES: Final = 5
"""Lines among which the title of a document's one story stands."""

_HEADLINES: Final = ("title", "heading 1")
_ROLES: Final = {
    "subtitle": Role.SUBHEADING,
    **{f"heading {level}": Role.SUBHEADING for level in range(1, 10)},
    "caption": Role.CAPTION,
}
"""Roles of lines by the names of Word's own styles, which a file stores in English."""

for _type in _TYPES[1:]:
    # python-docx knows the first type only and leaves the others' main part unread.
    PartFactory.part_type_for[_type] = DocumentPart


@dataclass(frozen=True, slots=True)
class WordText:
    """The text of a Word document: its paragraphs with names of styles, and its properties."""

    paragraphs: tuple[WordParagraph, ...]
    title: str | None = None
    author: str | None = None
    language: str | None = None


def recognises(head: Head) -> bool:
    """Whether a file is a Word document, an old or an encrypted one included, to say so."""
    if head.content.startswith(_OLE):
        name = head.name.lower()
        return name.endswith((*_SUFFIXES, *_OLD_SUFFIXES)) or _OLD in head.content
    return is_word_package(head)


def is_word_package(head: Head) -> bool:
    """Whether a file is a ZIP archive with the parts of a Word document."""
    if not head.content.startswith(b"PK\x03\x04"):
        return False
    for name, content in members(head.content, 64 * 1024):
        if name == _CONTENT_TYPES:
            return any(media_type.encode() in content for media_type in _TYPES)
        if name.startswith("word/"):
            return True
    return False


def extract(name: str, content: bytes) -> WordText:
    """Extract the text of the Word document `name`, paragraphs without words left out.

    Raises UnreadableDocument for what is none, is damaged, encrypted, or unpacks to too much.
    """
    if content.startswith(_OLE):
        raise UnreadableDocument(name, _old_reason(content, name))
    _check_package(name, content)
    try:
        main = Package.open(_reduced(content)).main_document_part
        if not isinstance(main, DocumentPart):
            raise TypeError(main)
        return _extract(main)
    except Exception as error:  # python-docx, lxml, zipfile and zlib raise many kinds
        raise UnreadableDocument(
            name, "a damaged Word document. Open it in Word or LibreOffice and save it again."
        ) from error


def _old_reason(content: bytes, name: str) -> str:
    if _ENCRYPTED in content or (_OLD not in content and name.lower().endswith(_SUFFIXES)):
        return "a Word document protected by a password. Save it without one."
    return "an old Word document (.doc). Open it in Word or LibreOffice and save it as .docx."


def _check_package(name: str, content: bytes) -> None:
    """Refuse a package that is cut off, encrypted or would unpack to too much, before it is opened.

    Sizes are those of the list of members; `zipfile` unpacks no more than these.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableDocument(
            name,
            "a Word document that was cut off or damaged: its list of parts is missing. "
            "Fetch it again.",
        ) from error
    sizes = [part.file_size for part in parts if part.filename.endswith(_XML)]
    if sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_XML:
        raise UnreadableDocument(
            name,
            f"a Word document that unpacks to more than {MAX_UNPACKED:,} bytes, or a part of it to "
            f"more than {MAX_XML:,}. Split it.",
        )
    if len(parts) > MAX_PARTS:
        raise UnreadableDocument(
            name, f"a Word document of more than {MAX_PARTS:,} parts. Remove its pictures."
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableDocument(name, "an encrypted ZIP archive. Save it without a password.")
    if any(part.compress_type not in _METHODS for part in parts):
        raise UnreadableDocument(
            name, "a Word document compressed as none is. Open it in Word and save it again."
        )


def _reduced(content: bytes) -> io.BytesIO:
    """A package with those parts alone that the text, its styles and the properties are in.

    python-docx loads every part that a relation leads to, pictures included, and fails where one is
    missing, as in files that other programs wrote. The strict variant of the standard becomes the
    usual one.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        names = frozenset(source.namelist())
        target.writestr(_CONTENT_TYPES, source.read(_CONTENT_TYPES))
        seen = {""}
        unread = [""]  # the package itself, which has relations and no content
        while unread:
            part = unread.pop()
            if part:
                target.writestr(part, _usual(source.read(part)))
            relations = posixpath.join(
                posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels"
            )
            if relations in names:
                root, goals = _wanted_relations(part, _usual(source.read(relations)), names)
                target.writestr(relations, etree.tostring(root))
                unread += [goal for goal in goals if goal not in seen]
                seen.update(goals)
    return made


def _usual(part: bytes) -> bytes:
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    return part


def _wanted_relations(
    part: str, relations: bytes, names: frozenset[str]
) -> tuple[etree._Element, list[str]]:
    """The relations of a part that are wanted, and where they lead, each part once."""
    root = etree.fromstring(relations, _parser())
    goals: dict[str, None] = {}
    for relation in list(root):
        target = posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
        goal = posixpath.normpath(target).lstrip("/")
        is_wanted = relation.get("Type", "").endswith(_WANTED) and goal in names
        if is_wanted and relation.get("TargetMode") != "External":
            goals[goal] = None
        else:
            root.remove(relation)
    return root, list(goals)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _extract(main: DocumentPart) -> WordText:
    name_of = _style_names(main)
    found = [*paragraphs_of(main.element), *_notes(main)]
    properties = main.package.core_properties if main.package else None
    return WordText(
        paragraphs=tuple(
            WordParagraph(paragraph.text, name_of(paragraph.style))
            for paragraph in found
            if paragraph.text.strip()
        ),
        title=_text(lambda: properties.title) if properties else None,
        author=_text(lambda: properties.author) if properties else None,
        language=_text(lambda: properties.language) if properties else None,
    )


def _text(get: Callable[[], Any]) -> str | None:
    """A property as text; None where it is missing or damaged."""
    try:
        return clean_line(str(get() or "")) or None
    except Exception:
        return None


def _style_names(main: DocumentPart) -> Callable[[str | None], str | None]:
    """A function that gives the name of a style by its id: of Word's own that it builds on."""
    try:
        elements: Any = main.styles.element
        named = {style.styleId: (style.name_val or "").lower() for style in elements.style_lst}
        below = {style.styleId: style.basedOn_val for style in elements.style_lst}
    except Exception:
        named, below = {}, {}

    def name_of(style: str | None) -> str | None:
        seen: set[str | None] = set()
        while style in named and style not in seen:
            if named[style] in _HEADLINES or named[style] in _ROLES:
                return str(named[style])
            seen.add(style)
            style = below[style]
        return None

    return name_of


def _notes(main: DocumentPart) -> Iterator[WordParagraph]:
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for relation in main.rels.values():
            if relation.reltype == kind and not relation.is_external:
                yield from notes_of(etree.fromstring(relation.target_part.blob, _parser()))


def read(record: RawRecord) -> Document:
    """Make a `Document` of a Word document: a line per paragraph, a line per row of a table.

    The title in its properties is the headline where the text shows it among its first lines, the
    author the byline where it reads as a person's name.

    Raises UnreadableDocument for a document without text and for one that cannot be read.
    """
    extracted = extract(record.name, record.content)
    lines: Paragraphs = []
    styles: list[str | None] = []
    for paragraph in extracted.paragraphs:
        for piece in split_soft(paragraph.text.replace("\t", " ")):
            if line := clean_line(piece):
                lines.append((line, None))
                styles.append(paragraph.style)
    if not lines:
        raise UnreadableDocument(
            record.name, "a Word document without text: perhaps only pictures. Leave it out."
        )
    headline = _headline(styles)
    if headline is not None:
        lines = [
            (line, Role.HEADLINE if index == headline else _ROLES.get(styles[index] or ""))
            for index, (line, _) in enumerate(lines)
        ]
    text, parts = compose(lines)
    at = headline_among(extracted.title, [line for line, _ in lines])
    at = headline if headline is not None else at
    own = Metadata(
        headline=None if at is None else lines[at][0],
        byline=byline_of(extracted.author),
        language=language_of(extracted.language),
    )
    return Document(
        name=record.name,
        text=text,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        encoding=None,
        is_rendition=True,
        metadata=overlay(overlay(record.found, own), record.metadata),
        parts=parts if headline is not None else (),
    )


def _headline(styles: Sequence[str | None]) -> int | None:
    """Which line is the headline of the document's one story; None where that is not sure.

    It is the only line in the style `Title`, or without one the only `Heading 1`; a second one is
    as likely the beginning of another story.
    """
    for style in _HEADLINES:
        at = [index for index, each in enumerate(styles) if each == style]
        if at:
            return at[0] if len(at) == 1 and at[0] < _FIRST_LINES else None
    return None


FORMAT: Final = Format(
    name="docx",
    title="Word document (DOCX)",
    suffixes=_SUFFIXES,
    library="python-docx",
    fills=("text", "headline", "byline", "language"),
    recognises=recognises,
    read=read,
)
