"""NewsML-G2: news items of agencies as XML, alone or several in a message.

Source: the NewsML-G2 guidelines and examples of the IPTC
(https://iptc.org/std/NewsML-G2/guidelines/). The story within an item is NITF, XHTML or plain text.
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
    local_name,
    render_element,
    render_fragment,
    render_text,
    with_headline,
)
from archive.reading.meta import overlay
from archive.reading.moments import moment_of, published_of
from archive.records import Document, Metadata, Published, RawRecord, Role

_ITEM: Final = "newsItem"
_OTHER_ITEMS: Final = frozenset(
    {"packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}
)
"""Items of the standard that hold no story: lists of items, of concepts, of plans."""

_ROOTS: Final = frozenset({_ITEM, "newsMessage"}) | _OTHER_ITEMS

FILLS: Final = (
    "text", "headline", "byline", "outlet", "agency", "published", "updated_at", "section",
    "language", "url", "status", "version",
)  # fmt: skip

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_NO_TOPIC: Final = ("person", "organisation", "geoarea", "poi", "object", "event")
"""Types of a subject (`cpnat:person`) that name what a story is about, not its section."""


def recognises(head: Head) -> bool:
    """XML whose root is an item or a message of NewsML-G2."""
    return root_name(head.content) in _ROOTS


def split(container: Container) -> Iterator[Found]:
    """The items of a file in order, each named by its `guid` where that is a URI.

    The bytes of an item of a message are the message without its other items. Items that hold no
    story are reported.
    """
    return split_items(container, _ITEM, _OTHER_ITEMS, _identifier, "newsml")


def _identifier(item: etree._Element | None) -> str | None:
    guid = attribute(item, "guid")
    return guid if guid and is_permanent(guid) else None


def read(record: RawRecord) -> Document:
    """Make the Document of one item: headline, byline and dateline as credits, the paragraphs.

    A cancelled item without text is kept with its headline. Raises UnreadableDocument for an item
    without text (a picture, a video).
    """
    root, encoding = parse_xml(record.name, record.content)
    item = find(root, _ITEM)
    if item is None:
        raise UnreadableDocument(
            record.name, "no NewsML-G2: there is no `newsItem` in it. Leave --format out."
        )
    content = _content(item)
    metadata = _metadata(item)
    if not content and not (metadata.headline and metadata.status == "cancelled"):
        raise UnreadableDocument(
            record.name, f"a news item ({_class(item)}) without text. Leave it out."
        )
    text, parts = compose(with_headline(metadata.headline, content))
    return Document(
        name=record.name,
        text=text,
        media_type="application/vnd.iptc.g2.newsitem+xml",
        encoding=encoding,
        is_rendition=True,
        metadata=overlay(overlay(record.found, metadata), record.metadata),
        parts=parts,
    )


def _class(item: etree._Element) -> str:
    qcode = attribute(find(item, "itemMeta", "itemClass"), "qcode") or "of unknown class"
    return qcode.rpartition(":")[2][:40]


def _metadata(item: etree._Element) -> Metadata:
    """What an item says of itself; where its NITF says more, that too."""
    meta, content = find(item, "itemMeta"), find(item, "contentMeta")
    inner = find(item, "inlineXML", "nitf")
    published, updated = _published(meta, content), moment_of(text_of(find(meta, "versionCreated")))
    own = Metadata(
        headline=_headline(item),
        byline=writers([text_of(find(content, "by")) or _name(find(content, "creator")) or ""]),
        outlet=_name(find(meta, "provider")) or _name(find(item, "rightsInfo", "copyrightHolder")),
        agency=_name(find(content, "infoSource")) or text_of(find(content, "creditline")),
        published=published,
        updated_at=updated if published is None or updated != published.at else None,
        section=_section(content),
        language=attribute(find(content, "language"), "tag") or attribute(item, _LANG),
        url=_address(item),
        status=_status(meta),
        version=version_of(attribute(item, "version")),
    )
    return own if inner is None else overlay(nitf.metadata_of(inner), own)


def _published(meta: etree._Element | None, content: etree._Element | None) -> Published | None:
    """When the item was released: the end of an embargo, else when it was first made."""
    for parent, name in (
        (meta, "embargoed"),
        (meta, "firstCreated"),
        (content, "contentCreated"),
        (meta, "versionCreated"),
    ):
        if published := published_of(text_of(find(parent, name))):
            return published
    return None


def _status(meta: etree._Element | None) -> str | None:
    """The publishing status, else the first signal that says something of it (`sig:correction`)."""
    given = [find(meta, "pubStatus"), *find_all(meta, "signal")]
    values = [attribute(each, name) for each in given for name in ("qcode", "uri")]
    return next(filter(None, map(status_of, values)), None)


def _headline(item: etree._Element) -> str | None:
    """The headline, the main one of several; a slugline is none."""
    headlines = find_all(find(item, "contentMeta"), "headline")
    headlines.sort(key=lambda each: not (attribute(each, "role") or "").endswith("main"))
    found = next(filter(None, map(text_of, headlines)), None)
    story = find(item, "inlineXML", "nitf")
    return found or (nitf.headline_of(story) if story is not None else None)


def _name(element: etree._Element | None) -> str | None:
    """What a party is called: its name, else its literal."""
    name = next((each for each in find_all(element, "name") if text_of(each)), None)
    return text_of(name) or attribute(element, "literal")


def _section(content: etree._Element | None) -> str | None:
    """The name of the first subject that is a topic."""
    for subject in find_all(content, "subject"):
        kind = (attribute(subject, "type") or "").rpartition(":")[2].lower()
        if kind not in _NO_TOPIC and (name := text_of(find(subject, "name"))):
            return name
    return None


def _address(item: etree._Element) -> str | None:
    """The web address of the story: its identifier or an alternative one."""
    given = [attribute(item, "guid"), *(text_of(each) for each in find_all(item, "altLoc"))]
    return next((each for each in given if each and each.startswith(("http://", "https://"))), None)


# ---------------------------------------------------------------------------------------- text


def _content(item: etree._Element) -> Paragraphs:
    """Paragraphs of the first content that has any; a description is a teaser."""
    meta = find(item, "contentMeta")
    contents = [*find_all(item, "inlineXML"), *find_all(item, "inlineData")]
    story: Paragraphs = next(filter(None, map(_inline, contents)), [])
    if not story:
        is_text = _class(item) in ("text", "composite")
        described = text_of(find(meta, "description")) if is_text else None
        return [(described, Role.TEASER)] if described else []
    shown = {line.casefold() for line, _ in story[:4]}
    lines = [text_of(find(meta, name)) for name in ("by", "dateline")]
    credit_lines = [
        (line, Role.CREDIT)
        for line in lines
        if line and line.casefold() not in shown and not _opens(story, line)
    ]
    return [*credit_lines, *story]


def _opens(story: Paragraphs, line: str) -> bool:
    """Whether the first paragraph begins with a dateline."""
    return story[0][0].casefold().startswith(line.casefold())


def _inline(element: etree._Element) -> Paragraphs:
    """Paragraphs of NITF, XHTML, HTML or plain text within an item."""
    kind = (element.get("contenttype") or "").lower()
    if local_name(element) == "inlinexml":
        story = find(element, "nitf")
        if story is not None:
            return nitf.paragraphs_of(story)
        body = find(element, "body")
        return render_element(element if body is None else body)
    text = "".join(str(piece) for piece in element.itertext())
    return render_fragment(text) if "html" in kind else render_text(text)


FORMAT: Final = Format(
    name="newsml",
    title="NewsML-G2",
    suffixes=(".xml", ".newsml"),
    library="lxml, expat (standard library)",
    fills=FILLS,
    recognises=recognises,
    read=read,
    records="one news item",
    split=split,
)
