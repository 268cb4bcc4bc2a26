"""The formats that can be read, and the choice among them by content.

A new format is a module with a `Format` and one more entry in `FORMATS`.
"""

from typing import Final

from archive.errors import MisuseError, UnreadableDocument
from archive.reading import mail, text
from archive.reading.agencies import newsml, newsml1, ninjs, nitf
from archive.reading.data import json_lines, json_records, tables
from archive.reading.databases import factiva, nexis
from archive.reading.format import HEAD_BYTES, Format, Head
from archive.reading.office import docx, pdf, rtf
from archive.reading.packed import compressed, tars, zips
from archive.reading.packed.compressed import content_name
from archive.reading.signatures import foreign_format, remedy
from archive.reading.web import feeds, html, wacz, warc
from archive.records import Document, RawRecord

FORMATS: Final[tuple[Format, ...]] = (
    pdf.FORMAT,
    nexis.FORMAT,
    factiva.FORMAT,
    rtf.FORMAT,
    docx.FORMAT,
    wacz.FORMAT,
    warc.FORMAT,
    zips.FORMAT,
    *compressed.FORMATS,
    tars.FORMAT,
    *mail.FORMATS,
    html.FORMAT,
    feeds.FORMAT,
    newsml.FORMAT,
    newsml1.FORMAT,
    nitf.FORMAT,
    ninjs.FORMAT,
    json_lines.FORMAT,
    json_records.FORMAT,
    tables.FORMAT,
    text.FORMAT,
)
"""Tried in this order; the first that recognises a file reads it.

What is told by its first bytes comes first, and what lies in a ZIP of its own kind (DOCX, WACZ)
before ZIP. Then a format that is told by its words comes before the one that it is written in
(NITF before XML, a web page of Factiva's before other web pages); text is what is left.
"""

_BY_NAME: Final = {each.name: each for each in FORMATS}

EMPTY: Final = "an empty file. Fetch it again or leave it out."


def format_named(name: str) -> Format:
    """The format that `--format` names so; raises `MisuseError`, listing them, for other names."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise MisuseError(
            f"--format: no format is named {name!r}. Formats: {', '.join(sorted(_BY_NAME))}; "
            "`archive formats` tells what they are."
        ) from None


def find_format(head: Head) -> Format | None:
    """The format of a file by its first bytes; None where it is none that is read.

    `head.name` may be that of a compressed file: then the name of its content counts.
    """
    told = Head(name=content_name(head.name), content=head.content, is_whole=head.is_whole)
    for each in FORMATS:
        if each.recognises(told):
            return each
    return None


def refusal(head: Head) -> UnreadableDocument:
    """Why a file that no format recognises is not read, with the remedy."""
    kind = foreign_format(head.content) or "file of unknown kind"
    return UnreadableDocument(head.name, f"{kind}: not a format that is read. {remedy(kind)}")


def read(record: RawRecord) -> Document:
    """Make a `Document` of one record, by the format that it names or that its bytes tell.

    Raises `UnreadableDocument`, with reason and remedy, for a record that is empty, in a format
    that is not read, an archive of other files, or no sensible text.
    """
    if not record.content:
        raise UnreadableDocument(record.name, EMPTY)
    head = Head(
        name=record.name,
        content=record.content[:HEAD_BYTES],
        is_whole=len(record.content) <= HEAD_BYTES,
    )
    known = find_format(head) if record.format is None else format_named(record.format)
    if known is None:
        raise refusal(head)
    if known.read is None:
        raise UnreadableDocument(
            record.name, f"{known.title}: not one document. Ingest it as a file, to open it."
        )
    return known.read(record)
