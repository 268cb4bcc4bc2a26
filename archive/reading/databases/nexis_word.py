"""A story in the Word files that Nexis Uni, Nexis Advance and Lexis Advance export.

Source: see `nexis_fields`. A story is: headline, source, date, copyright, fields (`Section:`,
`Length:`, `Byline:` ...), the line `Body`, the text, `Graphic` with captions, `Classification`
with more fields, `Load-Date:`, and the line `End of Document`. A page with the search and a list of
the headlines may stand before the first one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from archive.reading.databases.nexis_fields import TRAILER, field_of, metadata_of
from archive.reading.databases.nexis_text import is_marker
from archive.reading.databases.press_stories import Story, is_copyright
from archive.reading.databases.printed_dates import find_date, parse_printed
from archive.reading.markup import Paragraphs
from archive.records import Role

END: Final = "End of Document"
_BODY: Final = "Body"
_GRAPHIC: Final = "Graphic"
_CLASSIFICATION: Final = "Classification"
_COVER: Final = re.compile(
    r"(?:Date and Time|Job Number|User Name|Client/Matter|Search Terms|Search Type|Narrowed by|"
    r"Content Type)\s*:.*|Documents? \([0-9]+\)|Narrowed by:?|[0-9]{1,4}\.\s.*"
)
_JOB: Final = re.compile(r"Job Number\s*:.*")
_DOCUMENTS: Final = re.compile(r"Documents? \([0-9]+\)")
_HEADER_LINES: Final = 12
"""Lines of a header at most: headline, source, date, copyright, fields."""

REFUSED: Final = "We are sorry but there is an error in this document"
"""What Nexis puts in the place of a story that it could not export."""


def is_word_export(lines: Sequence[str]) -> bool:
    """Whether lines are the beginning of an export, by its first page or by a story's header.

    A document with a line `Length: two metres` is none.
    """
    first = lines[:40]
    if any(map(_JOB.fullmatch, first)) and any(map(_DOCUMENTS.fullmatch, first)):
        return True
    for index, line in enumerate(lines):
        if line == _BODY:
            header = lines[max(0, index - _HEADER_LINES) : index]
            names = {found[0] for each in header if (found := field_of(each, capitals=False))}
            if "length" in names and any(find_date(each) for each in header):
                return True
    return END in lines and any(
        (found := field_of(line, capitals=False)) and found[0] == "loaded" for line in lines
    )


def split_stories(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the lines of each story, without the first page; the last one may be cut off.

    A story ends with the line `End of Document`; the number of documents that the first page
    promises is not relied on.
    """
    story: list[str] = []
    for line in lines:
        if line == END:
            yield from _without_cover([*story, line])
            story = []
        elif not is_marker(line):
            story.append(line)
    yield from _without_cover(story)


def _without_cover(lines: list[str]) -> Iterator[list[str]]:
    """A story without the page of the search; nothing where only that is there."""
    if not any(line != END for line in lines):
        return
    if not (any(map(_JOB.fullmatch, lines[:40])) or any(map(_DOCUMENTS.fullmatch, lines[:40]))):
        yield lines
        return
    body = lines.index(_BODY) if _BODY in lines else len(lines)
    dated = [
        index
        for index in range(body)
        if find_date(lines[index])
        and not _COVER.fullmatch(lines[index])
        and not field_of(lines[index], capitals=False)
    ]
    covers = [index for index in range(body) if _COVER.fullmatch(lines[index])]
    # Headline and source stand on the two lines before the date.
    start = max(dated[-1] - 2, 0) if dated and _BODY in lines else max(covers, default=-1) + 1
    if any(line != END for line in lines[start:]) and (_BODY in lines or dated):
        yield lines[start:]


def parse(lines: Sequence[str]) -> Story:
    """Take a story apart: what its header and its end say, and the paragraphs of its text."""
    lines = [line for line in lines if line != END]
    body = lines.index(_BODY) if _BODY in lines else _header_end(lines)
    header = lines[:body]
    text = lines[body + 1 :] if _BODY in lines else lines[body:]
    end = _text_end(text)
    captions: list[str] = []
    told = text[end:]
    text = text[:end]
    if _GRAPHIC in text:
        at = len(text) - 1 - text[::-1].index(_GRAPHIC)
        captions, text = text[at + 1 :], text[:at]
    fields = dict(found for line in [*told, *header] if (found := field_of(line, capitals=False)))
    if "graphic" in fields:
        captions.append(fields["graphic"])
    headline, outlet, date, more = _banner(header)
    metadata = replace(
        metadata_of(fields), outlet=outlet, published=parse_printed(date) if date else None
    )
    if headline:
        metadata = replace(metadata, headline=headline)
    paragraphs: Paragraphs = [
        *((line, Role.SUBHEADING) for line in more),
        *((line, None) for line in text),
        *((line, Role.CAPTION) for line in captions if line),
    ]
    return Story(metadata, paragraphs)


def _header_end(lines: Sequence[str]) -> int:
    """Where the text begins in a story without the line `Body`: after the first run of fields."""
    for index, line in enumerate(lines[:_HEADER_LINES]):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if field_of(line, capitals=False) and not field_of(following, capitals=False):
            return index + 1
    return min(len(lines), 1)


def _text_end(text: Sequence[str]) -> int:
    """One past the last line of the text: before `Classification`, or the fields at the end."""
    for index in range(len(text) - 2, -1, -1):
        if text[index] == _CLASSIFICATION and field_of(text[index + 1], capitals=False):
            return index
    end = len(text)
    while end and (found := field_of(text[end - 1], capitals=False)) and found[0] in TRAILER:
        end -= 1
    return end


def _banner(header: Sequence[str]) -> tuple[str | None, str | None, str | None, list[str]]:
    """Headline, source, line of the date, and lines between headline and source."""
    lines: list[str] = []
    for line in header:
        if field_of(line, capitals=False) or is_copyright(line):
            break
        lines.append(line)
    dated = next((index for index in range(1, len(lines)) if find_date(lines[index])), None)
    if dated is None:
        return (lines[0] if lines else None), (lines[1] if len(lines) > 1 else None), None, []
    if dated == 1:
        return lines[0], None, lines[1], []
    return lines[0], lines[dated - 1], lines[dated], lines[1 : dated - 1]
