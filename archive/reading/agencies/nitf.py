"""NITF 3.x: a news story as XML, the News Industry Text Format of the IPTC.

Source: the NITF 3.6 schema and its documentation (https://iptc.org/standards/nitf/). Stories come
with and without its namespace, as documents or within NewsML-G2.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from archive.errors import UnreadableDocument
from archive.reading.agencies.ninjs import is_permanent
from archive.reading.agencies.xml_text import parse_xml, root_name
from archive.reading.data.fields import status_of, version_of, writers
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.markup import (
    HTML,
    Paragraphs,
    Vocabulary,
    clean_line,
    compose,
    local_name,
    render_element,
    with_headline,
)
from archive.reading.meta import overlay
from archive.reading.moments import moment_of, published_of
from archive.records import Document, Metadata, RawRecord, Role

VOCABULARY: Final = Vocabulary(
    blocks=HTML.blocks
    | {
        "abstract", "block", "body.content", "body.end", "bq", "byline", "copyrite", "credit",
        "dateline", "distributor", "fn", "hl1", "hl2", "media", "media-caption", "media-producer",
        "nitf-table", "note", "tagline",
    },
    roles={
        **HTML.roles,
        "hl1": Role.HEADLINE,
        "hl2": Role.SUBHEADING,
        "media-caption": Role.CAPTION,
        "media-producer": Role.CREDIT,
        "byline": Role.CREDIT,
        "dateline": Role.CREDIT,
        "copyrite": Role.CREDIT,
        "tagline": Role.CREDIT,
    },
    unseen=HTML.unseen
    | {
        "custom-table", "media-metadata", "media-object", "media-reference",
        "nitf-table-metadata", "postaddr", "virtloc",
    },
)  # fmt: skip
"""The elements of a NITF body: those that make lines, what they are, and what is no text."""

FILLS: Final = (
    "text", "headline", "byline", "outlet", "agency", "published", "updated_at", "section",
    "language", "url", "status", "version",
)  # fmt: skip

_LEAST_TITLE_WORDS: Final = 4
"""Words of a document's `title` that make it a headline; fewer are a slug, as a rule."""


def recognises(head: Head) -> bool:
    """XML whose root is `nitf`."""
    return root_name(head.content) == "nitf"


def split(container: Container) -> Iterator[Found]:
    """One record, named by its `doc-id` where that is a URI."""
    content = container.stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(content) > MAX_DOCUMENT_BYTES:
        yield UnreadableDocument(
            container.name,
            f"more than the {MAX_DOCUMENT_BYTES:,} bytes that one document may have. Leave out "
            "what is no text of it, such as pictures.",
        )
        return
    try:
        root, _ = parse_xml(container.name, content)
    except UnreadableDocument as error:
        yield error
        return
    identifier = attribute(find(root, "doc-id"), "id-string")
    yield RawRecord(
        name=identifier if identifier and is_permanent(identifier) else container.name,
        content=content,
        metadata=container.metadata,
        format="nitf",
        mapping=container.mapping,
    )


def read(record: RawRecord) -> Document:
    """Make the Document of one story: headline, byline, dateline, then the body's paragraphs.

    A cancelled story without text is kept with its headline. Raises UnreadableDocument for what is
    no NITF and for a story without text.
    """
    root, encoding = parse_xml(record.name, record.content)
    if local_name(root) != "nitf":
        raise UnreadableDocument(
            record.name, "no NITF: its root is another element. Leave --format out."
        )
    metadata = metadata_of(root)
    paragraphs = paragraphs_of(root)
    if not paragraphs and not (metadata.headline and metadata.status == "cancelled"):
        raise UnreadableDocument(record.name, "a NITF story without text. Leave it out.")
    text, parts = compose(with_headline(metadata.headline, paragraphs))
    return Document(
        name=record.name,
        text=text,
        media_type="application/nitf+xml",
        encoding=encoding,
        is_rendition=True,
        metadata=overlay(overlay(record.found, metadata), record.metadata),
        parts=parts,
    )


# ------------------------------------------------------------------------------------ elements


def find(root: etree._Element | None, *names: str) -> etree._Element | None:
    """The first element at the end of a path of names, each anywhere below the one before.

    Names are compared without namespace.
    """
    for name in names:
        if root is None:
            return None
        root = next(root.iter(f"{{*}}{name}"), None)
    return root


def find_all(root: etree._Element | None, name: str) -> list[etree._Element]:
    """All elements of a name, whatever its namespace, in the order of the document."""
    return [] if root is None else list(root.iter(f"{{*}}{name}"))


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute as one line; None where it is missing or blank."""
    value = None if element is None else element.get(name)
    return clean_line(value) or None if value else None


def text_of(element: etree._Element | None) -> str | None:
    """The text of an element on one line; None where there is none.

    Words of neighbouring elements are set apart where no space does it:
    `<person>Lina Osterby</person><byttl>Reporter</byttl>`.
    """
    if element is None:
        return None
    pieces: list[str] = []
    for piece in map(str, element.itertext()):
        if pieces and pieces[-1][-1:].isalnum() and piece[:1].isalnum():
            pieces.append(" ")
        pieces.append(piece)
    return clean_line("".join(pieces)) or None


# ------------------------------------------------------------------------------------ the story


def headline_of(root: etree._Element) -> str | None:
    """The main headline; else the title, unless that looks like a slug."""
    hedline = find(root, "body.head", "hedline")
    main = text_of(find(hedline, "hl1"))
    if main:
        return main
    title = text_of(find(root, "head", "title"))
    return title if title and len(title.split()) >= _LEAST_TITLE_WORDS else None


def byline_of(root: etree._Element) -> str | None:
    """The writers of the byline, with what else it says of them."""
    line = text_of(find(root, "body.head", "byline"))
    return writers([line]) if line else None


def metadata_of(root: etree._Element) -> Metadata:
    """What a story's head and the head of its body say."""
    docdata, pubdata = find(root, "docdata"), find(root, "pubdata")
    released = attribute(find(docdata, "date.release"), "norm")
    issued = attribute(find(docdata, "date.issue"), "norm")
    printed = attribute(pubdata, "date.publication")
    written = attribute(find(root, "body.head", "story.date"), "norm")
    dates = [each for each in (released, issued, printed, written) if each]
    revised = [attribute(each, "norm") for each in find_all(root, "revision-history")]
    address = attribute(pubdata, "ex-ref")
    return Metadata(
        headline=headline_of(root),
        byline=byline_of(root),
        outlet=attribute(pubdata, "name") or attribute(find(docdata, "doc.copyright"), "holder"),
        agency=text_of(find(root, "body.head", "distributor")),
        published=next(filter(None, map(published_of, dates)), None),
        updated_at=next(filter(None, map(moment_of, reversed(revised))), None),
        section=attribute(pubdata, "position.section") or _subject(root),
        language=_language(root),
        url=address if address and address.startswith(("http://", "https://")) else None,
        status=status_in(root),
        version=version_of(attribute(find(docdata, "du-key"), "version")),
    )


def status_in(root: etree._Element) -> str | None:
    """`cancelled` or `corrected`, where the document's management data say so."""
    docdata = find(root, "docdata")
    status = status_of(attribute(docdata, "management-status"))
    if status:
        return status
    if find(docdata, "correction") is not None:
        return "corrected"
    return status_of(attribute(find(root, "tobject"), "tobject.type"))


def _subject(root: etree._Element) -> str | None:
    subject = find(root, "tobject.subject")
    return attribute(subject, "tobject.subject.type") or attribute(
        subject, "tobject.subject.matter"
    )


def _language(root: etree._Element) -> str | None:
    for element in (root, find(root, "body")):
        for name in ("{http://www.w3.org/XML/1998/namespace}lang", "lang"):
            if language := attribute(element, name):
                return language
    return None


def paragraphs_of(root: etree._Element) -> Paragraphs:
    """The lines of the body with their roles, the main headline left out.

    The abstract repeats what the story says; it is the text only where there is no other.
    """
    body = find(root, "body")
    if body is None:
        return []
    head, content = find(body, "body.head"), find(body, "body.content")
    main = [line for each in _children(body, "body.content") for line in _rendered(each)]
    if not main:
        abstract = find(head, "abstract")
        main = [(line, Role.TEASER) for line, _ in _rendered(abstract)]
    if not main:
        return []
    decks = [(line, Role.SUBHEADING) for each in find_all(head, "hl2") if (line := text_of(each))]
    credit_lines = [
        (line, Role.CREDIT)
        for name in ("byline", "dateline")
        for each in _children(head, name)
        if (line := text_of(each)) and not _begins(main[0][0], line)
    ]
    end = _rendered(find(body, "body.end")) if content is not None else []
    return [*decks, *credit_lines, *main, *end]


def _begins(paragraph: str, line: str) -> bool:
    return paragraph.casefold().startswith(line.casefold())


def _children(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else [each for each in element if local_name(each) == name]


def _rendered(element: etree._Element | None) -> Paragraphs:
    """Lines of an element; notes that are not meant for print are left out."""
    if element is None:
        return []
    for note in find_all(element, "note"):
        parent = note.getparent()
        if note.get("noteclass") == "npa" and parent is not None:
            parent.remove(note)
    return render_element(element, VOCABULARY)


FORMAT: Final = Format(
    name="nitf",
    title="NITF (News Industry Text Format)",
    suffixes=(".xml", ".nitf"),
    library="lxml",
    fills=FILLS,
    recognises=recognises,
    read=read,
    records="one news item",
    split=split,
)
