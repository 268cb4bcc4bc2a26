"""NewsML 1.0 to 1.2: the agencies' format before NewsML-G2, still in archives.

Source: the functional specification of NewsML 1.2 of the IPTC
(https://iptc.org/std/NewsML/1.2/specification/). A news item holds components within components;
their content is NITF, XHTML or plain text. It has no namespace in common with NewsML-G2.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from archive.errors import UnreadableDocument
from archive.reading.agencies import nitf
from archive.reading.agencies.newsml_items import split_items
from archive.reading.agencies.ninjs import is_permanent
from archive.reading.agencies.nitf import attribute, find, find_all, text_of
from archive.reading.agencies.xml_text import parse_xml, root_name
from archive.reading.data.fields import status_of, version_of, writers
from archive.reading.format import Container, Format, Found, Head
from archive.reading.markup import (
    Paragraphs,
    compose,
    render_element,
    render_text,
    with_headline,
)
from archive.reading.meta import overlay
from archive.reading.moments import moment_of, published_of
from archive.records import Document, Metadata, RawRecord, Role

_ITEM: Final = "NewsItem"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

FILLS: Final = nitf.FILLS


def recognises(head: Head) -> bool:
    """XML whose root is `NewsML`."""
    return root_name(head.content) == "NewsML"


def split(container: Container) -> Iterator[Found]:
    """The items of a file in order, each named by its public identifier without the revision."""
    return split_items(container, _ITEM, frozenset(), _identifier, "newsml1")


def _identifier(item: etree._Element | None) -> str | None:
    """`urn:newsml:provider:date:id`, which all revisions of an item share (5.5.1.6)."""
    identifier = find(item, "NewsIdentifier")
    parts = [text_of(find(identifier, name)) for name in ("ProviderId", "DateId", "NewsItemId")]
    name = "urn:newsml:" + ":".join("".join((part or "").split()) for part in parts)
    return name if all(parts) and is_permanent(name) else None


def read(record: RawRecord) -> Document:
    """Make the Document of one item: headline, byline and dateline as credits, the paragraphs.

    A cancelled item without text is kept with its headline. Raises UnreadableDocument for an item
    without text.
    """
    root, encoding = parse_xml(record.name, record.content)
    item = find(root, _ITEM)
    if item is None:
        raise UnreadableDocument(
            record.name, "no NewsML 1: there is no `NewsItem` in it. Leave --format out."
        )
    metadata = _metadata(item)
    paragraphs = _content(item)
    if not paragraphs and not (metadata.headline and metadata.status == "cancelled"):
        raise UnreadableDocument(record.name, "a news item without text. Leave it out.")
    text, parts = compose(with_headline(metadata.headline, paragraphs))
    return Document(
        name=record.name,
        text=text,
        media_type="application/vnd.iptc.newsml+xml",
        encoding=encoding,
        is_rendition=True,
        metadata=overlay(overlay(record.found, metadata), record.metadata),
        parts=parts,
    )


def _metadata(item: etree._Element) -> Metadata:
    """What an item says of itself; where its NITF says more, that too."""
    management, lines = find(item, "NewsManagement"), find(item, "NewsLines")
    provider = find(item, "AdministrativeMetadata", "Provider", "Party")
    source = find(item, "AdministrativeMetadata", "Source", "Party")
    revised = text_of(find(management, "ThisRevisionCreated"))
    published = published_of(text_of(find(management, "FirstCreated"))) or published_of(revised)
    updated = moment_of(revised)
    language = attribute(find(item, "DescriptiveMetadata", "Language"), "FormalName")
    byline = text_of(find(lines, "ByLine"))
    inner = find(item, "DataContent", "nitf")
    own = Metadata(
        headline=text_of(find(lines, "HeadLine")),
        byline=writers([byline]) if byline else None,
        outlet=attribute(provider, "FormalName"),
        agency=attribute(source, "FormalName") or text_of(find(lines, "CreditLine")),
        published=published,
        updated_at=updated if published is None or updated != published.at else None,
        language=language or attribute(find(item, "NewsComponent"), _LANG),
        status=_status(management),
        version=version_of(text_of(find(item, "NewsIdentifier", "RevisionId"))),
    )
    return own if inner is None else overlay(nitf.metadata_of(inner), own)


def _status(management: etree._Element | None) -> str | None:
    """The status, else an instruction or kind of item that tells a correction."""
    given = [
        attribute(find(management, name), "FormalName")
        for name in ("Status", "Instruction", "NewsItemType")
    ]
    return next(filter(None, map(status_of, given)), None)


def _content(item: etree._Element) -> Paragraphs:
    """Paragraphs of the first component that has any, below its byline and dateline."""
    story: Paragraphs = next(filter(None, map(_inline, find_all(item, "DataContent"))), [])
    if not story:
        return []
    lines = [text_of(find(item, "NewsLines", name)) for name in ("ByLine", "DateLine")]
    shown = {line.casefold() for line, _ in story[:4]}
    first = story[0][0].casefold()
    credit_lines = [
        (line, Role.CREDIT)
        for line in lines
        if line and line.casefold() not in shown and not first.startswith(line.casefold())
    ]
    return [*credit_lines, *story]


def _inline(element: etree._Element) -> Paragraphs:
    """Paragraphs of NITF, XHTML or plain text within a component."""
    story = find(element, "nitf")
    if story is not None:
        return nitf.paragraphs_of(story)
    if len(element):
        body = find(element, "body")
        return render_element(element if body is None else body)
    return render_text(element.text or "")


FORMAT: Final = Format(
    name="newsml1",
    title="NewsML 1.0 to 1.2",
    suffixes=(".xml",),
    library="lxml, expat (standard library)",
    fills=FILLS,
    recognises=recognises,
    read=read,
    records="one news item",
    split=split,
)
