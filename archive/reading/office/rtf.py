r"""RTF (Rich Text Format), by striprtf; what is not text is cleared away before.

Characters come from the code page that the file names (`\ansicpg`), from the character set of each
font, and from Unicode escapes. Left out are pictures, headers and footers, footnotes, comments,
hidden and deleted text: see `rtf_groups`. The text may hold any number of stories.
"""

import re
from dataclasses import dataclass
from typing import Final

from striprtf.striprtf import rtf_to_text

from archive.errors import UnreadableDocument
from archive.reading.format import Format, Head
from archive.reading.markup import clean_line
from archive.reading.meta import overlay
from archive.reading.office.office_properties import byline_of, headline_among
from archive.reading.office.rtf_groups import MAX_DEPTH, SOFT_BREAK, TooDeepError, clear
from archive.reading.office.soft_breaks import split_soft
from archive.records import Document, Metadata, RawRecord

_OPENING: Final = b"{\\rtf"
_LINE: Final = re.compile(r"[\r\n\f\v\x85\u2029]+")
_CODE_PAGE: Final = re.compile(r"\\ansicpg([0-9]{1,5})")
_LONGEST_TITLE: Final = 4_000


@dataclass(frozen=True, slots=True)
class RtfText:
    """The text of an RTF file: its lines, tabs between the cells of a table, and its properties.

    Lines may hold U+2028, where the file breaks a line within a paragraph.
    """

    lines: tuple[str, ...]
    title: str | None = None
    author: str | None = None
    is_whole: bool = True


def recognises(head: Head) -> bool:
    """Whether a file begins as RTF does."""
    return head.content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_OPENING)


def extract(name: str, content: bytes) -> RtfText:
    """Extract the text of the RTF file `name`, one item per line, blank lines left out.

    Raises UnreadableDocument for what is no RTF, and for groups nested without end.
    """
    rtf = content.decode("latin-1").removeprefix("ï»¿").lstrip()
    if not rtf.startswith(_OPENING.decode()):
        raise UnreadableDocument(
            name,
            "no RTF: it does not begin with {\\rtf. Check its ending, or save it as RTF again.",
        )
    try:
        cleared = clear(rtf)
    except TooDeepError as error:
        raise UnreadableDocument(
            name,
            f"more than {MAX_DEPTH:,} groups within each other, as no word processor writes. "
            "Save it as RTF or DOCX again.",
        ) from error
    encoding = _encoding(cleared.text)
    text = _to_text(name, cleared.text, encoding)
    return RtfText(
        lines=tuple(line for line in _LINE.split(text) if line.strip()),
        title=_property(name, cleared.info.get("title"), encoding),
        author=_property(name, cleared.info.get("author"), encoding),
        is_whole=cleared.is_closed,
    )


def _encoding(rtf: str) -> str:
    """The codec of the code page that a file names, Windows-1252 where it names none."""
    match = _CODE_PAGE.search(rtf[:4096])
    return f"cp{match[1]}" if match else "cp1252"


def _to_text(name: str, rtf: str, encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "cp1252"
    try:
        text: str = rtf_to_text(rtf, encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, TypeError, KeyError, OverflowError) as error:
        raise UnreadableDocument(
            name, "damaged RTF that cannot be read. Save it as RTF or DOCX again."
        ) from error
    # Characters beyond U+FFFF are written as two halves of a surrogate pair.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _property(name: str, rtf: str | None, encoding: str) -> str | None:
    if not rtf or len(rtf) > _LONGEST_TITLE:
        return None
    try:
        return clean_line(_to_text(name, rtf, encoding)) or None
    except UnreadableDocument:
        return None


def read(record: RawRecord) -> Document:
    """Make a `Document` of an RTF file: a line per paragraph, a line per row of a table.

    The title in its properties is the headline where the text shows it among its first lines, the
    author the byline where it reads as a person's name.

    Raises UnreadableDocument for a file without text, one that was cut off, and one that cannot be
    read.
    """
    extracted = extract(record.name, record.content)
    paragraphs = [
        line
        for each in extracted.lines
        for piece in split_soft(each.replace("\t", " "))
        if (line := clean_line(piece))
    ]
    if not extracted.is_whole:
        raise UnreadableDocument(
            record.name, "an RTF file that was cut off: its end is missing. Fetch it again."
        )
    if not paragraphs:
        raise UnreadableDocument(
            record.name, "an RTF file without text: perhaps only pictures. Leave it out."
        )
    at = headline_among(extracted.title, paragraphs)
    own = Metadata(
        headline=None if at is None else paragraphs[at], byline=byline_of(extracted.author)
    )
    return Document(
        name=record.name,
        text="\n\n".join(paragraphs),
        media_type="application/rtf",
        encoding=None,
        is_rendition=True,
        metadata=overlay(overlay(record.found, own), record.metadata),
    )


FORMAT: Final = Format(
    name="rtf",
    title="RTF",
    suffixes=(".rtf",),
    library="striprtf",
    fills=("text", "headline", "byline"),
    recognises=recognises,
    read=read,
)

__all__ = ["FORMAT", "SOFT_BREAK", "RtfText", "extract", "read", "recognises"]
