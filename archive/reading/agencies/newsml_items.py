"""The items of a NewsML file, of either generation, as records of their own."""

from collections.abc import Callable, Iterator

from lxml import etree

from archive.errors import UnreadableDocument
from archive.reading.agencies.nitf import find
from archive.reading.agencies.xml_text import BrokenOff, Items, parse_xml
from archive.reading.format import Container, Found
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.records import RawRecord


def split_items(
    container: Container,
    item: str,
    others: frozenset[str],
    identify: Callable[[etree._Element | None], str | None],
    format_name: str,
) -> Iterator[Found]:
    """The elements `item` of a file in order, each named by what `identify` gives, else by number.

    The bytes of one are the file without its other items. Elements named in `others` hold no story
    and are reported.
    """
    number = 0
    try:
        for kind, content in Items(others | {item}).read(container.stream):
            number += 1
            name = f"{container.name}#{number}"
            if kind != item:
                yield UnreadableDocument(
                    name, f"a {kind}: it holds no story of its own. Leave it out."
                )
            elif content is None:
                yield UnreadableDocument(
                    name,
                    f"an item of more than the {MAX_DOCUMENT_BYTES:,} bytes that one document may "
                    "have. Leave out what is no text of it, such as pictures.",
                )
            else:
                yield _record(container, name, content, item, identify, format_name)
    except BrokenOff:
        where = f"after item {number}" if number else "before its first item ends"
        yield UnreadableDocument(
            container.name,
            f"the XML breaks off or is damaged {where}. What stands before is stored; fetch the "
            "file again.",
        )
        return
    if number == 0:
        yield UnreadableDocument(
            container.name, "a message without news items. Leave it out, or fetch it again."
        )


def _record(
    container: Container,
    name: str,
    content: bytes,
    item: str,
    identify: Callable[[etree._Element | None], str | None],
    format_name: str,
) -> Found:
    try:
        element = find(parse_xml(name, content)[0], item)
    except UnreadableDocument as error:
        return error
    return RawRecord(
        name=identify(element) or name,
        content=content,
        metadata=container.metadata,
        format=format_name,
        mapping=container.mapping,
    )
