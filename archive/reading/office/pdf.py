"""PDF, by pypdf: the text layer, with paragraphs put together from the printed lines.

Nothing is recognised from pictures: a scan without a text layer is refused with the remedy.
Running heads and feet and page numbers are left out: lines at the edge of a page that stand at the
same height, with the same words but for numbers, on more than half of the pages; and the address
and date that a browser prints around a page. The text may hold any number of stories.
"""

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from math import hypot
from typing import Any, Final

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError

from archive.errors import UnreadableDocument
from archive.reading.format import Format, Head
from archive.reading.markup import clean_line
from archive.reading.meta import overlay
from archive.reading.office.office_properties import byline_of, headline_among, language_of
from archive.reading.office.pdf_lines import (
    SOFT_HYPHEN,
    PageLine,
    join_paragraphs,
    page_lines,
    without_running_lines,
)
from archive.reading.office.pdf_properties import PdfProperties, read_properties
from archive.records import Document, Metadata, RawRecord

MAX_PAGES: Final = 1_000
"""Most pages of one document: a newspaper has a hundred."""

MAX_OPERATIONS: Final = 500_000
"""Most drawing operations of a document in all, those of repeated forms counted each time. A page
of a newspaper has some 3,000; half a million take up to half a minute."""

_MIB: Final = 1024 * 1024
_BOUNDS: Final = Configuration(
    maximum_declared_stream_length=16 * _MIB,
    array_based_stream_maximum_output_length=16 * _MIB,
    lzw_maximum_output_length=16 * _MIB,
    run_length_maximum_output_length=16 * _MIB,
    zlib_maximum_output_length=16 * _MIB,
    brotli_maximum_output_length=16 * _MIB,
    zlib_maximum_recovery_input_length=1 * _MIB,
    stream_decoding_work_maximum_length=64 * _MIB,
    stream_parsing_work_maximum_count=1_000_000,
    xmp_maximum_input_length=1 * _MIB,
    page_tree_maximum_entries=4 * MAX_PAGES,
    page_tree_maximum_page_entries=50 * MAX_PAGES,
    xform_maximum_invocations_per_extraction=1_000,
    jbig2dec_binary=None,  # no other program is started
)
"""What pypdf may unpack and parse of one stream or tree; its own bounds are four times these."""

_RECOVERED: Final = 2_000
"""Objects looked at to find the root of a damaged file."""

_HEADER: Final = b"%PDF-"
_LATE_HEADER: Final = re.compile(rb"[\r\n]%PDF-[12]\.[0-9][ \t]*[\r\n]")
_OBJECT: Final = re.compile(rb"[\r\n][0-9]{1,10} [0-9]{1,5} obj\b")
_END: Final = b"%%EOF"
_TAIL: Final = 64 * 1024

_PRINTED_FOOT: Final = re.compile(r"(https?://\S+)(?:\s+\d+\s*/\s*\d+)?")
_PRINTED_HEAD: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? \d{1,2}:\d{2}\b.*")
"""What browsers print below and above a page: its address and number; the time and its title."""

_UNTOLD: Final = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:\d+\)|/g\d+\b")
"""Characters whose meaning a font does not tell: unknown, private, control, glyph numbers."""

_UNTOLD_SHARE: Final = 0.2
"""More of them than this share of the characters, and the text cannot be told."""

logging.getLogger("pypdf").addHandler(logging.NullHandler())


class _TooMuchError(MemoryError):
    """More operations than `MAX_OPERATIONS`; a MemoryError, since pypdf lets no other one pass."""


def recognises(head: Head) -> bool:
    """Whether a file begins as PDF does.

    White space may stand before, or what a server or a printer put there, within the first
    kilobyte, as other readers allow (ISO 32000-1, Adobe's implementation note 13).
    """
    opening = head.content[:1024]
    if opening.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_HEADER):
        return True
    return _LATE_HEADER.search(opening) is not None and _OBJECT.search(head.content) is not None


def read(record: RawRecord) -> Document:
    """Make a `Document` of the text layer of a PDF, one line per paragraph.

    The title in its properties is the headline where the text shows it among its first lines, the
    author the byline where it reads as a person's name. The time at which a browser printed a
    page is when it was retrieved, the address below it its URL.

    Raises UnreadableDocument for a file that is cut off, damaged, encrypted, without a text layer,
    or too large to be read in reasonable time.
    """
    if _END not in record.content[-_TAIL:]:
        raise UnreadableDocument(
            record.name, "a PDF that was cut off: its end is missing. Fetch it again."
        )
    with apply_configuration(_BOUNDS):
        try:
            properties, lines = _extract(record)
        except UnreadableDocument:
            raise
        except _TooMuchError as error:
            raise UnreadableDocument(
                record.name,
                f"more than {MAX_OPERATIONS:,} drawing operations. Split it, or print its text "
                "alone.",
            ) from error
        except DependencyError as error:
            raise UnreadableDocument(
                record.name,
                "encrypted with AES, for which the package `cryptography` is missing. Install it, "
                "or save the PDF without encryption.",
            ) from error
        except LimitReachedError as error:
            raise UnreadableDocument(
                record.name,
                "parts that unpack to more than any page needs. Print it to a new PDF.",
            ) from error
        except Exception as error:  # pypdf raises any kind for damaged files
            raise UnreadableDocument(
                record.name, "a damaged PDF. Open it in a PDF viewer and print it to a new PDF."
            ) from error
    return _document(record, properties, lines)


def _extract(record: RawRecord) -> tuple[PdfProperties, list[PageLine]]:
    reader = PdfReader(
        io.BytesIO(record.content),
        root_object_recovery_limit=_RECOVERED,
        xref_stream_maximum_entries=500_000,
    )
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableDocument(record.name, "a PDF protected by a password. Save it without one.")
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableDocument(
            record.name, f"{len(reader.pages):,} pages, more than {MAX_PAGES:,}. Split it."
        )
    extraction = _Extraction()
    lines = [
        line for number, page in enumerate(reader.pages) for line in extraction.lines(page, number)
    ]
    return read_properties(reader), lines


class _Extraction:
    """Extracts pages one after the other, and counts what they cost."""

    def __init__(self) -> None:
        self._operations = 0

    def lines(self, page: Any, number: int) -> list[PageLine]:
        fragments: list[tuple[str, float, float, float]] = []

        def count(*_: object) -> None:
            self._operations += 1
            if self._operations > MAX_OPERATIONS:
                raise _TooMuchError

        def take(
            text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float
        ) -> None:
            if text:
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                scale = hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
                fragments.append((text, float(x), float(y), abs(float(size)) * float(scale)))

        page.extract_text(visitor_operand_before=count, visitor_text=take)
        cleaned = (replace(line, text=_clean(line.text)) for line in page_lines(fragments, number))
        return [line for line in cleaned if line.text]


def _clean(text: str) -> str:
    """A line on one line; a soft hyphen at its end stays, since it tells of a divided word."""
    hyphen = SOFT_HYPHEN if text.rstrip().endswith(SOFT_HYPHEN) else ""
    return clean_line(text) + hyphen


def _document(record: RawRecord, properties: PdfProperties, lines: Sequence[PageLine]) -> Document:
    letters = sum(char.isalpha() for line in lines for char in line.text)
    if not letters:
        raise UnreadableDocument(
            record.name,
            "a PDF without a text layer: most likely scanned pages. Recognise its text (OCR, for "
            "instance with OCRmyPDF) and ingest the result.",
        )
    body, running = without_running_lines(lines)
    body, printed = _without_printed(body, is_web_page=properties.is_web_page)
    paragraphs = join_paragraphs(body or lines)
    characters = sum(map(len, paragraphs))
    untold = sum(len(_UNTOLD.findall(paragraph)) for paragraph in paragraphs)
    if untold > characters * _UNTOLD_SHARE:
        raise UnreadableDocument(
            record.name,
            "a PDF whose fonts do not tell their letters. Recognise its text (OCR, for instance "
            "with OCRmyPDF --force-ocr) and ingest the result.",
        )
    at = headline_among(properties.title, paragraphs)
    own = Metadata(
        headline=None if at is None else paragraphs[at],
        byline=byline_of(properties.author),
        language=language_of(properties.language),
        published=properties.published,
        outlet=properties.outlet,
        url=_address([*running, *printed]),
        retrieved_at=properties.printed_at,
    )
    return Document(
        name=record.name,
        text="\n\n".join(paragraphs),
        media_type="application/pdf",
        encoding=None,
        is_rendition=True,
        metadata=overlay(overlay(record.found, own), record.metadata),
    )


def _without_printed(
    lines: Sequence[PageLine], *, is_web_page: bool
) -> tuple[list[PageLine], list[PageLine]]:
    """Part what a browser prints around a page from the other lines, where one printed it."""
    if not is_web_page:
        return list(lines), []
    printed = {
        line
        for line in lines
        if _PRINTED_FOOT.fullmatch(line.text) or _PRINTED_HEAD.fullmatch(line.text)
    }
    return [line for line in lines if line not in printed], [
        line for line in lines if line in printed
    ]


def _address(lines: Sequence[PageLine]) -> str | None:
    """The address that a browser prints below each page, where it is one and not cut short."""
    found = {match[1] for line in lines if (match := _PRINTED_FOOT.fullmatch(line.text))}
    address = found.pop() if len(found) == 1 else None
    return address if address and not address.endswith(("…", "...")) else None


FORMAT: Final = Format(
    name="pdf",
    title="PDF",
    suffixes=(".pdf",),
    library="pypdf",
    fills=("text", "headline", "byline", "outlet", "published", "url", "language", "retrieved_at"),
    recognises=recognises,
    read=read,
)
