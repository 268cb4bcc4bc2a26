"""A story of a news database's export: what its header says, and its text."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from archive.errors import UnreadableDocument
from archive.reading.markup import Paragraphs, clean_line, compose, with_headline
from archive.reading.meta import overlay
from archive.reading.office.office_properties import without_by
from archive.records import Document, Metadata, RawRecord

_COPYRIGHT: Final = re.compile(r"copyright|©|\(c\)\s*(?:[A-Z]|\d{4})|all rights reserved", re.I)
_PAGE: Final = re.compile(r"(?:pg|page|p|s|seite|blz|pág)\b\.?\s*[A-Z]?-?\d+\b.*", re.I)
_MOST_NAMES: Final = 500
"""Characters of a byline or a section; what is longer is text that got there by mistake."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story taken from an export: its metadata and the paragraphs of its text, no headline."""

    metadata: Metadata = field(default_factory=Metadata)
    paragraphs: Paragraphs = field(default_factory=list)


def is_copyright(line: str) -> bool:
    """Whether a line is a notice of copyright, as stands in the header or below a story.

    >>> is_copyright("Copyright 2025 Quayside Herald"), is_copyright("The right to copy")
    (True, False)
    """
    return _COPYRIGHT.search(line[:300]) is not None and len(line) < 600


def byline_field(value: str) -> str | None:
    """The writers that a byline field names, without `By`, with commas between them."""
    cleaned = without_by(re.sub(r"\s*;\s*", ", ", clean_line(value))).strip(" ,")
    return cleaned if cleaned and len(cleaned) <= _MOST_NAMES else None


def section_field(value: str) -> str | None:
    """The section that a field names, without the page after it.

    >>> section_field("A-SECTION; Pg. A01"), section_field("Pg. 6")
    ('A-SECTION', None)
    """
    pieces = [piece.strip() for piece in clean_line(value).split(";")]
    sections = [piece for piece in pieces if piece and not _PAGE.fullmatch(piece)]
    return sections[0] if sections and len(sections[0]) <= _MOST_NAMES else None


def story_document(
    record: RawRecord, story: Story, *, media_type: str, encoding: str | None
) -> Document:
    """Make the `Document` of a story, headline first; it is exactly one, so its parts are given.

    Raises UnreadableDocument for a story without text.
    """
    told = [paragraph for paragraph in story.paragraphs if paragraph[0]]
    paragraphs = with_headline(story.metadata.headline, told)
    if not paragraphs:
        raise UnreadableDocument(
            record.name, "a story without text. Export it again, or leave it out."
        )
    text, parts = compose(paragraphs)
    if story.metadata.headline:
        # The headline as the text has it, so that both are the same words.
        story = replace(story, metadata=replace(story.metadata, headline=paragraphs[0][0]))
    return Document(
        name=record.name,
        text=text,
        media_type=media_type,
        encoding=encoding,
        is_rendition=True,
        metadata=overlay(overlay(record.found, story.metadata), record.metadata),
        parts=parts,
    )
