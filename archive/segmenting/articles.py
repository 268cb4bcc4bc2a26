"""Stories to `Article`s: kind, headline, byline, dateline, agency, date."""

from collections.abc import Sequence
from typing import Final

from archive.records import Article, ArticleKind, Document, Published, Role
from archive.segmenting.bylines import (
    find_agency,
    find_byline,
    find_dateline,
    find_published,
    is_image_credit,
)
from archive.segmenting.language import detect_language
from archive.segmenting.shapes import bare_text, looks_like_writer
from archive.segmenting.stories import Placed, opens_mid_story

_LANGUAGE_PASSAGES: Final = 5
"""Passages from which the language is told."""


def make_article(
    document: Document, position: int, placed: Sequence[Placed], *, is_only: bool
) -> Article:
    """Make the article that the lines `placed`, all of one story, amount to.

    What the text shows comes first; where it shows nothing the document's metadata fills in,
    headline and byline only where the document is one story.
    """
    metadata = document.metadata
    credit_lines = [bare_text(item.line.text) for item in placed if item.role is Role.CREDIT]
    texts = [item.line.text for item in placed if item.role in (Role.BODY, Role.TEASER)]
    dateline = find_dateline(texts[0]) if texts else None
    headline = _first([bare_text(item.line.text) for item in placed if item.role is Role.HEADLINE])
    byline = _first([found for line in credit_lines if (found := _writer(line))])
    agency = _first(
        [
            found
            for line in credit_lines
            if not is_image_credit(line) and (found := find_agency(line))
        ]
    )
    # A story that the cutter found inside a document has the lead by which it was found, and a
    # format that holds one story holds it from its beginning.
    has_lead = bool(position > 1 or headline is not None or dateline is not None or document.parts)
    return Article(
        position=position,
        kind=_kind(placed, texts, has_lead=has_lead),
        char_start=placed[0].line.start,
        char_end=placed[-1].line.end,
        headline=headline or (metadata.headline if is_only else None),
        byline=byline or (metadata.byline if is_only else None),
        agency=(dateline.agency if dateline else None) or agency or metadata.agency,
        section=metadata.section,
        dateline=dateline.place if dateline else None,
        published=metadata.published
        or _published(credit_lines, dateline.published if dateline else None),
        updated_at=metadata.updated_at,
        language=detect_language(" ".join(texts[:_LANGUAGE_PASSAGES])) if texts else None,
    )


def _kind(placed: Sequence[Placed], texts: Sequence[str], *, has_lead: bool) -> ArticleKind:
    text_roles = {item.role for item in placed if item.role in (Role.BODY, Role.TEASER)}
    if text_roles == {Role.TEASER}:
        return ArticleKind.TEASER
    if texts and not has_lead and opens_mid_story(texts):
        return ArticleKind.FRAGMENT
    return ArticleKind.ARTICLE


def _published(credit_lines: Sequence[str], dated: Published | None) -> Published | None:
    """The date of the byline lines, else of the dateline."""
    found = [published for line in credit_lines if (published := find_published(line, "byline"))]
    return found[0] if found else dated


def _writer(line: str) -> str | None:
    return find_byline(line) or (line if looks_like_writer(line) else None)


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None
