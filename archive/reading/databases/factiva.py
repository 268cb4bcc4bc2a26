"""Exports of Factiva, RTF and HTML: many stories in one file. See `factiva_stories`.

Each story is a record. Of HTML its `content` is its own bytes, the element of the story (UTF-16 is
turned into UTF-8); a story of an RTF file has no bytes of its own that could be read alone, so its
`content` is its lines as UTF-8, with a tab after each code.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from archive.errors import UnreadableDocument
from archive.reading.databases.factiva_stories import (
    ACCESSION,
    CODES,
    Heading,
    find_fields,
    from_fields,
    from_lines,
)
from archive.reading.databases.press_stories import Story, story_document
from archive.reading.encodings import decode, detect, mend_utf8
from archive.reading.format import Container, Format, Found, Head
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.markup import clean_line, render_element, without_crowded_tags
from archive.reading.office import rtf
from archive.reading.office.soft_breaks import split_soft
from archive.records import Document, RawRecord

MAX_EXPORT_BYTES: Final = 64 * 1024 * 1024
"""Largest file that is taken apart: it must be in memory. An export has 100 stories at most, some
2 MiB, and pictures in RTF."""

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STORY: Final = re.compile(
    rb"""<div\b[^>]*\bclass\s*=\s*["']article [a-z]{2,5}Article["'][^>]*>""", re.I
)
_AFTER: Final = re.compile(rb"""<div\b[^>]*\bid\s*=\s*["']pageFooter["']|</form\b|</body\b""", re.I)
_END: Final = re.compile(rb"</(?:body|html)\b", re.I)
_ACCESSION: Final = re.compile(ACCESSION.pattern.encode())
_TITLE: Final = re.compile(rb"<title>\s*Factiva\s*</title>", re.I)
_MARKUP: Final = re.compile(rb"\s*<")
_RTF_TITLE: Final = b"Factiva RTF Display Format"

_NO_STORY: Final = (
    "an export of Factiva without any story. Export it again in article format, not headlines."
)


_CUT_OFF: Final = (
    "an export that was cut off: its end is missing. What was whole of it is kept; export it again."
)


def recognises(head: Head) -> bool:
    """Whether a file is an export: by its title, the elements of its stories, or its fields."""
    content = head.content
    if content.startswith(_MARKS):
        content = content[: len(content) // 2 * 2].decode("utf-16", "replace").encode()
    if rtf.recognises(head):
        return _RTF_TITLE in content or _is_export(_rtf_lines(head.name, content))
    if not _MARKUP.match(content.removeprefix(codecs.BOM_UTF8)):
        return False
    return _STORY.search(content) is not None or _TITLE.search(content) is not None


def _is_export(lines: Sequence[str]) -> bool:
    """Whether lines of an RTF file are stories: fields by their codes, or accession numbers."""
    return bool(find_fields(lines)) or any(ACCESSION.fullmatch(clean_line(line)) for line in lines)


def _rtf_lines(name: str, content: bytes) -> list[str]:
    """Lines of an RTF file; [] for one that cannot be read."""
    try:
        return _pieces(rtf.extract(name, content).lines)
    except UnreadableDocument:
        return []


def _pieces(lines: Sequence[str]) -> list[str]:
    """Lines parted at the breaks within them; tabs stay."""
    return [piece for line in lines for piece in split_soft(line)]


def split(container: Container) -> Iterator[Found]:
    """Yield the stories in their order, named by their number from 1.

    Of a file that was cut off the whole stories are given, then an UnreadableDocument.
    """
    content = container.stream.read(MAX_EXPORT_BYTES + 1)
    if len(content) > MAX_EXPORT_BYTES:
        yield UnreadableDocument(
            container.name,
            f"more than {MAX_EXPORT_BYTES:,} bytes. Export fewer documents at a time.",
        )
        return
    if content.startswith(_MARKS):
        content = content.decode("utf-16", "replace").encode()
    try:
        if rtf.recognises(Head(name=container.name, content=content[:64])):
            stories, is_whole = _rtf_stories(container.name, content)
        else:
            stories, is_whole = _html_stories(content)
    except UnreadableDocument as error:
        yield error
        return
    for number, story in enumerate(stories, start=1):
        name = f"{container.name}#{number}"
        if len(story) > MAX_DOCUMENT_BYTES:
            yield UnreadableDocument(
                name, f"a story of more than {MAX_DOCUMENT_BYTES:,} bytes. Leave it out."
            )
        else:
            yield RawRecord(
                name=name, content=story, metadata=container.metadata, format=FORMAT.name
            )
    if not is_whole:
        yield UnreadableDocument(container.name, _CUT_OFF)
    elif not stories:
        yield UnreadableDocument(container.name, _NO_STORY)


def _html_stories(content: bytes) -> tuple[list[bytes], bool]:
    """The bytes of each story, from its element to that of the next one or the end of the page.

    And whether the page is whole: it ends, or its last story does.
    """
    starts = [match.start() for match in _STORY.finditer(content)]
    stories: list[bytes] = []
    after = None
    for start, end in pairwise([*starts, len(content)]):
        after = _AFTER.search(content, start, end)
        stories.append(content[start : after.start() if after else end])
    if not stories or after or _ACCESSION.search(stories[-1]):
        return stories, bool(stories) or _END.search(content) is not None
    return stories[:-1], False


def _rtf_stories(name: str, content: bytes) -> tuple[list[bytes], bool]:
    """The lines of each story, and whether the file is whole."""
    extracted = rtf.extract(name, content)
    stories: list[bytes] = []
    story: list[str] = []
    for line in _pieces(extracted.lines):
        story.append(line)
        text = clean_line(line)
        if ACCESSION.fullmatch(text) or ACCESSION.fullmatch(text.removeprefix("AN").strip()):
            stories.append("\n".join(story).encode())
            story = []
    if extracted.is_whole and (find_fields(story) or from_lines(story).metadata.published):
        stories.append("\n".join(story).encode())
    return stories, extracted.is_whole


def read(record: RawRecord) -> Document:
    """Make the `Document` of one story, as `split` gives it.

    The text is the headline, the lead and the rest of the text; section, byline, credit, source,
    date and time, and language are its metadata, the status `corrected` where it has a correction.

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
    if _MARKUP.match(record.content.removeprefix(codecs.BOM_UTF8)):
        return story_document(
            record, _html_story(record.name, text), media_type="text/html", encoding=encoding
        )
    lines = text.splitlines()
    fields = find_fields(lines)
    story = from_fields(fields) if fields else from_lines(lines)
    return story_document(record, story, media_type="text/plain", encoding=encoding)


def _html_story(name: str, text: str) -> Story:
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        content = without_crowded_tags(text).encode("utf-8", "replace")
        root = lxml_html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise UnreadableDocument(
            name, "a story without any element that can be read. Export it again."
        ) from error
    fields = _table_fields(root)
    if {"HD", "PD"} <= fields.keys():
        return from_fields(fields)
    heading = Heading(
        headline=_first_of_class(root, re.compile(r"[a-z]{2,5}Headline")),
        byline=_first_of_class(root, re.compile("author")),
    )
    return from_lines([line for line, _ in render_element(root)], heading)


def _first_of_class(root: etree._Element, name: re.Pattern[str]) -> str | None:
    """The text of the first element that has a class."""
    for element in root.iter():
        if any(map(name.fullmatch, (element.get("class") or "").split())):
            return _text_of(element)
    return None


def _text_of(element: etree._Element) -> str | None:
    return clean_line("".join(map(str, element.itertext()))) or None


def _table_fields(root: etree._Element) -> dict[str, list[str]]:
    """The fields of a story that is a table of codes and values."""
    fields: dict[str, list[str]] = {}
    for row in root.iter("tr"):
        cells = row.findall("td")
        code = _text_of(cells[0]) if len(cells) == 2 else None
        if code in CODES and code not in fields:
            fields[code] = [line for line, _ in render_element(cells[1])]
    return fields


FORMAT: Final = Format(
    name="factiva",
    title="export of Factiva (RTF, HTML)",
    suffixes=(".rtf", ".html", ".htm"),
    library="striprtf, lxml",
    fills=(
        "text",
        "headline",
        "byline",
        "agency",
        "outlet",
        "published",
        "section",
        "language",
        "status",
    ),
    recognises=recognises,
    read=read,
    records="a story",
    split=split,
)
